import type { Source, SourceState } from '../model/source.ts';
import { isOfSelector, newWatch, type Drift } from '../model/source-watch.ts';
import type { RefreshRecord, Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import { UNLIKE } from './read-missed-pages.ts';
import { selectorsOf, type WatchSoFar } from './read-watched.ts';
import type { RefreshReport } from './refresh-report.ts';

// What a refresh leaves behind of its source's watch: in the store, in the report and in the log.

/** Pages that were put aside while the source drifted are due when that is over. */
export function savedWatch(
  { stored, known, turns }: WatchSoFar,
  now: Instant,
): Pick<RefreshRecord, 'watch' | 'askAgain'> {
  const hasEnded = turns.some(({ is }) => is === 'ends') && known?.drift === null;
  return { watch: known === (stored ?? null) ? null : known, askAgain: hasEnded ? { code: UNLIKE, from: now } : null };
}

/**
 * Where the operator has set the selectors of a drifting source anew, or its address: all is learnt anew, beginning with
 * the pages that were put aside, which are due at once. Its feed may bring nothing new for long. Tells whether it is so.
 */
export async function beginAnewIfCorrected(
  store: Store,
  source: Source,
  { state, now }: { readonly state: SourceState; readonly now: Instant },
): Promise<boolean> {
  const watch = await store.sourceWatch(source.id);
  const selectors = selectorsOf(source);
  if (watch === null || watch.drift === null || watch.selectors === selectors) return false;
  await store.saveRefresh({ ...NO_NEWS, state, watch: newWatch(selectors), askAgain: { code: UNLIKE, from: now } });
  return true;
}

const NO_NEWS = { ledger: [], articles: [], trail: [], missed: [], missedNoLonger: [] };

export function reportedWatch({ known, turns }: WatchSoFar): Pick<RefreshReport, 'drift' | 'driftEnded'> {
  const drift = known?.drift ?? null;
  return { drift, driftEnded: drift === null && turns.some(({ is }) => is === 'ends') };
}

export function tellTurns(log: Log, source: Source, { turns }: WatchSoFar): void {
  for (const { is, drift } of turns) {
    const fields = { sourceId: source.id, url: source.url, since: drift.since, reason: drift.reason };
    if (is === 'begins') log.warn(`${whatBegins(drift)}; its feed’s text is used`, fields);
    else log.info('the pages of a source look right again', fields);
  }
}

function whatBegins(drift: Drift): string {
  return isOfSelector(drift) ? 'a source’s selector finds nothing' : 'the pages of a source have changed their shape';
}
