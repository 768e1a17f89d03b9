import { ALL } from '../../src/curate/compose-edition.ts';
import { updatedUnder } from '../../src/curate/update-policy.ts';
import { extentFor } from '../../src/curate/extent-for.ts';
import { readySite } from '../../src/curate/opt-out.ts';
import { refusalOf } from '../../src/curate/refusal.ts';
import type { PublishedEntry } from '../../src/model/published-entry.ts';
import type { ToldStory } from '../../src/model/story.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256, uuidUrn } from '../../src/support/hash.ts';
import { plusSeconds, type Instant } from '../../src/support/instant.ts';
import { marksOf, type Kind, type World } from './archive-world.ts';

// What readers find who walk from each subscription document through its archives, and what lies in the folder.

type JsonItem = {
  readonly id: string;
  readonly url: string;
  readonly date_published: string;
  readonly date_modified?: string;
};
type JsonFeed = {
  readonly next_url?: string;
  readonly items: readonly JsonItem[];
  readonly _tributary?: { readonly deleted?: readonly { readonly id: string }[] };
};
type Walked = { readonly updated: Instant; readonly published: Instant; readonly url: string };

/** What was found at the publications so far. */
export type Memory = {
  /** By topic: all that ever was in its documents, and when each entry was dated. */
  readonly ever: Map<string, Map<string, Instant>>;
  /** By topic and entry: the article that led it the last time. */
  readonly leads: Map<string, ReadonlyMap<string, string>>;
  /** What readers found the last time. */
  readonly walks: Map<string, ReadonlyMap<string, Walked>>;
  readonly archives: Map<string, string>;
  readonly gone: Set<string>;
};

export const newMemory = (): Memory => ({
  ever: new Map(),
  leads: new Map(),
  walks: new Map(),
  archives: new Map(),
  gone: new Set(),
});

/** Steps after which a chain may be rebuilt. */
const REBUILDING: ReadonlySet<Kind> = new Set([
  'an article is retracted',
  'a story is retracted',
  'rights are tightened',
  'a publisher narrows what may be shown',
  'a publisher opts out, or comes back',
  'a topic groups, or does not any more',
  'a topic is closed, or comes back',
]);

export async function faultsOf(world: World, memory: Memory): Promise<string[]> {
  const topics = [null, ...world.order.topics];
  const faults: string[] = [];
  for (const topic of topics) faults.push(...(await topicFaults(world, topic, memory)));
  const expired = await expiredIn(world);
  return [
    ...faults,
    ...archiveFaults(world, memory, expired),
    ...textFaults(world, expired),
    ...overdueFaults(world, expired),
    ...(await folderFaults(world, memory)),
  ];
}

async function topicFaults(world: World, topic: Topic | null, memory: Memory): Promise<string[]> {
  const topicId = topic?.id ?? ALL;
  const faults: string[] = [];
  const fault = (what: string): void => void faults.push(`${topicId}: ${what}`);
  const first = (await world.store.archiveChains()).get(topicId)?.first ?? 1;
  const isEnd = (path: string): boolean => Number(/archive\/(\d+)\./.exec(path)?.[1] ?? first) < first;
  const { walk, deleted, documents } = walkOf(world, topicId, { isEnd });
  if (documents === null) return [`${topicId}: a document is not there`];
  const now = await entriesNow(world, topic);
  for (const [id, updated] of now) {
    const found = walk.get(id);
    if (found === undefined) fault(`${id} is not found`);
    else if (typeof updated === 'string' && found.updated !== updated)
      fault(`${id} is found as of ${found.updated}, and not ${updated}`);
    if (deleted.has(id)) fault(`${id} is there, and told as deleted`);
  }
  const published = await publishedNow(world, topicId);
  for (const id of published.symmetricDifference(new Set(walk.keys())))
    fault(`${id} is ${published.has(id) ? 'known as published, and not found' : 'found, and not known as published'}`);
  const ever = memory.ever.get(topicId) ?? new Map<string, Instant>();
  const walked = memory.walks.get(topicId) ?? new Map<string, Walked>();
  memory.ever.set(topicId, ever);
  for (const [id, { published: date, updated }] of walk) {
    if (!now.has(id) && !ever.has(id)) fault(`${id} is there, and was never in the topic`);
    if (deleted.has(id)) fault(`${id} is there, and told as deleted`);
    if ((ever.get(id) ?? date) !== date) fault(`${id} is dated anew`);
    if ((walked.get(id)?.updated ?? '') > updated) fault(`${id} was changed earlier than before`);
    ever.set(id, date);
  }
  for (const [id, lead] of memory.leads.get(topicId) ?? [])
    if (!walk.has(id) && (await isTakenBack(world, lead)) && !deleted.has(id))
      fault(`${id} was taken back, and no word of it`);
  memory.leads.set(topicId, await leadsOf(world, topicId));
  memory.walks.set(topicId, walk);
  if (walkOf(world, topicId, { format: 'atom', isEnd }).digest !== walkOf(world, topicId, { isEnd }).digest)
    fault('Atom and JSON Feed do not agree');
  return faults;
}

