import type { AdaptiveBounds, Rhythm } from '../model/source.ts';
import { sha256 } from '../support/hash.ts';
import { epochMsOf, instantFrom, plusSeconds, type Instant } from '../support/instant.ts';
import { isSkipped, type NextCheck, type SkipTimes } from './check-times.ts';

// When a source is asked that has bounds in the place of a schedule. Pure.

const HOUR_S = 3600;
/** So often within one of its pauses a source is asked: what is new waits half a pause at the most, a quarter on average. */
const ASKED_PER_PAUSE = 2;
/** A source that has been silent for so long is asked after an eighth of that again: nights cost little, and dead feeds less. */
const SILENCE_SHARE = 8;
/** Sources of one rhythm are spread by so much before and behind it. */
const SPREAD = 0.1;
/** And so far behind the end of the hours that many feeds have us skip. */
const SPREAD_AFTER_SKIP_S = 900;

/** What an answer and the feed say, and what was learnt. */
export type Known = {
  readonly rhythm: Rhythm | null;
  /** Its hub has told of what it brought last. */
  readonly isPushed: boolean;
  readonly freshForSeconds: number | null;
} & SkipTimes;

/** Of one source: its id spreads it. */
export type Bounded = { readonly id: string; readonly adaptive: AdaptiveBounds };

/**
 * When a source that answered is asked again: by its pauses, later while it is silent or its hub pushes, no sooner than its
 * feed's ttl and its answer's freshness ask for, and always within its bounds.
 */
export function adaptiveCheck(source: Bounded, known: Known, now: Instant): NextCheck {
  const { minSeconds, maxSeconds } = source.adaptive;
  const wish = wishFor(known, { maxSeconds, now });
  const spread = spreadOut(source, wish.seconds, now);
  const at = outsideSkipTimes(source, known, { at: plusSeconds(now, spread), now });
  return {
    at,
    why: wish.seconds < minSeconds ? `${wish.why}; it is not asked more often than its bounds say` : wish.why,
  };
}

/** When one that failed is asked again: after so many seconds, within its bounds. */
export function adaptiveCheckAfterFailure(
  source: Bounded,
  { backOffSeconds, ...skip }: SkipTimes & { readonly backOffSeconds: number },
  now: Instant,
): Instant {
  return outsideSkipTimes(source, skip, { at: plusSeconds(now, spreadOut(source, backOffSeconds, now)), now });
}

type Wish = { readonly seconds: number; readonly why: string };

function wishFor(
  { rhythm, isPushed, freshForSeconds }: Known,
  { maxSeconds, now }: { readonly maxSeconds: number; readonly now: Instant },
): Wish {
  if (isPushed) return { seconds: maxSeconds, why: 'its hub pushes what is new' };
  const { pauseSeconds = null, newestAt = null, ttlMinutes = null } = rhythm ?? {};
  const silent = newestAt === null ? 0 : Math.max(0, (epochMsOf(now) - epochMsOf(newestAt)) / 1000);
  const wishes: readonly Wish[] = [
    pauseSeconds === null
      ? { seconds: HOUR_S, why: 'its rhythm is not known yet' }
      : {
          seconds: pauseSeconds / ASKED_PER_PAUSE,
          why: `it brings something new every ${inWords(pauseSeconds)} or so`,
        },
    { seconds: silent / SILENCE_SHARE, why: `it has brought nothing for ${inWords(silent)}` },
    { seconds: (ttlMinutes ?? 0) * 60, why: `its feed says that it holds for ${inWords((ttlMinutes ?? 0) * 60)}` },
    {
      seconds: freshForSeconds ?? 0,
      why: `its server says that the answer holds for ${inWords(freshForSeconds ?? 0)}`,
    },
  ];
  return wishes.reduce((longest, each) => (each.seconds > longest.seconds ? each : longest));
}

/** Seconds within the bounds, and never the same for all sources whose wishes or bounds are: else they would come as a herd. */
function spreadOut({ id, adaptive: { minSeconds, maxSeconds } }: Bounded, wished: number, now: Instant): number {
  const middle = Math.min(Math.max(wished, minSeconds), maxSeconds);
  const soonest = Math.max(minSeconds, middle * (1 - SPREAD));
  const latest = Math.min(maxSeconds, middle * (1 + SPREAD));
  return Math.round(soonest + (latest - soonest) * shareOf(`${id} ${now}`));
}

/** A share between 0 and 1 that looks like chance and is the same each time. */
function shareOf(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 8), 16) / 0x1_0000_0000;
}

/** The end of the hours and days that the feed has us skip, if that is within the bounds; else as it was. */
function outsideSkipTimes(
  { id, adaptive }: Bounded,
  skip: SkipTimes,
  { at, now }: { readonly at: Instant; readonly now: Instant },
): Instant {
  if (!isSkipped(at, skip)) return at;
  const end = plusSeconds(now, adaptive.maxSeconds);
  const hourMs = HOUR_S * 1000;
  for (let hour = instantFrom((Math.floor(epochMsOf(at) / hourMs) + 1) * hourMs); hour <= end;) {
    if (!isSkipped(hour, skip)) {
      const spread = plusSeconds(hour, Math.round(SPREAD_AFTER_SKIP_S * shareOf(`${id} ${hour}`)));
      return spread <= end ? spread : hour;
    }
    hour = plusSeconds(hour, HOUR_S);
  }
  return at;
}

function inWords(seconds: number): string {
  const of = (count: number, unit: string): string => (count === 1 ? `a ${unit}` : `${count} ${unit}s`);
  if (seconds >= 36 * HOUR_S) return of(Math.round(seconds / 86_400), 'day');
  if (seconds >= 1.5 * HOUR_S) return of(Math.round(seconds / HOUR_S), 'hour');
  return of(Math.max(1, Math.round(seconds / 60)), 'minute');
}
