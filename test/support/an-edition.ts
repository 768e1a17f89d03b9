import { UNPAGED, type Edition, type EditionEntry } from '../../src/model/edition.ts';

/** An entry of an edition with what a test says of it, the rest plain. */
export function anEditionEntry(given: Partial<EditionEntry> = {}): EditionEntry {
  return {
    id: 'urn:uuid:00000000-0000-8000-8000-00000000000a',
    url: 'https://news.example.org/articles/2026/11/the-bridge-opens-0a1b2c3d.html',
    sourceUrl: 'https://harbour.example/2026/bridge',
    title: 'The bridge opens',
    authors: [],
    categories: [],
    topicIds: ['world'],
    published: '2026-11-20T08:00:00Z',
    updated: '2026-11-20T08:00:00Z',
    language: 'en',
    summary: 'After three years the bridge is open.',
    contentHtml: '<p>After three years the bridge is open.</p>',
    extent: 'full',
    extentReason: null,
    wordCount: 7,
    image: null,
    enclosures: [],
    episode: null,
    publisher: { name: 'Harbour News', url: 'https://harbour.example/' },
    origin: {
      id: 'urn:uuid:00000000-0000-8000-8000-0000000000f0',
      title: 'Harbour News',
      feedUrl: 'https://harbour.example/feed.xml',
      siteUrl: 'https://harbour.example/',
      updated: '2026-11-20T08:00:00Z',
      rights: null,
    },
    rights: null,
    licence: null,
    otherReports: [],
    corrections: [],
    ...given,
  };
}

/** An edition with what a test says of it, the rest plain. */
export function anEdition(given: Partial<Edition> = {}): Edition {
  const at = (ending: string): string => `https://news.example.org/feeds/world.${ending}`;
  return {
    topicId: 'world',
    variant: 'full',
    path: 'feeds/world',
    id: 'urn:uuid:00000000-0000-8000-8000-0000000000ee',
    title: 'World – The Daily Confluence',
    subtitle: 'Diplomacy and conflict',
    link: 'https://news.example.org/topics/world/',
    feedLinks: { atom: at('atom'), rss: at('rss'), json: at('json') },
    language: 'en',
    updated: '2026-11-20T08:00:00Z',
    author: { name: 'The Daily Confluence', email: null, url: 'https://news.example.org/' },
    generator: 'Tributary',
    rights: 'The texts belong to their publishers.',
    icon: 'https://news.example.org/assets/icon.png',
    stylesheet: 'https://news.example.org/assets/feed.css',
    hub: null,
    paging: UNPAGED,
    entries: [anEditionEntry()],
    deleted: [],
    ...given,
  };
}

/** An entry that uses every field. */
export function aFullEntry(given: Partial<EditionEntry> = {}): EditionEntry {
  return anEditionEntry({
    title: 'Fish & “ships” <b>at</b> 5 > 4',
    authors: [
      { name: 'Ada Quill', email: 'ada@harbour.example', url: 'https://harbour.example/ada' },
      { name: 'Béla Ö', email: null, url: null },
      { name: null, email: 'desk@harbour.example', url: null },
    ],
    categories: ['Ports & piers', 'World'],
    topicIds: ['world', 'business'],
    updated: '2026-11-20T09:30:00Z',
    language: 'en-GB',
    summary: 'What a < b and R&D have to do with "fish".',
    contentHtml: '<p>A &lt;b&gt; &amp; a <a href="https://harbour.example/a?b=1&amp;c=2">link</a>.</p>\n<p>]]&gt;</p>',
    image: {
      url: 'https://harbour.example/images/bridge.jpg?w=1200&h=630',
      width: 1200,
      height: 630,
      type: 'image/jpeg',
      alt: 'The bridge at dawn',
      caption: 'The bridge on its first morning.',
      credit: 'Photo: Ada Quill / Harbour News',
      licence: null,
    },
    enclosures: [
      {
        url: 'https://harbour.example/a.mp3',
        type: 'audio/mpeg',
        lengthBytes: 123_456,
        title: 'Listen',
        durationSeconds: 312,
      },
      {
        url: 'https://harbour.example/b.pdf',
        type: 'application/pdf',
        lengthBytes: null,
        title: null,
        durationSeconds: null,
      },
      { url: 'https://harbour.example/c', type: null, lengthBytes: 99, title: 'The "plan"', durationSeconds: null },
    ],
    episode: {
      season: 2,
      number: 7,
      kind: 'bonus',
      explicit: false,
      imageUrl: 'https://harbour.example/images/episode.jpg',
    },
    rights: '© 2026 Harbour News',
    extentReason: 'its page asks that no copies be kept',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    origin: { ...anEditionEntry().origin, rights: 'Some rights reserved' },
    otherReports: [
      { title: 'Bridge “opens” & closes', url: 'https://times.example/bridge?x=1&y=2', publisher: 'Tidewater Times' },
      { title: 'Brücke offen', url: 'https://zeit.example/brücke', publisher: 'Die Woche' },
    ],
    corrections: [{ at: '2026-11-20T09:30:00Z', note: 'The length of the bridge was wrong.' }],
    ...given,
  });
}
