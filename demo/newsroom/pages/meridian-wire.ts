import { dayAndTime, longDate, rfc3339 } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import {
  byline,
  canonical,
  correction,
  documentOf,
  links,
  openGraph,
  sectionLinks,
  shareLinks,
  tagLinks,
  textBlocks,
} from './parts.ts';

/** An agency's terse page: OpenGraph in the head, caption and photographer in one sentence, no comments. */
export const meridianWire: Layout = {
  css: `
body { margin: 0; font: 16px/1.55 "Helvetica Neue", Arial, sans-serif; color: #111; }
#top { border-top: 6px solid #d9480f; padding: .8rem 1.5rem; display: flex; gap: 2rem; align-items: baseline; } #top a { color: inherit; text-decoration: none; }
#wire { max-width: 42rem; margin: 1rem auto 3rem; padding: 0 1rem; } #wire h1 { font-size: 2rem; line-height: 1.2; }
.dateline { color: #666; font-size: .85rem; } .photo img { width: 100%; height: auto; } .photo p { font-size: .8rem; color: #666; margin: .3rem 0; }
.amended { background: #fff4e6; padding: .6rem 1rem; } .more { border-top: 1px solid #ddd; font-size: .9rem; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst } = published.article;
  const head = [canonical(view), openGraph(view)].join('\n');
  const body = `
<div id="top"><strong><a href="/">MERIDIAN WIRE</a></strong> ${sectionLinks(issue, (link) => `<span>${link}</span>`)}</div>
<div id="wire" role="main">
<h1>${escaped(title)}</h1>
<p class="dateline">${byline(view)} &nbsp;|&nbsp; <time datetime="${rfc3339(published.published)}">${longDate(published.published, 'en')} (${dayAndTime(published.published)} GMT)</time></p>
${correction(view, (note) => `<p class="amended"><b>This report has been corrected.</b> ${note}</p>`)}
${picture(view)}
<p class="abstract"><b>${escaped(standfirst)}</b></p>
<div class="wire-text">
${textBlocks(view).join('\n')}
</div>
<p class="slug-line">Terms: ${tagLinks(view, (link) => link)}</p>
<p class="tools">${shareLinks(view, (link) => link)}</p>
<div class="more"><h3>Also on the wire</h3><ul>${links(others, 8, (link) => `<li>${link}</li>`)}</ul></div>
<p class="legal">© Meridian Wire. Clients may reprint in full with credit.</p>
</div>`;
  return documentOf({ issue, title, head, body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<figure class="photo"><img src="${imageUrl}" alt="${escaped(alt)}"><figcaption><p>${escaped(caption)} (Photo: ${escaped(credit)})</p></figcaption></figure>`;
}
