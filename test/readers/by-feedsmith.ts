import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { enclosureLines, momentOf, onOneLine, type EntryReading, type Reader, type Reading } from './reading.ts';

export const feedsmith: Reader = {
  name: 'feedsmith',
  formats: ['atom', 'rss', 'json'],
  read: async (documents) =>
    documents.map(({ text, format }) => ({ atom: readAtom, rss: readRss, json: readJson })[format](text)),
};

// It exports no types of its own: they are taken from what it returns.
const atomFeed = (text: string) => parseAtomFeed(text);
const rssFeed = (text: string) => parseRssFeed(text);
const jsonFeed = (text: string) => parseJsonFeed(text);
type AtomEntry = NonNullable<ReturnType<typeof atomFeed>['entries']>[number];
type RssItem = NonNullable<ReturnType<typeof rssFeed>['items']>[number];
type JsonItem = NonNullable<ReturnType<typeof jsonFeed>['items']>[number];

function readAtom(text: string): Reading {
  const { title, entries = [] } = atomFeed(text);
  return { title: onOneLine(title?.value), entries: entries.map(atomEntry) };
}

function atomEntry(entry: AtomEntry): EntryReading {
  const links = entry.links ?? [];
  return {
    title: onOneLine(entry.title?.value),
    link: links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href ?? null,
    id: entry.id ?? null,
    published: momentOf(entry.published),
    updated: momentOf(entry.updated),
    content: onOneLine(entry.content?.value),
    image: pictureOf(entry.media),
    enclosure: enclosureLines(
      links.filter(({ rel }) => rel === 'enclosure').map(({ href, type, length }) => ({ url: href, type, length })),
    ),
  };
}

function readRss(text: string): Reading {
  const { title, items = [] } = rssFeed(text);
  return { title: onOneLine(title), entries: items.map(rssEntry) };
}

function rssEntry(item: RssItem): EntryReading {
  return {
    title: onOneLine(item.title),
    link: item.link ?? null,
    id: item.guid?.value ?? null,
    published: momentOf(item.pubDate),
    updated: momentOf(item.atom?.updated),
    content: onOneLine(item.content?.encoded ?? item.description),
    image: pictureOf(item.media),
    enclosure: enclosureLines(item.enclosures ?? []),
  };
}

function readJson(text: string): Reading {
  const { title, items = [] } = jsonFeed(text);
  return { title: onOneLine(title), entries: items.map(jsonEntry) };
}

function jsonEntry(item: JsonItem): EntryReading {
  return {
    title: onOneLine(item.title),
    link: item.url ?? null,
    id: item.id ?? null,
    published: momentOf(item.date_published),
    updated: momentOf(item.date_modified),
    content: onOneLine(item.content_html),
    image: item.image ?? null,
    enclosure: enclosureLines(
      (item.attachments ?? []).map(({ url, mime_type, size_in_bytes }) => ({
        url,
        type: mime_type,
        length: size_in_bytes,
      })),
    ),
  };
}

function pictureOf(media: AtomEntry['media']): string | null {
  return media?.contents?.find(({ medium }) => medium === 'image')?.url ?? null;
}