/** @param given.isEnd whether a chain ended there since its archives were closed: all that was before has expired */
function walkOf(
  { files, order }: World,
  topicId: string,
  { format = 'json', isEnd }: { readonly format?: 'json' | 'atom'; readonly isEnd: (path: string) => boolean },
): {
  readonly walk: ReadonlyMap<string, Walked>;
  readonly deleted: ReadonlySet<string>;
  readonly documents: number | null;
  readonly digest: string;
} {
  const walk = new Map<string, Walked>();
  let deleted: ReadonlySet<string> | null = null;
  let documents = 0;
  for (let path: string | null = `feeds/${topicId}.${format}`; path !== null; documents++) {
    const text = files.get(path);
    if (text === undefined && isEnd(path)) break;
    if (text === undefined) return { walk, deleted: new Set(), documents: null, digest: '' };
    const { items, previous, gone } = format === 'json' ? readJson(text) : readAtom(text);
    deleted ??= gone;
    for (const [id, item] of items) if (!walk.has(id)) walk.set(id, item);
    path = previous === null ? null : previous.slice(order.site.url.length);
  }
  const sorted = [...walk].map(([id, { updated, published }]) => [id, updated, published].join(' ')).toSorted();
  return { walk, deleted: deleted!, documents, digest: sha256(JSON.stringify([sorted, [...deleted!]])) };
}

type Read = {
  readonly items: readonly (readonly [string, Walked])[];
  readonly previous: string | null;
  readonly gone: ReadonlySet<string>;
};

function readJson(text: string): Read {
  const feed = JSON.parse(text) as JsonFeed;
  return {
    items: feed.items.map((item) => [
      item.id,
      { url: item.url, published: item.date_published, updated: item.date_modified ?? item.date_published },
    ]),
    previous: feed.next_url ?? null,
    gone: new Set((feed._tributary?.deleted ?? []).map(({ id }) => id)),
  };
}

function readAtom(text: string): Read {
  const [head = '', ...entries] = text.split('<entry');
  const value = (within: string, name: string): string => new RegExp(`<${name}>([^<]+)`).exec(within)?.[1] ?? '';
  const previous = /<link[^>]*rel="prev-archive"[^>]*>/.exec(head)?.[0] ?? null;
  return {
    items: entries.map((entry) => {
      const own = entry.replace(/<source>[\s\S]*?<\/source>/, '');
      const url = /<link[^>]*rel="alternate"[^>]*href="([^"]+)"/.exec(own)?.[1] ?? '';
      return [value(own, 'id'), { url, published: value(own, 'published'), updated: value(own, 'updated') }];
    }),
    previous: previous === null ? null : /href="([^"]+)"/.exec(previous)![1]!,
    gone: new Set([...text.matchAll(/<at:deleted-entry[^>]*ref="([^"]+)"/g)].map(([, id]) => id!)),
  };
}

/** The entries of a topic as the store has them, with `updated`; of events true, as theirs depends on what was told. */
export async function entriesNow({ store }: World, topic: Topic | null): Promise<ReadonlyMap<string, Instant | true>> {
  const all = await store.publishedStories(null, null, 10_000);
  const own = all.filter(({ story }) => topic === null || story.topics.some(({ topicId }) => topicId === topic.id));
  if (topic?.group === true)
    return new Map(own.map(({ story }) => [uuidUrn('event', topic.id, story.eventId), true] as const));
  const updatedOf = ({ story, articles }: ToldStory): Instant =>
    updatedUnder(topic?.updates ?? 'all', story, articles[0]!);
  return new Map(own.map((told) => [told.story.id, updatedOf(told)]));
}

async function publishedNow({ store }: World, topicId: string): Promise<ReadonlySet<string>> {
  return new Set((await versionsOf(store, topicId)).map(({ entryId }) => entryId));
}

