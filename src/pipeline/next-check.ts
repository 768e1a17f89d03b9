import type { FreshnessHints } from '../model/fetched-feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import { latest, plusSeconds, type Instant } from '../support/instant.ts';
import { nextRun } from './schedule.ts';

/** A server's word on freshness is followed so far and no further: max-age values of years exist. */
const LONGEST_FRESHNESS_S = 3600;
/** A server's wish to be left alone is followed for a day at most. */
const LONGEST_RETRY_AFTER_S = 86_400;
const FIRST_BACK_OFF_S = 60;
const LONGEST_BACK_OFF_S = 6 * 3600;

/** When a source that answered is next worth asking: at its schedule's next time that its server's hints allow. */
export function nextCheckAfterSuccess(source: Source, hints: FreshnessHints, now: Instant): Instant {
  const fresh = Math.min(hints.freshForSeconds ?? 0, LONGEST_FRESHNESS_S);
  const asked = Math.min(hints.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_S);
  const earliest = plusSeconds(now, Math.max(0, fresh - 1, asked - 1));
  return nextRun(source.schedule, earliest) ?? plusSeconds(now, LONGEST_BACK_OFF_S);
}

/**
 * When a source that failed is asked again: at its schedule's next time, but later and later (a minute, doubled with
 * each failure in a row, to six hours), and never before Retry-After.
 * @param failures in a row, this one among them
 */
export function nextCheckAfterFailure(
  source: Source,
  failures: number,
  retryAfterSeconds: number | null,
  now: Instant,
): Instant {
  const backOff = Math.min(FIRST_BACK_OFF_S * 2 ** Math.min(failures - 1, 20), LONGEST_BACK_OFF_S);
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_S);
  const scheduled = nextRun(source.schedule, now) ?? plusSeconds(now, LONGEST_BACK_OFF_S);
  return latest([scheduled, plusSeconds(now, Math.max(backOff, asked))])!;
}

/** The end of the time for which a server asks to be left alone, a day at most; null where it does not ask. */
export function retryAfterEnd(retryAfterSeconds: number | null, now: Instant): Instant | null {
  return retryAfterSeconds === null ? null : plusSeconds(now, Math.min(retryAfterSeconds, LONGEST_RETRY_AFTER_S));
}

/** Whether a source's time has come. */
export function isDue(state: SourceState, now: Instant): boolean {
  return (state.nextCheckAt === null || state.nextCheckAt <= now) && !isHeldOff(state, now);
}

/** Whether a server has asked to be left alone until later; this holds even when everything is refreshed. */
export function isHeldOff({ retryAfterUntil }: SourceState, now: Instant): boolean {
  return retryAfterUntil !== null && retryAfterUntil > now;
}
