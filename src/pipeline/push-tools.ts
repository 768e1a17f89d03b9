import type { Outbound } from '../model/outbound.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

/** What pushing needs of the world. */
export type PushTools = {
  readonly store: Store;
  readonly output: Output;
  readonly outbound: Outbound;
  /** Why an address could never be called; null when it may be tried. */
  readonly refusalOf: (url: string) => string | null;
  readonly clock: Clock;
  readonly log: Log;
  /** A text that nobody can guess: 43 letters and digits, hyphens and underscores. */
  readonly randomText: () => string;
  /** Spreads what is tried again. */
  readonly seed: string;
  /** A secret by its name in the environment; null where it is not set. */
  readonly secretOf: (name: string) => string | null;
};
