import type { Article } from '../model/article.ts';
import { epochMsOf } from '../support/instant.ts';
import { comparedTextOf } from './compared-text-of.ts';
import type { PrintedDocument } from './duplicates/duplicate-index.ts';
import { printOf } from './duplicates/text-print.ts';
import { fingerprintOf, wordsAgree } from './fingerprint.ts';
import type { ComparedText as PlainText } from './stories/story-print.ts';
import { inOneGo, type Steps } from '../support/give-way.ts';

/** A report that is told already in the same words, and why it is taken for the same, in words. */
export type FoundCopy = { readonly articleId: string; readonly storyId: string; readonly reason: string };

/** The texts of the last days. What is noted is found by those that come after. */
export type Copies = {
  copyOf(document: PrintedDocument): FoundCopy | null;
  /** @param words of an article that may found its story: they are read for both at once */
  note(document: PrintedDocument, storyId: string, words?: PlainText): void;
};

/** A report that a mark stands for, and the story that it is told in. */
export type Report = { readonly storyId: string; readonly articleId: string; readonly sourceId: string };

export type PlacingInput = {
  /** New and changed articles, in the order in which they are placed. */
  readonly awaiting: readonly Article[];
  /** The addresses that each awaiting article stands under: see fingerprint.ts. */
  readonly addressesOf: ReadonlyMap<string, readonly string[]>;
  /** The stored reports by address, those of the story first seen first. */
  readonly reportsAt: ReadonlyMap<string, readonly Report[]>;
  /** Of these reports the whole articles that come from the source of an awaiting one. */
  readonly rivals: ReadonlyMap<string, Article>;
  /** The stories that awaiting articles are told in already. */
  readonly storyOfArticle: ReadonlyMap<string, string>;
  readonly copies: Copies;
};

/** Where an article belongs, why (null: it was there, or founds a story of its own), and how it is compared. */
export type Placement = {
  readonly storyId: string;
  readonly reason: string | null;
  /** The report that it is a copy of, where that was found by its words. */
  readonly copyOf?: string;
  readonly document: PrintedDocument;
};

/**
 * Finds each article its story: the one that it has, one that is told under the same address, one that is told in the
 * same words; else it founds one, which bears the article's id. In order: what comes first is there for what follows.
 */
export function placeArticles(input: PlacingInput): Map<string, Placement> {
  return inOneGo(placeInSteps(input));
}

/** As `placeArticles`, with a pause after each article. */
export function* placeInSteps(input: PlacingInput): Steps<Map<string, Placement>> {
  const placements = new Map<string, Placement>();
  const known = openReports(input);
  for (const article of input.awaiting) {
    const words = comparedTextOf(article);
    const document = documentOf(article, words);
    const placement = placementOf(article, document, { input, known });
    placements.set(article.id, placement);
    known.add(article, placement.storyId);
    input.copies.note(document, placement.storyId, words);
    yield;
  }
  return placements;
}

/** An article as it is compared with others. */
export function documentOf(article: Article, words: PlainText = comparedTextOf(article)): PrintedDocument {
  const { id, sourceId, published } = article;
  return { id, sourceId, atMs: epochMsOf(published), print: printOf(words) };
}

type Placing = { readonly input: PlacingInput; readonly known: Reports };

function placementOf(article: Article, document: PrintedDocument, { input, known }: Placing): Placement {
  const own = input.storyOfArticle.get(article.id);
  if (own !== undefined) return { storyId: own, reason: null, document };
  const under = (input.addressesOf.get(article.id) ?? []).map((address) => ({
    address,
    storyId: known.storyAt(address, article),
  }));
  const found = under.find(({ storyId }) => storyId !== null);
  if (found !== undefined)
    return { storyId: found.storyId!, reason: `it is told under ${found.address.replace(/^address:/, '')}`, document };
  const copy = input.copies.copyOf(document);
  if (copy !== null) return { storyId: copy.storyId, reason: copy.reason, copyOf: copy.articleId, document };
  return { storyId: article.id, reason: null, document };
}

type Reports = {
  storyAt(address: string, article: Article): string | null;
  add(article: Article, storyId: string): void;
};

/** The stored reports, and those that were placed before in this batch. */
function openReports({ reportsAt, rivals, addressesOf }: PlacingInput): Reports {
  const placed = new Map<string, Report[]>();
  const articles = new Map(rivals);
  return {
    storyAt(address, article) {
      const reports = [...(reportsAt.get(address) ?? []), ...(placed.get(address) ?? [])];
      const storyIds = new Set(reports.map(({ storyId }) => storyId));
      for (const storyId of storyIds) {
        const told = reports.filter((report) => report.storyId === storyId);
        if (!isParted(article, told, articles)) return storyId;
      }
      return null;
    },
    add(article, storyId) {
      articles.set(article.id, article);
      const report = { storyId, articleId: article.id, sourceId: article.sourceId };
      for (const address of addressesOf.get(article.id) ?? [])
        placed.set(address, [...(placed.get(address) ?? []), report]);
    },
  };
}

/**
 * Whether a story has an entry of the same source under the same address, and none such that says the same: some sources
 * give all their entries one link (`/alerts`), so there an address alone joins nothing.
 */
function isParted(article: Article, told: readonly Report[], articles: ReadonlyMap<string, Article>): boolean {
  const rivals = told.filter(({ sourceId, articleId }) => sourceId === article.sourceId && articleId !== article.id);
  if (rivals.length === 0) return false;
  const own = fingerprintOf(article);
  return !rivals.some(({ articleId }) => {
    const rival = articles.get(articleId);
    return rival !== undefined && wordsAgree(own, fingerprintOf(rival));
  });
}
