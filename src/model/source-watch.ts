import type { Instant } from '../support/instant.ts';
import type { Article } from './article.ts';
import type { MissedPage } from './missed-page.ts';

/** How one article looked on its page: numbers and short digests, no text. */
export type PageShape = {
  /** Digests of the article's id and of the entry's address: who moves gives the same articles new addresses. */
  readonly article: string;
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

/** An article, and what it can be made from again without its page. `previous`: as it was before that page was read. */
export type MadeFrom = {
  readonly articleId: string;
  readonly given: NonNullable<MissedPage['given']>;
  readonly previous: Article | null;
};

/**
 * An article that was looked at, and what was strange in it. `madeFrom`: kept of a strange one that is published with its
 * page's text, as long as a drift may still be declared over it.
 */
export type Sighting = {
  readonly shape: PageShape;
  readonly signs: readonly Sign[];
  readonly madeFrom?: MadeFrom;
};

/** Since when a source's pages are not believed, and why, in words. */
export type Drift = { readonly since: Instant; readonly reason: string };

/** What a drift's reason begins with where the operator's selector is no longer right: it is told by what there is to do. */
export const SELECTOR_FINDS_NOTHING = 'the source’s selector finds nothing on its pages';

export function isOfSelector({ reason }: Drift): boolean {
  return reason.startsWith(SELECTOR_FINDS_NOTHING);
}

/** What we know of how a source's articles look on its pages, to see when that changes. */
export type SourceWatch = {
  /** The source's site and the operator's selectors that it was learnt with. Others: everything is learnt anew. */
  readonly selectors: string;
  /** The last articles that looked as ever, oldest first. */
  readonly shapes: readonly PageShape[];
  /** The newest articles: learnt from once those behind them are known; during a drift, those since it began. */
  readonly latest: readonly Sighting[];
  /** Null: all is well. */
  readonly drift: Drift | null;
};

/** Whether two shapes are of the same article: by its id, or by its address where its feed gives it a new id. */
export function isSameArticle(one: Pick<PageShape, 'article' | 'address'>, other: typeof one): boolean {
  return one.article === other.article || one.address === other.address;
}

/** A source whose pages were never looked at. */
export function newWatch(selectors: string): SourceWatch {
  return { selectors, shapes: [], latest: [], drift: null };
}
