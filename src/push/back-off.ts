import { createHash } from 'node:crypto';
import type { Tries } from '../model/push.ts';
import { epochMsOf, plusSeconds, type Instant } from '../support/instant.ts';

/** How long what failed is waited for before it is tried again. */
export type BackOff = {
  readonly firstSeconds: number;
  /** Each wait is so many times the one before. */
  readonly factor: number;
  readonly longestSeconds: number;
  /** Not tried any more so long after the first failure; null: tried for ever. */
  readonly giveUpAfterSeconds: number | null;
};

const DAY_S = 86_400;

/** Deliveries of our hub and of webhooks: ten seconds, then half a minute … six hours, for a day. */
export const DELIVERY_BACK_OFF: BackOff = {
  firstSeconds: 10,
  factor: 3,
  longestSeconds: 6 * 3600,
  giveUpAfterSeconds: DAY_S,
};

/** A callback that does not answer when it is asked to confirm: three tries within ten minutes. */
export const INTENT_BACK_OFF: BackOff = {
  firstSeconds: 60,
  factor: 4,
  longestSeconds: 600,
  giveUpAfterSeconds: 600,
};

/** Hubs of others: ten minutes, then half an hour … a day, for ever. */
export const HUB_BACK_OFF: BackOff = {
  firstSeconds: 600,
  factor: 3,
  longestSeconds: DAY_S,
  giveUpAfterSeconds: null,
};

/** Waits differ by up to so much of themselves, so that what failed together is not tried again together. */
const JITTER = 0.2;

export type Failed = Tries & {
  /** Null: it is given up. */
  readonly dueAt: Instant | null;
};

/**
 * What follows from a failure. The jitter comes of the seed: the same seed and the same count give the same wait.
 * @param given.retryAfterSeconds what the other side asks for; null where it does not
 */
export function afterFailure(
  before: Tries,
  given: {
    readonly reason: string;
    readonly now: Instant;
    readonly seed: string;
    readonly retryAfterSeconds: number | null;
  },
  backOff: BackOff,
): Failed {
  const { now, reason } = given;
  const tries = before.tries + 1;
  const since = before.since ?? now;
  const plain = Math.min(backOff.firstSeconds * backOff.factor ** (tries - 1), backOff.longestSeconds);
  const spread = plain * (1 + JITTER * (2 * fraction(`${given.seed} ${tries}`) - 1));
  const dueAt = plusSeconds(now, Math.max(Math.ceil(spread), given.retryAfterSeconds ?? 0));
  const { giveUpAfterSeconds } = backOff;
  const isOver = giveUpAfterSeconds !== null && epochMsOf(dueAt) > epochMsOf(since) + giveUpAfterSeconds * 1000;
  return { tries, since, lastFailure: reason, dueAt: isOver ? null : dueAt };
}

/** A number from 0 to 1, the same for the same seed. */
function fraction(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE(0) / 0xffff_ffff;
}
