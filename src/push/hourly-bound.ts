import type { Clock } from '../support/clock.ts';

/** Counts what each one does, and says when it is too much within an hour. */
export type HourlyBound = {
  /** Counts one more; whether it is still within the bound. */
  takes(key: string): boolean;
};

const HOUR_MS = 3_600_000;
/** Of more than so many, those that came first are forgotten. */
const MOST_KEYS = 10_000;

export function openHourlyBound(clock: Clock, most: number): HourlyBound {
  const counts = new Map<string, { readonly since: number; readonly count: number }>();
  return {
    takes(key) {
      const now = clock.elapsedMs();
      const kept = counts.get(key);
      const before = kept === undefined || now - kept.since >= HOUR_MS ? { since: now, count: 0 } : kept;
      if (before.count >= most) return false;
      counts.set(key, { ...before, count: before.count + 1 });
      if (counts.size > MOST_KEYS) counts.delete(counts.keys().next().value!);
      return true;
    },
  };
}
