import type { Order } from '../../config/sources-file.ts';
import type { Outbound } from '../../model/outbound.ts';
import type { Fate } from '../../model/published-entry.ts';
import type { SourceState } from '../../model/source.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import { fateOf } from '../former-topics.ts';
import type { RefreshReport } from '../refresh-report.ts';
import { appliedList } from './applied-list.ts';
import { askedOnce } from './asked-once.ts';
import { compareEntries, type EntryChange, type UnseenChange } from './compare-entries.ts';
import { compareLists, renamings, type ListChanges } from './compare-lists.ts';
import { compareFeeds, compareFiles, type FeedChange, type FileChange } from './compare-outputs.ts';
import type { RehearsalRoom } from './open-rehearsal-room.ts';
import { readPublished, type PublishedState } from './published-state.ts';
import { rehearse, type RehearseTools, type Rehearsal } from './rehearse.ts';

/** What an edit of the list changes, as far as it is known. */
export type Plan = {
  /** What the edit says; null where no list was applied yet, or by a version that did not note it. */
  readonly lists: ListChanges | null;
  readonly entries: readonly EntryChange[];
  readonly unseen: readonly UnseenChange[];
  readonly feeds: readonly FeedChange[];
  readonly files: readonly FileChange[];
  /** What becomes of the addresses of files that go. */
  readonly fates: readonly { readonly path: string; readonly fate: Fate | null }[];
  /** What the gate refuses from then on. */
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
  readonly unknown: Unknown;
  /** Addresses that were asked just now, as the history did not know them. */
  readonly askedNow: readonly string[];
};

/** What the plan does not know, as nobody asked there yet. */
export type Unknown = {
  /**
   * Sources, by id, that were never asked at their address: what they would bring is not known. `isWithheld`: they were, and
   * their feed is not kept since something in it was retracted.
   */
  readonly sources: readonly { readonly id: string; readonly url: string; readonly isWithheld?: true }[];
  /** Sources that were asked before there was a history of them: they are taken to have nothing new. */
  readonly takenAsUnchanged: readonly string[];
  /** The same of sources whose feed is not kept since something in it was retracted. */
  readonly withheld: readonly string[];
  /** Pages and robots.txt: without them the feed's own text is taken. */
  readonly pages: readonly string[];
};

export type PlanTools = Omit<RehearseTools, 'store' | 'output' | 'privateRooms' | 'images' | 'history' | 'anew'> & {
  readonly room: RehearsalRoom;
  readonly anew: Outbound | null;
  readonly clock: Clock;
  readonly log: Log;
};

/**
 * Rehearses a list in a room of its own and tells what is another than before. With `against` both lists are rehearsed, one
 * after the other: then what would have come anyway is no part of it.
 */
export async function makePlan(
  tools: PlanTools,
  lists: { readonly order: Order; readonly against: Order | null },
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<Plan> {
  const { room } = tools;
  const { order, against } = lists;
  const anew = tools.anew === null || against === null ? tools.anew : askedOnce(tools.anew);
  const rehearseTools = { ...tools, ...room, anew };
  const told = (what: string) => (_: RefreshReport, done: number) => onProgress(`${what}: ${done} sources …`);
  const other = against === null ? null : await rehearsed(rehearseTools, against, told('The other list'), signal);
  onProgress('Reading what is published …');
  const before = await readPublished(room.store, room);
  const rehearsal = await rehearsed(rehearseTools, order, told('Rehearsing'), signal);
  onProgress('Comparing …');
  const after = await readPublished(room.store, room);
  const files = compareFiles(before, after);
  const renamed = newNames(order, before);
  const old = against ?? (await appliedList(room.store));
  return {
    lists: old === null ? null : compareLists(old, order),
    ...named(compareEntries(before, after, renamed)),
    feeds: compareFeeds(before, after, { files, renamed }),
    files,
    fates: await fatesOf(room, files),
    refused: rehearsal.report.published.refused,
    unknown: joined(other?.unknown ?? null, rehearsal.unknown),
    askedNow: eachOnce([...(other?.askedNow ?? []), ...rehearsal.askedNow].map(({ url }) => url)),
  };
}

async function rehearsed(
  tools: RehearseTools,
  order: Order,
  onSource: (report: RefreshReport, done: number) => void,
  signal: AbortSignal,
): Promise<Rehearsal & { readonly unknown: Unknown }> {
  const states = await tools.store.sourceStates();
  const rehearsal = await rehearse(tools, order, onSource, signal);
  return { ...rehearsal, unknown: unknownIn(rehearsal, order, states) };
}

/** What is not known of the other list makes the comparison as doubtful as what is not known of this one. */
function joined(other: Unknown | null, own: Unknown): Unknown {
  if (other === null) return own;
  const ids = new Set(own.sources.map(({ id, url }) => `${id} ${url}`));
  return {
    sources: [...own.sources, ...other.sources.filter(({ id, url }) => !ids.has(`${id} ${url}`))],
    takenAsUnchanged: eachOnce([...own.takenAsUnchanged, ...other.takenAsUnchanged]),
    withheld: eachOnce([...own.withheld, ...other.withheld]),
    pages: eachOnce([...own.pages, ...other.pages]),
  };
}

function eachOnce(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** New names of published topics by their old ones. */
function newNames(order: Order, { feeds }: PublishedState): ReadonlyMap<string, string> {
  const there = new Set([...feeds.values()].flatMap(({ topicId }) => topicId ?? []));
  return new Map(renamings(order, there).renamed.map(({ from, to }) => [from, to]));
}

/** Whether anything that readers have would be another. */
export function changesNothing({ files, entries }: Pick<Plan, 'files' | 'entries'>): boolean {
  return files.length === 0 && entries.length === 0;
}

/** Whether the plan knows all that applying the list would find. */
export function isComplete({ unknown: { sources, pages } }: Pick<Plan, 'unknown'>): boolean {
  return sources.length === 0 && pages.length === 0;
}

function named({ changes, unseen }: ReturnType<typeof compareEntries>): Pick<Plan, 'entries' | 'unseen'> {
  return { entries: changes, unseen };
}

async function fatesOf({ store }: RehearsalRoom, files: readonly FileChange[]): Promise<Plan['fates']> {
  const fates: { path: string; fate: Fate | null }[] = [];
  for (const { path, change } of files) if (change === 'removed') fates.push({ path, fate: await fateOf(store, path) });
  return fates;
}

function unknownIn({ notKept }: Rehearsal, { sources }: Order, states: ReadonlyMap<string, SourceState>): Unknown {
  const feeds = new Map(notKept.flatMap((one) => (one.kind === 'feed' ? [[one.url, one] as const] : [])));
  const isWithheld = ({ url }: Order['sources'][number]): boolean => feeds.get(url)?.isWithheld === true;
  const unasked = sources.filter(({ enabled, url }) => enabled && feeds.has(url));
  const wasAsked = ({ id, url }: Order['sources'][number]): boolean => {
    const state = states.get(id);
    return state?.url === url && state.bodyDigest !== null;
  };
  const known = unasked.filter(wasAsked);
  return {
    sources: unasked
      .filter((source) => !wasAsked(source))
      .map((source) => ({
        id: source.id,
        url: source.url,
        ...(isWithheld(source) ? { isWithheld: true as const } : {}),
      })),
    takenAsUnchanged: known.filter((source) => !isWithheld(source)).map(({ id }) => id),
    withheld: known.filter(isWithheld).map(({ id }) => id),
    pages: notKept.flatMap(({ kind, url }) => (kind === 'feed' ? [] : [url])),
  };
}
