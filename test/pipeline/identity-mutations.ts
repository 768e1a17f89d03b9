import { inventedSentences } from '../support/invented-text.ts';
import type { AtomItem } from '../support/atom-document.ts';

// What publishers do to guids and addresses, over three polls each, and the ids that each entry has after each of them.
// The ids are worked out by hand from docs/notes/identity.md, and not by the program.

export const SITE = 'https://harbour.example';

/** What an entry says of itself; its words are those of its name, the moment too. */
export type Told = Pick<AtomItem, 'guid' | 'link'> & Partial<Pick<AtomItem, 'title' | 'published' | 'text'>>;

/** `A` has the first words and the first moment, `B` the second, and so on. */
export const NAMES = ['A', 'B', 'C', 'D', 'E'] as const;
type Name = (typeof NAMES)[number];
export type Said = readonly (readonly [Name, Told])[];

type Poll = {
  /** The document, entry by entry. */
  readonly says: Said;
  /** The article that each of these entries is, in the same order, by the name of its id. */
  readonly are: readonly string[];
  /** The published entries, by the names of their ids, where not each article of the document is one. */
  readonly publishes: readonly string[];
};

export type Mutation = {
  readonly name: string;
  /** The first upstream id that each id is made from; null: a second owner's, made from all that the entry said too. */
  readonly ids: Readonly<Record<string, readonly string[] | null>>;
  readonly polls: readonly [Poll, Poll, Poll];
};

const guid = (value: string): readonly string[] => [value];
const link = (value: string): readonly string[] => ['link', value];
const plain = (name: string, given: Partial<Told> = {}): Told => ({
  guid: `tag:${name}`,
  link: `${SITE}/news/${name}`,
  ...given,
});
const a = plain('a');
const b = plain('b');
const AB = { A: guid('tag:a'), B: guid('tag:b') };
const stays = (says: Said): Poll => ({ says, are: ['A', 'B'], publishes: ['A', 'B'] });
/** Two that differ in their text alone. */
const NOTICE: Told = { guid: 'notices', link: null };
const OTHER_NOTICE: Told = { ...NOTICE, text: inventedSentences(90, 8).join(' ') };
const asEver: Said = [
  ['A', a],
  ['B', b],
];

