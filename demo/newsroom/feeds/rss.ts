import type { Issue, PublishedArticle } from '../issue.ts';
import { rfc822 } from '../dates.ts';
import { element, escaped } from '../markup.ts';

/** How many articles a feed holds. */
export const FEED_LENGTH = 30;

export const RSS_NAMESPACES = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
} as const;

export type RssStyle = {
  readonly namespaces: readonly (keyof typeof RSS_NAMESPACES)[];
  /** The lines of one `<item>`. */
  readonly item: (article: PublishedArticle, issue: Issue) => readonly string[];
  /** Lines of the channel beside the usual ones. */
  readonly channel?: (issue: Issue) => readonly string[];
  readonly date?: (moment: number) => string;
  readonly encoding?: string;
};

/** An RSS 2.0 document: the channel's usual lines, and an item for each of the newest articles. */
export function rssDocument(issue: Issue, style: RssStyle): string {
  const { publisher, origin, lastChange } = issue;
  const date = style.date ?? rfc822;
  const namespaces = style.namespaces.map((prefix) => ` xmlns:${prefix}="${RSS_NAMESPACES[prefix]}"`).join('');
  const items = newest(issue).map((article) => `<item>\n${style.item(article, issue).join('\n')}\n</item>`);
  return [
    `<?xml version="1.0" encoding="${style.encoding ?? 'utf-8'}"?>`,
    `<rss version="2.0"${namespaces}>`,
    '<channel>',
    element('title', publisher.title),
    element('link', `${origin}/`),
    element('description', publisher.tagline),
    element('language', publisher.language),
    element('lastBuildDate', date(lastChange)),
    ...(style.channel?.(issue) ?? []),
    ...items,
    '</channel>',
    '</rss>',
    '',
  ].join('\n');
}

export function newest(issue: Issue): readonly PublishedArticle[] {
  return issue.articles.slice(0, FEED_LENGTH);
}

export function selfLink({ publisher, origin }: Issue): string {
  return `<atom:link rel="self" type="application/rss+xml" href="${escaped(origin + publisher.feedPath)}"/>`;
}

export function categories({ article }: PublishedArticle): string[] {
  return [article.section, ...article.keywords].map((name) => element('category', name));
}
