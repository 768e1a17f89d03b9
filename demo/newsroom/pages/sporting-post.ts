import { dayAndTime, rfc3339 } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import {
  byline,
  canonical,
  commentList,
  correction,
  description,
  documentOf,
  jsonLd,
  links,
  newsArticle,
  openGraph,
  sectionLinks,
  shareLinks,
  sourceLine,
  tagLinks,
  textBlocks,
  withInterruption,
} from './parts.ts';

/** A sports site: JSON-LD and OpenGraph, a scoreboard above the text, live links within it. */
export const sportingPost: Layout = {
  css: `
body { margin: 0; font: 16px/1.55 "Arial Narrow", Arial, sans-serif; color: #16191d; } .sp-header { background: #0a7d33; padding: .7rem 1.5rem; } .sp-header a { color: #fff; font-weight: bold; margin-right: 1.2rem; text-decoration: none; text-transform: uppercase; } .sp-scores { background: #16191d; color: #fff; font-size: .8rem; padding: .4rem 1.5rem; }
.sp-grid { max-width: 64rem; margin: 1rem auto; display: grid; grid-template-columns: 1fr 15rem; gap: 2rem; padding: 0 1rem; } .sp-title { font-size: 2.3rem; line-height: 1.1; text-transform: none; } .sp-media { margin: 0; } .sp-media img { width: 100%; height: auto; } .sp-caption__text { font-weight: bold; } .sp-caption__credit { color: #777; } .sp-live { border: 2px solid #0a7d33; padding: .5rem 1rem; } .sp-update { background: #ffec99; padding: .5rem 1rem; } .sp-side { font-size: .9rem; } .sp-bottom { background: #16191d; color: #ccc; padding: 1.5rem; } th, td { padding: .2rem .7rem; border-bottom: 1px solid #ddd; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst } = published.article;
  const head = [canonical(view), description(view), openGraph(view), jsonLd(newsArticle(view))].join('\n');
  const live = `<div class="sp-live"><strong>In other games:</strong> ${links(others, 2, (link) => link)}</div>`;
  const body = `
<header class="sp-header"><a href="/">The Sporting Post</a>${sectionLinks(issue, (link) => link)}</header>
<div class="sp-scores">Full time · Rovers 2 Athletic 1 · Wanderers 0 Harbour 0 · Stumps: 214 for 6</div>
<div class="sp-grid">
<main class="sp-main">
<h1 class="sp-title">${escaped(title)}</h1>
<p class="sp-intro">${escaped(standfirst)}</p>
<p class="sp-by"><a rel="author" href="/writers/">${byline(view)}</a> <time datetime="${rfc3339(published.published)}">${dayAndTime(published.published)}</time></p>
${picture(view)}
<div class="sp-share">${shareLinks(view, (link) => link)}</div>
${correction(view, (note) => `<p class="sp-update">Updated: ${note}</p>`)}
<div class="sp-article-body">
${withInterruption(textBlocks(view), 2, live)}
</div>
${sourceLine(view, 'sp-agency')}
<p class="sp-tags">${tagLinks(view, (link) => link)}</p>
<section class="sp-talk"><h2>From the terraces</h2>${commentList(view, ({ name, text }) => `<p><b>${name}</b>: ${text}</p>`)}</section>
</main>
<aside class="sp-side"><h2>Headlines</h2><ul>${links(others, 8, (link) => `<li>${link}</li>`)}</ul><h2>The Post at half time</h2><p>One letter a week. <a href="/half-time">Sign up</a></p></aside>
</div>
<footer class="sp-bottom">The Sporting Post. Results are checked twice.</footer>`;
  return documentOf({ issue, title: `${title} - The Sporting Post`, head, body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<figure class="sp-media"><img src="${imageUrl}" alt="${escaped(alt)}" data-credit="${escaped(credit)}"><figcaption class="sp-caption"><span class="sp-caption__text">${escaped(caption)}</span> <span class="sp-caption__credit">${escaped(credit)}</span></figcaption></figure>`;
}
