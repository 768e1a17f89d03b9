import { extractArticle, type FeedFacts } from '../extract/extract-article.ts';
import { nextWish, readAnswer, type PageAnswer } from '../extract/page-wishes.ts';
import type { Article } from '../model/article.ts';
import type { Entry } from '../model/feed.ts';
import type { FetchedPage } from '../model/fetched-feed.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Source } from '../model/source.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';

export type FetchPage = (url: string, signal: AbortSignal) => Promise<FetchedPage>;

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

/** `pageCode`: why its page was not had, a code of model/errors.ts; null when it was had, or not asked for. */
export type ReadArticle = { readonly article: Article; readonly pageCode: string | null };

/**
 * An admitted entry as an article: asks for the pages that it wishes for, one after the other, and hands their bytes on.
 * A page that cannot be had costs nothing but itself: the feed's text is used, and the reason is kept with the article.
 */
export async function readArticle(
  tools: ReadTools,
  { entry, ledger }: EntryToRead,
  { source, feed, previous, now }: Reading,
  signal: AbortSignal,
): Promise<ReadArticle> {
  const leadsTo = new Map<string, string | null>();
  const given = { entry, source, now, leadsTo };
  const answers: PageAnswer[] = [];
  for (let wish = nextWish(answers, given); wish !== null; wish = nextWish(answers, given)) {
    if (wish.as === 'redirect') leadsTo.set(wish.url, await targetOf(tools, wish.url, now, signal));
    else answers.push(readAnswer(wish, await tools.fetchPage(wish.url, signal), given, answers));
  }
  const article = extractArticle({
    entry,
    id: ledger.articleId,
    entryId: ledger.entryId,
    source,
    feed,
    answers,
    leadsTo,
    firstSeenAt: ledger.firstSeenAt,
    now,
    previous: previous.get(ledger.articleId) ?? null,
  });
  const own = answers.find(({ wish }) => wish.as === 'page')?.page;
  return { article, pageCode: own?.kind === 'not-fetched' ? own.code : null };
}

/** Where a redirector leads: as it was told before, else asked, once. Null where it leads nowhere. */
async function targetOf(
  { fetchPage, store }: ReadTools,
  url: string,
  now: Instant,
  signal: AbortSignal,
): Promise<string | null> {
  const known = await store.redirectTarget(url);
  if (known !== null) return known;
  const page = await fetchPage(url, signal);
  if (page.kind === 'not-fetched' || page.url === url) return null;
  await store.saveRedirectTarget({ url, target: page.url, at: now });
  return page.url;
}
