import { beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { StageError } from '../../src/model/errors.ts';
import type { EntryFilter } from '../../src/model/rule.ts';
import type { Source } from '../../src/model/source.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { EntryState } from '../../src/model/trail.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openTextMemory, type TextMemory } from '../../src/pipeline/recent-texts.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSite, aMatch, aTopic } from '../support/a-topic.ts';
import { aSource } from '../support/an-entry.ts';
import { imbalances, untoldEntries } from '../support/balance.ts';

// The whole way from feed to story, in random order: whatever a publisher, the network and the operator do, each entry is
// in the one state that its trail ends with, the counters add up, and states and stories agree.

const START = '2026-11-24T06:00:00Z';
const filterOf = (does: EntryFilter['does'], word: string): EntryFilter => {
  const { sources: _, ...rule } = aMatch({ any: [word] });
  return { ...rule, maxWords: null, does, note: null };
};
const sourceOf = (id: string, given: Partial<Source> = {}): Source =>
  aSource({ id, title: id, url: `https://${id}.example/feed.xml`, content: 'feed', ...given });
const SOURCES: readonly Source[] = [
  sourceOf('harbour', { filters: [filterOf('drop', 'storm')] }),
  sourceOf('wire', { probation: 1 }),
  sourceOf('mirror', { filters: [filterOf('hold', 'school')] }),
];
const TOPICS: readonly (readonly Topic[])[] = [
  [aTopic({ id: 'ships', match: aMatch({ any: ['ferry', 'harbour'] }) })],
  [
    aTopic({ id: 'ships', match: aMatch({ any: ['ferry'] }) }),
    aTopic({ id: 'towns', match: aMatch({ any: ['bridge', 'council'] }) }),
  ],
  [aTopic({ id: 'wire', match: aMatch({ sources: ['wire'] }) })],
];
const WORDS = ['ferry', 'harbour', 'bridge', 'council', 'choir', 'market', 'school', 'storm'];
const KINDS = [
  'a publisher writes',
  'a publisher changes an item',
  'a publisher takes an item out',
  'a publisher copies another',
  'a publisher writes what nobody can read',
  'a source fails',
  'sources are asked',
  'awaiting articles are sorted',
  'the operator edits the topics',
  'the operator gives a verdict',
  'the operator keeps less of a source, or all of it',
  'the program starts anew',
] as const;

type Kind = (typeof KINDS)[number];
type Step = { readonly kind: Kind; readonly pick: number };
type Tally = Map<string, number>;

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...KINDS) },
    { weight: 2, arbitrary: fc.constant('a publisher writes' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('a publisher copies another' as const, 'a publisher changes an item' as const),
    },
    { weight: 1, arbitrary: fc.constant('sources are asked' as const) },
    { weight: 1, arbitrary: fc.constant('awaiting articles are sorted' as const) },
  ),
  pick: fc.nat({ max: 10_000 }),
});

type Item = { readonly guid: string; readonly link: string; readonly title: string; readonly text: string };

/** What the world is at one moment: the feeds, the operator's topics, the time, and the program that runs. */
type World = {
  readonly store: Store;
  readonly feeds: Map<string, (Item | null)[]>;
  readonly failing: Set<string>;
  topics: readonly Topic[];
  sources: readonly Source[];
  now: string;
  memory: TextMemory;
  written: number;
};

type Fault = (store: Store) => Store;
const tally: Tally = new Map();
const noted = (what: string, count = 1): void => void tally.set(what, (tally.get(what) ?? 0) + count);

beforeAll(() => tally.clear());

const balances = (fault: Fault): fc.IAsyncProperty<[Step[]]> =>
  fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 50 }), async (steps) => {
    await using plain = await openMemoryStore();
    const world = newWorld(fault(plain));
    for (const one of steps) {
      if (await take(one, world)) noted(one.kind);
      if (one.kind === 'awaiting articles are sorted')
        expect([...(await imbalances(world.store, SOURCES)), ...(await untoldEntries(world.store))]).toEqual([]);
    }
    await take({ kind: 'awaiting articles are sorted', pick: 0 }, world);
    const standings = await world.store.standings(null);
    for (const { state } of standings) noted(state);
    const left = standings.filter(({ state }) => state === 'awaiting').map(({ articleId }) => `${articleId} awaits`);
    expect([...left, ...(await imbalances(world.store, SOURCES)), ...(await untoldEntries(world.store))]).toEqual([]);
  });

test('every entry that is fetched ends in one state, and the counters balance', async () => {
  await fc.assert(
    balances((store) => store),
    { numRuns: 40, seed: 20_261_124 },
  );
  for (const kind of KINDS) expect([kind, (tally.get(kind) ?? 0) >= 20]).toEqual([kind, true]);
  const reached: readonly EntryState[] = ['published', 'merged', 'dropped', 'expired'];
  for (const state of reached) expect([state, (tally.get(state) ?? 0) >= 20]).toEqual([state, true]);
}, 180_000);

