import { join } from 'node:path';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/support/hash.ts';
import { plusSeconds, type Instant } from '../../src/support/instant.ts';
import { aTopic } from '../support/a-topic.ts';
import { aSource } from '../support/an-entry.ts';
import { ask, editionsOf, openWorld, orderOf, sort, type FeedWorld } from '../support/feed-world.ts';
import { inventedTitle } from '../support/invented-text.ts';
import { copyDatabase, moveRows, openIn, purgeArticles } from '../support/sqlite-files.ts';
import {
  nameOf,
  readingDocument,
  type GuidStyle,
  type House,
  type MovingItem,
  type Reading,
} from './moving-publisher.ts';

// Two newsrooms that are told the same, step by step: a calm one, and one that is tried.

export const START = '2026-11-24T06:00:00Z';
const STYLES: Readonly<Record<string, GuidStyle>> = { quay: 'guids', dale: 'permalinks', moor: 'none' };
export const SOURCES = Object.keys(STYLES).map((id) =>
  aSource({ id, title: id, url: `https://${id}.example/feed`, content: 'feed', topicIds: ['all-of-it'] }),
);
export const ORDER = orderOf(SOURCES, [aTopic({ id: 'all-of-it', maxEntries: 1000 })]);

/** What publishers do, and what befalls the second newsroom. */
export const UPSTREAM = [
  'a publisher writes',
  'a publisher copies another',
  'a publisher changes a text',
  'a publisher changes a title',
  'a publisher takes an item out',
  'a publisher moves to https',
  'a publisher adds tracking parameters',
  'a publisher gives its entries other guids',
  'a publisher gives its entries other addresses',
  'a publisher gives its entries other guids and addresses',
  'an old document is served again',
] as const;
export const BEFALLS = [
  'the program starts anew',
  'the store is opened again',
  'the same documents are read again',
  'the file is copied',
  'all rows are moved into a new store',
  'articles are purged',
] as const;
export const SORTED = 'articles are sorted';
export type Kind = (typeof UPSTREAM)[number] | (typeof BEFALLS)[number] | typeof SORTED;
export type Step = { readonly kind: Kind; readonly pick: number };

export type Newsrooms = {
  readonly calm: FeedWorld;
  readonly tried: FeedWorld;
  readonly folder: string;
  readonly fault: Fault;
  readonly noted: (what: string) => void;
  dataDir: string;
  readonly readings: Map<string, Reading>;
  readonly old: Reading[];
  /** What the second newsroom was told last, and in which order. */
  readonly asked: Map<string, Reading>;
  readonly served: Map<string, string>;
  written: number;
  moves: number;
  now: Instant;
  /** The article of each entry, by what stands for it: see nameOf. */
  readonly articleOf: Map<string, string>;
  /** The entry in the feeds and the path of each article's story, once it was sorted. */
  readonly storyOf: Map<string, string>;
  /** Entries of the feeds that were purged, and whose words: whoever tells these anew is compared with nothing any more. */
  readonly purged: Set<string>;
  readonly purgedWords: Set<number>;
};

/** What is done wrong on purpose. */
export type Fault = { readonly store?: (store: Store) => Store; readonly purge?: typeof purgeArticles };
const MOST_ITEMS = 6;

export async function openNewsrooms(folder: string, fault: Fault, noted: (what: string) => void): Promise<Newsrooms> {
  const dataDir = join(folder, '0');
  return {
    calm: openWorld(await openMemoryStore(), START),
    tried: openWorld(plant(fault, await openIn(dataDir)), START),
    folder,
    dataDir,
    fault,
    noted,
    readings: new Map(SOURCES.map(({ id }) => [id, { house: houseOf(id), items: [] }])),
    old: [],
    asked: new Map(),
    served: new Map(),
    written: 0,
    moves: 0,
    now: START,
    articleOf: new Map(),
    storyOf: new Map(),
    purged: new Set(),
    purgedWords: new Set(),
  };
}

function plant({ store: fault }: Fault, store: Store): Store {
  return fault === undefined ? store : fault(store);
}

