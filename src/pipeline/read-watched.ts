import { distrustOf, watchAll, type Turn } from '../extract/watch/watch.ts';
import { observe, type Observation } from '../extract/watch/watch-observation.ts';
import type { FeedFacts } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import type { MadeFrom, SourceWatch } from '../model/source-watch.ts';
import type { Store } from '../store/store.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { siteOf } from '../support/site-of.ts';
import {
  askPages,
  isOwnText,
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
  /** Articles that were believed before a drift was declared over them (see fall-back.ts). */
  readonly fallen: readonly MadeFrom[];
};

export const NOTHING_WATCHED: WatchSoFar = { stored: undefined, known: null, turns: [], fallen: [] };

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
  const observations = asked.map((one) => observationOf(one, reading(one.item)));
  const first = asked[observations.findIndex((observation) => observation !== null)];
  // Read again, an article is what its page is found to be now.
  const together = new Set(asked.map(({ toRead }) => toRead.ledger.articleId));
  const notAmong = (fallen: readonly MadeFrom[]): MadeFrom[] =>
    fallen.filter(({ articleId }) => !together.has(articleId));
  if (first === undefined) return { distrust: [], soFar: { ...soFar, fallen: notAmong(soFar.fallen) } };
  const { source, now } = reading(first.item);
  const given = { selectors: selectorsOf(source), now };
  const stored = soFar.stored === undefined ? await store.sourceWatch(source.id) : soFar.stored;
  const before = soFar.stored === undefined ? stored : soFar.known;
  const learning = observations.map((observation, at) => (asked[at]!.isLate ? null : observation));
  const { watch, distrust, turns, fallen } = watchAll(before, learning, given);
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
      fallen: notAmong([...soFar.fallen, ...fallen]),
    },
  };
}

/**
 * What the watch sees of an article: null where its page was not had, and where a followed source leads straight to
 * another site's, which is no page of its own.
 */
function observationOf<Item>({ toRead, pages }: Asked<Item>, { source, feed, previous }: Reading): Observation | null {
  const { entry, ledger } = toRead;
  const own = pages.answers.find(({ wish }) => wish.as === 'page');
  if (own === undefined || (source.follow && !ownSites(source, feed).has(siteOf(own.page.url)))) return null;
  const observation = observe(entry, ledger.articleId, pages.answers);
  if (observation === null || !isOwnText(pages.answers)) return observation;
  const { articleId } = ledger;
  return { ...observation, madeFrom: { articleId, given: { entry, feed }, previous: previous.get(articleId) ?? null } };
}

function ownSites({ url }: Source, { link }: FeedFacts): ReadonlySet<string | null> {
  return new Set([siteOf(url), ...(link === null ? [] : [siteOf(link)])]);
}

/** By what the operator chooses the text: the site that it comes from, and the means of finding it there. */
export function selectorsOf({ url, select, remove }: Source): string {
  return [siteOf(url), select ?? '', ...remove].join('\n');
}

/** By date, then by id; those without a date last, as the newest. */
function orderOf<Item>({ toRead: { entry, ledger } }: Waiting<Item>): string {
  return `${entry.published ?? entry.updated ?? '9999'} ${ledger.articleId}`;
}
