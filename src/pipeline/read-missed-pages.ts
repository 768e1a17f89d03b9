import { needsPage } from '../extract/needs-page.ts';
import type { Article } from '../model/article.ts';
import { ERRORS, type ErrorKind } from '../model/errors.ts';
import type { MissedPage } from '../model/missed-page.ts';
import type { Source } from '../model/source.ts';
import type { TrailStep } from '../model/trail.ts';
import type { Store } from '../store/store.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';
import type { Reading } from './read-article.ts';
import { readWatched, type Waiting, type WatchSoFar, type WatchTools } from './read-watched.ts';

/** The code of pages that are not believed while their source drifts. */
export const UNLIKE = 'page-unlike';
/** Pages that were had, and put aside by the watch. */
const NOT_BELIEVED: ReadonlySet<string> = new Set([UNLIKE, 'page-not-its-article']);
/** A page is asked for again so long after each time that it was not had, and no more often than that. */
const AGAIN_AFTER_S = [600, 3600, 6 * 3600];
/** In one refresh of one source. */
const MOST_AT_A_TIME = 50;

/** What the pages that were asked for again leave behind. */
export type ReadAgain = {
  readonly articles: readonly Article[];
  readonly trail: readonly TrailStep[];
  readonly missed: readonly MissedPage[];
  readonly missedNoLonger: readonly string[];
  readonly soFar: WatchSoFar;
};

/**
 * A page that was not had, with when it is asked for again: never, if that cannot help or was done often enough. One that
 * is not believed while its source drifts is kept until the drift ends (RefreshRecord.askAgain).
 */
export function missedPage(page: Omit<MissedPage, 'code' | 'nextAt'>, code: string, now: Instant): MissedPage {
  if (code === UNLIKE && page.retries < AGAIN_AFTER_S.length) return { ...page, code, nextAt: null };
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
  tools: WatchTools & { readonly store: Pick<Store, 'pagesToAskAgain' | 'articles'> },
  given: {
    readonly source: Source;
    readonly now: Instant;
    readonly except: ReadonlySet<string>;
    readonly soFar: WatchSoFar;
    /** Whether pages that were put aside teach how the source looks; else they are judged by what is known. */
    readonly learns?: boolean;
  },
  signal: AbortSignal,
): Promise<ReadAgain> {
  const { source, now, except, soFar, learns = false } = given;
  const pages = (await tools.store.pagesToAskAgain(source.id, now, MOST_AT_A_TIME)).filter(
    ({ articleId }) => !except.has(articleId),
  );
  if (pages.length === 0) return { articles: [], trail: [], missed: [], missedNoLonger: [], soFar };
  const known = new Map(
    (await tools.store.articles(pages.map(({ articleId }) => articleId))).map((one) => [one.id, one]),
  );
  const waiting = pages.flatMap((page) => waitingFor(page, known.get(page.articleId)!, { source, learns }));
  const reading = ({ before, given: { feed } }: Again): Reading => ({
    source,
    feed,
    now,
    previous: previousOf(before),
  });
  const again = await readWatched(tools, waiting, { reading, soFar }, signal);
  const articles: Article[] = [];
  const missed: MissedPage[] = [];
  for (const { item, article, pageCode } of again.read) {
    if (pageCode === null) articles.push(asFirstRead(article, item.before));
    else missed.push(missedPage({ ...item.page, retries: item.page.retries + 1 }, pageCode, now));
  }
  articles.sort((a, b) => (a.id < b.id ? -1 : 1));
  const stillMissed = new Set(missed.map(({ articleId }) => articleId));
  const trail = articles.map(({ id }) => ({ articleId: id, at: now, state: 'awaiting', reason: HAD_AT_LAST }) as const);
  const missedNoLonger = pages.map(({ articleId }) => articleId).filter((id) => !stillMissed.has(id));
  return { articles, trail, missed, missedNoLonger, soFar: again.soFar };
}

const HAD_AT_LAST = 'its page could be read at last';

type Again = {
  readonly page: MissedPage;
  readonly before: Article;
  readonly given: NonNullable<MissedPage['given']>;
};

/** None where the source's pages are not asked for any longer. */
function waitingFor(
  page: MissedPage,
  before: Article,
  { source, learns }: { readonly source: Source; readonly learns: boolean },
): Waiting<Again>[] {
  const { given } = page;
  if (given === null || !needsPage(given.entry, source)) return [];
  const { id, entryId, firstSeenAt } = before;
  const toRead = { entry: given.entry, ledger: { articleId: id, entryId, firstSeenAt } };
  return [{ item: { page, before, given }, toRead, isLate: !learns && NOT_BELIEVED.has(page.code) }];
}

/** Against the feed's few words a page's whole text would look like a correction. It is none: its publisher changed nothing. */
function previousOf(before: Article): ReadonlyMap<string, Article> {
  return new Map(before.contentFrom === 'page' ? [[before.id, before]] : []);
}

function asFirstRead(article: Article, before: Article): Article {
  if (before.contentFrom === 'page') return article;
  const { published, updated, corrections } = before;
  return { ...article, published, updated, corrections };
}

function mayHelp(code: string): boolean {
  const kinds: Readonly<Record<string, ErrorKind>> = ERRORS;
  return kinds[code]?.retry === true;
}
