import type { Enclosure, EpisodeKind, Person } from './feed.ts';
import type { Instant } from '../support/instant.ts';
import type { RslTerms } from './rsl.ts';

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

/** What a podcast says of an episode beside its file, which tells itself how long it plays. At least one field is not null. */
export type Episode = {
  readonly season: number | null;
  readonly number: number | null;
  readonly kind: EpisodeKind | null;
  readonly explicit: boolean | null;
  readonly imageUrl: string | null;
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

/**
 * What a publisher declared of the use of a text, in a form that machines read. `by`: where it was said. It may narrow
 * what is published (curate/extent-for.ts), and never widens it.
 */
export type Declaration = { readonly by: 'feed' | 'page' } & (
  | { readonly kind: 'licence'; readonly url: string }
  | { readonly kind: 'rsl'; readonly terms: RslTerms }
  /** Robots meta: no copies are to be kept; most characters that may be shown of the text (null: as many as one likes). */
  | { readonly kind: 'robots'; readonly noArchive: boolean; readonly mostCharacters: number | null }
);

/** What the feed or the page declares of its rights. */
export type Rights = {
  readonly text: string | null;
  readonly licence: string | null;
  readonly declared: readonly Declaration[];
};

/** Who publishes an article. */
export type Publisher = { readonly name: string; readonly url: string | null };

/**
 * How an edition of a text differs from the one before. `cosmetic`: case, punctuation, markup, spelling. `correction`:
 * words are others now, or gone. `extension`: words were added, and none changed.
 */
export type ChangeKind = 'cosmetic' | 'correction' | 'extension';

/** A change that readers should hear of, newest last. Cosmetic ones are none. */
export type Correction = {
  readonly at: Instant;
  readonly kind: Exclude<ChangeKind, 'cosmetic'>;
  readonly note: string;
};

/** A change in our words, where its publisher says nothing of it or is not quoted. */
export function changeTold(kind: Correction['kind']): string {
  return kind === 'extension' ? 'The text was extended.' : 'The text was changed.';
}

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
  readonly episode: Episode | null;
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
