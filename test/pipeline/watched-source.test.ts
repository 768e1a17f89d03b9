import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import type { Source } from '../../src/model/source.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import type { RefreshReport } from '../../src/pipeline/refresh-report.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog, type Log } from '../../src/support/log.ts';
import { aSource } from '../support/an-entry.ts';

// A source whose pages change their shape and get it back: what is published, asked for, told and kept.

const HOME = 'https://harbour.example';
let store: Store;
let asked: string[];
let told: unknown[];
let hour: number;

beforeEach(async () => {
  store = await openMemoryStore();
  asked = [];
  told = [];
  hour = 0;
});
afterEach(async () => store[Symbol.asyncDispose]());

const text = (n: number): string[] =>
  Array.from(
    { length: 6 },
    (_, at) => `Keeper${n} said in hour ${at} that lantern${n} and rope${n} were ready, and that boat${n} would sail.`,
  );
const item = (n: number): string =>
  `<item><guid isPermaLink="false">${n}</guid><title>Keeper${n} and lantern${n}</title><link>${HOME}/${n}</link><pubDate>${new Date(Date.UTC(2026, 10, 1, n)).toUTCString()}</pubDate><description>Keeper${n} said that lantern${n} and rope${n} were ready.</description></item>`;
const rss = (numbers: readonly number[]): string =>
  `<rss version="2.0"><channel><title>Harbour</title><link>${HOME}/</link>${numbers.toReversed().map(item).join('')}</channel></rss>`;
const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

type Site = (n: number) => string;
const pageOf = (lines: readonly string[]): string =>
  `<html><head><title>News</title></head><body><main><article><h1>News</h1>${lines.map((line) => `<p>${line}</p>`).join('')}</article></main></body></html>`;
const good: Site = (n) => pageOf(text(n));
const front: Site = () => pageOf(text(999)).replace('<head>', `<head><link rel="canonical" href="${HOME}/front">`);

/** One refresh, an hour after the last: a feed with these articles, and the site as it is. */
async function refresh(which: readonly number[], site: Site, given: Partial<Source> = {}): Promise<RefreshReport> {
  asked.splice(0);
  const now = new Date(Date.UTC(2026, 10, 24, hour++)).toISOString().replace('.000', '');
  const fetchPage = async (url: string): Promise<FetchedPage> => {
    asked.push(url.slice(HOME.length + 1));
    const body = Buffer.from(site(Number(url.slice(HOME.length + 1))));
    return { kind: 'fetched', url, contentType: 'text/html; charset=utf-8', body };
  };
  const note =
    (level: string) =>
    (says: string, fields: object = {}): void =>
      void told.push({ level, says, ...fields });
  const log: Log = { ...silentLog, warn: note('warn'), info: note('info') };
  const tools = {
    outbound: async ({ url }: { readonly url: string }) => {
      const body = Buffer.from(rss(which));
      return { url, status: 200, headers: {}, body, redirects: [] };
    },
    fetchPage,
    store,
    clock: stoppedClock(now),
    log,
    limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
  };
  const reports: RefreshReport[] = [];
  const source = aSource({ content: 'page', ...given });
  for await (const report of refreshDue(tools, [source], { which: 'all', atOnce: 4 }, new AbortController().signal))
    reports.push(report);
  return reports[0]!;
}

async function articleOf(n: number): Promise<Article> {
  return (await store.awaitingArticles()).find(({ entryId }) => entryId === String(n))!;
}

