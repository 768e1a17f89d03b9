import RssParser from 'rss-parser';
import { enclosureLines, momentOf, onOneLine, type EntryReading, type Format, type Reader } from './reading.ts';

type Tag = { readonly $?: Readonly<Record<string, string>> };
type Item = {
  readonly id?: string;
  readonly 'content:encoded'?: string;
  readonly published?: string;
  readonly updated?: string;
  readonly atomUpdated?: string;
  readonly pictures?: readonly Tag[];
  readonly links?: readonly Tag[];
};

/** rss-parser, with the fields that its `customFields` can be told of. */
export const rssParser: Reader = {
  name: 'rss-parser',
  formats: ['atom', 'rss'],
  read: (documents) =>
    Promise.all(
      documents.map(async ({ text, format }) => {
        const feed = await newParser().parseString(text);
        return { title: onOneLine(feed.title), entries: feed.items.map((item) => entryOf(item, format)) };
      }),
    ),
};

function newParser(): RssParser<object, Item> {
  return new RssParser<object, Item>({
    customFields: {
      item: [
        'published',
        'updated',
        ['atom:updated', 'atomUpdated'] as never,
        ['media:content', 'pictures', { keepArray: true }] as never,
        ['link', 'links', { keepArray: true }] as never,
      ],
    },
  });
}

function entryOf(item: Item & RssParser.Item, format: Format): EntryReading {
  const picture = item.pictures?.find(({ $ }) => $?.['medium'] === 'image')?.$?.['url'];
  const linked = (item.links ?? [])
    .filter(({ $ }) => $?.['rel'] === 'enclosure')
    .map(({ $ }) => ({ url: $?.['href'], type: $?.['type'], length: $?.['length'] }));
  const enclosed = item.enclosure === undefined ? [] : [item.enclosure];
  return {
    title: onOneLine(item.title),
    link: item.link ?? null,
    id: (format === 'atom' ? item.id : item.guid) ?? null,
    published: momentOf(item.isoDate),
    updated: momentOf(format === 'atom' ? item.updated : item.atomUpdated),
    content: onOneLine(item['content:encoded'] ?? item.content),
    image: picture ?? null,
    enclosure: enclosureLines(format === 'atom' ? linked : enclosed),
  };
}
