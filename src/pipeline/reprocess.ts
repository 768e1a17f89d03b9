import { admit } from '../admit/admit.ts';
import { entryMarks, isUnreadable } from '../admit/entry-marks.ts';
import { withoutFloods } from '../admit/link-floods.ts';
import { pageSecrets } from '../fetch/auth-headers.ts';
import { fetchPage } from '../fetch/fetch-page.ts';
import { StageError } from '../model/errors.ts';
import type { Article } from '../model/article.ts';
import type { Feed } from '../model/feed.ts';
import type { Outbound, OutboundResponse } from '../model/outbound.ts';
import type { Source } from '../model/source.ts';
import { parseFeed } from '../parse/parse-feed.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import type { GiveWay } from '../support/give-way.ts';
import type { Instant } from '../support/instant.ts';
import { isSameData } from '../support/same-data.ts';
import { openReplay } from './plan/replay.ts';
import { askPages, makeArticle, type EntryToRead, type PagesAsked, type ReadTools } from './read-article.ts';

export type ReprocessTools = {
  readonly store: Store;
  readonly clock: Clock;
  readonly giveWay: GiveWay;
  readonly limits: { readonly maxPageBytes: number; readonly timeoutMs: number };
};

/** What came of the articles of one source. Each is in one of these. */
export type Reprocessed = {
  readonly sourceId: string;
  readonly articles: number;
  /** They come out as others now, and are stored so; in a rehearsal: would be. */
  readonly changed: number;
  readonly unchanged: number;
  /** The feed or the page that they were read from is not in the history any more. */
  readonly notKept: number;
  /** Somebody has changed them meanwhile, or the source's pages are not believed at present. */
  readonly left: number;
};

/** So many articles are compared and stored together. */
const BATCH = 50;

/**
 * Reads the articles of a source again, out of the feeds and pages that the history has of it, as the program reads them
 * now. What comes out as something else takes the place of the old in the store, under its dates: readers see another
 * rendering of what they know, and no news. Nothing is asked of anybody, nothing is sorted anew. Doing it twice changes
 * nothing more.
 * @param given.since those alone that were published from then on; null: all
 */
export async function reprocessSource(
  tools: ReprocessTools,
  source: Source,
  given: { readonly since: Instant | null; readonly isRehearsal: boolean },
  signal: AbortSignal,
): Promise<Reprocessed> {
  const { store, giveWay } = tools;
  const wanted = new Set(await store.upkeep.articlesOf(source.id, given.since));
  const tally = { articles: wanted.size, changed: 0, unchanged: 0, notKept: 0, left: 0 };
  if ((await store.drifts()).has(source.id)) return { sourceId: source.id, ...tally, left: wanted.size };
  const versions = wanted.size === 0 ? [] : await store.history.versions({ kind: 'feed', url: source.url });
  for (const { number } of versions) {
    if (wanted.size === 0) break;
    signal.throwIfAborted();
    const answer = await store.history.version(number);
    const found = answer === null ? [] : await entriesIn(store, source, answer, wanted, tools.clock.now());
    for (let at = 0; at < found.length; at += BATCH) {
      const some = found.slice(at, at + BATCH);
      const done = await readSome(tools, source, some, given, signal);
      tally.changed += done.changed;
      tally.unchanged += done.unchanged;
      tally.notKept += done.notKept;
      tally.left += done.left;
      for (const { toRead } of some) wanted.delete(toRead.ledger.articleId);
      await giveWay();
    }
  }
  return { sourceId: source.id, ...tally, notKept: tally.notKept + wanted.size };
}

type Found = { readonly toRead: EntryToRead; readonly feed: Feed; readonly url: string };

/** Those of the wanted articles that were read from this version of the feed, or from one that said the same of them. */
async function entriesIn(
  store: Store,
  source: Source,
  answer: OutboundResponse,
  wanted: ReadonlySet<string>,
  now: Instant,
): Promise<Found[]> {
  const feed = await parsed(answer);
  if (feed === null) return [];
  const readable = feed.entries.filter((entry) => !isUnreadable(entry));
  const marks = entryMarks(withoutFloods(readable, source.identity).entries, source.identity);
  const known = await store.knownEntries(
    source.id,
    marks.flatMap(({ aliases }) => aliases),
  );
  return admit(marks, known, { sourceId: source.id, now }).flatMap(({ kind, entry, ledger }) =>
    kind === 'known' && wanted.has(ledger.articleId) ? [{ toRead: { entry, ledger }, feed, url: answer.url }] : [],
  );
}

