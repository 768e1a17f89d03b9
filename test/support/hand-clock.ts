import type { Clock } from '../../src/support/clock.ts';
import { instantFrom } from '../../src/support/instant.ts';

/** A clock that is moved by hand: what sleeps wakes when its time has come, in order, and nothing takes real time. */
export type HandClock = Clock & {
  /** Moves on, wakes whoever is due, and lets what follows from it happen. */
  advance(ms: number): Promise<void>;
  /** How many sleep now. */
  sleepers(): number;
};

type Sleeper = { readonly wakesAt: number; readonly wake: () => void };

export function handClock(start = '2026-11-24T16:18:25Z'): HandClock {
  const startMs = Date.parse(start);
  const sleeping = new Set<Sleeper>();
  let elapsed = 0;
  return {
    now: () => instantFrom(startMs + elapsed),
    elapsedMs: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper: Sleeper = {
          wakesAt: elapsed + ms,
          wake() {
            signal.removeEventListener('abort', leave);
            sleeping.delete(sleeper);
            resolve();
          },
        };
        const leave = (): void => {
          sleeping.delete(sleeper);
          reject(signal.reason);
        };
        if (signal.aborted) return reject(signal.reason);
        signal.addEventListener('abort', leave, { once: true });
        sleeping.add(sleeper);
      }),
    async advance(ms) {
      await settled();
      const until = elapsed + ms;
      for (;;) {
        const next = [...sleeping].toSorted((a, b) => a.wakesAt - b.wakesAt)[0];
        if (next === undefined || next.wakesAt > until) break;
        elapsed = Math.max(elapsed, next.wakesAt);
        next.wake();
        await settled();
      }
      elapsed = until;
      await settled();
    },
    sleepers: () => sleeping.size,
  };
}

/** Lets all promises that can go on go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
