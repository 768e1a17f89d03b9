import type { Enclosure, Person } from './feed.ts';
import type { Instant } from '../support/instant.ts';

/** The lead image as an object. Alternative text, caption and credit are three things and stay apart; all plain text. */
export type LeadImage = {
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly type: string | null;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
  /** The address of the picture's licence, where it is told. */
  readonly licence: string | null;
};

/**
 * By which sign a true source was found. Said by the feed: `original-link` (feedburner:origLink and its like), `via`,
 * `permalink` (a guid behind a redirector). In the text: `visible-link`, `address-in-text`. Declared by the page:
 * `declared-source` (a meta or link element that names it), `based-on` (schema.org's isBasedOn). `canonical`: feed or
 * page merely claims to be that page. `page-itself`: nothing points elsewhere.
 */
export type SourceSign =
  | 'original-link'
  | 'via'
  | 'permalink'
  | 'visible-link'
  | 'address-in-text'
  | 'declared-source'
  | 'based-on'
  | 'canonical'
  | 'page-itself';

/** Where an article truly came from: canonical address, publisher's name if it is told, and by which sign it was found. */
export type SourceLink = { readonly url: string; readonly name: string | null; readonly foundBy: SourceSign };

/** What the feed or the page declares of its rights. */
export type Rights = { readonly text: string | null; readonly licence: string | null };

/** Who publishes an article. */
export type Publisher = { readonly name: string; readonly url: string | null };

/** A change that readers should hear of, newest last. */
export type Correction = { readonly at: Instant; readonly note: string };

/** One entry as we keep it: extracted, sanitised, dated, with its true source. */
export type Article = {
  /** An IRI, minted once by the ledger: see admit/. */
  readonly id: string;
  readonly sourceId: string;
  /** The upstream id that it was first seen under. */
  readonly entryId: string;
  /** The entry's own page, canonical. Null where the feed names none. */
  readonly link: string | null;
  /** The true source. Equal to `link` where nothing points elsewhere; null where there is no address at all. */
  readonly sourceLink: SourceLink | null;
  readonly publisher: Publisher;
  /** Plain text; never empty. */
  readonly title: string;
  readonly authors: readonly Person[];
  readonly categories: readonly string[];
  readonly section: string | null;
  /** Never moves, never in the future; the moment of first sight where the feed gives none. */
  readonly published: Instant;
  /** Moves only for a change that a reader would care about (RFC 4287 §4.2.15). */
  readonly updated: Instant;
  readonly firstSeenAt: Instant;
  readonly language: string | null;
  readonly image: LeadImage | null;
  readonly enclosures: readonly Enclosure[];
  readonly rights: Rights;
  /** Plain text, cut between words. */
  readonly summary: string;
  /** Sanitised HTML, all addresses absolute, the lead image not in it. */
  readonly contentHtml: string;
  readonly contentFrom: 'feed' | 'page' | 'summary';
  /** A sentence on why the body is where it is from ("the page answered 404; the feed's summary is used"). */
  readonly contentReason: string;
  readonly wordCount: number;
  readonly corrections: readonly Correction[];
};
