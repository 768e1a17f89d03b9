import type { LeadImage, Publisher, Correction } from './article.ts';
import type { Enclosure, Person } from './feed.ts';
import type { Instant } from '../support/instant.ts';
import type { Extent } from './source.ts';

/** The feed an entry was taken from, for atom:source (RFC 4287 §4.2.11) and RSS `source`. */
export type Origin = {
  readonly id: string;
  readonly title: string;
  readonly feedUrl: string;
  readonly siteUrl: string | null;
  readonly updated: Instant | null;
  readonly rights: string | null;
};

/** Another report of the same story. */
export type OtherReport = { readonly title: string; readonly url: string; readonly publisher: string };

/** A link to one of our own stories. `url` is absolute. */
export type StoryTeaser = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly excerpt: string;
  readonly publisher: string;
  readonly published: Instant;
  readonly language: string | null;
  readonly image: LeadImage | null;
  /** How many publishers report it. */
  readonly reports: number;
};

/** One entry as it is published: what its rights allow, and no more. All addresses absolute. */
export type EditionEntry = {
  /** atom:id, guid and JSON Feed id. */
  readonly id: string;
  /** Our page of it. */
  readonly url: string;
  /** Where it truly came from. */
  readonly sourceUrl: string | null;
  readonly title: string;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly topicIds: readonly string[];
  readonly published: Instant;
  readonly updated: Instant;
  readonly language: string | null;
  /** Plain text; may be empty. */
  readonly summary: string;
  /** Sanitised HTML to the allowed extent; never empty. */
  readonly contentHtml: string;
  readonly extent: Extent;
  /** What the publisher declared that made the extent less than the operator allows, in words; else null. */
  readonly extentReason: string | null;
  readonly wordCount: number;
  readonly image: LeadImage | null;
  readonly enclosures: readonly Enclosure[];
  readonly publisher: Publisher;
  readonly origin: Origin;
  readonly rights: string | null;
  readonly licence: string | null;
  readonly otherReports: readonly OtherReport[];
  readonly corrections: readonly Pick<Correction, 'at' | 'note'>[];
};

/** Addresses of the three documents of an edition. */
export type FeedLinks = { readonly atom: string; readonly rss: string; readonly json: string };

/** One topic (or all of them: topicId `all`) as published once. Made from stored state alone, without a clock. */
export type Edition = {
  readonly topicId: string;
  /** atom:id of the feed; does not change when site.url does. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string | null;
  /** The topic's page. */
  readonly link: string;
  readonly feedLinks: FeedLinks;
  readonly language: string;
  /** The newest change in it. */
  readonly updated: Instant;
  /** The feed's author: the site. */
  readonly author: Person;
  readonly generator: string;
  readonly icon: string | null;
  /** Newest first, then by id. */
  readonly entries: readonly EditionEntry[];
};