async function leadsOf({ store }: World, topicId: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await versionsOf(store, topicId)).map(({ entryId, leadArticleId }) => [entryId, leadArticleId]));
}

/** All that is known as published of a topic, the newest versions last. */
async function versionsOf(store: Store, topicId: string): Promise<readonly PublishedEntry[]> {
  const archived = (await store.archivedEntries(null, 100_000)).filter((entry) => entry.topicId === topicId);
  return [...archived, ...(await store.openEntries(topicId, 10_000))];
}

async function isTakenBack({ store }: World, articleId: string): Promise<boolean> {
  const state = (await store.trailOf(articleId)).at(-1)?.state;
  return state === 'retracted' || state === 'refused';
}

const ARCHIVE = /^feeds\/[^/]+\/archive\/\d+\./;

async function expiredIn({ store }: World): Promise<ReadonlySet<string>> {
  const standings = await store.standings(null);
  return new Set(standings.flatMap(({ articleId, state }) => (state === 'expired' ? [articleId] : [])));
}

/** What is too old since this day began, and has not expired. */
function overdueFaults({ articles, retracted, order, now }: World, expired: ReadonlySet<string>): string[] {
  return [...articles.values()].flatMap(({ id, sourceId, published }) => {
    const days = order.sources.find((source) => source.id === sourceId)!.retentionDays;
    if (days === null || retracted.has(id) || expired.has(id)) return [];
    return plusSeconds(published, days * 86_400) < `${now.slice(0, 10)}T00:00:00Z` ? [`${id} is kept too long`] : [];
  });
}

function archiveFaults({ files, last, articles }: World, memory: Memory, expired: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const mended = last === 'the output folder is lost' || last === 'a file is lost';
  const now = new Map([...files].filter(([path]) => ARCHIVE.test(path)));
  for (const [path, text] of memory.archives) {
    const found = now.get(path);
    const shown = [...articles.keys()].filter((id) => text.includes(marksOf(id).title));
    if (found === undefined) {
      const isEmpty = expired.size > 0 && shown.every((id) => expired.has(id));
      if (!REBUILDING.has(last) && !isEmpty) faults.push(`${path}: the archive is gone after "${last}"`);
      memory.gone.add(path);
    } else if (found !== text && !mended && !shown.some((id) => expired.has(id)))
      faults.push(`${path}: the closed archive was changed`);
  }
  // The archives of a topic that was closed come back with it.
  for (const path of now.keys())
    if (memory.gone.has(path) && !path.startsWith('feeds/ferries/')) faults.push(`${path}: its number was given twice`);
  memory.archives.clear();
  for (const [path, text] of now) memory.archives.set(path, text);
  return faults;
}

/** What stands in any of the files that may not stand in one. */
export function textFaults(
  { files, articles, retracted, order }: World,
  expired: ReadonlySet<string> = new Set(),
): string[] {
  const site = readySite(order.site);
  const all = [...files.values()].join('\n');
  return [...articles.values()].flatMap((article) => {
    const { title, begin, end } = marksOf(article.id);
    const source = order.sources.find(({ id }) => id === article.sourceId)!;
    const { extent } = extentFor(article, source, site);
    const isGone =
      expired.has(article.id) || retracted.has(article.id) || refusalOf(article, site.optOut, source) !== null;
    const withheld = isGone
      ? [title, begin, end]
      : extent === 'full'
        ? []
        : extent === 'excerpt'
          ? [end]
          : [begin, end];
    return withheld.flatMap((mark) => (all.includes(mark) ? [`${mark} is in a file`] : []));
  });
}

async function folderFaults({ files, store, order }: World, memory: Memory): Promise<string[]> {
  const faults: string[] = [];
  const known = await store.outputs();
  for (const path of files.keys()) {
    if (!known.has(path)) faults.push(`${path}: nobody knows of the file`);
    if ((await store.fateOf(path)) !== null) faults.push(`${path}: it is there, and told as gone`);
  }
  for (const path of memory.gone)
    if (!files.has(path) && (await store.fateOf(path)) === null) faults.push(`${path}: no word of what became of it`);
  for (const walk of memory.walks.values())
    for (const [id, { url }] of walk) {
      const path = url.slice(order.site.url.length);
      if (!files.has(path) && (await store.fateOf(path)) === null) faults.push(`${id}: nobody knows where ${path} is`);
    }
  return faults;
}
