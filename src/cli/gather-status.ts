import type { Order } from '../config/sources-file.ts';
import type { SourceState } from '../model/source.ts';
import type { Drift } from '../model/source-watch.ts';
import { ENTRY_STATES, type EntryState } from '../model/trail.ts';
import { stateFor } from '../pipeline/source-state.ts';
import type { EntryCount, MissedPageCount, Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';

/** What there is to tell of one source. */
export type SourceStatus = Pick<SourceState, 'checkedAt' | 'failures' | 'lastFailure' | 'repairs' | 'unreadable'> & {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
  /** Not asked before then; null: at the next turn, or (not enabled) never. */
  readonly nextCheckAt: Instant | null;
  /** Why then, in words; null: at the next turn, or it is not known. */
  readonly nextCheckWhy: string | null;
  readonly entries: Readonly<Record<EntryState, number>>;
  /** By reason, a code of model/errors.ts; `again`: so many of them are asked for again. */
  readonly pagesNotHad: readonly Pick<MissedPageCount, 'code' | 'count' | 'again'>[];
  /** Since when its pages are not believed, and why; null: they are. */
  readonly drift: Drift | null;
};

/** A source that sources.json does not have any more: what it brought is still there. */
export type FormerSource = Pick<SourceStatus, 'id' | 'entries' | 'pagesNotHad'>;

/** What there is to tell of all sources, as scripts read it. */
export type Status = {
  readonly schema: string;
  readonly sources: readonly SourceStatus[];
  readonly notListed: readonly FormerSource[];
  /** Of all sources, listed or not: each entry of the ledger is counted in one state. */
  readonly entries: SourceStatus['entries'];
};

/** The same where there is no database. */
export const NOTHING_YET: Omit<Status, 'schema'> = { sources: [], notListed: [], entries: countsByState([]) };

export async function gatherStatus(store: Store, { sources }: Pick<Order, 'sources'>): Promise<Status> {
  const states = await store.sourceStates();
  return gather(
    store,
    sources.map((source) => ({
      ...source,
      state: stateFor(source, states.get(source.id)),
      isWatched: source.content !== 'feed',
    })),
  );
}

/** The same of all sources that the database knows, when there is no list to go by: as they stood when they were asked last. */
export async function gatherKnown(store: Store): Promise<Status> {
  const states = await store.sourceStates();
  return gather(
    store,
    [...states].map(([id, state]) => ({ id, title: state.feedTitle ?? id, enabled: true, isWatched: true, state })),
  );
}

type Told = Pick<SourceStatus, 'id' | 'title' | 'enabled'> & {
  readonly state: SourceState;
  /** Whether its pages are read, so that they may have changed their shape. */
  readonly isWatched: boolean;
};

async function gather(store: Store, sources: readonly Told[]): Promise<Status> {
  const counts = await store.entryCounts();
  const drifts = await store.drifts();
  const missed = Map.groupBy(await store.missedPageCounts(), ({ sourceId }) => sourceId);
  const ofEntries = (id: string): Pick<SourceStatus, 'entries' | 'pagesNotHad'> => ({
    entries: countsByState(counts.filter(({ sourceId }) => sourceId === id)),
    pagesNotHad: (missed.get(id) ?? []).map(({ code, count, again }) => ({ code, count, again })),
  });
  const told = new Set(sources.map(({ id }) => id));
  const former = new Set(counts.map(({ sourceId }) => sourceId).filter((id) => !told.has(id)));
  return {
    schema: await store.schemaVersion(),
    notListed: [...former].map((id) => ({ id, ...ofEntries(id) })),
    entries: countsByState(counts),
    sources: sources.map(({ id, title, enabled, state, isWatched }) => {
      const { checkedAt, failures, lastFailure, repairs, unreadable } = state;
      return {
        id,
        title,
        enabled,
        checkedAt,
        ...nextOf(enabled, state),
        failures,
        lastFailure,
        repairs,
        unreadable,
        ...ofEntries(id),
        drift: isWatched ? (drifts.get(id) ?? null) : null,
      };
    }),
  };
}

/** The same of one source alone; null where there is none of that name, listed or not. */
export function statusOfOne({ schema, sources, notListed }: Status, id: string): Status | null {
  const [told, former] = [sources.filter((one) => one.id === id), notListed.filter((one) => one.id === id)];
  const [one] = [...told, ...former];
  return one === undefined ? null : { schema, sources: told, notListed: former, entries: one.entries };
}

function nextOf(
  enabled: boolean,
  { nextCheckAt, nextCheckWhy, retryAfterUntil }: SourceState,
): Pick<SourceStatus, 'nextCheckAt' | 'nextCheckWhy'> {
  if (!enabled) return { nextCheckAt: null, nextCheckWhy: null };
  const isHeldOff = retryAfterUntil !== null && (nextCheckAt === null || retryAfterUntil > nextCheckAt);
  if (isHeldOff) return { nextCheckAt: retryAfterUntil, nextCheckWhy: 'its server asked us to wait' };
  return { nextCheckAt, nextCheckWhy: nextCheckAt === null ? null : nextCheckWhy };
}

function countsByState(counts: readonly EntryCount[]): SourceStatus['entries'] {
  const countOf = (state: EntryState): number =>
    sum(counts.filter((one) => one.state === state).map(({ count }) => count));
  return Object.fromEntries(ENTRY_STATES.map((state) => [state, countOf(state)])) as Record<EntryState, number>;
}

/** All of some numbers together. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
