import type { Outbound } from '../model/outbound.ts';
import type { Mail } from '../push/send-mail.ts';
import type { Output } from '../publish/write-output.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

/** The folder of a private topic: what the names of its files begin with among all, and what opens it. */
export type PublishedRoom = { readonly output: Output; readonly prefix: string; readonly token: string };

/** What pushing needs of the world. */
export type PushTools = {
  readonly store: Store;
  readonly output: Output;
  /** Where a private topic is published; absent, and null where it is not yet. */
  readonly privateRoomOf?: (topicId: string) => Promise<PublishedRoom | null>;
  readonly outbound: Outbound;
  /** Sends an e-mail through a server; absent: no alerts are told. */
  readonly sendMail?: (server: string, mail: Mail, signal: AbortSignal) => Promise<void>;
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
