import { rfc3339At } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, cdata, element, escaped } from '../markup.ts';
import { newest } from './rss.ts';

const NAMESPACES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  content: 'http://purl.org/rss/1.0/modules/content/',
};
const HOURS_AHEAD = 1;

/** The Lantern Review: RSS 1.0, where the channel lists its items and the items stand beside it. */
export function rdf(issue: Issue): string {
  const { publisher, origin, lastChange } = issue;
  const articles = newest(issue);
  const namespaces = Object.entries(NAMESPACES).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<rdf:RDF xmlns="http://purl.org/rss/1.0/"${namespaces.join('')}>`,
    `<channel rdf:about="${origin}${publisher.feedPath}">`,
    element('title', publisher.title),
    element('link', `${origin}/`),
    element('description', publisher.tagline),
    element('dc:language', publisher.language),
    element('dc:date', rfc3339At(lastChange, HOURS_AHEAD)),
    element('dc:rights', `The writers and ${publisher.title}`),
    '<items>',
    '<rdf:Seq>',
    ...articles.map(({ url }) => `<rdf:li rdf:resource="${escaped(url)}"/>`),
    '</rdf:Seq>',
    '</items>',
    '</channel>',
    ...articles.map(item),
    '</rdf:RDF>',
    '',
  ].join('\n');
}

function item(published: PublishedArticle): string {
  const { article, url, updated } = published;
  return [
    `<item rdf:about="${escaped(url)}">`,
    element('title', article.title),
    element('link', url),
    element('description', article.standfirst),
    element('dc:date', rfc3339At(published.published, HOURS_AHEAD)),
    ...(updated > published.published ? [element('dcterms:modified', rfc3339At(updated, HOURS_AHEAD))] : []),
    ...article.authors.map((author) => element('dc:creator', author)),
    ...[article.section, ...article.keywords].map((name) => element('dc:subject', name)),
    `<content:encoded>${cdata(content(published))}</content:encoded>`,
    '</item>',
  ].join('\n');
}

function content({ article, imageUrl, body, correctionNote }: PublishedArticle): string {
  const picture =
    article.image &&
    `<p><img src="${imageUrl}" alt="${escaped(article.image.alt)}" title="${escaped(article.image.caption)}" /></p>` +
      `<p class="picture-line">${escaped(article.image.caption)} <cite>${escaped(article.image.credit)}</cite></p>`;
  const note = correctionNote && `<p class="erratum">${escaped(correctionNote)}</p>`;
  return [picture, ...blocksHtml(body), note].filter((part) => part !== null).join('\n');
}
