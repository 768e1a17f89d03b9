import { longDate, rfc3339 } from '../dates.ts';
import { blocksHtml, escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import {
  canonical,
  commentList,
  correction,
  description,
  documentOf,
  links,
  openGraph,
  sectionLinks,
  shareLinks,
} from './parts.ts';

/** The Crossing: a blurb and a button to the source, whose address is decorated for the statisticians. */
export const theCrossing: Layout = {
  css: `
body { margin: 0; font: 16px/1.6 "Trebuchet MS", sans-serif; background: #f3f0fa; color: #2b2140; } .bar { background: #5f3dc4; padding: .8rem 1.5rem; } .bar a { color: #fff; margin-right: 1rem; text-decoration: none; }
.item-card { max-width: 40rem; margin: 2rem auto; background: #fff; border-radius: 12px; padding: 1.5rem 2rem; } .item-card img { width: 100%; height: auto; border-radius: 8px; } .btn-source { display: inline-block; background: #5f3dc4; color: #fff; padding: .6rem 1.4rem; border-radius: 99px; text-decoration: none; } .meta { color: #877fa0; font-size: .85rem; }`,
  article: crossing,
};

function crossing(view: PageView): string {
  const { issue, published, others } = view;
  const { title, image } = published.article;
  const decorated =
    published.target && `${published.target.url}?utm_source=the-crossing&utm_medium=referral&utm_campaign=daily`;
  const head = [canonical(view), openGraph(view)].join('\n');
  const body = `
<div class="bar"><a href="/"><b>The Crossing</b></a>${sectionLinks(issue, (link) => link)}</div>
<div class="item-card">
<h1>${escaped(title)}</h1>
<p class="meta">${longDate(published.published, 'en')} · picked by ${escaped(published.article.authors.join(', ') || 'our editors')}</p>
${image ? `<img src="${published.imageUrl}" alt="${escaped(image.alt)}"><p class="meta">${escaped(image.caption)} | ${escaped(image.credit)}</p>` : ''}
<div class="blurb">
${blocksHtml(published.body).join('\n')}
</div>
${correction(view, (note) => `<p class="meta">${note}</p>`)}
${decorated ? `<p><a class="btn-source" href="${escaped(decorated)}" target="_blank" rel="nofollow noopener">Go to Source</a></p>` : ''}
<p class="meta">${shareLinks(view, (link) => link)}</p>
</div>
<div class="item-card" id="comments"><h2>What readers say</h2>${commentList(view, ({ name, text }) => `<p><b>${name}</b> ${text}</p>`)}</div>
<div class="item-card"><h2>Hot this week</h2>${links(others, 6, (link) => `<p>${link} <a href="/">Read More</a></p>`)}</div>`;
  return documentOf({ issue, title: `${title} | The Crossing`, head, body });
}

/** The Daily Confluence Digest: the way on goes through a redirector on its own host. */
export const dailyConfluenceDigest: Layout = {
  css: `
body { margin: 0 auto; max-width: 38rem; font: 18px/1.6 Cambria, serif; padding: 1rem; color: #23313d; } .digest-name { font-size: 1.4rem; border-bottom: 1px solid; } .digest-name a { color: inherit; text-decoration: none; } .digest-date { color: #789; } .onward { font-weight: bold; } .digest-image img { width: 100%; height: auto; } .rest { font-size: .9rem; border-top: 1px solid; }`,
  article: digest,
};

function digest(view: PageView): string {
  const { issue, published, others } = view;
  const { title, image } = published.article;
  const { target } = published;
  const onward =
    target &&
    `<p class="onward"><a href="/out?url=${encodeURIComponent(target.url)}">Read the full story at ${escaped(target.publisher)}</a></p>`;
  const body = `
<header class="digest-name"><a href="/">${escaped(issue.publisher.title)}</a></header>
<main class="digest-item">
<h1>${escaped(title)}</h1>
<p class="digest-date"><time datetime="${rfc3339(published.published)}">${longDate(published.published, 'en')}</time></p>
${image ? `<figure class="digest-image"><img src="${published.imageUrl}" alt="${escaped(image.alt)}"><figcaption>${escaped(image.caption)} <em>${escaped(image.credit)}</em></figcaption></figure>` : ''}
<section class="in-brief">
${blocksHtml(published.body).join('\n')}
</section>
${correction(view, (note) => `<p class="digest-date">${note}</p>`)}
${onward ?? ''}
</main>
<nav class="rest"><h2>The other stories of the day</h2><ul>${links(others, 9, (link) => `<li>${link}</li>`)}</ul></nav>
<footer class="rest">Ten stories, ten minutes, every day. <a href="/join">Get the digest by e-mail</a></footer>`;
  return documentOf({ issue, title: `${title} · Digest`, head: [canonical(view), description(view)].join('\n'), body });
}
