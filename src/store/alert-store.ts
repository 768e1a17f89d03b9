import type { AlertDelivery, AlertEvent, AlertState } from '../model/alert.ts';
import type { Tries } from '../model/push.ts';
import type { Instant } from '../support/instant.ts';

/** All troubles that are remembered, and how often that was changed so far. */
export type AlertBoard = { readonly revision: number; readonly states: readonly AlertState[] };

/** What alerts ask of the database. Part of Store; every method is one transaction. */
export interface AlertStore {
  board(): Promise<AlertBoard>;
  /**
   * Remembers the troubles of now, writes down what happened, and puts it on its way: all of it, or (false) none, where
   * somebody has changed the board since it was read.
   */
  saveBoard(change: {
    readonly board: AlertBoard;
    readonly events: readonly AlertEvent[];
    readonly deliveries: readonly Pick<AlertDelivery, 'channel' | 'body'>[];
    readonly now: Instant;
  }): Promise<boolean>;
  /** What happened, the newest first. */
  events(limit: number): Promise<readonly AlertEvent[]>;
  deliveriesDue(now: Instant, limit: number): Promise<readonly AlertDelivery[]>;
  /** Takes a due delivery in hand until an instant, if nobody else has. */
  claim(delivery: AlertDelivery, until: Instant): Promise<boolean>;
  saveTries(number: number, tries: Tries & { readonly dueAt: Instant | null }): Promise<void>;
  drop(number: number): Promise<void>;
  /** What was given up, the oldest first. */
  dead(): Promise<readonly AlertDelivery[]>;
  /** For each source: at which moments since an instant it brought new entries, in order. */
  arrivals(since: Instant): Promise<ReadonlyMap<string, readonly Instant[]>>;
}
