import { clockTime, longDate, rfc3339 } from '../dates.ts';
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
  sectionLinks,
  shareLinks,
  sourceLine,
  tagLinks,
  textBlocks,
  withInterruption,
} from './parts.ts';

/** A daily with everything around the text that a big site has: JSON-LD, share bar, sidebar, newsletter, comments. */
export const harbourHerald: Layout = {
  css: `
body { margin: 0; font: 18px/1.6 Georgia, serif; color: #1c2b36; background: #f7f5f0; }
.site-header { background: #12394f; color: #fff; padding: 1rem 2rem; } .site-header a { color: #fff; text-decoration: none; margin-right: 1.2rem; }
.site-header .brand { font-size: 1.9rem; font-weight: bold; }
.page { display: grid; grid-template-columns: minmax(0, 44rem) 16rem; gap: 3rem; max-width: 66rem; margin: 2rem auto; padding: 0 1rem; }
.story-head h1 { line-height: 1.15; margin: .3rem 0; } .kicker { color: #a8321f; text-transform: uppercase; font-size: .8rem; }
.lead img { width: 100%; height: auto; } .lead figcaption { font-size: .85rem; color: #556; } .credit { color: #889; }
.share-bar { list-style: none; display: flex; gap: 1rem; padding: 0; font-size: .85rem; } .newsletter { background: #e3ebef; padding: 1rem; }
.correction-box { border-left: 4px solid #a8321f; padding-left: 1rem; } .site-footer { padding: 2rem; background: #12394f; color: #cde; font-size: .85rem; } .site-footer a { color: inherit; }
@media (max-width: 50rem) { .page { display: block; } }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst, section } = published.article;
  const head = [canonical(view), description(view), jsonLd(newsArticle(view))].join('\n');
  const body = `
<header class="site-header"><a class="brand" href="/">${escaped(issue.publisher.title)}</a>
<nav aria-label="Sections">${sectionLinks(issue, (link) => link)}</nav></header>
<div class="page">
<main>
<article class="story">
<header class="story-head">
<p class="kicker">${escaped(section)}</p>
<h1>${escaped(title)}</h1>
<p class="standfirst">${escaped(standfirst)}</p>
<p class="byline">By <span class="author">${byline(view)}</span> · <time datetime="${rfc3339(published.published)}">${longDate(published.published, 'en')}, ${clockTime(published.published)}</time></p>
<ul class="share-bar">${shareLinks(view, (link) => `<li>${link}</li>`)}</ul>
</header>
${picture(view)}
<div class="article-body">
${withInterruption(textBlocks(view), 3, `<aside class="read-more"><b>Read more:</b> ${links(others, 1, (link) => link)}</aside>`)}
${sourceLine(view, 'agency-source')}
${correction(view, (note) => `<div class="correction-box"><strong>Correction.</strong> ${note}</div>`)}
</div>
<footer class="story-foot"><ul class="tags">${tagLinks(view, (link) => `<li>${link}</li>`)}</ul></footer>
</article>
<section class="newsletter"><h2>The Herald by e-mail</h2><p>Every morning at six, the day on the coast. No advertising.</p>
<form action="/newsletter" method="post"><input type="email" name="email" placeholder="Your address"><button>Sign up</button></form></section>
<section id="comments" class="comments"><h2>Comments</h2>
${commentList(view, ({ name, text }) => `<div class="comment"><b>${name}</b><p>${text}</p></div>`)}
</section>
</main>
<aside class="sidebar"><h2>Most read</h2><ol>${links(others, 6, (link) => `<li>${link}</li>`)}</ol></aside>
</div>
<footer class="site-footer">© ${escaped(issue.publisher.title)} · <a href="/about">About us</a> · <a href="/private/subscribers">Subscribers</a></footer>`;
  return documentOf({ issue, title: `${title} | ${issue.publisher.title}`, head, body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<figure class="lead"><img src="${imageUrl}" alt="${escaped(alt)}" width="1200" height="675">
<figcaption>${escaped(caption)} <span class="credit">Photograph: ${escaped(credit)}</span></figcaption></figure>`;
}
