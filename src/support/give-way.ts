import type { Clock } from './clock.ts';

// Long work on the one thread that also answers readers and hears that it is to stop.

/** Work that pauses after each small part; what it comes to is returned at the end. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Lets others have their turn, if the last turn is long enough ago. Rejects with the signal's reason once it is aborted. */
export type GiveWay = () => Promise<void>;

/** Nobody has to wait longer than about this. */
const LONGEST_MS = 25;

export function givingWay(clock: Clock, signal: AbortSignal): GiveWay {
  let since = clock.elapsedMs();
  return async () => {
    if (clock.elapsedMs() - since < LONGEST_MS) return;
    await clock.sleep(0, signal);
    since = clock.elapsedMs();
  };
}

/** Does the work to its end, giving way between its parts. */
export async function inTurns<Result>(steps: Steps<Result>, giveWay: GiveWay): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await giveWay();
  }
}

/** Does the work to its end at once. */
export function inOneGo<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
