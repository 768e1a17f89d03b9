import { longDate, rfc3339 } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import {
  byline,
  canonical,
  commentList,
  correction,
  documentOf,
  links,
  sectionLinks,
  sourceLine,
  tagLinks,
  textBlocks,
} from './parts.ts';

/** A village paper on blog software: microformats in its classes, caption and credit in one paragraph. */
export const sleepyHollowEcho: Layout = {
  css: `
body { margin: 0; font: 17px/1.7 Georgia, serif; color: #3b3a36; background: #f5f2e9; } #masthead { text-align: center; padding: 1.5rem; } #masthead a { font-size: 2rem; color: #4b6043; text-decoration: none; } #site-navigation { text-align: center; font-size: .9rem; } #site-navigation a { margin: 0 .7rem; color: #4b6043; }
#content { max-width: 56rem; margin: 1rem auto; display: flex; gap: 3rem; padding: 0 1rem; } #primary { flex: 3; } #secondary { flex: 1; font-size: .85rem; } .wp-caption img { width: 100%; height: auto; } .wp-caption-text { font-size: .8rem; color: #777; } .entry-meta { color: #888; font-size: .85rem; } .p-correction { font-style: italic; } #colophon { text-align: center; font-size: .8rem; padding: 2rem; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, image, standfirst } = published.article;
  const body = `
<div id="masthead"><a href="/" rel="home">${escaped(issue.publisher.title)}</a><p>${escaped(issue.publisher.tagline)}</p></div>
<div id="site-navigation">${sectionLinks(issue, (link) => link)}</div>
<div id="content">
<div id="primary">
<article class="post type-post status-publish hentry h-entry">
<header class="entry-header"><h1 class="entry-title p-name">${escaped(title)}</h1>
<div class="entry-meta">Posted on <a class="u-url" href="${published.url}"><time class="entry-date published dt-published" datetime="${rfc3339(published.published)}">${longDate(published.published, 'en')}</time></a> by <span class="author vcard p-author h-card"><span class="fn n">${byline(view)}</span></span></div></header>
<p class="p-summary screen-reader-text" hidden>${escaped(standfirst)}</p>
<div class="entry-content e-content">
${image ? `<div class="wp-caption"><img class="wp-image u-photo" src="${published.imageUrl}" alt="${escaped(image.alt)}"><p class="wp-caption-text">${escaped(image.caption)} ${escaped(image.credit)}</p></div>` : ''}
${textBlocks(view).join('\n')}
${sourceLine(view, 'source')}
${correction(view, (note) => `<p class="p-correction">${note}</p>`)}
<div class="sharedaddy"><h3>Share this:</h3><a href="http://social.invalid/share">Tell a neighbor</a></div>
</div>
<footer class="entry-footer">Tagged ${tagLinks(view, (link) => link)}</footer>
</article>
<div id="comments" class="comments-area"><h2>Thoughts on “${escaped(title)}”</h2><ol class="comment-list">${commentList(view, ({ name, text }) => `<li class="comment"><b class="fn">${name}</b> says: <p>${text}</p></li>`)}</ol></div>
</div>
<div id="secondary" class="widget-area"><h2>Recent Posts</h2><ul>${links(others, 5, (link) => `<li>${link}</li>`)}</ul><h2>Follow by Email</h2><form><input type="email"><button>Follow</button></form></div>
</div>
<div id="colophon">Proudly unhurried.</div>`;
  return documentOf({ issue, title: `${title} – ${issue.publisher.title}`, head: canonical(view), body });
}
