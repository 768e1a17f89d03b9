import type { FreshnessHints } from '../model/fetched-feed.ts';
import type { Rhythm, Source, SourceState } from '../model/source.ts';
import { epochMsOf, instantFrom, latest, plusSeconds, type Instant } from '../support/instant.ts';
import { adaptiveCheck, adaptiveCheckAfterFailure } from './adaptive-check.ts';
import { isSkipped, type NextCheck, type SkipTimes } from './check-times.ts';
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

/** What an answer says, what its feed says, and what was learnt of adaptive sources. */
export type Hints = FreshnessHints &
  SkipTimes & {
    readonly rhythm: Rhythm | null;
    /** A hub has told of what the source brought last. */
    readonly isPushed: boolean;
  };

/**
 * When a source that answered is next worth asking: at its schedule's next time that its server's hints allow, and its
 * feed's skipHours and skipDays, if they allow one within a day. One without a schedule: within its bounds, by its rhythm.
 */
export function nextCheckAfterSuccess(source: Source, hints: Hints, now: Instant): NextCheck {
  const fresh = Math.min(hints.freshForSeconds ?? 0, LONGEST_FRESHNESS_S);
  const asked = Math.min(hints.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_S);
  const { adaptive } = source;
  if (adaptive !== null) {
    const next = adaptiveCheck({ id: source.id, adaptive }, { ...hints, freshForSeconds: fresh }, now);
    return laterOf(next, { at: plusSeconds(now, asked), why: ASKED_TO_WAIT });
  }
  const earliest = plusSeconds(now, Math.max(0, fresh - 1, asked - 1));
  const at = outsideSkipTimes(
    source,
    hints,
    nextRun(source.schedule, earliest) ?? plusSeconds(now, LONGEST_BACK_OFF_S),
  );
  return { at, why: whyScheduled(source, { at, fresh, asked }, now) };
}

const ASKED_TO_WAIT = 'its server asked us to wait';

function whyScheduled(
  { schedule }: Source,
  { at, fresh, asked }: { readonly at: Instant; readonly fresh: number; readonly asked: number },
  now: Instant,
): string {
  if (at === nextRun(schedule, now)) return `its schedule, ${schedule}`;
  if (asked > 0 && asked >= fresh) return `its schedule, after its server asked us to wait`;
  if (at === nextRun(schedule, plusSeconds(now, Math.max(0, fresh - 1))))
    return `its schedule, after its answer’s freshness`;
  return `its schedule, outside the hours and days that its feed has us skip`;
}

/** What is known when a source failed: failures in a row, this one among them; Retry-After; what its feed once said. */
export type Setback = { readonly failures: number; readonly retryAfterSeconds: number | null } & SkipTimes;

/**
 * When a source that failed is asked again: at its schedule's next time, but later and later (a minute, doubled with
 * each failure in a row, to six hours; in an adaptive source's bounds), never before Retry-After, and outside its feed's
 * skipHours and skipDays, if they allow a time within a day.
 */
export function nextCheckAfterFailure(source: Source, setback: Setback, now: Instant): NextCheck {
  const backOffSeconds = Math.min(FIRST_BACK_OFF_S * 2 ** Math.min(setback.failures - 1, 20), LONGEST_BACK_OFF_S);
  const asked = Math.min(setback.retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_S);
  const why = setback.failures === 1 ? 'it failed' : `it failed ${setback.failures} times in a row`;
  const { adaptive } = source;
  if (adaptive !== null) {
    const at = adaptiveCheckAfterFailure({ id: source.id, adaptive }, { ...setback, backOffSeconds }, now);
    return laterOf({ at, why }, { at: plusSeconds(now, asked), why: ASKED_TO_WAIT });
  }
  const scheduled = nextRun(source.schedule, now) ?? plusSeconds(now, LONGEST_BACK_OFF_S);
  const first = latest([scheduled, plusSeconds(now, Math.max(backOffSeconds, asked))])!;
  return { at: outsideSkipTimes(source, setback, first), why: asked > backOffSeconds ? ASKED_TO_WAIT : why };
}

function laterOf(one: NextCheck, other: NextCheck): NextCheck {
  return other.at > one.at ? other : one;
}

/** What a next check was reckoned by: once that is edited, it is reckoned anew. */
export function scheduleMark({ schedule, adaptive }: Source): string {
  return adaptive === null ? schedule : `adaptive, ${adaptive.minSeconds} to ${adaptive.maxSeconds} s`;
}

/**
 * The first of the schedule's times from `first` on at which the feed does not ask to be skipped; if there is none within
 * a day, the last one of that day.
 */
function outsideSkipTimes({ schedule }: Source, skip: SkipTimes, first: Instant): Instant {
  if (!isSkipped(first, skip)) return first;
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