/** The entries of all editions: where each is listed, by which id, at which address, and as of when. */
export async function listed(world: FeedWorld, now: Instant): Promise<string[]> {
  const editions = await editionsOf({ ...world, now }, ORDER);
  return editions.flatMap(({ id: editionId, entries }) =>
    entries.map(({ id, url, published }) => `${editionId} ${id} ${url} ${published}`),
  );
}

function houseOf(id: string): House {
  return { id, style: STYLES[id]!, guids: 0, links: 0, scheme: 'http', tracking: null };
}

/** One step; false where there is nothing yet to do it to. */
export async function take({ kind, pick }: Step, rooms: Newsrooms): Promise<boolean> {
  const { calm, tried, readings, old } = rooms;
  rooms.now = plusSeconds(rooms.now, 600 + (pick % 5) * 900);
  calm.now = tried.now = rooms.now;
  if (kind === SORTED) {
    await sort(calm, ORDER);
    await sort(tried, ORDER);
    return true;
  }
  if (isUpstream(kind)) {
    const { id } = SOURCES[pick % SOURCES.length]!;
    const before = readings.get(id)!;
    if (kind === 'an old document is served again') {
      const again = old[pick % Math.max(1, old.length)];
      if (again === undefined) return false;
      readings.set(again.house.id, again);
    } else {
      const after = moved(kind, before, { pick, rooms });
      if (after === null) return false;
      readings.set(id, after);
    }
    old.push(before);
    await askAll(rooms, pick);
    return true;
  }
  return befall(kind, pick, rooms);
}

export function isUpstream(kind: Kind): kind is (typeof UPSTREAM)[number] {
  return (UPSTREAM as readonly Kind[]).includes(kind);
}

/** What a publisher says after a step; null where there is nothing to be said. */
function moved(
  kind: Exclude<(typeof UPSTREAM)[number], 'an old document is served again'>,
  { house, items }: Reading,
  { pick, rooms }: { readonly pick: number; readonly rooms: Newsrooms },
): Reading | null {
  const { readings, articleOf, purgedWords } = rooms;
  const written = (words: number): Reading => {
    const item = { number: ++rooms.written, words, written: plusSeconds(rooms.now, -600), edits: 0, titleEdits: 0 };
    return { house, items: [...items, item].slice(-MOST_ITEMS) };
  };
  if (kind === 'a publisher writes') return written(rooms.written + 1);
  if (kind === 'a publisher copies another') {
    const others = [...readings.values()].flatMap((one) => (one.house.id === house.id ? [] : one.items));
    const other = others[pick % Math.max(1, others.length)];
    // One copy of a text from each: who copies the same twice has two entries of one text, which are one story.
    if (other === undefined || purgedWords.has(other.words) || items.some(({ words }) => words === other.words))
      return null;
    return written(other.words);
  }
  if (items.length === 0) return null;
  const at = pick % items.length;
  const withItem = (item: MovingItem): Reading => ({ house, items: items.with(at, item) });
  const one = items[at]!;
  /** Told by the same article, though otherwise. */
  const rewritten = (given: Partial<House>): Reading => {
    const after = { ...house, ...given };
    for (const item of items) {
      const known = articleOf.get(nameOf(house, item));
      if (known !== undefined && !articleOf.has(nameOf(after, item))) articleOf.set(nameOf(after, item), known);
    }
    return { house: after, items };
  };
  const next = ++rooms.moves;
  /** Nothing but its words says what it is. */
  const movedWholly = (given: Partial<House>): Reading | null =>
    items.some(({ words }) => purgedWords.has(words)) ? null : { house: { ...house, ...given }, items };
  switch (kind) {
    case 'a publisher changes a text':
      return withItem({ ...one, edits: one.edits + 1 });
    case 'a publisher changes a title':
      return withItem({ ...one, titleEdits: one.titleEdits + 1 });
    case 'a publisher takes an item out':
      return { house, items: items.toSpliced(at, 1) };
    case 'a publisher moves to https':
      return rewritten({ scheme: 'https' });
    case 'a publisher adds tracking parameters':
      return rewritten({ tracking: `utm_source=feed${pick % 9}&fbclid=${pick}` });
    case 'a publisher gives its entries other guids':
      return rewritten({ style: 'guids', guids: next });
    case 'a publisher gives its entries other addresses':
      // By a guid of its own an entry is known at any address.
      return house.style === 'guids' ? rewritten({ links: next }) : movedWholly({ links: next });
    default:
      return movedWholly({ style: 'guids', guids: next, links: next });
  }
}

