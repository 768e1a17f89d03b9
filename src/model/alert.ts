import type { Instant } from '../support/instant.ts';
import type { Tries } from './push.ts';

/** What operators are told of by themselves. */
export const ALERT_KINDS = [
  'failing',
  'many-failing',
  'silent',
  'drifted',
  'gate',
  'list',
  'disk',
  'dead-letters',
  'test',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Something that is not as it should be at this moment. */
export type Trouble = {
  /** The same trouble has the same key: `silent harbour-news`. */
  readonly key: string;
  readonly kind: AlertKind;
  /** The id of the source or the name of the folder that it is of; null: of the service. */
  readonly subject: string | null;
  /** A sentence, with what helps. */
  readonly says: string;
};

/** A trouble as it is remembered. Raised once it has held for a while; ended once it has not for a while. */
export type AlertState = Trouble & {
  readonly seenFrom: Instant;
  readonly seenLast: Instant;
  readonly raisedAt: Instant | null;
};

/** What is told, once. */
export type AlertEvent = Trouble & {
  readonly happened: 'raised' | 'ended';
  readonly at: Instant;
  readonly since: Instant;
};

/** Events on their way to one who is told of them. */
export type AlertDelivery = {
  readonly number: number;
  readonly channel: 'webhook' | 'mail';
  readonly body: string;
  /** Null: it was given up. */
  readonly dueAt: Instant | null;
} & Tries;

/** How alerts are to be, as the operator wrote it, defaults filled in. */
export type AlertSettings = {
  readonly webhook: { readonly url: string; readonly secretEnv: string } | null;
  readonly mail: { readonly from: string; readonly to: readonly string[]; readonly serverEnv: string } | null;
  /** A source is silent after so many times its longest usual pause. */
  readonly silentFactor: number;
  /** It is told of after it has failed for so long. */
  readonly failingHours: number;
  readonly diskPercent: number;
  /** Sources of which nothing is told. */
  readonly mute: readonly string[];
};

export const DEFAULT_ALERTS: AlertSettings = {
  webhook: null,
  mail: null,
  silentFactor: 2,
  failingHours: 24,
  diskPercent: 90,
  mute: [],
};