/** Null for what is no feed: it was none then either. */
async function parsed({ url, headers, body }: OutboundResponse): Promise<Feed | null> {
  const contentLocation = headers['content-location'] ?? null;
  try {
    return await parseFeed(body, { url, contentType: headers['content-type'] ?? null, contentLocation });
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return null;
  }
}

async function readSome(
  tools: ReprocessTools,
  source: Source,
  found: readonly Found[],
  { isRehearsal }: { readonly isRehearsal: boolean },
  signal: AbortSignal,
): Promise<Pick<Reprocessed, 'changed' | 'unchanged' | 'notKept' | 'left'>> {
  const { store, giveWay } = tools;
  const reading = isRehearsal ? { ...tools, redirects: withoutLearning(store) } : { ...tools, redirects: store };
  const ids = found.map(({ toRead }) => toRead.ledger.articleId);
  const stored = new Map((await store.articles(ids)).map((article) => [article.id, article]));
  const pairs: { readonly before: Article; readonly after: Article }[] = [];
  let [unchanged, notKept] = [0, 0];
  for (const one of found) {
    const before = stored.get(one.toRead.ledger.articleId);
    const after = before === undefined ? null : await readAgain(reading, source, { ...one, before }, signal);
    if (before === undefined || after === null) notKept++;
    else if (isSameData(before, after)) unchanged++;
    else pairs.push({ before, after });
    await giveWay();
  }
  const changed = isRehearsal ? pairs.length : await store.upkeep.replaceArticles(pairs);
  return { changed, unchanged, notKept, left: pairs.length - changed };
}

type Redirects = ReadTools['store'];

/** Knows what the store knows of redirectors, and has it learn nothing. */
function withoutLearning(store: Redirects): Redirects {
  return { redirectTarget: (url) => store.redirectTarget(url), saveRedirectTarget: async () => {} };
}

/** Null where what it was read from is not there any more. */
async function readAgain(
  { store, redirects, clock, limits }: ReprocessTools & { readonly redirects: Redirects },
  source: Source,
  { toRead, feed, url, before }: Found & { readonly before: Article },
  signal: AbortSignal,
): Promise<Article | null> {
  const replay = openReplay(store.history, null);
  const { outbound, failed } = notingFailures(replay.answering('page'));
  const { maxPageBytes: maxBodyBytes, timeoutMs } = limits;
  // Whether it may be asked for was found when it was.
  const pages = { outbound, robots: { permit: async () => {} } };
  const readTools: ReadTools = {
    store: redirects,
    // The secrets are looked up when they are sent, and nothing is sent here: what was had by them is found again.
    fetchPage: (address, asker, until) =>
      fetchPage(pages, { url: address, maxBodyBytes, timeoutMs, ...pageSecrets(asker, address, () => null) }, until),
  };
  const { title, link, language, rights, licence, rsl, authors } = feed;
  const facts = { url, title, link, language, rights, licence, rsl, authors };
  const reading = { source, feed: facts, previous: new Map<string, Article>(), now: clock.now() };
  const asked = await askPages(readTools, toRead, reading, signal);
  if (replay.notKept().length > 0 || (await hadMore(store, before, asked, failed()))) return null;
  const { article } = makeArticle(toRead, asked, reading, null);
  const { published, updated, firstSeenAt, corrections } = before;
  return { ...article, published, updated, firstSeenAt, corrections };
}

function notingFailures(outbound: Outbound): {
  readonly outbound: Outbound;
  readonly failed: () => readonly string[];
} {
  const failed: string[] = [];
  return {
    failed: () => failed,
    outbound: async (request, signal) => {
      try {
        return await outbound(request, signal);
      } catch (error) {
        failed.push(request.url);
        throw error;
      }
    },
  };
}

/**
 * Whether pages that failed when they were last asked for had been had when the article was read: without them it would come
 * out as less than it is. Redirectors do not count: where they lead is remembered elsewhere.
 */
async function hadMore(
  { history }: Pick<Store, 'history'>,
  { contentFrom }: Article,
  { answers }: PagesAsked,
  failed: readonly string[],
): Promise<boolean> {
  for (const { wish } of answers) {
    if (!failed.includes(wish.url)) continue;
    if (wish.as === 'page' && contentFrom === 'page') return true;
    if ((await history.versions({ kind: 'page', url: wish.url })).length > 0) return true;
  }
  return false;
}