test.each<readonly [string, RegExp, Fault]>([
  [
    'a curation forgets a step',
    /awaits/,
    (store) => ({ ...store, saveCuration: (one) => store.saveCuration({ ...one, trail: one.trail.slice(1) }) }),
  ],
  [
    'a curation forgets what it merged',
    /awaits/,
    (store) => ({
      ...store,
      saveCuration: (one) => store.saveCuration({ ...one, trail: one.trail.filter(({ state }) => state !== 'merged') }),
    }),
  ],
  [
    'a curation takes steps for a story that it does not save',
    /in no story as such|tells it as/,
    (store) => ({ ...store, saveCuration: (one) => store.saveCuration({ ...one, stories: one.stories.slice(1) }) }),
  ],
  [
    'a trail is not read to its end',
    /its trail ends with|has no trail/,
    (store) => ({ ...store, trailOf: async (id) => (await store.trailOf(id)).slice(0, -1) }),
  ],
])(
  'that is found not to be so where %s',
  async (_, sign, fault) => {
    const result = await fc.check(balances(fault), { numRuns: 40, seed: 20_261_124, endOnFailure: true });
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toMatch(sign);
  },
  180_000,
);

function newWorld(store: Store): World {
  return {
    store,
    feeds: new Map(SOURCES.map(({ id }) => [id, []])),
    failing: new Set(),
    topics: TOPICS[0]!,
    sources: SOURCES,
    now: START,
    memory: openTextMemory(),
    written: 0,
  };
}

/** One step; false where there is nothing yet to do it to. */
async function take({ kind, pick }: Step, world: World): Promise<boolean> {
  const { store, feeds, failing } = world;
  const { id } = SOURCES[pick % SOURCES.length]!;
  const feed = feeds.get(id)!;
  const at = feed.length === 0 ? -1 : pick % feed.length;
  const item = feed[at] ?? null;
  world.now = plusSeconds(world.now, 600 + (pick % 7) * 3600);
  switch (kind) {
    case 'a publisher writes':
      feed.push(newItem(id, ++world.written, pick));
      return true;
    case 'a publisher changes an item':
      if (item === null) return false;
      feed[at] = {
        ...item,
        text: `${item.text} Later ${WORDS[pick % WORDS.length]} was added, as number ${pick} says.`,
      };
      return true;
    case 'a publisher takes an item out':
      if (at < 0) return false;
      feed.splice(at, 1);
      return true;
    case 'a publisher copies another': {
      const others = SOURCES.filter((source) => source.id !== id).flatMap((source) => feeds.get(source.id)!);
      const other = others[pick % Math.max(1, others.length)] ?? null;
      if (other === null) return false;
      feed.push({ ...other, guid: `${id}-copy-${++world.written}` });
      return true;
    }
    case 'a publisher writes what nobody can read':
      feed.push(null);
      return true;
    case 'a source fails':
      failing.add(id);
      await ask(world);
      failing.delete(id);
      return true;
    case 'sources are asked':
      await ask(world);
      return true;
    case 'awaiting articles are sorted':
      await curate(world);
      return true;
    case 'the operator edits the topics':
      world.topics = TOPICS[pick % TOPICS.length]!;
      return true;
    case 'the operator keeps less of a source, or all of it':
      world.sources = world.sources.map((source) =>
        source.id === id ? { ...source, retentionDays: source.retentionDays === null ? 2 : null } : source,
      );
      return true;
    case 'the operator gives a verdict': {
      const standings = await store.standings(null);
      const one = standings[pick % Math.max(1, standings.length)];
      if (one === undefined) return false;
      const verdict = pick % 2 === 0 ? 'approved' : 'rejected';
      await store.saveVerdicts([{ articleId: one.articleId, verdict, at: world.now, note: null }]);
      return true;
    }
    default:
      world.memory = openTextMemory();
      return true;
  }
}

function newItem(id: string, number: number, pick: number): Item {
  const word = (offset: number): string => WORDS[(pick + offset * number) % WORDS.length]!;
  const sentence = `The ${word(1)} of ${number} and the ${word(2)} met ${word(3)} ${pick} on day ${number * 7}.`;
  const link = `https://${id}.example/${number}`;
  return { guid: `${id}-${number}`, link, title: `The ${word(1)} and the ${word(2)} ${number}`, text: sentence };
}

async function ask({ store, feeds, failing, now }: World): Promise<void> {
  const tools = {
    outbound: async ({ url }: { readonly url: string }) => {
      const id = new URL(url).hostname.split('.')[0]!;
      if (failing.has(id)) throw new StageError('fetch-timed-out', { url });
      const body = new TextEncoder().encode(rss(feeds.get(id)!));
      return { url, status: 200, headers: {}, body, redirects: [] };
    },
    fetchPage: async (url: string) => ({
      kind: 'not-fetched' as const,
      url,
      code: 'fetch-not-found' as const,
      reason: 'the server knows no such document (404)',
    }),
    store,
    clock: stoppedClock(now),
    log: silentLog,
    limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
  };
  for await (const report of refreshDue(tools, SOURCES, { which: 'all', atOnce: 1 }, new AbortController().signal))
    noted(report.outcome);
}

async function curate({ store, topics, sources, memory, now }: World): Promise<void> {
  await curateAwaiting({ store, memory, clock: stoppedClock(now), log: silentLog }, { site: aSite(), sources, topics });
}

function rss(items: readonly (Item | null)[]): string {
  const written = items.map((item) =>
    item === null
      ? '<item></item>'
      : `<item><guid isPermaLink="false">${item.guid}</guid><link>${item.link}</link><title>${item.title}</title>
         <pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate><description>${item.text}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Feed</title>${written.join('')}</channel></rss>`;
}
