import type { SourceState } from '../../src/model/source.ts';
import type { RefreshReport } from '../../src/pipeline/refresh-report.ts';

/** What one run of one-feed.ts tells of the hostile source; null where there was none. */
export type FeedRun = {
  readonly report: RefreshReport | null;
  readonly state: SourceState | null;
  /** From asking to published, with the innocent source beside it. */
  readonly tookMs: number;
  /** The processor's time within it, of all threads. */
  readonly workedMs: number;
  /** By how much the highest resident memory of the process grew. */
  readonly extraMiB: number;
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
  /** Files that the same answer changed when it came again. */
  readonly changedByAskingAgain: readonly string[];
  readonly polluted: boolean;
};

export const NOW = '2026-11-24T06:00:00Z';
export const SOURCE_ID = 'hostile';
export const SEED_TITLE = 'The entry that was there before';
