import { admit, type Admitted } from '../admit/admit.ts';
import { entryMarks, isUnreadable } from '../admit/entry-marks.ts';
import type { FeedFacts } from '../extract/extract-article.ts';
import { fetchFeed } from '../fetch/fetch-feed.ts';
import type { Article } from '../model/article.ts';
import { ERRORS, StageError } from '../model/errors.ts';
import type { Feed } from '../model/feed.ts';
import type { Outbound } from '../model/outbound.ts';
import type { Source, SourceState } from '../model/source.ts';
import type { TrailStep } from '../model/trail.ts';
import { parseFeed } from '../parse/parse-feed.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { mapConcurrently } from '../support/concurrency.ts';
import { sha256 } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import { nextCheckAfterFailure } from './next-check.ts';
import { readArticle, type FetchPage } from './read-article.ts';
import { emptyReport, unreadableIn, type RefreshReport } from './refresh-report.ts';
import { afterSuccess, feedWords, newState } from './source-state.ts';

export type RefreshTools = {
  readonly outbound: Outbound;
  readonly fetchPage: FetchPage;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: { readonly maxFeedBytes: number; readonly timeoutMs: number };
};

/** So many of one source's pages are read at once; the outbound client spaces them. */
const PAGES_AT_ONCE = 4;

/**
 * One source from fetch to store, in one transaction. The one place that catches a source's failure: it is recorded with
 * its reason, the next check is set, and what was published before stays.
 */
export async function refreshSource(
  tools: RefreshTools,
  source: Source,
  state: SourceState | null,
  signal: AbortSignal,
): Promise<RefreshReport> {
  const known = state ?? newState(source);
  try {
    return await refresh(tools, source, known, signal);
  } catch (error) {
    if (signal.aborted || !isSourcesFault(error)) throw error;
    return await saveFailure(tools, source, known, error);
  }
}

async function refresh(
  tools: RefreshTools,
  source: Source,
  state: SourceState,
  signal: AbortSignal,
): Promise<RefreshReport> {
  const { store, clock } = tools;
  const fetched = await fetchFeed(tools, { source, state, ...bounds(tools) }, signal);
  const checked = afterSuccess(source, state, fetched);
  if (fetched.kind === 'not-modified') {
    await store.saveSourceState(checked);
    return emptyReport(source, 'unchanged');
  }
  const bodyDigest = sha256(fetched.body);
  if (bodyDigest === state.bodyDigest) {
    await store.saveSourceState({ ...checked, bodyDigest });
    return emptyReport(source, 'unchanged');
  }
  const feed = await parseFeed(fetched.body, { url: fetched.url, contentType: fetched.contentType });
  const now = clock.now();
  const readable = feed.entries.filter((entry) => !isUnreadable(entry));
  const marks = entryMarks(readable, source.identity);
  const admitted = admit(
    marks,
    await store.knownEntries(
      source.id,
      marks.flatMap(({ aliases }) => aliases),
    ),
    { sourceId: source.id, now },
  );
  const due = admitted.filter(({ kind }) => kind !== 'known');
  const articles = await readArticles(tools, due, { source, feed, now, url: fetched.url }, signal);
  await store.saveRefresh({
    state: { ...checked, ...feedWords(feed), bodyDigest: feed.truncated ? null : bodyDigest },
    ledger: admitted.filter(({ learnt }) => learnt).map(({ ledger }) => ledger),
    articles,
    trail: due.map((one) => arrival(one, now)),
  });
  const unreadable = unreadableIn(feed, feed.entries.length - readable.length);
  const repairs = feed.repairs.map(({ detail }) => detail);
  tools.log.info('source refreshed', {
    sourceId: source.id,
    url: fetched.url,
    found: feed.entries.length,
    new: count(due, 'new'),
    changed: count(due, 'changed'),
  });
  return {
    ...emptyReport(source, 'refreshed'),
    entries: feed.entries.length,
    added: count(due, 'new'),
    changed: count(due, 'changed'),
    unreadable,
    repairs,
  };
}

async function readArticles(
  tools: RefreshTools,
  due: readonly Admitted[],
  given: { readonly source: Source; readonly feed: Feed; readonly now: Instant; readonly url: string },
  signal: AbortSignal,
): Promise<Article[]> {
  const { source, feed, now, url } = given;
  const changed = due.filter(({ kind }) => kind === 'changed').map(({ ledger }) => ledger.articleId);
  const known = changed.length === 0 ? [] : await tools.store.articles(changed);
  const previous = new Map(known.map((article) => [article.id, article]));
  const facts: FeedFacts = {
    url,
    title: feed.title,
    link: feed.link,
    language: feed.language,
    rights: feed.rights,
    licence: feed.licence,
    authors: feed.authors,
  };
  const articles: Article[] = [];
  for await (const article of mapConcurrently(due, PAGES_AT_ONCE, (one) =>
    readArticle(tools, one, { source, feed: facts, previous, now }, signal),
  )) {
    articles.push(article);
  }
  return articles.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function bounds({ limits }: RefreshTools): { readonly maxBodyBytes: number; readonly timeoutMs: number } {
  return { maxBodyBytes: limits.maxFeedBytes, timeoutMs: limits.timeoutMs };
}

function arrival({ kind, ledger }: Admitted, at: Instant): TrailStep {
  const reason = kind === 'new' ? 'new in its feed' : 'its publisher changed it';
  return { articleId: ledger.articleId, at, state: 'awaiting', reason };
}

async function saveFailure(
  { store, clock, log }: RefreshTools,
  source: Source,
  state: SourceState,
  error: StageError,
): Promise<RefreshReport> {
  const now = clock.now();
  const failures = state.failures + 1;
  const reason = `${error.message}; ${ERRORS[error.code].advice}`;
  const nextCheckAt = nextCheckAfterFailure(source, failures, error.retryAfterSeconds, now);
  await store.saveSourceState({
    ...state,
    checkedAt: now,
    nextCheckAt,
    failures,
    lastFailure: { code: error.code, message: reason, at: now },
  });
  log.warn('source failed', {
    sourceId: source.id,
    url: error.url ?? source.url,
    code: error.code,
    reason,
    nextCheckAt,
  });
  return { ...emptyReport(source, 'failed'), reason, code: error.code };
}

function count(admitted: readonly Admitted[], kind: Admitted['kind']): number {
  return admitted.filter((one) => one.kind === kind).length;
}

/** A full disk or a lost database is not the source's fault, and is not written down as one. */
function isSourcesFault(error: unknown): error is StageError {
  return error instanceof StageError && /^(?:fetch|feed)-/.test(error.code);
}
