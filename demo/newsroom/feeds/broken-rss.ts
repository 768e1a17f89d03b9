import { rfc822 } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, cdata, element, escaped } from '../markup.ts';
import { categories, newest, RSS_NAMESPACES } from './rss.ts';

/** The item that has neither title nor link nor text: nothing can be made of it. */
const UNREADABLE_ITEM = '<item>\n<category>Notices & adverts</category>\n</item>';

/**
 * Foundry & Forge: a feed that no XML parser takes. A notice of the server before the prolog, bare ampersands, entities
 * of HTML that nobody declared, a control character, an element that is not closed, a date in words, an empty item.
 */
export function brokenRss(issue: Issue): string {
  const { publisher, origin, lastChange } = issue;
  const items = newest(issue).map(item);
  items.splice(1, 0, UNREADABLE_ITEM);
  return [
    'Notice: the feed cache is cold in /srv/www/news.php on line 12',
    '<?xml version="1.0" encoding="utf-8"?>',
    `<rss version="2.0" xmlns:content="${RSS_NAMESPACES.content}" xmlns:dc="${RSS_NAMESPACES.dc}">`,
    '<channel>',
    `<title>${publisher.title}</title>`,
    `<link>${origin}/?from=feed&lang=en</link>`,
    `<description>${publisher.tagline}&nbsp;&mdash; from the bench, the yard &amp; the caf&eacute;</description>`,
    element('lastBuildDate', rfc822(lastChange)),
    ...items,
    '</channel>',
    '</rss>',
    '',
  ].join('\n');
}

function item(published: PublishedArticle): string {
  const { article, url, place } = published;
  const lines = [
    `<title>${withBareAmpersands(article.title)}</title>`,
    `<link>${url}?utm_source=feed&utm_content=${place}</link>`,
    element('guid', url),
    `<pubDate>${place === 1 ? 'Thursday-ish, towards the evening' : rfc822(published.published)}</pubDate>`,
    ...article.authors.map((author) => `<dc:creator>${withNamedEntities(author)}</dc:creator>`),
    '<category>Nuts & bolts</category>',
    ...categories(published),
    `<description>${withNamedEntities(article.standfirst)}${place % 4 === 3 ? '\u000b' : ''}</description>`,
    `<content:encoded>${content(published)}</content:encoded>`,
    ...(place % 5 === 2 ? [`<category>${article.keywords[0] ?? 'workshop'}`] : []),
  ];
  return `<item>\n${lines.join('\n')}\n</item>`;
}

/** Every other body is in CDATA, the others are escaped as badly as the titles. */
function content({ body, imageUrl, article, correctionNote, place }: PublishedArticle): string {
  const picture = article.image && `<p><img src="${imageUrl}" alt="${escaped(article.image.alt)}"></p>`;
  const note = correctionNote && `<p><b>Corrected:</b> ${escaped(correctionNote)}</p>`;
  const html = [picture, ...blocksHtml(body), note].filter((part) => part !== null).join('\n');
  return place % 2 === 0 ? cdata(html) : withBareAmpersands(html.replace(/&amp;(?!#|\w+;)/g, '&'));
}

/** Escapes angle brackets and leaves ampersands as they are, but for those that would begin a reference. */
function withBareAmpersands(text: string): string {
  return text
    .replace(/&(?=#|\w+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function withNamedEntities(text: string): string {
  return withBareAmpersands(text).replaceAll('é', '&eacute;').replaceAll('’', '&rsquo;').replace(' ', '&nbsp;');
}
