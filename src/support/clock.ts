import { instantFrom, type Instant } from './instant.ts';

/** The one source of time: handed in, so that tests and rehearsals may hold it still. */
export type Clock = {
  now(): Instant;
  /** Monotonic milliseconds, for durations alone. */
  elapsedMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted before. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

export function systemClock(): Clock {
  return {
    now: () => instantFrom(Date.now()),
    elapsedMs: () => performance.now(),
    sleep,
  };
}

/** A clock that stands still at one instant; waiting takes real time. For rehearsals (`TRIBUTARY_NOW`) and tests. */
export function stoppedClock(at: Instant): Clock {
  return { ...systemClock(), now: () => at };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
