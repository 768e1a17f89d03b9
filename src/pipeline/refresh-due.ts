import type { Source, SourceState } from '../model/source.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { latest, type Instant } from '../support/instant.ts';
import { isDue, isHeldOff } from './next-check.ts';
import { emptyReport, type RefreshReport } from './refresh-report.ts';
import { refreshSource, type RefreshTools } from './refresh-source.ts';
import { stateFor } from './source-state.ts';

export type RefreshOptions = {
  /** `due`: those whose time has come. `all`: every enabled source, those apart whose server asked us to wait. */
  readonly which: 'due' | 'all';
  readonly atOnce: number;
};

/** Refreshes the enabled sources whose turn it is, some at a time, as a stream of reports in order of completion. */
export async function* refreshDue(
  tools: RefreshTools,
  sources: readonly Source[],
  options: RefreshOptions,
  signal: AbortSignal,
): AsyncIterable<RefreshReport> {
  const now = tools.clock.now();
  const enabled = await enabledWithStates(tools.store, sources);
  const waiting = options.which === 'all' ? enabled.filter(({ state }) => isHeldOff(state, now)) : [];
  for (const { source, state } of waiting) {
    const reason = `its server asked us to wait until ${state.retryAfterUntil}`;
    yield { ...emptyReport(source, 'waiting'), reason };
  }
  const turn = enabled.filter((one) => (options.which === 'all' ? !waiting.includes(one) : isDue(one.state, now)));
  yield* mapConcurrently(turn, options.atOnce, ({ source, state }) => refreshSource(tools, source, state, signal));
}

/**
 * Refreshes one source, due or not, because its hub has pushed. Caches on the way are passed by: they may hold what was
 * before. Null where there is no such source, it is off, or its server asked us to wait.
 */
export async function refreshPushed(
  tools: RefreshTools,
  sources: readonly Source[],
  sourceId: string,
  signal: AbortSignal,
): Promise<RefreshReport | null> {
  const listed = sources.filter(({ id }) => id === sourceId);
  const [found] = await enabledWithStates(tools.store, listed);
  if (found === undefined || isHeldOff(found.state, tools.clock.now())) return null;
  const { source, state } = found;
  const pastCaches = { ...source, headers: { 'cache-control': 'no-cache', ...source.headers } };
  return await refreshSource(tools, pastCaches, state, signal);
}

/** How many enabled sources are not due yet, and when the first of them will be; null where there is none. */
export type NotYetDue = { readonly count: number; readonly nextAt: Instant | null };

/** What a refresh of all that is due would leave out now. */
export async function notYetDue(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  sources: readonly Source[],
): Promise<NotYetDue> {
  const now = clock.now();
  const times = (await enabledWithStates(store, sources))
    .filter(({ state }) => !isDue(state, now))
    .map(({ state }) => latest([state.nextCheckAt, state.retryAfterUntil])!);
  return { count: times.length, nextAt: times.toSorted()[0] ?? null };
}

type SourceWithState = { readonly source: Source; readonly state: SourceState };

async function enabledWithStates(store: Store, sources: readonly Source[]): Promise<SourceWithState[]> {
  const states = await store.sourceStates();
  return sources
    .filter(({ enabled }) => enabled)
    .map((source) => ({ source, state: stateFor(source, states.get(source.id)) }));
}
