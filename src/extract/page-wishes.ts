import type { Entry } from '../model/feed.ts';
import { StageError } from '../model/errors.ts';
import type { FetchedPage } from '../model/fetched-feed.ts';
import type { Source } from '../model/source.ts';
import type { Instant } from '../support/instant.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { siteOf } from '../support/site-of.ts';
import { countWords } from '../support/words.ts';
import { needsPage } from './needs-page.ts';
import { nextPage } from './next-page.ts';
import { notAPage } from './not-a-page.ts';
import { decodePage } from './page/decode-page.ts';
import { toldWall, wallOf } from './page-walls.ts';
import { readPage, type PageReading } from './read-page.ts';
import { isHome } from './source-link/link-address.ts';
import { findSourceLink, redirectorToAsk } from './source-link/source-link.ts';
import { twinPage } from './twin-page.ts';

/**
 * A page that an article is read from: its own (`page`), the same in a plainer dress (`twin`), one that continues it
 * (`next`), or that of the true source (`original`). Of a `redirect` only the address is wanted that it leads to.
 */
export type PageWish = { readonly url: string; readonly as: 'page' | 'twin' | 'next' | 'original' | 'redirect' };

/** What came of a wish. `reading` is null where the page was not fetched. */
export type PageAnswer = {
  readonly wish: PageWish;
  readonly page: FetchedPage;
  readonly reading: PageReading | null;
};

/** For whom pages are read, and where the redirectors lead that were asked so far (null: nobody could tell). */
export type ForEntry = {
  readonly entry: Entry;
  readonly source: Source;
  readonly leadsTo: ReadonlyMap<string, string | null>;
};

/** An article is read from so many pages at most. */
const MOST_PAGES = 12;
/** So much of a document tells whether it is a page. */
const MOST_DECODED = 200_000;
/** A page that names more redirectors as its source is a list of links, or means ill. */
const MOST_REDIRECTORS = 5;
/** A body with fewer words is poor: a plainer dress of the page may hold more. */
const FEWEST_WORDS = 100;

/** A page as it came, read; `answers` are those before it. No date lies behind `now`. */
export function readAnswer(
  wish: PageWish,
  page: FetchedPage,
  { entry, source, now }: Omit<ForEntry, 'leadsTo'> & { readonly now: Instant },
  answers: readonly PageAnswer[],
): PageAnswer {
  if (page.kind === 'not-fetched') return { wish, page, reading: null };
  const { body, contentType, url, terms = null } = page;
  const kind = notAPage(body, decodePage(body.subarray(0, MOST_DECODED), contentType));
  if (kind !== null) return { wish, page: wrongType(url, kind), reading: null };
  // The operator's selectors are made for the source's own pages.
  const { select, remove } = wish.as === 'original' ? { select: null, remove: [] } : source;
  const given = { body, contentType, url, now, terms, select, remove };
  if (wish.as !== 'next') return { wish, page, reading: readPage({ ...given, entryImage: entry.image }) };
  return { wish, page, reading: readPage({ ...given, continues: bodyOf(answers)?.reading?.image ?? null }) };
}

/**
 * The page that is still to be asked for, after these answers; null when there is nothing more to wish for. The article's
 * own page first, if the feed's text does not do; a plainer dress of it where it is poor; the pages that continue it; the
 * redirector that hides the true source; and where the source is followed, the page of the true source.
 */
export function nextWish(answers: readonly PageAnswer[], given: ForEntry): PageWish | null {
  const { entry, source } = given;
  if (answers.length >= MOST_PAGES) return null;
  if (answers.length === 0 && entry.link !== null && needsPage(entry, source)) return { url: entry.link, as: 'page' };
  return twinWish(answers) ?? continuation(answers) ?? sourceWish(answers, given);
}

/** The answer whose body counts: the page's, or that of its plainer dress where that holds more. Null: neither was had. */
export function bodyOf(answers: readonly PageAnswer[]): PageAnswer | null {
  const had = answers.filter(({ reading }) => reading !== null);
  const page = had.find(({ wish }) => wish.as === 'page') ?? null;
  // Who no longer has plainer versions sends their readers home.
  const twin = had.find((answer) => answer.wish.as === 'twin' && !isHome(answer.page.url)) ?? null;
  if (page === null || twin === null) return page ?? twin;
  const isFuller = wordsOf(twin) > wordsOf(page) * 1.2 && wallOf(twin.reading!) === null;
  return isFuller ? twin : page;
}

