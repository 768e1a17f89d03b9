import type { Instant } from '../support/instant.ts';

/** How one article looked on its page: numbers and short digests, no text. */
export type PageShape = {
  /** Digest of the entry's address. */
  readonly address: string;
  /** Digest of the whole text; null where there was none. */
  readonly text: string | null;
  /** Digests of some of its longer lines. */
  readonly lines: readonly string[];
  /** Whether the operator's selector found nothing. */
  readonly missed: boolean;
  /** What stood before the text, as the beginning of a sentence; null: nothing. */
  readonly wall: string | null;
  readonly words: number;
  readonly paragraphs: number;
  readonly hasImage: boolean;
  /** Of 100 distinctive words of the feed's title and summary so many stand in the text; null: too few to tell by. */
  readonly agreement: number | null;
  /** Of 100 characters so many stood in lines that earlier articles had too. */
  readonly shared: number;
  /** Of 100 characters so many stand in sentences that the text has twice. */
  readonly repeated: number;
  /** So many lines end in the same words. */
  readonly refrain: number;
  /** It has a row of numbered steps that lead to no address. */
  readonly steps: boolean;
  /** By its words, not by what the page says; `und`: like no language that is known here; null: too short to tell. */
  readonly language: string | null;
};

export type SignKind =
  | 'selector'
  | 'nothing'
  | 'wall'
  | 'twin'
  | 'repeated'
  | 'agreement'
  | 'shared'
  | 'language'
  | 'refrain'
  | 'steps'
  | 'length'
  | 'picture';

/** Why an article looks strange: `kind` says what was compared. */
export type Sign = {
  readonly kind: SignKind;
  /** Two strong ones among three articles are enough; of weak ones it takes three in a row. */
  readonly strong: boolean;
  /** What was seen, as the beginning of a sentence. */
  readonly says: string;
};

/** An article that was looked at, and what was strange in it. */
export type Sighting = { readonly shape: PageShape; readonly signs: readonly Sign[] };

/** Since when a source's pages are not believed, and why, in words. */
export type Drift = { readonly since: Instant; readonly reason: string };

/** What we know of how a source's articles look on its pages, to see when that changes. */
export type SourceWatch = {
  /** The operator's selectors that it was learnt with. Others: everything is learnt anew. */
  readonly selectors: string;
  /** The last articles that looked as ever, oldest first. */
  readonly shapes: readonly PageShape[];
  /** The newest articles: learnt from once those behind them are known; during a drift, those since it began. */
  readonly latest: readonly Sighting[];
  /** Null: all is well. */
  readonly drift: Drift | null;
};

/** A source whose pages were never looked at. */
export function newWatch(selectors: string): SourceWatch {
  return { selectors, shapes: [], latest: [], drift: null };
}