test('falls back to its feed’s text, is told of, recovers by itself, and then gets what it missed', async () => {
  expect(await refresh(numbers(0, 10), good)).toMatchObject({ added: 10, drift: null, pagesNotHad: {} });

  const begun = await refresh(numbers(10, 3), front);
  expect(begun).toMatchObject({ pagesNotHad: { 'page-unlike': 3 }, drift: { since: '2026-11-24T01:00:00Z' } });
  expect(await articleOf(12)).toMatchObject({
    contentFrom: 'summary',
    contentReason: 'the source’s pages have changed their shape; the feed’s text is used',
    contentHtml: expect.stringContaining('lantern12 and rope12'),
    link: `${HOME}/12`,
  });
  expect(told).toContainEqual(
    expect.objectContaining({ level: 'warn', sourceId: 'harbour', reason: begun.drift!.reason }),
  );
  expect(await store.drifts()).toEqual(new Map([['harbour', begun.drift]]));

  await refresh(numbers(10, 3), front);
  expect(asked).toEqual([]);

  // The first two of three good ones cannot be believed yet.
  expect(await refresh(numbers(13, 2), good)).toMatchObject({ driftEnded: false, pagesNotHad: { 'page-unlike': 2 } });
  expect(asked).toEqual(['13', '14']);
  expect(await refresh(numbers(15, 1), good)).toMatchObject({ drift: null, driftEnded: true, pagesNotHad: {} });
  expect(told).toContainEqual(expect.objectContaining({ level: 'info', says: expect.stringContaining('right again') }));
  expect(await store.drifts()).toEqual(new Map());

  expect(await refresh(numbers(15, 1), good)).toMatchObject({ outcome: 'unchanged', pagesHadAtLast: 5 });
  expect(asked.toSorted()).toEqual(['10', '11', '12', '13', '14']);
  const after = await articleOf(12);
  expect(after).toMatchObject({ contentFrom: 'page', corrections: [] });
  expect(after.contentHtml).toContain('boat12 would sail');
  expect(await store.missedPageCounts()).toEqual([]);

  await refresh(numbers(15, 1), good);
  expect(asked).toEqual([]);
});

test('whose selector the operator sets anew is learnt anew', async () => {
  await refresh(numbers(0, 10), good);
  await refresh(numbers(10, 3), front);
  const report = await refresh(numbers(13, 1), good, { select: 'article' });
  expect(report).toMatchObject({ drift: null, driftEnded: true });
  expect(await articleOf(13)).toMatchObject({ contentFrom: 'page' });
  expect(await store.sourceWatch('harbour')).toMatchObject({ selectors: 'article', shapes: [], drift: null });
});

test('whose pages are never read has no profile', async () => {
  await refresh(numbers(0, 3), good, { content: 'feed' });
  expect(asked).toEqual([]);
  expect(await store.sourceWatch('harbour')).toBeNull();
});

test('keeps the text of an article that was read before its pages changed', async () => {
  await refresh(numbers(0, 10), good);
  await refresh(numbers(10, 3), front);
  const changed = item(3).replace('</description>', ' It was told again.</description>');
  const page = rss([]).replace('</channel>', `${changed}</channel>`);
  const before = await articleOf(3);
  await refreshWith(page, front);
  expect(await articleOf(3)).toMatchObject({
    contentHtml: before.contentHtml,
    contentReason: expect.stringContaining('the text read before is kept'),
  });
});

test('looks at pages in the same order, however they come', async () => {
  await refresh(numbers(0, 10).toReversed(), good);
  const first = await store.sourceWatch('harbour');
  await store[Symbol.asyncDispose]();
  store = await openMemoryStore();
  await refresh(numbers(0, 10), good);
  expect(await store.sourceWatch('harbour')).toEqual(first);
  expect(first!.shapes).toHaveLength(8);
});

/** A refresh with a feed of its own. */
async function refreshWith(feed: string, site: Site): Promise<void> {
  const body = Buffer.from(feed);
  const tools = {
    outbound: async ({ url }: { readonly url: string }) => ({ url, status: 200, headers: {}, body, redirects: [] }),
    fetchPage: async (url: string): Promise<FetchedPage> => ({
      kind: 'fetched',
      url,
      contentType: 'text/html; charset=utf-8',
      body: Buffer.from(site(Number(url.slice(HOME.length + 1)))),
    }),
    store,
    clock: stoppedClock('2026-11-25T12:00:00Z'),
    log: silentLog,
    limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
  };
  const source = aSource({ content: 'page' });
  for await (const report of refreshDue(tools, [source], { which: 'all', atOnce: 4 }, new AbortController().signal))
    expect(report.outcome).toBe('refreshed');
}
