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
  textBlocks,
  withInterruption,
} from './parts.ts';

/**
 * A forum, its posts in microdata. The page holds the quiet sort of trap alone: a person who follows a link to it from
 * the demo gets no dialog and is not led away. The loud ones are in the feed.
 */
export const openForum: Layout = {
  css: `
body { margin: 0; font: 15px/1.6 Arial, sans-serif; background: #e9eef2; color: #223; } .forum-top { background: #2f4858; color: #fff; padding: .8rem 1.5rem; } .forum-top a { color: #fff; margin-right: 1rem; } .thread { max-width: 52rem; margin: 1rem auto; } .post { background: #fff; border: 1px solid #c8d3db; padding: 1rem 1.5rem; margin-bottom: .6rem; display: grid; grid-template-columns: 9rem 1fr; gap: 1rem; } .post .who { border-right: 1px solid #dde; font-size: .85rem; } .post img { max-width: 100%; height: auto; } .edited { color: #c33; font-size: .85rem; } .picture-note { font-size: .8rem; color: #678; }`,
  article,
};

const QUIET_TRAPS = [
  '<img src="http://tracker.invalid/pixel.gif?thread=1" width="1" height="1" alt="">',
  '<script>void "a script in the post"</script>',
  '<iframe srcdoc="&lt;script&gt;void 0&lt;/script&gt;" width="0" height="0"></iframe>',
  '<p style="display:none">Cheap watches, cheap watches, cheap watches.</p>',
  '<form action="http://tracker.invalid/login"><input type="hidden" name="session"></form>',
  '<style>.nobody { display: none }</style>',
];

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, image } = published.article;
  const trap = QUIET_TRAPS[published.place % QUIET_TRAPS.length]!;
  const body = `
<div class="forum-top"><a href="/"><b>Open Forum</b></a>${sectionLinks(issue, (link) => link)}<a href="/register">Register</a></div>
<div class="thread" itemscope itemtype="https://schema.org/DiscussionForumPosting">
<h1 itemprop="headline">${escaped(title)}</h1>
<div class="post first">
<div class="who"><b itemprop="author">${byline(view)}</b><br>Member<br><time itemprop="datePublished" datetime="${rfc3339(published.published)}">${longDate(published.published, 'en')}</time></div>
<div class="post-text" itemprop="text">
${image ? `<p><img src="${published.imageUrl}" alt="${escaped(image.alt)}"></p><p class="picture-note">${escaped(image.caption)} (${escaped(image.credit)})</p>` : ''}
${withInterruption(textBlocks(view), 1, trap)}
${sourceLine(view, 'source')}
${correction(view, (note) => `<p class="edited">Edited by the writer: ${note}</p>`)}
</div>
</div>
${commentList(view, ({ name, text }) => `<div class="post reply" itemprop="comment"><div class="who"><b>${name}</b></div><div class="post-text">${text}<p><a href="javascript:void(0)">Reply</a> <a href="javascript:void(0)">Report</a></p></div></div>`)}
<div class="post"><div class="who">Other threads</div><div>${links(others, 6, (link) => `<p>${link}</p>`)}</div></div>
</div>`;
  return documentOf({ issue, title: `${title} - Open Forum`, head: canonical(view), body });
}
