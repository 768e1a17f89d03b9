import { distrustOf, watchAll, type Turn } from '../extract/watch/watch.ts';
import { observe } from '../extract/watch/watch-observation.ts';
import type { Source } from '../model/source.ts';
import type { SourceWatch } from '../model/source-watch.ts';
import type { Store } from '../store/store.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import {
  askPages,
  makeArticle,
  type Distrust,
  type EntryToRead,
  type PagesAsked,
  type ReadArticle,
  type Reading,
  type ReadTools,
} from './read-article.ts';

/** So many of one source's pages are asked for at once; the outbound client spaces them. */
const PAGES_AT_ONCE = 4;
/** So many pages are held in memory until all of them are judged. */
const JUDGED_TOGETHER = 12;

export type WatchTools = ReadTools & { readonly store: Pick<Store, 'sourceWatch'> };

/** What a refresh knows of its source's watch so far. `stored` is undefined as long as no page was read. */
export type WatchSoFar = {
  readonly stored: SourceWatch | null | undefined;
  readonly known: SourceWatch | null;
  readonly turns: readonly Turn[];
};

export const NOTHING_WATCHED: WatchSoFar = { stored: undefined, known: null, turns: [] };

/** An entry to read. `isLate`: its page was put aside before; it is judged, and nothing is learnt from it. */
export type Waiting<Item> = { readonly item: Item; readonly toRead: EntryToRead; readonly isLate: boolean };

/**
 * Reads entries with their pages. Pages are asked for side by side and judged one after the other, the oldest article
 * first, so that the same pages always come to the same end.
 */
export async function readWatched<Item>(
  tools: WatchTools,
  waiting: readonly Waiting<Item>[],
  { reading, soFar }: { readonly reading: (item: Item) => Reading; readonly soFar: WatchSoFar },
  signal: AbortSignal,
): Promise<{ readonly read: readonly (ReadArticle & { readonly item: Item })[]; readonly soFar: WatchSoFar }> {
  const read: (ReadArticle & { readonly item: Item })[] = [];
  const inOrder = waiting.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  let watched = soFar;
  for (let at = 0; at < inOrder.length; at += JUDGED_TOGETHER) {
    const asked = await askTogether(tools, inOrder.slice(at, at + JUDGED_TOGETHER), reading, signal);
    const judged = await judge(tools, asked, { reading, soFar: watched });
    watched = judged.soFar;
    for (const [index, one] of asked.entries())
      read.push({
        item: one.item,
        ...makeArticle(one.toRead, one.pages, reading(one.item), judged.distrust[index] ?? null),
      });
  }
  return { read, soFar: watched };
}

type Asked<Item> = Waiting<Item> & { readonly pages: PagesAsked };

async function askTogether<Item>(
  tools: ReadTools,
  some: readonly Waiting<Item>[],
  reading: (item: Item) => Reading,
  signal: AbortSignal,
): Promise<Asked<Item>[]> {
  const asked: Asked<Item>[] = [];
  for await (const one of mapConcurrently(some, PAGES_AT_ONCE, async (each) => ({
    ...each,
    pages: await askPages(tools, each.toRead, reading(each.item), signal),
  })))
    asked.push(one);
  return asked.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

async function judge<Item>(
  { store }: WatchTools,
  asked: readonly Asked<Item>[],
  { reading, soFar }: { readonly reading: (item: Item) => Reading; readonly soFar: WatchSoFar },
): Promise<{ readonly distrust: readonly (Distrust | null)[]; readonly soFar: WatchSoFar }> {
  const observations = asked.map(({ toRead, pages }) => observe(toRead.entry, pages.answers));
  const first = asked[observations.findIndex((observation) => observation !== null)];
  if (first === undefined) return { distrust: [], soFar };
  const { source, now } = reading(first.item);
  const given = { selectors: selectorsOf(source), now };
  const stored = soFar.stored === undefined ? await store.sourceWatch(source.id) : soFar.stored;
  const before = soFar.stored === undefined ? stored : soFar.known;
  const learning = observations.map((observation, at) => (asked[at]!.isLate ? null : observation));
  const { watch, distrust, turns } = watchAll(before, learning, given);
  const late = observations.map((observation, at) =>
    asked[at]!.isLate && observation !== null ? distrustOf(watch, observation, given) : null,
  );
  return {
    distrust: asked.map((_, at) => {
      const says = distrust[at] ?? late[at] ?? null;
      return says === null ? null : { says, code: watch.drift === null ? 'page-not-its-article' : 'page-unlike' };
    }),
    soFar: {
      stored,
      known: learning.every((one) => one === null) ? before : watch,
      turns: [...soFar.turns, ...turns],
    },
  };
}

/** The operator's means of choosing the text, as one. */
function selectorsOf({ select, remove }: Source): string {
  return [select ?? '', ...remove].join('\n');
}

/** By date, then by id; those without a date last, as the newest. */
function orderOf<Item>({ toRead: { entry, ledger } }: Waiting<Item>): string {
  return `${entry.published ?? entry.updated ?? '9999'} ${ledger.articleId}`;
}