async function askAll(rooms: Newsrooms, pick: number): Promise<void> {
  const { calm, tried, readings, asked, served, noted } = rooms;
  const changed = SOURCES.filter(({ id }) => asked.get(id) !== readings.get(id));
  await ask(calm, changed, { documentOf: (id) => readingDocument(readings.get(id)!), pageAt: () => null });
  const sources = shuffled(SOURCES, pick);
  if (sources[0] !== SOURCES[0]) noted('sources in another order');
  await ask(tried, sources, {
    documentOf: (id) => {
      const reading = readings.get(id)!;
      if (pick % 3 !== 0 && asked.get(id) === reading) return served.get(id)!;
      const items = shuffled(reading.items, pick);
      if (items[0] !== reading.items[0]) noted('items in another order');
      asked.set(id, reading);
      served.set(id, readingDocument({ ...reading, items }));
      return served.get(id)!;
    },
    pageAt: () => null,
  });
}

function shuffled<T>(items: readonly T[], pick: number): T[] {
  return items
    .map((item, at) => ({ item, mark: sha256(`${pick} ${at}`) }))
    .toSorted((a, b) => (a.mark < b.mark ? -1 : 1))
    .map(({ item }) => item);
}

async function befall(kind: (typeof BEFALLS)[number], pick: number, rooms: Newsrooms): Promise<boolean> {
  const { tried, folder, fault } = rooms;
  const reopened = async (dataDir: string): Promise<void> => {
    rooms.dataDir = dataDir;
    tried.store = plant(fault, await openIn(dataDir));
    tried.memory = openTextMemory();
  };
  const newDir = join(folder, sha256(`${pick} ${rooms.now}`).slice(0, 12));
  switch (kind) {
    case 'the program starts anew':
      tried.memory = openTextMemory();
      return true;
    case 'the same documents are read again':
      for (const state of (await tried.store.sourceStates()).values())
        await tried.store.saveSourceState({ ...state, etag: null, lastModified: null, bodyDigest: null });
      await askAll(rooms, pick);
      return true;
    case 'the store is opened again':
      await tried.store[Symbol.asyncDispose]();
      await reopened(rooms.dataDir);
      return true;
    case 'the file is copied':
      await tried.store[Symbol.asyncDispose]();
      copyDatabase(rooms.dataDir, newDir);
      await reopened(newDir);
      return true;
    case 'all rows are moved into a new store':
      await tried.store[Symbol.asyncDispose]();
      await moveRows(rooms.dataDir, newDir);
      await reopened(newDir);
      return true;
    default: {
      await take({ kind: SORTED, pick }, rooms);
      const alone = (await tried.store.allStories(null, 10_000)).filter(({ articles }) => articles.length === 1);
      const picked = shuffled(alone, pick).slice(0, 1 + (pick % 3));
      if (picked.length === 0) return false;
      const gone = picked.map(({ story }) => story.id);
      for (const { articles } of picked) rooms.purgedWords.add(wordsIn(articles[0]!.title));
      const before = await listed(tried, rooms.now);
      await tried.store[Symbol.asyncDispose]();
      (fault.purge ?? purgeArticles)(rooms.dataDir, gone);
      await reopened(rooms.dataDir);
      const after = new Set(await listed(tried, rooms.now));
      for (const one of before) if (!after.has(one)) rooms.purged.add(one);
      return true;
    }
  }
}

/** Whose words stand under a title. */
function wordsIn(title: string): number {
  for (let words = 1; ; words++) if (title.replace(/(?: again)+$/, '') === inventedTitle(words)) return words;
}
