import type { Instant } from '../support/instant.ts';

/** Where an entry stands: exactly one of these at a time. */
export const ENTRY_STATES = [
  'unreadable',
  'awaiting',
  'published',
  'merged',
  'held',
  'dropped',
  'refused',
  'failed',
  'expired',
  'retracted',
] as const;

export type EntryState = (typeof ENTRY_STATES)[number];

/** One change of an entry's state, with its reason in words. */
export type TrailStep = {
  readonly articleId: string;
  readonly at: Instant;
  readonly state: EntryState;
  readonly reason: string;
};
