import { extractArticle, type FeedFacts } from '../extract/extract-article.ts';
import { needsPage } from '../extract/needs-page.ts';
import type { Article } from '../model/article.ts';
import type { Entry } from '../model/feed.ts';
import type { FetchedPage } from '../model/fetched-feed.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Source } from '../model/source.ts';
import type { Instant } from '../support/instant.ts';

export type FetchPage = (url: string, signal: AbortSignal) => Promise<FetchedPage>;

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
 * An admitted entry as an article: fetches its page if the feed's own text does not do, and hands the bytes on. A page
 * that cannot be had costs nothing but itself: the feed's text is used, and the reason is kept with the article.
 */
export async function readArticle(
  { fetchPage }: { readonly fetchPage: FetchPage },
  { entry, ledger }: EntryToRead,
  { source, feed, previous, now }: Reading,
  signal: AbortSignal,
): Promise<ReadArticle> {
  const page = entry.link !== null && needsPage(entry, source) ? await fetchPage(entry.link, signal) : null;
  const article = extractArticle({
    entry,
    id: ledger.articleId,
    entryId: ledger.entryId,
    source,
    feed,
    page,
    firstSeenAt: ledger.firstSeenAt,
    now,
    previous: previous.get(ledger.articleId) ?? null,
  });
  return { article, pageCode: page?.kind === 'not-fetched' ? page.code : null };
}
