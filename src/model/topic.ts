/**
 * Rules that sort entries into a topic. Words match whole, whatever their case and diacritics. An entry belongs when
 * one of `any`, `phrases`, `categories`, `sources` hits (or, if none of these is given, the conditions alone hold), every
 * word of `all` is there, no word of `none` is, and `language`, `author`, `address`, `minWords` hold.
 */
export type TopicMatch = {
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly none: readonly string[];
  readonly phrases: readonly string[];
  readonly categories: readonly string[];
  readonly sources: readonly string[];
  readonly language: string | null;
  readonly author: string | null;
  /** Start of the entry's address, as `https://example.org/sport/`. */
  readonly address: string | null;
  readonly minWords: number | null;
};

export type Topic = {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly match: TopicMatch | null;
  /** How many entries its feeds hold: 30 to 100 is usual. */
  readonly maxEntries: number;
  readonly note: string | null;
};
