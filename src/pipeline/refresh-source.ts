import { admit, type Admitted } from '../admit/admit.ts';
import { entryMarks, isUnreadable } from '../admit/entry-marks.ts';
import { withoutFloods, type LinkFlood } from '../admit/link-floods.ts';
import { fetchFeed } from '../fetch/fetch-feed.ts';
import { ERRORS, StageError } from '../model/errors.ts';
import type { Feed, FeedFacts } from '../model/feed.ts';
import type { HubOffer } from '../model/push.ts';
import type { MissedPage } from '../model/missed-page.ts';
import type { Outbound } from '../model/outbound.ts';
import type { Source, SourceState } from '../model/source.ts';
import type { EntryState, TrailStep } from '../model/trail.ts';
import { parseFeed } from '../parse/parse-feed.ts';
import { hubOffer } from '../push/hub-offer.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { sha256 } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import { noSpans, type Spans } from '../support/spans.ts';
import { fallBack } from './fall-back.ts';
import { nextCheckAfterFailure, retryAfterEnd, scheduleMark } from './next-check.ts';
import type { FetchPage, ReadArticle } from './read-article.ts';
import { missedPage, readMissedPages } from './read-missed-pages.ts';
import { NOTHING_WATCHED, readWatched, type WatchSoFar } from './read-watched.ts';
import { countByCode, emptyReport, unreadableIn, type RefreshReport } from './refresh-report.ts';
import { rhythmAfter } from './rhythm.ts';
import { feedBounds, inTurn, withWaiting } from './source-limits.ts';
import { afterSuccess, feedWords, newState } from './source-state.ts';
import { isToldByHub } from './told-by-hub.ts';
import { tellTurnover } from './told-turnover.ts';
import { beginAnewIfCorrected, reportedWatch, savedWatch, tellTurns } from './told-watch.ts';

export type RefreshTools = {
  readonly outbound: Outbound;
  readonly fetchPage: FetchPage;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: { readonly maxFeedBytes: number; readonly timeoutMs: number };
  /** What environment variables hold, for sources that ask who we are; absent: none is set. */
  readonly secretOf?: (name: string) => string | null;
  /** Whoever measures; absent: nobody. */
  readonly spans?: Spans;
  /** Told after each reading of a source's feed which hub it names; null: none. */
  readonly noteOffer?: (sourceId: string, offer: HubOffer | null) => Promise<void>;
};

/** So many sentences on unreadable entries are kept with a source. */
const MOST_UNREADABLE = 20;

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
  const { spans = noSpans } = tools;
  try {
    return await spans.within('refresh', { source: source.id }, (inside) =>
      refresh({ ...tools, spans: inside }, source, known, signal),
    );
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
  const { store, clock, spans = noSpans } = tools;
  const about = { source: source.id };
  const fetched = await spans.within('fetch', about, () =>
    fetchFeed(tools, { source, state, ...feedBounds(source, tools.limits) }, signal),
  );
  const isPushed = await isToldByHub({ store, now: fetched.fetchedAt }, source, state);
  const unchanged = afterSuccess(source, state, { fetched, isPushed });
  if (fetched.kind === 'not-modified') return saveUnchanged(tools, source, unchanged, signal);
  const bodyDigest = sha256(fetched.body);
  if (bodyDigest === state.bodyDigest) return saveUnchanged(tools, source, unchanged, signal);

  const feed = await spans.within('parse', { ...about, bytes: fetched.body.length }, () =>
    parseFeed(fetched.body, fetched),
  );
  if (feed.entries.length === 0 && isCutByServer(feed)) throw new StageError('feed-cut-short', { url: fetched.url });
  const now = clock.now();
  const { admitted, due, waiting, unreadable } = await entriesToRead(store, source, feed, now);
  const facts = feedFacts(feed, fetched.url);
  const { read, soFar } = await spans.within('extract', { ...about, entries: due.length }, () =>
    readDue(tools, due, { source, feed: facts, now }, signal),
  );
  const missed = missedAmong(read, { source, feed: facts, now });
  const except = new Set(due.map(({ ledger }) => ledger.articleId));
  const again = await readMissedPages(tools, { source, now, except, soFar }, signal);
  const made = [...read.map(({ article }) => article), ...again.articles];
  const back = await fallBack(tools, { source, now, made }, again.soFar, signal);
  const missedNow = [...missed, ...again.missed, ...back.missed];
  const rhythm = rhythmAfter(state, { feed, due, now });
  const isWhole = !isCutByServer(feed) && waiting.size === 0;
  // Before it is saved: a kill in between would leave a feed that is known, and brings its hub no more until it changes.
  await tools.noteOffer?.(source.id, hubOffer({ ...feed, links: fetched.links, url: fetched.url }));
  await store.saveRefresh({
    state: {
      ...withWaiting(afterSuccess(source, { ...state, ...feedWords(feed), rhythm }, { fetched, isPushed }), waiting),
      ...(isWhole ? { bodyDigest } : { etag: null, lastModified: null, bodyDigest: null }),
      unreadable: unreadable.slice(0, MOST_UNREADABLE),
    },
    ledger: admitted.filter((one) => one.learnt && !waiting.has(one)).map(({ ledger }) => ledger),
    articles: [...made, ...back.articles],
    trail: [...due.map((one) => arrival(one, now)), ...again.trail, ...back.trail],
    missed: missedNow,
    missedNoLonger: [
      ...read.filter(({ pageCode }) => pageCode === null).map(({ article }) => article.id),
      ...again.missedNoLonger,
    ],
    ...savedWatch(again.soFar, now),
  });
  tellTurns(tools.log, source, again.soFar);
  tellTurnover(tools.log, source, { before: state, feed, admitted });
  tellRefreshed(tools.log, source, { url: fetched.url, feed, due, waiting });
  return {
    ...emptyReport(source, 'refreshed'),
    entries: feed.entries.length,
    added: count(due, 'new'),
    changed: count(due, 'changed'),
    unreadable,
    repairs: feed.repairs.map(({ detail }) => detail),
    pagesNotHad: countByCode(missedNow),
    pagesHadAtLast: again.articles.length,
    ...reportedWatch(again.soFar),
  };
}

