import type { Instant } from '../support/instant.ts';
import type { EntryFilter, Quota } from './rule.ts';

/** How much of a text may be published: all of it, its first words, or title, summary and link alone. */
export type Extent = 'full' | 'excerpt' | 'link';

/** How soon and how late a source is asked again at times that are learnt from its rhythm. */
export type AdaptiveBounds = { readonly minSeconds: number; readonly maxSeconds: number };

/** Bounds of a source's own, within those of the program; null: the program's alone. */
export type SourceLimits = {
  readonly maxFeedBytes: number | null;
  readonly maxPageBytes: number | null;
  readonly timeoutSeconds: number | null;
  /** So many of its entries that are new or changed are read at a time; the others wait in the feed for the next. */
  readonly entriesPerRefresh: number | null;
};

/** By what a source knows us: names of environment variables, never what is in them. */
export type SourceAuth = {
  /** HTTP's Basic scheme (RFC 7617), its Bearer scheme (RFC 6750), or (null) neither. */
  readonly scheme:
    | { readonly kind: 'basic'; readonly userEnv: string; readonly passwordEnv: string }
    | { readonly kind: 'bearer'; readonly tokenEnv: string }
    | null;
  /** Variables by the names of request headers, in lower case. */
  readonly headerEnvs: Readonly<Record<string, string>>;
};

/** The variables that a source needs, each once. */
export function variablesOf({ scheme, headerEnvs }: SourceAuth): readonly string[] {
  const ofScheme =
    scheme === null ? [] : scheme.kind === 'basic' ? [scheme.userEnv, scheme.passwordEnv] : [scheme.tokenEnv];
  return [...new Set([...ofScheme, ...Object.values(headerEnvs)])];
}

/** A source as the operator wrote it, defaults filled in. What we learn of it is in SourceState. */
export type Source = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly topicIds: readonly string[];
  readonly enabled: boolean;
  /** A cron expression, read in UTC. */
  readonly schedule: string;
  /** Asked at times that are learnt from its rhythm, in the place of the schedule; null: by the schedule. */
  readonly adaptive: AdaptiveBounds | null;
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
  /** Sent with requests for its feed and for pages of the feed's own origin, to that alone; null: nothing is. */
  readonly auth: SourceAuth | null;
  /** The address of the HTTP proxy that it is asked through; `none`: no proxy; null: the program's, if there is one. */
  readonly proxy: string | null;
  readonly limits: SourceLimits;
  readonly note: string | null;
};

/** What was learnt of when a source brings something new. */
export type Rhythm = {
  /** Between two arrivals, the newest counting most; null: fewer than two are known. */
  readonly pauseSeconds: number | null;
  readonly newestAt: Instant | null;
  /** For how long its feed says that it need not be read again (RSS ttl, or the syndication module); null: it does not. */
  readonly ttlMinutes: number | null;
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
  /** Why then and not sooner or later, in words; null: it is not known. */
  readonly nextCheckWhy: string | null;
  /** The schedule that `nextCheckAt` was reckoned by: a cron expression, or the bounds of an adaptive source. */
  readonly schedule: string;
  /** Null: it was never read. */
  readonly rhythm: Rhythm | null;
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
