import { afterAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admit, type Admitted } from '../../src/admit/admit.ts';
import { entryMarks } from '../../src/admit/entry-marks.ts';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import type { RefreshRecord, Store } from '../../src/store/store.ts';
import { sha256, uuidUrn } from '../../src/support/hash.ts';
import { forgetArticles } from '../support/sqlite-files.ts';
import {
  BEFALLS,
  isUpstream,
  listed,
  openNewsrooms,
  SORTED,
  SOURCES,
  START,
  take,
  UPSTREAM,
  type Fault,
  type Kind,
  type Newsrooms,
  type Step,
} from './calm-and-tried.ts';
import { nameOf, readingDocument, type Reading } from './moving-publisher.ts';

// Two newsrooms that are told the same. One is left in peace; the other is stopped, copied, purged, and told everything in
// another order and over again. The ids of articles and stories, the paths of pages and the ids in feeds are the same.

/** Everything that can happen, what matters most twice. */
const EVERYTHING: readonly Kind[] = [
  ...UPSTREAM,
  ...BEFALLS,
  ...Array.from({ length: 5 }, (): Kind => SORTED),
  'a publisher copies another',
  'a publisher gives its entries other guids',
  'a publisher gives its entries other addresses',
  'a publisher gives its entries other guids and addresses',
  'articles are purged',
];
/** All of it, in any order. */
const anySteps: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.shuffledSubarray([...EVERYTHING], { minLength: EVERYTHING.length }),
    fc.array(fc.nat({ max: 100_000 }), { minLength: EVERYTHING.length, maxLength: EVERYTHING.length }),
  )
  .map(([kinds, picks]) => kinds.map((kind, at) => ({ kind, pick: picks[at]! })));

/** Each publisher has something to say before it moves. */
const BEGINNING: readonly Step[] = [
  ...Array.from({ length: 6 }, (_, pick): Step => ({ kind: 'a publisher writes', pick })),
  { kind: SORTED, pick: 0 },
];

type Tally = Map<string, number>;

