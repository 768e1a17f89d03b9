import { extractFromJson, extractFromXml, type FeedData } from '@extractus/feed-extractor';
import { enclosureLines, listOf, momentOf, onOneLine, type EntryReading, type Reader } from './reading.ts';

/** What the parser beneath it makes of an element: attributes as `@_name`, text as `#text` or, alone, as a string. */
type Tag = string | { readonly [name: string]: unknown };
type Raw = Readonly<Record<string, Tag | readonly Tag[] | undefined>>;

/** @extractus/feed-extractor, with the fields that its `getExtraEntryFields` can be told of. */
export const feedExtractor: Reader = {
  name: 'feed-extractor',
  formats: ['atom', 'rss', 'json'],
  read: async (documents) =>
    documents.map(({ text, format }) => {
      const extras: EntryReading[] = [];
      const options = {
        descriptionMaxLen: 0,
        getExtraEntryFields: (raw: object) => {
          extras.push({ atom: atomExtras, rss: rssExtras, json: jsonExtras }[format](raw as Raw));
          return {};
        },
      };
      const feed: FeedData = format === 'json' ? extractFromJson(text, options) : extractFromXml(text, options);
      return {
        title: onOneLine(feed.title),
        entries: (feed.entries ?? []).map(({ id, title, link, published }, at) => ({
          ...extras[at]!,
          id,
          title: onOneLine(title),
          link: link ?? null,
          published: momentOf(published),
        })),
      };
    }),
};

const NOTHING: EntryReading = {
  title: null,
  link: null,
  id: null,
  published: null,
  updated: null,
  content: null,
  image: null,
  enclosure: null,
};

function atomExtras(raw: Raw): EntryReading {
  const enclosed = listOf(raw['link'])
    .filter((link) => attribute(link, 'rel') === 'enclosure')
    .map((link) => ({
      url: attribute(link, 'href'),
      type: attribute(link, 'type'),
      length: attribute(link, 'length'),
    }));
  return {
    ...NOTHING,
    updated: momentOf(textOf(raw['updated'])),
    content: onOneLine(textOf(raw['content'])),
    image: pictureOf(raw),
    enclosure: enclosureLines(enclosed),
  };
}

function rssExtras(raw: Raw): EntryReading {
  const enclosed = listOf(raw['enclosure']).map((tag) => ({
    url: attribute(tag, 'url'),
    type: attribute(tag, 'type'),
    length: attribute(tag, 'length'),
  }));
  return {
    ...NOTHING,
    updated: momentOf(textOf(raw['atom:updated'])),
    content: onOneLine(textOf(raw['content:encoded']) ?? textOf(raw['description'])),
    image: pictureOf(raw),
    enclosure: enclosureLines(enclosed),
  };
}

function jsonExtras(raw: Raw): EntryReading {
  const attachments = listOf(raw['attachments'] as Raw | readonly Raw[] | undefined).map((one) => ({
    url: textOf(one['url']),
    type: textOf(one['mime_type']),
    length: Number(one['size_in_bytes'] ?? 0),
  }));
  return {
    ...NOTHING,
    updated: momentOf(textOf(raw['date_modified'])),
    content: onOneLine(textOf(raw['content_html'])),
    image: textOf(raw['image']),
    enclosure: enclosureLines(attachments),
  };
}

function attribute(tag: Tag, name: string): string | null {
  const value = typeof tag === 'string' ? undefined : tag[`@_${name}`];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function textOf(tags: Tag | readonly Tag[] | undefined): string | null {
  const tag = listOf(tags)[0];
  const text = typeof tag === 'object' ? tag['#text'] : tag;
  return typeof text === 'string' ? text : null;
}

function pictureOf(raw: Raw): string | null {
  const picture = listOf(raw['media:content']).find((tag) => attribute(tag, 'medium') === 'image');
  return picture === undefined ? null : attribute(picture, 'url');
}
