import { longDate, rfc3339 } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import {
  canonical,
  correction,
  documentOf,
  links,
  sectionLinks,
  shareLinks,
  sourceLine,
  tagLinks,
  textBlocks,
} from './parts.ts';

/** A magazine of the arts: microdata all through, the credit as a cite, a letterspaced masthead. */
export const lanternReview: Layout = {
  css: `
body { margin: 0; background: #fdfaf3; color: #2a2320; font: 19px/1.7 "Palatino Linotype", Palatino, serif; }
.lantern-top { padding: 2rem; text-align: center; letter-spacing: .3em; text-transform: uppercase; } .lantern-top a { color: inherit; text-decoration: none; }
.lantern-sections { text-align: center; font-size: .8rem; } .lantern-sections a { margin: 0 .8rem; color: #a4161a; }
.review { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; } .review h1 { font-weight: normal; font-size: 2.5rem; line-height: 1.15; }
.plate { margin: 2rem -4rem; } .plate img { width: 100%; height: auto; } .plate cite { color: #8a7f76; font-size: .8rem; margin-left: .5rem; } @media (max-width: 50rem) { .plate { margin: 1rem 0; } }
.erratum { font-size: .85rem; border-top: 1px solid; } .further { columns: 2; font-size: .85rem; } .colophon { text-align: center; font-size: .75rem; padding: 2rem; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst, authors, section } = published.article;
  const names = authors.map(
    (name) =>
      `<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">${escaped(name)}</span></span>`,
  );
  const body = `
<div class="lantern-top"><a href="/">${escaped(issue.publisher.title)}</a></div>
<div class="lantern-sections">${sectionLinks(issue, (link) => link)}</div>
<article class="review" itemscope itemtype="https://schema.org/NewsArticle">
<p class="rubric" itemprop="articleSection">${escaped(section)}</p>
<h1 itemprop="headline">${escaped(title)}</h1>
<p class="deck" itemprop="description">${escaped(standfirst)}</p>
<p class="signature">${names.join(' and ')}. <time itemprop="datePublished" datetime="${rfc3339(published.published)}">${longDate(published.published, 'en')}</time></p>
<meta itemprop="dateModified" content="${rfc3339(published.updated)}">
${picture(view)}
<div itemprop="articleBody">
${textBlocks(view).join('\n')}
</div>
${sourceLine(view, 'agency')}
${correction(view, (note) => `<p class="erratum">${note}</p>`)}
<p class="pass-on">${shareLinks(view, (link) => link)}</p>
</article>
<div class="review"><p class="threads">${tagLinks(view, (link) => link)}</p><h2>Further reading</h2><div class="further">${links(others, 8, (link) => `<p>${link}</p>`)}</div></div>
<div class="colophon">Set in Palatino and good faith. <a href="/subscribe">Subscribe to the Review</a></div>`;
  return documentOf({ issue, title: `${issue.publisher.title}: ${title}`, head: canonical(view), body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<figure class="plate" itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><img itemprop="url" src="${imageUrl}" alt="${escaped(alt)}"><figcaption><span itemprop="caption">${escaped(caption)}</span><cite itemprop="creditText">${escaped(credit)}</cite></figcaption></figure>`;
}