type ToRead = {
  /** All entries that can be read, known ones too. */
  readonly admitted: readonly Admitted[];
  /** Those that are new or changed, and are read now; and those that wait for the next turn. */
  readonly due: readonly Admitted[];
  readonly waiting: ReadonlySet<Admitted>;
  /** A sentence for each that cannot be read. */
  readonly unreadable: readonly string[];
};

async function entriesToRead(store: Store, source: Source, feed: Feed, now: Instant): Promise<ToRead> {
  const readable = feed.entries.filter((entry) => !isUnreadable(entry));
  const { entries, floods } = withoutFloods(readable, source.identity);
  const marks = entryMarks(entries, source.identity);
  const known = await store.knownEntries(
    source.id,
    marks.flatMap(({ aliases }) => aliases),
  );
  const admitted = admit(marks, known, { sourceId: source.id, now });
  // What the operator has taken back, or keeps no more, is not read again, whatever its publisher makes of it.
  const over = new Set(known.flatMap((entry) => (isOver(entry.state) ? [entry.articleId] : [])));
  const toRead = admitted.filter(({ kind, ledger }) => kind !== 'known' && !over.has(ledger.articleId));
  const unreadable = [...unreadableIn(feed, feed.entries.length - readable.length), ...floods.map(toldFlood)];
  return { admitted, ...inTurn(toRead, source.limits.entriesPerRefresh), unreadable };
}

function tellRefreshed(
  log: Log,
  source: Source,
  { url, feed, due, waiting }: Pick<ToRead, 'due' | 'waiting'> & { readonly url: string; readonly feed: Feed },
): void {
  log.info('source refreshed', {
    sourceId: source.id,
    url,
    found: feed.entries.length,
    new: count(due, 'new'),
    changed: count(due, 'changed'),
    ...(waiting.size === 0 ? {} : { waiting: waiting.size }),
    ...saidDeleted(feed),
  });
}

