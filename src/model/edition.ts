import type { Correction, Episode, LeadImage, Publisher } from './article.ts';
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
  readonly episode: Episode | null;
  readonly publisher: Publisher;
  readonly origin: Origin;
  readonly rights: string | null;
  readonly licence: string | null;
  readonly otherReports: readonly OtherReport[];
  readonly corrections: readonly Pick<Correction, 'at' | 'note'>[];
};

/** Addresses of the three documents of an edition, or of another one. */
export type FeedLinks = { readonly atom: string; readonly rss: string; readonly json: string };

/**
 * Where a document stands among those of its topic (RFC 5005 §4). The subscription document has no `current`: it is that.
 * Of an archive `next` is where the archive after it lies or will lie: a closed document cannot be told later.
 */
export type Paging = {
  readonly previous: FeedLinks | null;
  readonly next: FeedLinks | null;
  readonly current: FeedLinks | null;
};

/** Of a document that stands alone. */
export const UNPAGED: Paging = { previous: null, next: null, current: null };

/** An entry that was taken back: `at:deleted-entry` (RFC 6721). What merely scrolls out of a document is none. */
export type DeletedEntry = { readonly id: string; readonly at: Instant };

/** How much of the texts an edition holds: all that is allowed, or excerpts at the most. */
export type EditionVariant = 'full' | 'excerpt';

/** One topic (or all of them: topicId `all`) as published once. Made from stored state alone, without a clock. */
export type Edition = {
  readonly topicId: string;
  readonly variant: EditionVariant;
  /** Where its documents lie under output/, without the ending: `feeds/world`, `feeds/world.excerpt`, `feeds/world/archive/3`. */
  readonly path: string;
  /** atom:id of the feed; does not change when site.url does. The archives of a feed have its id. */
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
  /** Whose the texts are; each entry tells its own rights. */
  readonly rights: string | null;
  readonly icon: string | null;
  /** The CSS that browsers show the documents with. */
  readonly stylesheet: string;
  /** The WebSub hub where its updates are told; null where there is none, and in archives, which have none. */
  readonly hub: string | null;
  readonly paging: Paging;
  /** Newest first, then by id. */
  readonly entries: readonly EditionEntry[];
  /** What was taken back, newest first, then by id. */
  readonly deleted: readonly DeletedEntry[];
};
