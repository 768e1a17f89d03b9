import { IMAGE_HEIGHT, IMAGE_WIDTH } from '../draw-image.ts';
import { rfc822, rfc3339 } from '../dates.ts';
import type { Issue, PublishedArticle } from '../issue.ts';
import { blocksHtml, cdata, element, escaped } from '../markup.ts';
import { soundOf, soundPath } from '../sound.ts';
import { categories, rssDocument, selfLink } from './rss.ts';

/** The Sporting Post: pictures as Media RSS with caption, credit and thumbnail, and a sound to go with one article. */
export function mediaRss(issue: Issue): string {
  return rssDocument(issue, { namespaces: ['atom', 'content', 'dc', 'media'], channel: (of) => [selfLink(of)], item });
}

function item(published: PublishedArticle, issue: Issue): string[] {
  const { article, url, body, correctionNote } = published;
  const note = correctionNote && `<p><em>${escaped(correctionNote)}</em></p>`;
  const content = [...blocksHtml(body), note].filter((part) => part !== null).join('\n');
  return [
    element('title', article.title),
    element('link', url),
    `<guid isPermaLink="false">tag:sportingpost.example,2026:${article.slug}</guid>`,
    element('pubDate', rfc822(published.published)),
    element('atom:updated', rfc3339(published.updated)),
    ...article.authors.map((author) => element('dc:creator', author)),
    ...categories(published),
    element('description', article.standfirst),
    `<content:encoded>${cdata(content)}</content:encoded>`,
    ...media(published),
    ...enclosure(published, issue),
  ];
}

function media({ article, imageUrl }: PublishedArticle): string[] {
  if (article.image === null || imageUrl === null) return [];
  return [
    `<media:content url="${escaped(imageUrl)}" type="image/png" medium="image" width="${IMAGE_WIDTH}" height="${IMAGE_HEIGHT}">`,
    `<media:title type="plain">${escaped(article.image.alt)}</media:title>`,
    `<media:description type="plain">${escaped(article.image.caption)}</media:description>`,
    `<media:credit role="photographer" scheme="urn:ebu">${escaped(article.image.credit)}</media:credit>`,
    `<media:thumbnail url="${escaped(imageUrl)}?w=320" width="320" height="180"/>`,
    '</media:content>',
  ];
}

function enclosure(published: PublishedArticle, { origin }: Issue): string[] {
  const sound = soundOf(published);
  return sound
    ? [`<enclosure url="${origin}${soundPath(published)}" length="${sound.length}" type="audio/mpeg"/>`]
    : [];
}