const root = mkdtempSync(join(tmpdir(), 'tributary-ids-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

const idsStay = (fault: Fault, tally: Tally): fc.IAsyncProperty<[Step[]]> =>
  fc.asyncProperty(anySteps, async (steps) => {
    const folder = join(root, String(++folders));
    const noted = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
    const rooms = await openNewsrooms(folder, fault, noted);
    try {
      for (const one of [...BEGINNING, ...steps, { kind: SORTED, pick: 0 } as const]) {
        if (await take(one, rooms)) noted(one.kind);
        // What is read is in the ledger, and what is sorted or befalls the newsroom is in the feeds.
        expect([...(await strayed(rooms)), ...(isUpstream(one.kind) ? [] : await movedPlace(rooms))]).toEqual([]);
      }
    } finally {
      await rooms.calm.store[Symbol.asyncDispose]();
      await rooms.tried.store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    }
  });

const RUNS = { numRuns: 22, seed: 20_261_124 };

test('ids and paths stay, whatever befalls the program and however its sources move', async () => {
  const tally: Tally = new Map();
  await fc.assert(idsStay({}, tally), RUNS);
  const shuffled = ['sources in another order', 'items in another order'];
  for (const what of [...UPSTREAM, ...BEFALLS, SORTED, ...shuffled])
    expect([what, (tally.get(what) ?? 0) >= 20]).toEqual([what, true]);
}, 180_000);

test.each<readonly [string, RegExp, Fault]>([
  [
    'ids are counted',
    /is another article|has other ids/,
    {
      store: (store) => ({ ...store, saveRefresh: async (record) => store.saveRefresh(await counted(record, store)) }),
    },
  ],
  [
    'the ledger forgets links',
    /is another article|is not known/,
    {
      store: (store) => ({
        ...store,
        knownEntries: (id, aliases) =>
          store.knownEntries(
            id,
            aliases.filter(({ kind }) => kind === 'guid'),
          ),
      }),
    },
  ],
  [
    'paths go by the title as it is',
    /has moved|has other ids/,
    {
      store: (store) => ({
        ...store,
        saveCuration: async (one) => {
          const named = await Promise.all(
            one.stories.map(async (story) => {
              const [lead] = await store.articles([story.leadArticleId]);
              return { ...story, path: `articles/${sha256(`${lead!.title} ${story.id}`).slice(0, 20)}.html` };
            }),
          );
          return store.saveCuration({ ...one, stories: named });
        },
      }),
    },
  ],
  [
    'texts are forgotten over a restart',
    /has moved|has other ids/,
    { store: (store) => ({ ...store, comparedTexts: async ({ after }) => ({ texts: [], last: after }) }) },
  ],
  ['a purge takes the ledger’s marks as well', /is not known|is another article/, { purge: forgetArticles }],
])(
  'that is found not to be so where %s',
  async (_, sign, fault) => {
    const result = await fc.check(idsStay(fault, new Map()), { ...RUNS, endOnFailure: true });
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toMatch(sign);
  },
  180_000,
);

/** Entries of the present documents that are not known as the articles that they are, in words. */
async function strayed({ calm, tried, readings, articleOf }: Newsrooms): Promise<string[]> {
  const faults: string[] = [];
  for (const { id } of SOURCES) {
    const reading = readings.get(id)!;
    const [ours, theirs] = await admittedOf([calm.store, tried.store], reading);
    for (const [at, item] of reading.items.entries()) {
      const name = nameOf(reading.house, item);
      for (const known of [ours![at]!, theirs![at]!]) {
        if (known.kind !== 'known' || known.learnt) faults.push(`${name} is not known`);
        const before = articleOf.get(name) ?? ours![at]!.ledger.articleId;
        articleOf.set(name, before);
        if (known.ledger.articleId !== before) faults.push(`${name} is another article`);
      }
    }
  }
  return faults;
}

/** Entries of the feeds and stories that have other ids or paths than they had, or than in the other newsroom, in words. */
async function movedPlace({ calm, tried, articleOf, storyOf, purged, now }: Newsrooms): Promise<string[]> {
  const faults: string[] = [];
  const [ours, theirs] = [await listed(calm, now), await listed(tried, now)];
  for (const one of ours) if (!theirs.includes(one) && !purged.has(one)) faults.push(`${one} has other ids`);
  for (const one of theirs) if (!ours.includes(one)) faults.push(`${one} has other ids`);
  const stories = await calm.store.storiesOfArticles([...articleOf.values()]);
  const byId = new Map((await calm.store.allStories(null, 10_000)).map(({ story }) => [story.id, story]));
  const triedStories = await tried.store.storiesOfArticles([...articleOf.values()]);
  const triedById = new Map((await tried.store.allStories(null, 10_000)).map(({ story }) => [story.id, story]));
  for (const [name, articleId] of articleOf) {
    // However an entry is told by now, its words are those of the story that it was first told in.
    const key = name.split(' ').slice(0, 2).join(' ');
    for (const story of [byId.get(stories.get(articleId) ?? ''), triedById.get(triedStories.get(articleId) ?? '')]) {
      if (story === undefined) continue;
      const place = `${story.id} at ${story.path}`;
      const before = storyOf.get(key) ?? place;
      storyOf.set(key, before);
      if (place !== before) faults.push(`${name} has moved from ${before} to ${place}`);
    }
  }
  return faults;
}

/** A document's entries as the ledgers of some stores know them, in the document's order. */
async function admittedOf(stores: readonly Store[], { house, items }: Reading): Promise<Admitted[][]> {
  const body = new TextEncoder().encode(readingDocument({ house, items }));
  const { entries } = await parseFeed(body, { url: `https://${house.id}.example/feed`, contentType: null });
  const marks = entryMarks(entries, 'guid');
  const aliases = marks.flatMap((one) => one.aliases);
  const context = { sourceId: house.id, now: START };
  return Promise.all(stores.map(async (store) => admit(marks, await store.knownEntries(house.id, aliases), context)));
}

/** A refresh whose new articles have ids in the order in which they came. */
async function counted(record: RefreshRecord, store: Store): Promise<RefreshRecord> {
  let count = (await store.standings(null)).length;
  const known = await store.knownEntries(
    record.state.sourceId,
    record.ledger.flatMap(({ aliases }) => aliases),
  );
  const isKnown = new Set([
    ...known.map(({ articleId }) => articleId),
    ...(await store.articles(record.ledger.map(({ articleId }) => articleId))).map(({ id }) => id),
  ]);
  const renamed = new Map(
    record.ledger.flatMap(({ articleId }) =>
      isKnown.has(articleId) ? [] : [[articleId, uuidUrn('counted', String(++count))] as const],
    ),
  );
  const idOf = (id: string): string => renamed.get(id) ?? id;
  return {
    ...record,
    ledger: record.ledger.map((one) => ({ ...one, articleId: idOf(one.articleId) })),
    articles: record.articles.map((one) => ({ ...one, id: idOf(one.id) })),
    trail: record.trail.map((one) => ({ ...one, articleId: idOf(one.articleId) })),
    missed: record.missed.map((one) => ({ ...one, articleId: idOf(one.articleId) })),
    missedNoLonger: record.missedNoLonger.map(idOf),
  };
}
