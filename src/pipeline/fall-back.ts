import { distrustIn } from '../extract/watch/watch.ts';
import type { Article } from '../model/article.ts';
import type { MissedPage } from '../model/missed-page.ts';
import type { Source } from '../model/source.ts';
import type { MadeFrom } from '../model/source-watch.ts';
import type { TrailStep } from '../model/trail.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';
import { askPages, makeArticle, type FetchPage, type ReadTools } from './read-article.ts';
import { missedPage, UNLIKE } from './read-missed-pages.ts';
import type { WatchSoFar } from './read-watched.ts';

/** What the articles that fall back leave behind. */
export type FallenBack = {
  readonly articles: readonly Article[];
  readonly trail: readonly TrailStep[];
  readonly missed: readonly MissedPage[];
};

type Refresh = {
  readonly source: Source;
  readonly now: Instant;
  /** The articles that were made in this refresh, which the store does not have yet. */
  readonly made: readonly Article[];
};

/**
 * Articles that had their page's text before a drift was declared over them, made again without it, and without a
 * request: with the text that was read before the strange one, else their feed's. Their pages are missed from then on,
 * and asked for again when the drift ends.
 */
export async function fallBack(
  { store }: { readonly store: ReadTools['store'] & Pick<Store, 'articles'> },
  { source, now, made }: Refresh,
  { fallen, turns }: WatchSoFar,
  signal: AbortSignal,
): Promise<FallenBack> {
  const begun = turns.findLast(({ is }) => is === 'begins');
  if (begun === undefined || fallen.length === 0) return { articles: [], trail: [], missed: [] };
  const says = distrustIn(begun.drift);
  const stored = new Map((await store.articles(fallen.map(({ articleId }) => articleId))).map((one) => [one.id, one]));
  const madeNow = new Map(made.map((one) => [one.id, one]));
  const tools = { store, fetchPage: asIfNotHad(says) };
  const articles: Article[] = [];
  for (const { articleId, given, previous } of fallen) {
    const published = madeNow.get(articleId) ?? stored.get(articleId);
    if (published === undefined) continue;
    const before = new Map(previous === null ? [] : [[articleId, previous]]);
    const reading = { source, feed: given.feed, previous: before, now };
    const { entryId, firstSeenAt } = published;
    const toRead = { entry: given.entry, ledger: { articleId, entryId, firstSeenAt } };
    const pages = await askPages(tools, toRead, reading, signal);
    const { article } = makeArticle(toRead, pages, reading, { says, code: UNLIKE });
    articles.push(previous === null && !madeNow.has(articleId) ? withDatesOf(published, article) : article);
  }
  const had = new Set(articles.map(({ id }) => id));
  return {
    articles,
    trail: articles.map(({ id }) => ({
      articleId: id,
      at: now,
      state: 'awaiting',
      reason: `${says}; its page is no longer believed`,
    })),
    missed: fallen.filter(({ articleId }) => had.has(articleId)).map((one) => missedBy(one, source, now)),
  };
}

function missedBy({ articleId, given }: MadeFrom, source: Source, now: Instant): MissedPage {
  return missedPage({ articleId, sourceId: source.id, retries: 0, given }, UNLIKE, now);
}

/** Its publisher changed nothing. */
function withDatesOf({ published, updated, corrections }: Article, article: Article): Article {
  return { ...article, published, updated, corrections };
}

function asIfNotHad(reason: string): FetchPage {
  return async (url) => ({ kind: 'not-fetched', url, code: UNLIKE, reason });
}