export const MUTATIONS: readonly Mutation[] = [
  {
    // Link and moment of publication agree.
    name: 'a guid changes, and changes again',
    ids: AB,
    polls: [
      stays(asEver),
      stays([
        ['A', { ...a, guid: 'tag:a-2' }],
        ['B', b],
      ]),
      stays([
        ['A', { ...a, guid: 'tag:a-3' }],
        ['B', b],
      ]),
    ],
  },
  {
    // An address is no word that differs from a guid: the link alone is enough, whatever the moment.
    name: 'a guid becomes the address of the link, at another moment, and a guid again',
    ids: AB,
    polls: [
      stays(asEver),
      stays([
        ['A', { ...a, guid: a.link, published: '2026-11-24T12:30:00Z' }],
        ['B', b],
      ]),
      stays(asEver),
    ],
  },
  {
    // Without a guid the link is enough; then the guid is the one that is remembered.
    name: 'guids are dropped, and come back',
    ids: AB,
    polls: [
      stays(asEver),
      stays([
        ['A', { ...a, guid: null }],
        ['B', { ...b, guid: null }],
      ]),
      stays(asEver),
    ],
  },
  {
    // A guid of its own outweighs link and date together: the articles go with their guids, and come back with them.
    name: 'two entries swap their guids',
    ids: AB,
    polls: [
      stays(asEver),
      {
        says: [
          ['A', { ...a, guid: b.guid }],
          ['B', { ...b, guid: a.guid }],
        ],
        are: ['B', 'A'],
        publishes: ['A', 'B'],
      },
      stays(asEver),
    ],
  },
  {
    // A guid that entries share says nothing: link and date do.
    name: 'two entries come to share a guid, and part again',
    ids: AB,
    polls: [
      stays(asEver),
      stays([
        ['A', a],
        ['B', { ...b, guid: a.guid }],
      ]),
      stays(asEver),
    ],
  },
  {
    // Shared, it says nothing: D is new, and a second owner. Alone with it, D is the same in everything.
    name: 'a new entry uses the guid of another that is still there',
    ids: { ...AB, D: null },
    polls: [
      stays(asEver),
      {
        says: [
          ['D', { ...plain('d'), guid: a.guid }],
          ['A', a],
          ['B', b],
        ],
        are: ['D', 'A', 'B'],
        publishes: ['A', 'B', 'D'],
      },
      {
        says: [
          ['D', { ...plain('d'), guid: a.guid }],
          ['B', b],
        ],
        are: ['D', 'B'],
        publishes: ['A', 'B', 'D'],
      },
    ],
  },
  {
    // As they share it, it is neither's word, and nothing else of theirs was there before.
    name: 'two new entries share the guid of one that has gone',
    ids: { ...AB, D: null, E: null },
    polls: [
      stays(asEver),
      {
        says: [
          ['D', { ...plain('d'), guid: a.guid }],
          ['E', { ...plain('e'), guid: a.guid }],
          ['B', b],
        ],
        are: ['D', 'E', 'B'],
        publishes: ['A', 'B', 'D', 'E'],
      },
      {
        says: [
          ['E', { ...plain('e'), guid: a.guid }],
          ['B', b],
          ['D', { ...plain('d'), guid: a.guid }],
        ],
        are: ['E', 'B', 'D'],
        publishes: ['A', 'B', 'D', 'E'],
      },
    ],
  },
  {
    // The second is known by the whole of what it says, and by nothing else.
    name: 'two entries share guid, title and moment, have no address, and come in another order',
    ids: { A: guid('notices'), B: null },
    polls: [
      stays([
        ['A', NOTICE],
        ['A', OTHER_NOTICE],
      ]),
      {
        says: [
          ['A', OTHER_NOTICE],
          ['A', NOTICE],
        ],
        are: ['B', 'A'],
        publishes: ['A', 'B'],
      },
      stays([
        ['A', NOTICE],
        ['A', OTHER_NOTICE],
      ]),
    ],
  },
  {
    // Title and moment are enough where there are neither guids nor, on both sides, links.
    name: 'entries without guid and address are edited, and get addresses',
    ids: { A: null, B: null },
    polls: [
      stays([
        ['A', { guid: null, link: null }],
        ['B', { guid: null, link: null }],
      ]),
      stays([
        ['A', { guid: null, link: null, text: inventedSentences(91, 8).join(' ') }],
        ['B', { guid: null, link: null }],
      ]),
      stays([
        ['A', { guid: null, link: a.link, text: inventedSentences(91, 8).join(' ') }],
        ['B', { guid: null, link: b.link }],
      ]),
    ],
  },
  {
    // Nothing tells it from an edit that moved the page: a guid is the publisher's word that it is the same.
    name: 'a new entry uses the guid of one that has gone',
    ids: AB,
    polls: [
      stays(asEver),
      stays([
        ['D', { ...plain('d'), guid: a.guid }],
        ['B', b],
      ]),
      stays([
        ['E', { ...plain('e'), guid: a.guid }],
        ['B', b],
      ]),
    ],
  },
  {
    // A guid that is but the address of the link is no word of its own, and the link alone is then enough.
    name: 'http becomes https, and www comes, in link and guid',
    ids: { A: guid('http://harbour.example/news/a'), B: guid('http://harbour.example/news/b') },
    polls: [
      stays([
        ['A', { guid: 'http://harbour.example/news/a', link: 'http://harbour.example/news/a' }],
        ['B', { guid: 'http://harbour.example/news/b', link: 'http://harbour.example/news/b' }],
      ]),
      stays([
        ['A', { guid: 'https://harbour.example/news/a', link: 'https://harbour.example/news/a' }],
        ['B', { guid: 'https://harbour.example/news/b', link: 'https://harbour.example/news/b' }],
      ]),
      stays([
        [
          'A',
          {
            guid: 'https://www.harbour.example/news/a',
            link: 'https://www.harbour.example/news/a',
            published: '2026-11-24T13:30:00Z',
          },
        ],
        ['B', { guid: 'https://www.harbour.example/news/b', link: 'https://www.harbour.example/news/b' }],
      ]),
    ],
  },
  {
    name: 'a slash comes to the end of addresses without guids, and www with it',
    ids: { A: link(`${SITE}/news/a`), B: link(`${SITE}/news/b`) },
    polls: [
      stays([
        ['A', { ...a, guid: null }],
        ['B', { ...b, guid: null }],
      ]),
      stays([
        ['A', { guid: null, link: `${SITE}/news/a/` }],
        ['B', { guid: null, link: `${SITE}/news/b/` }],
      ]),
      stays([
        ['A', { guid: null, link: 'https://www.harbour.example/news/a/' }],
        ['B', { guid: null, link: 'https://www.harbour.example/news/b' }],
      ]),
    ],
  },
  {
    name: 'tracking parameters come, and others, to addresses without guids',
    ids: { A: link(`${SITE}/news?id=1`), B: link(`${SITE}/news?id=2`) },
    polls: [
      stays([
        ['A', { guid: null, link: `${SITE}/news?id=1` }],
        ['B', { guid: null, link: `${SITE}/news?id=2` }],
      ]),
      stays([
        ['A', { guid: null, link: `${SITE}/news?utm_source=rss&id=1&utm_medium=feed` }],
        ['B', { guid: null, link: `${SITE}/news?utm_source=rss&id=2&utm_medium=feed` }],
      ]),
      stays([
        ['A', { guid: null, link: `${SITE}/news?id=1&fbclid=abc#utm_campaign=x` }],
        ['B', { guid: null, link: `${SITE}/news?id=2&gclid=abc` }],
      ]),
    ],
  },
  {
    name: 'permalinks move twice, guids stay',
    ids: AB,
    polls: [
      stays(asEver),
      stays([
        ['A', { ...a, link: `${SITE}/2026/11/a` }],
        ['B', { ...b, link: `${SITE}/2026/11/b` }],
      ]),
      stays([
        ['A', { ...a, link: 'https://archive.harbour.example/?p=1' }],
        ['B', { ...b, link: 'https://archive.harbour.example/?p=2' }],
      ]),
    ],
  },
  {
    // Nothing but words agrees: new articles, as in doubt. As the words agree, readers are told nothing twice.
    name: 'another system gives every entry another guid and another link, with the same title, date and text',
    ids: { ...AB, A2: guid('7001'), B2: guid('7002') },
    polls: [
      stays(asEver),
      {
        says: [
          ['A', { guid: '7001', link: `${SITE}/stories/7001` }],
          ['B', { guid: '7002', link: `${SITE}/stories/7002` }],
        ],
        are: ['A2', 'B2'],
        publishes: ['A', 'B'],
      },
      {
        says: [
          ['A', { guid: '7001', link: `${SITE}/stories/7001` }],
          ['B', { guid: '7002', link: `${SITE}/stories/7002` }],
        ],
        are: ['A2', 'B2'],
        publishes: ['A', 'B'],
      },
    ],
  },
  {
    // The link alone is enough where there are no guids.
    name: 'titles are edited, and dates after them, of entries without guids',
    ids: { A: link(`${SITE}/news/a`), B: link(`${SITE}/news/b`) },
    polls: [
      stays([
        ['A', { ...a, guid: null }],
        ['B', { ...b, guid: null }],
      ]),
      stays([
        ['A', { ...a, guid: null, title: 'The harbour board says no' }],
        ['B', { ...b, guid: null }],
      ]),
      stays([
        ['A', { ...a, guid: null, title: 'The harbour board says no', published: '2026-11-24T13:30:00Z' }],
        ['B', { ...b, guid: null, title: 'Two chapels closed' }],
      ]),
    ],
  },
  {
    // The same link, and guids and dates that differ: another entry.
    name: 'bulletins come under one link, one at a time, each with a guid of its own',
    ids: { ...AB, C: guid('tag:c'), D: guid('tag:d') },
    polls: [
      stays([
        ['A', { ...a, link: `${SITE}/bulletin` }],
        ['B', b],
      ]),
      {
        says: [
          ['C', { guid: 'tag:c', link: `${SITE}/bulletin` }],
          ['B', b],
        ],
        are: ['C', 'B'],
        publishes: ['A', 'B', 'C'],
      },
      {
        says: [
          ['D', { guid: 'tag:d', link: `${SITE}/bulletin` }],
          ['B', b],
        ],
        are: ['D', 'B'],
        publishes: ['A', 'B', 'C', 'D'],
      },
    ],
  },
  {
    // The guid is the publisher's word; an address is merely where it is.
    name: 'two entries swap their links',
    ids: AB,
    polls: [
      stays(asEver),
      stays([
        ['A', { ...a, link: b.link }],
        ['B', { ...b, link: a.link }],
      ]),
      stays(asEver),
    ],
  },
];