/** The feed brings nothing; pages that failed before may still be had now. */
async function saveUnchanged(
  tools: RefreshTools,
  source: Source,
  state: SourceState,
  signal: AbortSignal,
): Promise<RefreshReport> {
  const { store, clock } = tools;
  const now = clock.now();
  const learns = await beginAnewIfCorrected(store, source, { state, now });
  const asking = { source, now, except: new Set<string>(), soFar: NOTHING_WATCHED, learns };
  const again = await readMissedPages(tools, asking, signal);
  const { soFar, missedNoLonger } = again;
  const back = await fallBack(tools, { source, now, made: again.articles }, soFar, signal);
  const articles = [...again.articles, ...back.articles];
  const trail = [...again.trail, ...back.trail];
  const missed = [...again.missed, ...back.missed];
  if (missed.length + missedNoLonger.length === 0) await store.saveSourceState(state);
  else
    await store.saveRefresh({ state, ledger: [], articles, trail, missed, missedNoLonger, ...savedWatch(soFar, now) });
  tellTurns(tools.log, source, soFar);
  return {
    ...emptyReport(source, 'unchanged'),
    pagesNotHad: countByCode(missed),
    pagesHadAtLast: again.articles.length,
    ...reportedWatch(soFar),
  };
}

/**
 * Whether the document ended before its end. Then its validators are dropped with its digest: they would have the server
 * answer 304 to a reader who has half of it. What our own limits leave out, a second reading would leave out again.
 */
function isCutByServer({ repairs }: Feed): boolean {
  const codes = new Set(repairs.map(({ code }) => code));
  return codes.has('document-cut') && !codes.has('bytes-capped');
}

/**
 * Entries that the feed says were removed (RFC 6721). Told in the log alone: an article is kept until its publisher's word
 * can be weighed, and what is merely missing from a feed was never removed by that.
 */
function saidDeleted({ deleted }: Feed): { readonly saidDeleted?: number } {
  return deleted.length === 0 ? {} : { saidDeleted: deleted.length };
}

type Due = { readonly one: Admitted } & ReadArticle;

async function readDue(
  tools: RefreshTools,
  due: readonly Admitted[],
  given: { readonly source: Source; readonly feed: FeedFacts; readonly now: Instant },
  signal: AbortSignal,
): Promise<{ readonly read: readonly Due[]; readonly soFar: WatchSoFar }> {
  const changed = due.filter(({ kind }) => kind === 'changed').map(({ ledger }) => ledger.articleId);
  const known = changed.length === 0 ? [] : await tools.store.articles(changed);
  const reading = { ...given, previous: new Map(known.map((article) => [article.id, article])) };
  const waiting = due.map((item) => ({ item, toRead: item, isLate: false }));
  const done = await readWatched(tools, waiting, { reading: () => reading, soFar: NOTHING_WATCHED }, signal);
  const read = done.read.map(({ item, ...one }) => ({ one: item, ...one }));
  return { read: read.toSorted((a, b) => (a.article.id < b.article.id ? -1 : 1)), soFar: done.soFar };
}

function isOver(state: EntryState): boolean {
  return state === 'retracted' || state === 'expired';
}

function missedAmong(
  read: readonly Due[],
  { source, feed, now }: { readonly source: Source; readonly feed: FeedFacts; readonly now: Instant },
): MissedPage[] {
  return read.flatMap(({ one: { entry, ledger }, pageCode }) => {
    if (pageCode === null) return [];
    const page = { articleId: ledger.articleId, sourceId: source.id, retries: 0, given: { entry, feed } };
    return [missedPage(page, pageCode, now)];
  });
}

function feedFacts({ title, link, language, rights, licence, rsl, authors }: Feed, url: string): FeedFacts {
  return { url, title, link, language, rights, licence, rsl, authors };
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
  const { retryAfterSeconds } = error;
  const { at: nextCheckAt, why } = nextCheckAfterFailure(source, { ...state, failures, retryAfterSeconds }, now);
  await store.saveSourceState({
    ...state,
    checkedAt: now,
    nextCheckAt,
    nextCheckWhy: why,
    schedule: scheduleMark(source),
    // Who asks for fewer requests and does not say for how long is left alone until the next check.
    retryAfterUntil:
      retryAfterEnd(retryAfterSeconds, now) ?? (error.code === 'fetch-too-many-requests' ? nextCheckAt : null),
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

function toldFlood({ link, entries }: LinkFlood): string {
  return `${entries} entries lead to ${link} and say nothing but a title; they are taken for one`;
}

function count(admitted: readonly Admitted[], kind: Admitted['kind']): number {
  return admitted.filter((one) => one.kind === kind).length;
}

/** A full disk or a lost database is not the source's fault, and is not written down as one. */
function isSourcesFault(error: unknown): error is StageError {
  return error instanceof StageError && /^(?:fetch|feed)-/.test(error.code);
}