function wrongType(url: string, kind: string): FetchedPage {
  const { code, message } = new StageError('fetch-wrong-type', { url, detail: `it is ${kind}` });
  return { kind: 'not-fetched', url, code, reason: message };
}

function twinWish(answers: readonly PageAnswer[]): PageWish | null {
  const [only] = answers;
  if (answers.length !== 1 || only?.wish.as !== 'page' || only.reading === null || only.page.kind !== 'fetched')
    return null;
  if (wordsOf(only) >= FEWEST_WORDS) return null;
  const url = twinPage(only.reading.tree, only.page.url);
  return url === null ? null : { url, as: 'twin' };
}

/** The pages that continue an article, as far as they do. `missing`: why the one behind them was not had; null: it was. */
export type LaterPages = {
  readonly read: readonly PageReading[];
  readonly missing: string | null;
  readonly isOver: boolean;
};

/** They end before a page that was not had, that shows a wall in its text's place, or that was read before. */
export function laterPages(answers: readonly PageAnswer[]): LaterPages {
  const read: PageReading[] = [];
  const title = answers.find(({ wish }) => wish.as === 'page')?.reading?.metadata.title ?? null;
  for (const [at, { wish, page, reading }] of answers.entries()) {
    if (wish.as !== 'next') continue;
    if (reading === null) return { read, missing: page.kind === 'fetched' ? null : page.reason.trim(), isOver: true };
    const wall = reading.text === '' ? 'the page holds no text' : toldWall(reading, title);
    if (wall !== null) return { read, missing: wall, isOver: true };
    if (answers.slice(0, at).some((earlier) => isSamePage(earlier, { page, reading })))
      return { read, missing: null, isOver: true };
    read.push(reading);
  }
  return { read, missing: null, isOver: false };
}

/** What follows the last page of the body. */
function continuation(answers: readonly PageAnswer[]): PageWish | null {
  const body = bodyOf(answers);
  if (body === null || body.reading === null || answers.some(({ wish }) => wish.as === 'original')) return null;
  const { read, isOver } = laterPages(answers);
  if (isOver) return null;
  const last = answers.findLast(({ wish }) => wish.as === 'next') ?? body;
  if (last.reading === null) return null;
  const url = nextPage(last.reading.tree, last.page.url, { firstUrl: body.page.url, count: read.length + 1 });
  return url === null || answers.some(({ wish }) => wish.url === url) ? null : { url, as: 'next' };
}

/** Servers send those who ask for a page too many to the first, or answer every number with it. */
function isSamePage(one: Pick<PageAnswer, 'page' | 'reading'>, other: Pick<PageAnswer, 'page' | 'reading'>): boolean {
  return (
    canonicalAddress(one.page.url) === canonicalAddress(other.page.url) ||
    (one.reading !== null && one.reading.text !== '' && one.reading.text === other.reading?.text)
  );
}

/**
 * What it takes to know the true source: the redirector that leads there. Then its page, where the operator wants sources
 * followed and it is on another site.
 */
function sourceWish(answers: readonly PageAnswer[], { entry, source, leadsTo }: ForEntry): PageWish | null {
  if (answers.some(({ wish }) => wish.as === 'original')) return null;
  const read = answers.find(({ reading }) => reading !== null);
  const url = read?.page.url ?? entry.link;
  if (url === null) return null;
  const signs = { tree: read?.reading?.tree ?? null, url, entry, declared: read?.reading?.declared ?? null, leadsTo };
  const redirector = leadsTo.size < MOST_REDIRECTORS ? redirectorToAsk(signs) : null;
  if (redirector !== null) return { url: redirector, as: 'redirect' };
  if (!source.follow) return null;
  const found = findSourceLink(signs);
  if (found === null || found.foundBy === 'page-itself' || siteOf(found.url) === siteOf(url)) return null;
  // A redirector that led nowhere a moment ago.
  if (leadsTo.has(found.url)) return null;
  return { url: found.url, as: 'original' };
}

function wordsOf({ reading }: PageAnswer): number {
  return reading === null ? 0 : countWords(reading.text);
}
