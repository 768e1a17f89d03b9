import type { Instant } from '../support/instant.ts';

/**
 * What an entry must be like. Words match whole, whatever their case and diacritics. An entry fits when one of `any`,
 * `phrases`, `categories` hits (or, if none of these is given, the conditions alone hold), every word of `all` is there,
 * no word of `none` is, and `language`, `author`, `address`, `minWords` hold.
 */
export type EntryRule = {
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly none: readonly string[];
  readonly phrases: readonly string[];
  readonly categories: readonly string[];
  readonly language: string | null;
  readonly author: string | null;
  /** Start of the entry's address, as `https://example.org/sport/`. */
  readonly address: string | null;
  readonly minWords: number | null;
};

/** What becomes of the entries that a rule fits. Of several filters the first that fits decides. */
export type EntryFilter = EntryRule & {
  readonly maxWords: number | null;
  /** Said `then` in sources.json. */
  readonly does: 'drop' | 'hold';
  /** What operators call it: reasons name the filter by it. */
  readonly note: string | null;
};

/** So many in so many hours, by the dates of what is published. */
export type Quota = { readonly most: number; readonly hours: number };

/**
 * What the operator has said of an entry. Outweighs filters, probation and quotas; `retracted` outweighs all, and is the
 * last that is said of it. `expired` is what the retention of its source or topics says: for good too.
 */
export type Verdict = {
  readonly articleId: string;
  readonly verdict: 'approved' | 'rejected' | 'retracted' | 'expired';
  readonly at: Instant;
  readonly note: string | null;
};
