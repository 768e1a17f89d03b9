import { russianRfc822 } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, cdata, element, escaped } from '../markup.ts';
import { encodeWindows1251 } from '../windows-1251.ts';
import { categories, rssDocument } from './rss.ts';

/** Волна: bytes in windows-1251, which nothing but the XML declaration says, and dates with Russian names. */
export function russianRss(issue: Issue): Buffer {
  return encodeWindows1251(
    rssDocument(issue, { namespaces: ['content', 'dc'], item, date: russianRfc822, encoding: 'windows-1251' }),
  );
}

function item(published: PublishedArticle): string[] {
  const { article, url, body, imageUrl, correctionNote } = published;
  const picture =
    article.image &&
    `<p><img src="${imageUrl}" alt="${escaped(article.image.alt)}" /><br /><small>${escaped(article.image.caption)} Фото: ${escaped(article.image.credit)}</small></p>`;
  const note = correctionNote && `<p><i>${escaped(correctionNote)}</i></p>`;
  const content = [picture, ...blocksHtml(body), note].filter((part) => part !== null).join('\n');
  return [
    element('title', article.title),
    element('link', url),
    element('guid', url),
    element('pubDate', russianRfc822(published.published)),
    ...article.authors.map((author) => element('dc:creator', author)),
    ...categories(published),
    element('description', article.standfirst),
    `<content:encoded>${cdata(content)}</content:encoded>`,
  ];
}
