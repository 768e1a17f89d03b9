import type { Instant } from '../support/instant.ts';
import type { EntryState } from './trail.ts';

/** A mark by which an upstream entry is known again, within its source. Values are compared character by character. */
export type Alias = { readonly kind: 'guid' | 'link' | 'title'; readonly value: string };

/** What the ledger knows of one upstream entry. Remembered longer than the article itself. */
export type LedgerEntry = {
  readonly articleId: string;
  readonly sourceId: string;
  readonly entryId: string;
  /** SHA-256 over what the publisher said: same digest, nothing to do. */
  readonly digest: string;
  readonly firstSeenAt: Instant;
  readonly aliases: readonly Alias[];
};

/** A ledger entry with the state that it is in now. */
export type KnownEntry = LedgerEntry & { readonly state: EntryState };
