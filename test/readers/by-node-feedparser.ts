import FeedParser from 'feedparser';
import {
  enclosureLines,
  listOf,
  momentOf,
  onOneLine,
  type EntryReading,
  type FeedDocument,
  type Reader,
  type Reading,
} from './reading.ts';

/** The `feedparser` of npm: a stream over sax. */
export const nodeFeedparser: Reader = {
  name: 'node-feedparser',
  formats: ['atom', 'rss'],
  read: (documents) => Promise.all(documents.map(readOne)),
};

function readOne({ text }: FeedDocument): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const parser = new FeedParser({ addmeta: false });
    const entries: EntryReading[] = [];
    parser.on('error', reject);
    parser.on('readable', () => {
      for (let item = parser.read(); item !== null; item = parser.read()) entries.push(entryOf(item));
    });
    parser.on('end', () => resolve({ title: onOneLine(parser.meta.title), entries }));
    parser.end(text);
  });
}

type Tag = { readonly '@'?: Readonly<Record<string, string>>; readonly '#'?: string };

function entryOf(item: FeedParser.Item): EntryReading {
  const tags = (name: string): readonly Tag[] => listOf(item[name] as Tag | readonly Tag[] | undefined);
  // What Media RSS holds it lists among the enclosures, so these are told apart by the elements themselves.
  const enclosed = [
    ...tags('atom:link').filter((link) => link['@']?.['rel'] === 'enclosure'),
    ...tags('rss:enclosure'),
  ].map((tag) => tag['@']?.['href'] ?? tag['@']?.['url']);
  return {
    title: onOneLine(item.title),
    link: item.link,
    id: item.guid,
    published: momentOf(item.pubdate),
    updated: momentOf(tags('atom:updated')[0]?.['#'] ?? item.date),
    content: onOneLine(item.description),
    image: item.image.url ?? null,
    enclosure: enclosureLines(item.enclosures.filter(({ url }) => enclosed.includes(url))),
  };
}
