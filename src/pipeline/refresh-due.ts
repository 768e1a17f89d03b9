import type { Source, SourceState } from '../model/source.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { isDue, isHeldOff } from './next-check.ts';
import { emptyReport, type RefreshReport } from './refresh-report.ts';
import { refreshSource, type RefreshTools } from './refresh-source.ts';
import { newState } from './source-state.ts';

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
  for (const source of waiting) {
    const reason = `its server asked us to wait until ${states.get(source.id)!.nextCheckAt}`;
    yield { ...emptyReport(source, 'waiting'), reason };
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
