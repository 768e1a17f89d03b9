import type { Source, SourceState } from '../model/source.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { isDue, isHeldOff } from './next-check.ts';
import { newState, refreshSource, type RefreshReport, type RefreshTools } from './refresh-source.ts';

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
  const states = await tools.store.sourceStates();
  const now = tools.clock.now();
  const enabled = sources.filter((source) => source.enabled);
  const waiting = options.which === 'all' ? enabled.filter(({ id }) => isHeldOff(states.get(id), now)) : [];
  for (const { id, title } of waiting) {
    const reason = `its server asked us to wait until ${states.get(id)!.nextCheckAt}`;
    yield {
      sourceId: id,
      title,
      outcome: 'waiting',
      reason,
      code: null,
      entries: 0,
      added: 0,
      changed: 0,
      unreadable: [],
      repairs: [],
    };
  }
  const turn = enabled.filter((source) =>
    options.which === 'all' ? !waiting.includes(source) : isDue(states.get(source.id), now),
  );
  yield* mapConcurrently(turn, options.atOnce, (source) =>
    refreshSource(tools, source, stateFor(source, states.get(source.id)), signal),
  );
}

/** Validators and digests belong to one address: an edited address is asked as if for the first time. */
function stateFor(source: Source, state: SourceState | undefined): SourceState {
  if (state === undefined) return newState(source);
  return state.url === source.url
    ? state
    : { ...state, url: source.url, etag: null, lastModified: null, bodyDigest: null };
}
