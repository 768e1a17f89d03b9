import { enclosureLines, momentOf, onOneLine, type Format, type Reading } from './reading.ts';

type Item = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly content_html: string;
  readonly date_published: string;
  readonly date_modified?: string;
  readonly image?: string;
  readonly attachments?: readonly {
    readonly url: string;
    readonly mime_type: string;
    readonly size_in_bytes?: number;
  }[];
};

/**
 * What the JSON Feed says, read by nothing but JSON.parse: the measure for every reader of every format.
 * RSS has room for one enclosure (best practices profile), so of several it is the first.
 */
export function ownReading(jsonFeed: string, format: Format): Reading {
  const feed = JSON.parse(jsonFeed) as { readonly title: string; readonly items: readonly Item[] };
  return {
    title: onOneLine(feed.title),
    entries: feed.items.map((item) => {
      const attachments = (item.attachments ?? []).map(({ url, mime_type, size_in_bytes }) => ({
        url,
        type: mime_type,
        length: size_in_bytes,
      }));
      return {
        title: onOneLine(item.title),
        link: item.url,
        id: item.id,
        published: momentOf(item.date_published),
        updated: momentOf(item.date_modified ?? item.date_published),
        content: onOneLine(item.content_html),
        image: item.image ?? null,
        enclosure: enclosureLines(format === 'rss' ? attachments.slice(0, 1) : attachments),
      };
    }),
  };
}
