import type { FreshnessHints } from '../model/fetched-feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import { epochMsOf, instantFrom, latest, plusSeconds, type Instant } from '../support/instant.ts';
import { nextRun } from './schedule.ts';

/** A server's word on freshness is followed so far and no further: max-age values of years exist. */
const LONGEST_FRESHNESS_S = 3600;
/** A server's wish to be left alone is followed for a day at most. */
const LONGEST_RETRY_AFTER_S = 86_400;
/** A feed's wish not to be asked at some hours or days puts a check off by less than this. */
const LONGEST_SKIP_S = 86_400;
const HOUR_S = 3600;
const FIRST_BACK_OFF_S = 60;
const LONGEST_BACK_OFF_S = 6 * 3600;

/** When a feed says that it has nothing new (RSS 2.0 skipHours and skipDays, in UTC). */
export type SkipTimes = Pick<SourceState, 'skipHours' | 'skipDays'>;

/**
 * When a source that answered is next worth asking: at its schedule's next time that its server's hints allow, and its
 * feed's skipHours and skipDays, if they allow one within a day.
 */
export function nextCheckAfterSuccess(source: Source, hints: FreshnessHints & SkipTimes, now: Instant): Instant {
  const fresh = Math.min(hints.freshForSeconds ?? 0, LONGEST_FRESHNESS_S);
  const asked = Math.min(hints.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_S);
  const earliest = plusSeconds(now, Math.max(0, fresh - 1, asked - 1));
  return outsideSkipTimes(source, hints, nextRun(source.schedule, earliest) ?? plusSeconds(now, LONGEST_BACK_OFF_S));
}

/** What is known when a source failed: failures in a row, this one among them; Retry-After; what its feed once said. */
export type Setback = { readonly failures: number; readonly retryAfterSeconds: number | null } & SkipTimes;

/**
 * When a source that failed is asked again: at its schedule's next time, but later and later (a minute, doubled with
 * each failure in a row, to six hours), never before Retry-After, and outside its feed's skipHours and skipDays, if they
 * allow a time within a day.
 */
export function nextCheckAfterFailure(source: Source, setback: Setback, now: Instant): Instant {
  const backOff = Math.min(FIRST_BACK_OFF_S * 2 ** Math.min(setback.failures - 1, 20), LONGEST_BACK_OFF_S);
  const asked = Math.min(setback.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_S);
  const scheduled = nextRun(source.schedule, now) ?? plusSeconds(now, LONGEST_BACK_OFF_S);
  return outsideSkipTimes(source, setback, latest([scheduled, plusSeconds(now, Math.max(backOff, asked))])!);
}

/**
 * The first of the schedule's times from `first` on at which the feed does not ask to be skipped; if there is none within
 * a day, the last one of that day. Who would skip all hours or all days says nothing.
 */
function outsideSkipTimes({ schedule }: Source, skip: SkipTimes, first: Instant): Instant {
  if (skip.skipHours.length >= 24 || skip.skipDays.length >= 7 || !isSkipped(first, skip)) return first;
  const end = plusSeconds(first, LONGEST_SKIP_S);
  let last = first;
  for (let hour = hourAfter(first); hour < end; hour = plusSeconds(hour, HOUR_S)) {
    const run = nextRun(schedule, plusSeconds(hour, -1));
    if (run === null || run >= end) return last;
    if (!isSkipped(run, skip)) return run;
    last = run;
  }
  return last;
}

function isSkipped(at: Instant, { skipHours, skipDays }: SkipTimes): boolean {
  const date = new Date(at);
  return skipHours.includes(date.getUTCHours()) || skipDays.includes(date.getUTCDay());
}

function hourAfter(instant: Instant): Instant {
  const hourMs = HOUR_S * 1000;
  return instantFrom((Math.floor(epochMsOf(instant) / hourMs) + 1) * hourMs);
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
