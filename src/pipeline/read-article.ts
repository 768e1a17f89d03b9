import { extractArticle } from '../extract/extract-article.ts';
import { nextWish, readAnswer, type PageAnswer } from '../extract/page-wishes.ts';
import type { Article } from '../model/article.ts';
import type { Entry, FeedFacts } from '../model/feed.ts';
import type { FetchedPage } from '../model/fetched-feed.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Source } from '../model/source.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';

/** Fetches a page for a source: within its limits, by its way, and as whom it knows us where the page is its own. */
export type FetchPage = (url: string, source: PageAsker, signal: AbortSignal) => Promise<FetchedPage>;

/** What of a source counts where a page is asked for. */
export type PageAsker = Pick<Source, 'limits' | 'proxy' | 'auth' | 'url'>;

export type ReadTools = {
  readonly fetchPage: FetchPage;
  readonly store: Pick<Store, 'redirectTarget' | 'saveRedirectTarget'>;
};

/** Everything of one refresh that its articles share. */
export type Reading = {
  readonly source: Source;
  readonly feed: FeedFacts;
  readonly previous: ReadonlyMap<string, Article>;
  readonly now: Instant;
};

/** An entry with what the ledger has minted for it. */
export type EntryToRead = {
  readonly entry: Entry;
  readonly ledger: Pick<LedgerEntry, 'articleId' | 'entryId' | 'firstSeenAt'>;
};

/** What came of the pages that an entry wished for. */
export type PagesAsked = {
  readonly answers: readonly PageAnswer[];
  readonly leadsTo: ReadonlyMap<string, string | null>;
};

/** Why a page is not believed: as the beginning of a sentence, and as a code of model/errors.ts. */
export type Distrust = { readonly says: string; readonly code: string };

/** `pageCode`: why its page was not had, a code of model/errors.ts; null when it was had, or not asked for. */
export type ReadArticle = { readonly article: Article; readonly pageCode: string | null };

/** Asks for the pages that an admitted entry wishes for, one after the other. */
export async function askPages(
  tools: ReadTools,
  { entry }: EntryToRead,
  { source, now }: Reading,
  signal: AbortSignal,
): Promise<PagesAsked> {
  const leadsTo = new Map<string, string | null>();
  const given = { entry, source, now, leadsTo };
  const answers: PageAnswer[] = [];
  for (let wish = nextWish(answers, given); wish !== null; wish = nextWish(answers, given)) {
    if (wish.as === 'redirect') leadsTo.set(wish.url, await targetOf(tools, wish.url, { source, now }, signal));
    else answers.push(readAnswer(wish, await tools.fetchPage(wish.url, source, signal), given, answers));
  }
  return { answers, leadsTo };
}

/**
 * An admitted entry as an article. A page that cannot be had or believed costs nothing but itself: the feed's text is
 * used, and the reason is kept with the article.
 */
export function makeArticle(
  { entry, ledger }: EntryToRead,
  { answers, leadsTo }: PagesAsked,
  { source, feed, previous, now }: Reading,
  distrust: Distrust | null,
): ReadArticle {
  const article = extractArticle({
    entry,
    id: ledger.articleId,
    entryId: ledger.entryId,
    source,
    feed,
    answers,
    leadsTo,
    distrust: distrust?.says ?? null,
    firstSeenAt: ledger.firstSeenAt,
    now,
    previous: previous.get(ledger.articleId) ?? null,
  });
  const own = answers.find(({ wish }) => wish.as === 'page')?.page;
  if (own?.kind === 'not-fetched') return { article, pageCode: own.code };
  return { article, pageCode: isOwnText(answers) ? (distrust?.code ?? null) : null };
}

/** Whether a text depends on the source's own page: what the true source's says does not wait for the aggregator's. */
export function isOwnText(answers: readonly PageAnswer[]): boolean {
  return answers.every(({ wish, reading }) => wish.as !== 'original' || reading === null);
}

/** Where a redirector leads: as it was told before, else asked, once. Null where it leads nowhere. */
async function targetOf(
  { fetchPage, store }: ReadTools,
  url: string,
  { source, now }: Pick<Reading, 'source' | 'now'>,
  signal: AbortSignal,
): Promise<string | null> {
  const known = await store.redirectTarget(url);
  if (known !== null) return known;
  // Anybody is told where it leads; what it tells a subscriber may name the subscriber, and the answer is published.
  const page = await fetchPage(url, { ...source, auth: null }, signal);
  if (page.kind === 'not-fetched' || page.url === url) return null;
  await store.saveRedirectTarget({ url, target: page.url, at: now });
  return page.url;
}
