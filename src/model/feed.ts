import type { Instant } from '../support/instant.ts';
import type { RslTerms } from './rsl.ts';

/** What the document was: `atom` covers 0.3 and 1.0, `rss` 0.9x to 2.0, `rdf` RSS 0.90 and 1.0. */
export type FeedFormat = 'atom' | 'rss' | 'rdf' | 'json';

/** A person construct (RFC 4287 §3.2). At least one field is not null. */
export type Person = { readonly name: string | null; readonly email: string | null; readonly url: string | null };

/** Text as its publisher gave it. `html` is a fragment, not yet sanitised, its links already absolute. */
export type Content = { readonly type: 'text' | 'html'; readonly value: string };

/** A file that comes with an entry (RSS `enclosure`, Atom `rel=enclosure`, `media:content`, JSON Feed attachment). */
export type Enclosure = {
  readonly url: string;
  readonly type: string | null;
  readonly lengthBytes: number | null;
  readonly title: string | null;
  readonly durationSeconds: number | null;
};

/** Whether an episode is a whole one, a taste of it, or something besides (Apple's tags for podcasts). */
export type EpisodeKind = 'full' | 'trailer' | 'bonus';

/** A picture that an entry names, with what Media RSS says of it. Alternative text, caption and credit stay apart. */
export type EntryImage = {
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
};

/** A link of an entry, with its relation (`alternate`, `via`, `related`, `enclosure` …; RFC 4287 §4.2.7). */
export type EntryLink = { readonly rel: string; readonly href: string; readonly type: string | null };

/** The feed that an entry says it was taken from (RFC 4287 §4.2.11, RSS 2.0 `source`). */
export type EntrySource = { readonly title: string | null; readonly url: string | null; readonly id: string | null };

/**
 * One entry as its publisher gave it (RFC 4287 §4.1.2). All addresses are absolute, all texts free of characters that
 * XML 1.0 forbids. Absent is null.
 */
export type Entry = {
  /** atom:id, guid, rdf:about or JSON Feed id as it stands; unique within its feed only. */
  readonly id: string | null;
  /** Whether the id is said to be the address of the entry's page (RSS `isPermaLink`). */
  readonly idIsPermalink: boolean;
  /** The entry's page: `rel=alternate`, RSS link, or a permalink guid. */
  readonly link: string | null;
  /** Plain text. */
  readonly title: string | null;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly published: Instant | null;
  readonly updated: Instant | null;
  readonly summary: Content | null;
  readonly content: Content | null;
  readonly enclosures: readonly Enclosure[];
  readonly image: EntryImage | null;
  readonly language: string | null;
  /** Every link that the entry names, `link` among them. */
  readonly links: readonly EntryLink[];
  readonly source: EntrySource | null;
  /** feedburner:origLink and its like: the address behind a redirector, told by the feed itself. */
  readonly originalLink: string | null;
  readonly commentsUrl: string | null;
  /** Plain text of rights, copyright, dc:rights. */
  readonly rights: string | null;
  /** Address of the entry's own licence (creativeCommons, cc, dcterms, rel=license, RSL). The feed's is not inherited here. */
  readonly licence: string | null;
  /** What RSL says of it. The feed's is not inherited here. */
  readonly rsl: readonly RslTerms[];
  /** itunes:duration as given, and itunes:explicit. */
  readonly duration: string | null;
  readonly explicit: boolean | null;
  /** itunes:season, itunes:episode, itunes:episodeType, and the episode's own picture (itunes:image). */
  readonly season: number | null;
  readonly episode: number | null;
  readonly episodeKind: EpisodeKind | null;
  readonly episodeImage: string | null;
};

/** A mend that parsing made: `code` is stable, `detail` is a sentence for the operator, `count` how often. */
export type Repair = { readonly code: string; readonly detail: string; readonly count: number };

/** An entry that could not be read: its place in the feed (from 0), what it is called if it says so, and why. */
export type SkippedEntry = { readonly position: number; readonly name: string | null; readonly reason: string };

/**
 * An entry that the feed says was removed (RFC 6721). It speaks of the feed's own entries alone: `ref` is the id of one,
 * and an entry of that id that was updated after `when` is there again.
 */
export type DeletedEntry = {
  readonly ref: string;
  readonly when: Instant | null;
  readonly by: Person | null;
  readonly comment: string | null;
};

/** Other documents of the same feed (RFC 5005; JSON Feed `next_url` is `next`). */
export type FeedPages = {
  readonly next: string | null;
  readonly previous: string | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly previousArchive: string | null;
  readonly nextArchive: string | null;
  readonly current: string | null;
};

/** What a feed as a whole says, for entries that do not say it themselves. */
export type FeedFacts = Pick<Feed, 'title' | 'link' | 'language' | 'rights' | 'licence' | 'rsl' | 'authors'> & {
  /** The document's address, after redirects. */
  readonly url: string;
};

/** A feed document (RFC 4287 §4.1.1) and what had to be done to read it. */
export type Feed = {
  readonly format: FeedFormat;
  readonly id: string | null;
  readonly title: string | null;
  readonly subtitle: string | null;
  readonly link: string | null;
  readonly selfLink: string | null;
  /** WebSub hubs, in document order. */
  readonly hubLinks: readonly string[];
  readonly pages: FeedPages;
  /** The document is an archive, which changes no more (RFC 5005 §4). */
  readonly isArchive: boolean;
  /** The document holds all entries that there are (RFC 5005 §2). Never so for one that is truncated. */
  readonly isComplete: boolean;
  readonly language: string | null;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly updated: Instant | null;
  /** RSS ttl, else the syndication module's period. */
  readonly ttlMinutes: number | null;
  /** RSS skipHours: hours of the day in UTC, 0 to 23, at which nothing new is to be had. */
  readonly skipHours: readonly number[];
  /** RSS skipDays: 0 is Sunday. */
  readonly skipDays: readonly number[];
  readonly image: string | null;
  readonly icon: string | null;
  readonly rights: string | null;
  readonly licence: string | null;
  /** What RSL says of the feed, or of addresses that it names. */
  readonly rsl: readonly RslTerms[];
  readonly generator: string | null;
  /** itunes:explicit. Says nothing of an entry that says otherwise. */
  readonly explicit: boolean | null;
  readonly entries: readonly Entry[];
  readonly deleted: readonly DeletedEntry[];
  readonly skipped: readonly SkippedEntry[];
  readonly repairs: readonly Repair[];
  /** The document was cut, by its server or by our caps: absence of an entry then says nothing. */
  readonly truncated: boolean;
};
