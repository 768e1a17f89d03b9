import type { Admitted } from '../admit/admit.ts';
import type { Source, SourceState } from '../model/source.ts';
import { epochMsOf } from '../support/instant.ts';
import { dateOf } from './describe-feed.ts';

// A source's own limits, within those of the program.

/** Of one request. */
export type RequestBounds = { readonly maxBodyBytes: number; readonly timeoutMs: number };

/** Within which a source's feed is asked for. */
export function feedBounds(
  { limits }: Pick<Source, 'limits'>,
  program: { readonly maxFeedBytes: number; readonly timeoutMs: number },
): RequestBounds {
  return {
    maxBodyBytes: Math.min(limits.maxFeedBytes ?? Infinity, program.maxFeedBytes),
    timeoutMs: narrowerTimeout(limits, program),
  };
}

/** Within which its pages are. */
export function pageBounds(
  { limits }: Pick<Source, 'limits'>,
  program: { readonly maxPageBytes: number; readonly timeoutMs: number },
): RequestBounds {
  return {
    maxBodyBytes: Math.min(limits.maxPageBytes ?? Infinity, program.maxPageBytes),
    timeoutMs: narrowerTimeout(limits, program),
  };
}

/** So long one picture may take: others wait for it. */
const PICTURE_TIMEOUT_MS = 15_000;

/** Within which a picture is asked for; null: of a source that is not listed any more. */
export function imageBounds(
  source: Pick<Source, 'limits'> | null,
  program: { readonly maxImageBytes: number; readonly timeoutMs: number },
): RequestBounds {
  const timeoutMs = source === null ? program.timeoutMs : narrowerTimeout(source.limits, program);
  return { maxBodyBytes: program.maxImageBytes, timeoutMs: Math.min(timeoutMs, PICTURE_TIMEOUT_MS) };
}

function narrowerTimeout({ timeoutSeconds }: Source['limits'], { timeoutMs }: { readonly timeoutMs: number }): number {
  return timeoutSeconds === null ? timeoutMs : Math.min(timeoutSeconds * 1000, timeoutMs);
}

/**
 * The entries that are read now, and those that wait in the feed: where there are more than the source's limit, the oldest
 * come first, since they leave the feed first. Feeds have their newest first, so without dates the last one is the oldest.
 */
export function inTurn(
  all: readonly Admitted[],
  most: number | null,
): { readonly due: readonly Admitted[]; readonly waiting: ReadonlySet<Admitted> } {
  if (most === null || all.length <= most) return { due: all, waiting: new Set() };
  const timeOf = ({ entry }: Admitted): number => {
    const at = dateOf(entry);
    return at === null ? Infinity : epochMsOf(at);
  };
  const oldestFirst = all.toReversed().toSorted((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(a) - timeOf(b)));
  const due = new Set(oldestFirst.slice(0, most));
  return { due: all.filter((one) => due.has(one)), waiting: new Set(all).difference(due) };
}

/** A state that tells of entries that wait. */
export function withWaiting(state: SourceState, waiting: ReadonlySet<unknown>): SourceState {
  if (waiting.size === 0) return state;
  const wait = waiting.size === 1 ? 'one of its entries waits' : `${waiting.size} of its entries wait`;
  return { ...state, nextCheckWhy: `${state.nextCheckWhy}; ${wait} for it (limits.entriesPerRefresh)` };
}
