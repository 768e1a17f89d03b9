import { UNPAGED, type Edition, type EditionEntry, type FeedLinks } from '../../src/model/edition.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { uuidUrn } from '../../src/support/hash.ts';

const PUBLISHERS = ['Harbour News', 'Tidewater Times', 'Volna', 'Foundry & Forge'];
const TITLES = ['Bridge opens after three years', 'Fish & chips < 5', 'Мост открыт', 'جسر جديد', '橋が開通 🌉'];

/** An edition like those of the demo: several publishers and scripts, with and without each part. */
export function sampleEdition(entries: number): Edition {
  const at = (ending: string): string => `https://news.example.org/feeds/world.${ending}`;
  const newest = '2026-11-24T16:18:25Z';
  return {
    topicId: 'world',
    variant: 'full',
    path: 'feeds/world',
    id: uuidUrn('edition', 'world'),
    title: 'World – The Daily Confluence',
    subtitle: 'Diplomacy & conflict',
    link: 'https://news.example.org/topics/world/',
    feedLinks: { atom: at('atom'), rss: at('rss'), json: at('json') },
    language: 'en',
    updated: newest,
    author: { name: 'The Daily Confluence', email: null, url: 'https://news.example.org/' },
    generator: 'Tributary',
    rights: 'The texts belong to their publishers.',
    icon: 'https://news.example.org/assets/icon.png',
    stylesheet: 'https://news.example.org/assets/feed.css',
    hub: 'https://news.example.org/hub',
    paging: { ...UNPAGED, previous: archive(4) },
    deleted: ['a', 'b'].map((name) => ({ id: uuidUrn('story', name), at: newest })),
    entries: Array.from({ length: entries }, (_, index) =>
      sampleEntry(index, plusSeconds(newest, -5400 * (index + 1))),
    ),
  };
}

function archive(number: number): FeedLinks {
  const at = (ending: string): string => `https://news.example.org/feeds/world/archive/${number}.${ending}`;
  return { atom: at('atom'), rss: at('rss'), json: at('json') };
}

/** The edition as a closed archive of its topic, and as one that has all parts. */
export function sampleArchive(entries: number): Edition {
  const edition = sampleEdition(entries);
  return {
    ...edition,
    path: 'feeds/world/archive/4',
    feedLinks: archive(4),
    hub: null,
    paging: { previous: archive(3), next: archive(5), current: edition.feedLinks },
    deleted: [],
  };
}

function sampleEntry(index: number, published: string): EditionEntry {
  const host = `https://publisher-${index % 4}.example`;
  const publisher = PUBLISHERS[index % 4]!;
  const title = `${TITLES[index % 5]} (${index})`;
  return {
    id: uuidUrn('story', String(index)),
    url: `https://news.example.org/articles/2026/11/story-${index}.html`,
    sourceUrl: `${host}/2026/11/story-${index}?ref=a&lang=en`,
    title,
    authors: index % 3 === 0 ? [] : [{ name: `Ada Quill ${index}`, email: null, url: `${host}/ada` }],
    categories: index % 4 === 1 ? [] : ['Ports & piers', 'World'],
    topicIds: ['world', 'business'].slice(0, 1 + (index % 2)),
    published,
    updated: plusSeconds(published, 600 * (index % 3)),
    language: ['en', 'ru', null, 'ar'][index % 4]!,
    summary: index % 5 === 4 ? '' : `In short: ${title}, as "${publisher}" tells it.`,
    contentHtml: `<p>${publisher.replace('&', '&amp;')} tells of <a href="${host}/a?b=1&amp;c=2">what happened</a> at ]]&gt; the harbour.</p>\n<blockquote><p>So it was, they said, and no more than that.</p></blockquote>`,
    extent: 'full',
    extentReason: null,
    wordCount: 200 + index,
    image:
      index % 2 === 1
        ? null
        : {
            url: `${host}/images/${index}.jpg?w=1200&h=630`,
            width: 1200,
            height: 630,
            type: 'image/jpeg',
            alt: `The bridge at dawn, number ${index}`,
            caption: `The bridge on morning ${index}.`,
            credit: `Photo: Béla Ö / ${publisher}`,
            licence: null,
          },
    enclosures:
      index % 3 === 2
        ? [
            {
              url: `${host}/${index}.mp3`,
              type: 'audio/mpeg',
              lengthBytes: 81_000,
              title: 'Listen',
              durationSeconds: 61,
            },
            {
              url: `${host}/${index}.pdf`,
              type: 'application/pdf',
              lengthBytes: null,
              title: null,
              durationSeconds: null,
            },
          ]
        : [],
    episode:
      index % 3 === 2
        ? {
            season: index % 2 === 0 ? 1 : null,
            number: index + 1,
            kind: 'full',
            explicit: index % 4 === 0,
            imageUrl: index % 2 === 1 ? null : `${host}/images/${index}.jpg?w=1200&h=630`,
          }
        : null,
    publisher: { name: publisher, url: `${host}/` },
    origin: {
      id: uuidUrn('source', publisher),
      title: publisher,
      feedUrl: `${host}/feed.xml`,
      siteUrl: `${host}/`,
      updated: published,
      rights: index % 2 === 0 ? null : '© 2026',
    },
    rights: index % 2 === 0 ? null : `© 2026 ${publisher}`,
    licence: index % 4 === 2 ? 'https://creativecommons.org/licenses/by/4.0/' : null,
    otherReports:
      index % 3 === 0
        ? [{ title: `Elsewhere: ${title}`, url: `https://other.example/${index}`, publisher: 'Open Forum' }]
        : [],
    corrections: index % 3 === 1 ? [{ at: plusSeconds(published, 600), note: 'A figure was wrong.' }] : [],
  };
}
