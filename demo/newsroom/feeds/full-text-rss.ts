import { rfc822, rfc3339 } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, cdata, element, escaped } from '../markup.ts';
import { categories, rssDocument, selfLink } from './rss.ts';

/** The Harbour Herald: all of the text in content:encoded, ids that are no addresses, agencies named. */
export function fullTextRss(issue: Issue): string {
  return rssDocument(issue, { namespaces: ['atom', 'content', 'dc'], channel: (of) => [selfLink(of), logo(of)], item });
}

function logo({ publisher, origin }: Issue): string {
  const parts = [
    element('url', `${origin}/images/logo.png`),
    element('title', publisher.title),
    element('link', `${origin}/`),
  ];
  return `<image>${parts.join('')}</image>`;
}

function item(published: PublishedArticle): string[] {
  const { article, wire } = published;
  return [
    element('title', article.title),
    element('link', published.url),
    `<guid isPermaLink="false">harbour-herald:${article.slug}</guid>`,
    element('pubDate', rfc822(published.published)),
    element('atom:updated', rfc3339(published.updated)),
    ...article.authors.map((author) => element('dc:creator', author)),
    ...categories(published),
    ...(wire ? [`<source url="${escaped(wire.feed)}">${escaped(wire.publisher)}</source>`] : []),
    element('description', article.standfirst),
    `<content:encoded>${cdata(content(published))}</content:encoded>`,
  ];
}

function content({ article, imageUrl, body, wire, correctionNote }: PublishedArticle): string {
  const figure =
    article.image &&
    `<figure><img src="${imageUrl}" alt="${escaped(article.image.alt)}" width="1200" height="675" />` +
      `<figcaption>${escaped(article.image.caption)} <span class="credit">Photograph: ${escaped(article.image.credit)}</span></figcaption></figure>`;
  const source = wire && `<p class="agency">Source: <a href="${escaped(wire.url)}">${escaped(wire.publisher)}</a></p>`;
  const note = correctionNote && `<p class="correction"><em>${escaped(correctionNote)}</em></p>`;
  return [figure, ...blocksHtml(body), note, source].filter((part) => part !== null).join('\n');
}
