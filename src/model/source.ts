import type { Instant } from '../support/instant.ts';
import type { EntryFilter, Quota } from './rule.ts';

/** How much of a text may be published: all of it, its first words, or title, summary and link alone. */
export type Extent = 'full' | 'excerpt' | 'link';

/** A source as the operator wrote it, defaults filled in. What we learn of it is in SourceState. */
export type Source = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly topicIds: readonly string[];
  readonly enabled: boolean;
  /** A cron expression, read in UTC. */
  readonly schedule: string;
  readonly language: string | null;
  /** Where the body is taken from: the feed, the article's page, or whichever is fuller. */
  readonly content: 'auto' | 'feed' | 'page';
  /** CSS selector of the article's body on its page, and selectors of what to leave out. */
  readonly select: string | null;
  readonly remove: readonly string[];
  /** Whether the body is taken from the page of the true source where that is another site's. */
  readonly follow: boolean;
  /** Which of an entry's marks says that it is the same one as before. */
  readonly identity: 'guid' | 'link' | 'title';
  /** Asked of each of its entries, before any topic is. */
  readonly filters: readonly EntryFilter[];
  /** So many of its stories are published in so many hours, by their dates; null: as many as there are. */
  readonly quota: Quota | null;
  /** So many of its first entries wait for the operator. */
  readonly probation: number;
  /** Relative weight in choosing leads and ranking; 1 is usual. */
  readonly weight: number;
  readonly republish: Extent;
  readonly excerptWords: number;
  /** Printed with every article of this source; null: what the feed itself declares. */
  readonly rights: string | null;
  /** Its entries expire so many days after their dates; null: they are kept for good. */
  readonly retentionDays: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly userAgent: string | null;
  readonly note: string | null;
};

/** A failure as it is kept and shown: the code of model/errors.ts and a sentence. */
export type Failure = {
  readonly code: string;
  readonly message: string;
  readonly at: Instant;
};

/** What we have learnt of a source. */
export type SourceState = {
  readonly sourceId: string;
  /** The operator's address at the last check: validators and digest belong to it alone. */
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** SHA-256 of the last body that came whole, in hex. Null: the next answer is read whatever it holds. */
  readonly bodyDigest: string | null;
  readonly checkedAt: Instant | null;
  /** Not asked before this moment. Null: due at once. */
  readonly nextCheckAt: Instant | null;
  /** The schedule that `nextCheckAt` was reckoned by. */
  readonly schedule: string;
  /** The server asked to be left alone until then (Retry-After, RFC 9110 §10.2.3); holds for every way of asking. */
  readonly retryAfterUntil: Instant | null;
  /** Failures in a row. */
  readonly failures: number;
  readonly lastFailure: Failure | null;
  /** The feed's own words about itself, for attribution (atom:source). */
  readonly feedTitle: string | null;
  readonly feedId: string | null;
  readonly feedLink: string | null;
  readonly feedUpdated: Instant | null;
  readonly feedRights: string | null;
  readonly feedLanguage: string | null;
  /** When the feed says that it has nothing new: hours of the day in UTC, and days of the week, 0 being Sunday. */
  readonly skipHours: readonly number[];
  readonly skipDays: readonly number[];
  /** The mends of the last reading, one sentence each. */
  readonly repairs: readonly string[];
  /** The entries of the last reading that nobody could read, one sentence each; the first of them, where they are many. */
  readonly unreadable: readonly string[];
};
