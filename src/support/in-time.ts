import type { Clock } from './clock.ts';

/** What the work comes to, or `otherwise` where it takes longer than that; the work itself goes on, and nobody hears of it. */
export async function inTime<Result>(
  work: Promise<Result>,
  { clock, ms, otherwise }: { readonly clock: Pick<Clock, 'sleep'>; readonly ms: number; readonly otherwise: Result },
): Promise<Result> {
  const done = new AbortController();
  const late = clock.sleep(ms, done.signal).then(() => otherwise);
  try {
    return await Promise.race([work, late]);
  } finally {
    // That the wait is broken off is nobody's failure: the race has both their ends.
    done.abort();
  }
}
