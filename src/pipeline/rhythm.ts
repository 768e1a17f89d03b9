import type { Admitted } from '../admit/admit.ts';
import type { Feed } from '../model/feed.ts';
import type { Rhythm, SourceState } from '../model/source.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import { dateOf } from './describe-feed.ts';

/** What arrives within so many seconds arrives at once: a publisher's batch is one arrival. */
const AT_ONCE_S = 300;
/** How much the newest pause counts against all before it: the last half dozen make the most of it. */
const NEWEST_COUNTS = 0.25;
const LONGEST_PAUSE_S = 30 * 86_400;

/** A source's new entries at one reading, by their own dates, and what its feed says of its rhythm. */
export type Arrivals = {
  /** Null: an entry without a date. */
  readonly dates: readonly (Instant | null)[];
  /** When it was read before; null: never. */
  readonly since: Instant | null;
  readonly now: Instant;
  readonly ttlMinutes: number | null;
};

/**
 * What a source's rhythm is after one more reading. Entries of the first reading arrived when they say; later ones no
 * sooner than the reading before, whatever they say, and none later than now.
 */
export function learnRhythm(known: Rhythm | null, { dates, since, now, ttlMinutes }: Arrivals): Rhythm {
  const arrived = dates.flatMap((date) => {
    if (since !== null) return [date !== null && date > since && date <= now ? date : now];
    return date !== null && date <= now ? [date] : [];
  });
  let { pauseSeconds, newestAt } = known ?? { pauseSeconds: null, newestAt: null };
  for (const at of arrived.toSorted()) {
    const pause = newestAt === null ? null : (epochMsOf(at) - epochMsOf(newestAt)) / 1000;
    if (pause !== null && pause < AT_ONCE_S) continue;
    newestAt = at;
    if (pause === null) continue;
    const counted = Math.min(pause, LONGEST_PAUSE_S);
    pauseSeconds = pauseSeconds === null ? counted : pauseSeconds + (counted - pauseSeconds) * NEWEST_COUNTS;
  }
  return { pauseSeconds: pauseSeconds === null ? null : Math.round(pauseSeconds), newestAt, ttlMinutes };
}

/** After a reading: what a feed holds tells the rhythm where none is known yet; from then on what is new in it does. */
export function rhythmAfter(
  { rhythm, checkedAt }: SourceState,
  { feed, due, now }: { readonly feed: Feed; readonly due: readonly Admitted[]; readonly now: Instant },
): Rhythm {
  const isFirst = rhythm === null;
  const fresh = due.filter(({ kind }) => kind === 'new').map(({ entry }) => entry);
  const dates = (isFirst ? feed.entries : fresh).map(dateOf);
  return learnRhythm(rhythm, { dates, since: isFirst ? null : checkedAt, now, ttlMinutes: feed.ttlMinutes });
}
