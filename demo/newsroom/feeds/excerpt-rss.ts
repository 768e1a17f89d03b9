import { rfc822, rfc822WithOffset, rfc3339 } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { cdata, element, escaped } from '../markup.ts';
import { categories, rssDocument, selfLink } from './rss.ts';

/** The Tidewater Times: the standfirst, and the rest only on the page. */
export function excerptRss(issue: Issue): string {
  return rssDocument(issue, { namespaces: ['atom', 'dc'], channel: (of) => [selfLink(of)], item: excerptItem });
}

function excerptItem(published: PublishedArticle): string[] {
  const { article, url } = published;
  return [
    element('title', article.title),
    element('link', url),
    element('guid', url),
    element('pubDate', rfc822(published.published)),
    element('atom:updated', rfc3339(published.updated)),
    ...(article.authors.length > 0 ? [element('dc:creator', article.authors.join(' and '))] : []),
    ...categories(published),
    element('description', article.standfirst),
  ];
}

/** The Crossing: an aggregator's items, each the blurb and a link to its own page. Nothing names the source. */
export function aggregatorRss(issue: Issue): string {
  return rssDocument(issue, { namespaces: ['atom'], channel: (of) => [selfLink(of)], item: aggregatorItem });
}

function aggregatorItem(published: PublishedArticle): string[] {
  const { article, url } = published;
  return [
    `<title>${cdata(article.title)}</title>`,
    element('link', `${url}?utm_source=feed&utm_medium=rss`),
    `<guid isPermaLink="false">crossing-${1000 + published.place}</guid>`,
    element('pubDate', rfc822WithOffset(published.published)),
    element('comments', `${url}#comments`),
    element('category', article.section),
    `<description>${cdata(`<p>${escaped(article.standfirst)} <a href="${url}">Read More</a></p>`)}</description>`,
  ];
}

/** The Sleepy Hollow Echo: no module at all, the whole text in the description, an e-mail address for the author. */
export function plainRss(issue: Issue, contentOf: (published: PublishedArticle) => string): string {
  const item = (published: PublishedArticle): string[] => [
    element('title', published.article.title),
    element('link', published.url),
    `<guid isPermaLink="true">${published.url}</guid>`,
    element('pubDate', rfc822(published.published)),
    element('author', `desk@sleepyhollowecho.example (${published.article.authors.join(', ') || 'The Echo'})`),
    element('category', published.article.section),
    element('description', contentOf(published)),
  ];
  return rssDocument(issue, { namespaces: [], item });
}
