import { needsPage } from '../extract/needs-page.ts';
import type { Article } from '../model/article.ts';
import { ERRORS, type ErrorKind } from '../model/errors.ts';
import type { MissedPage } from '../model/missed-page.ts';
import type { Source } from '../model/source.ts';
import type { TrailStep } from '../model/trail.ts';
import type { Store } from '../store/store.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';
import { readArticle, type FetchPage, type ReadTools } from './read-article.ts';

/** A page is asked for again so long after each time that it was not had, and no more often than that. */
const AGAIN_AFTER_S = [600, 3600, 6 * 3600];
/** In one refresh of one source. */
const MOST_AT_A_TIME = 50;
const PAGES_AT_ONCE = 4;

/** What the pages that were asked for again leave behind. */
export type ReadAgain = {
  readonly articles: readonly Article[];
  readonly trail: readonly TrailStep[];
  readonly missed: readonly MissedPage[];
  readonly missedNoLonger: readonly string[];
};

/** A page that was not had, with when it is asked for again: never, if that cannot help or was done often enough. */
export function missedPage(page: Omit<MissedPage, 'code' | 'nextAt'>, code: string, now: Instant): MissedPage {
  const waitS = mayHelp(code) ? AGAIN_AFTER_S[page.retries] : undefined;
  if (waitS === undefined) return { ...page, code, nextAt: null, given: null };
  return { ...page, code, nextAt: plusSeconds(now, waitS) };
}

/**
 * Asks again for those of a source's pages that failed before and whose time has come. An article that gets its page
 * awaits curation anew; one that does not stays as it is.
 * @param given.except articles that are read in this refresh anyway
 */
export async function readMissedPages(
  tools: { readonly fetchPage: FetchPage; readonly store: Store },
  given: { readonly source: Source; readonly now: Instant; readonly except: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<ReadAgain> {
  const { source, now, except } = given;
  const pages = (await tools.store.pagesToAskAgain(source.id, now, MOST_AT_A_TIME)).filter(
    ({ articleId }) => !except.has(articleId),
  );
  if (pages.length === 0) return { articles: [], trail: [], missed: [], missedNoLonger: [] };
  const known = new Map(
    (await tools.store.articles(pages.map(({ articleId }) => articleId))).map((one) => [one.id, one]),
  );
  const articles: Article[] = [];
  const missed: MissedPage[] = [];
  const missedNoLonger: string[] = [];
  for await (const { page, outcome } of mapConcurrently(pages, PAGES_AT_ONCE, async (one) => ({
    page: one,
    outcome: await readAgain(tools, one, { source, now, before: known.get(one.articleId)! }, signal),
  }))) {
    if (typeof outcome === 'string') {
      missed.push(missedPage({ ...page, retries: page.retries + 1 }, outcome, now));
      continue;
    }
    missedNoLonger.push(page.articleId);
    if (outcome !== null) articles.push(outcome);
  }
  articles.sort((a, b) => (a.id < b.id ? -1 : 1));
  const trail = articles.map(({ id }) => ({ articleId: id, at: now, state: 'awaiting', reason: HAD_AT_LAST }) as const);
  return { articles, trail, missed, missedNoLonger };
}

const HAD_AT_LAST = 'its page could be read at last';

/** The article with its page; why that was not had; null where the source's pages are not asked for any longer. */
async function readAgain(
  tools: ReadTools,
  { given }: MissedPage,
  { source, now, before }: { readonly source: Source; readonly now: Instant; readonly before: Article },
  signal: AbortSignal,
): Promise<Article | string | null> {
  if (given === null || !needsPage(given.entry, source)) return null;
  const { id, entryId, firstSeenAt } = before;
  // Against the feed's few words a page's whole text would look like a correction. It is none: its publisher changed nothing.
  const isFirstBody = before.contentFrom !== 'page';
  const previous = new Map(isFirstBody ? [] : [[id, before]]);
  const entry = { entry: given.entry, ledger: { articleId: id, entryId, firstSeenAt } };
  const { article, pageCode } = await readArticle(tools, entry, { source, feed: given.feed, previous, now }, signal);
  if (pageCode !== null) return pageCode;
  if (!isFirstBody) return article;
  const { published, updated, corrections } = before;
  return { ...article, published, updated, corrections };
}

function mayHelp(code: string): boolean {
  const kinds: Readonly<Record<string, ErrorKind>> = ERRORS;
  return kinds[code]?.retry === true;
}
