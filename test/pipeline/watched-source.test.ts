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
const item = (n: number, home = HOME): string =>
  `<item><guid isPermaLink="false">${n}</guid><title>Keeper${n} and lantern${n}</title><link>${home}/${n}</link><pubDate>${new Date(Date.UTC(2026, 10, 1, n)).toUTCString()}</pubDate><description>Keeper${n} said that lantern${n} and rope${n} were ready.</description></item>`;
const rss = (numbers: readonly number[], home = HOME): string =>
  `<rss version="2.0"><channel><title>Harbour</title><link>${HOME}/</link>${numbers
    .toReversed()
    .map((n) => item(n, home))
    .join('')}</channel></rss>`;
const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

/** The page of an article; null: it is gone. */
type Site = (n: number) => string | null;
const pageOf = (lines: readonly string[]): string =>
  `<html><head><title>News</title></head><body><main><article><h1>News</h1>${lines.map((line) => `<p>${line}</p>`).join('')}</article></main></body></html>`;
const good = (n: number): string => pageOf(text(n));
const front = (): string => pageOf(text(999)).replace('<head>', `<head><link rel="canonical" href="${HOME}/front">`);

const bare = (): string => '<html><body><div id="app"></div></body></html>';

/** One refresh, an hour after the last: a feed with these articles, and the site as it is. */
async function refresh(
  which: readonly number[],
  site: Site,
  given: Partial<Source> & { readonly home?: string } = {},
): Promise<RefreshReport> {
  const { home = HOME, ...others } = given;
  asked.splice(0);
  const now = new Date(Date.UTC(2026, 10, 24, hour++)).toISOString().replace('.000', '');
  const fetchPage = async (url: string): Promise<FetchedPage> => {
    const name = url.split('/').at(-1)!;
    asked.push(name);
    const html = site(Number(name));
    if (html === null) return { kind: 'not-fetched', url, code: 'fetch-client-error', reason: 'the page is gone' };
    return { kind: 'fetched', url, contentType: 'text/html; charset=utf-8', body: Buffer.from(html) };
  };
  const note =
    (level: string) =>
    (says: string, fields: object = {}): void =>
      void told.push({ level, says, ...fields });
  const log: Log = { ...silentLog, warn: note('warn'), info: note('info') };
  const tools = {
    outbound: async ({ url }: { readonly url: string }) => {
      const body = Buffer.from(rss(which, home));
      return { url, status: 200, headers: {}, body, redirects: [] };
    },
    fetchPage,
    store,
    clock: stoppedClock(now),
    log,
    limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
  };
  const reports: RefreshReport[] = [];
  const source = aSource({ content: 'page', ...others });
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

test('takes back what it published before the drift was declared, and publishes it anew when that is over', async () => {
  await refresh(numbers(0, 10), good);
  expect(await refresh(numbers(10, 1), front)).toMatchObject({ pagesNotHad: {}, drift: null });
  const junk = await articleOf(10);
  expect(junk).toMatchObject({ contentFrom: 'page', contentHtml: expect.stringContaining('boat999') });

  expect(await refresh(numbers(11, 1), front)).toMatchObject({ pagesNotHad: { 'page-unlike': 2 } });
  expect(asked).toEqual(['11']);
  const back = await articleOf(10);
  expect(back).toMatchObject({
    contentFrom: 'summary',
    contentReason: 'the source’s pages have changed their shape; the feed’s text is used',
    contentHtml: expect.stringContaining('lantern10 and rope10'),
    link: `${HOME}/10`,
    published: junk.published,
    updated: junk.updated,
    corrections: [],
  });
  expect((await store.trailOf(back.id)).at(-1)).toMatchObject({
    state: 'awaiting',
    reason: 'the source’s pages have changed their shape; its page is no longer believed',
  });
  expect(await store.missedPageCounts()).toEqual([{ sourceId: 'harbour', code: 'page-unlike', count: 2, again: 0 }]);

  expect(await refresh(numbers(12, 3), good)).toMatchObject({ driftEnded: true });
  await refresh(numbers(12, 3), good);
  expect(asked.toSorted()).toEqual(['10', '11']);
  expect(await articleOf(10)).toMatchObject({
    contentFrom: 'page',
    contentHtml: expect.stringContaining('boat10 would sail'),
    published: junk.published,
    updated: junk.updated,
    corrections: [],
  });
  expect(await store.missedPageCounts()).toEqual([]);
});

test('takes back what it read earlier in the refresh in which the drift is declared', async () => {
  await refresh(numbers(0, 10), good);
  // Twelve are judged at a time: the last of the first dozen is the first strange one.
  const report = await refresh(numbers(10, 13), (n) => (n < 21 ? good(n) : front()));
  expect(report).toMatchObject({ added: 13, pagesNotHad: { 'page-unlike': 2 } });
  for (const n of [21, 22]) expect(await articleOf(n)).toMatchObject({ contentFrom: 'summary', corrections: [] });
  expect(await articleOf(20)).toMatchObject({ contentFrom: 'page' });
});

test('takes back the text that a known article had before, where it has one', async () => {
  await refresh(numbers(0, 10), good);
  const before = await articleOf(3);
  const told = (n: number): string => item(n).replace('</description>', ' It was told again.</description>');
  // The first strange one is the last of a dozen; the drift is declared with the next, in the same refresh.
  const feed = rss(numbers(10, 11)).replace('</channel>', `${told(3)}${told(4)}</channel>`);
  const late = (from: string): string =>
    from.replace(
      /(<guid isPermaLink="false">([34])<\/guid>.*?<pubDate>)[^<]*/g,
      (_, head: string, n: string) => `${head}${new Date(Date.UTC(2026, 10, 20, Number(n))).toUTCString()}`,
    );
  await refreshWith(late(feed), (n) => (n >= 10 ? good(n) : front()));
  expect(await articleOf(3)).toMatchObject({
    contentHtml: before.contentHtml,
    contentReason: expect.stringContaining('the text read before is kept'),
    corrections: [],
  });
});

test('takes back the text that a known article had before, also when it was published since', async () => {
  await refresh(numbers(0, 10), good);
  const before = await articleOf(3);
  const told = (n: number, more: string): string =>
    rss([]).replace('</channel>', `${item(n).replace('</description>', `${more}</description>`)}</channel>`);
  await refreshWith(told(3, ' It was told again.'), front);
  await refreshWith(told(3, ' And it was told once more.'), front);
  expect((await articleOf(3)).contentHtml).toContain('boat999');
  await refreshWith(told(4, ' It was told again.'), front);
  expect(await articleOf(3)).toMatchObject({
    contentHtml: before.contentHtml,
    contentReason: expect.stringContaining('the text read before is kept'),
    corrections: [],
  });
});

test('a page that was not had is no sign, and neither are the first pages of a source, nor the true source’s', async () => {
  expect(await refresh(numbers(0, 3), bare, { follow: true })).toMatchObject({ drift: null, pagesNotHad: {} });
  expect(await articleOf(2)).toMatchObject({
    contentFrom: 'summary',
    contentReason: expect.stringContaining('the page holds no text'),
  });
  expect(await refresh(numbers(3, 10), good, { follow: true })).toMatchObject({ drift: null });
  const profile = await store.sourceWatch('harbour');
  const gone = await refresh(numbers(13, 4), () => null, { follow: true });
  expect(gone).toMatchObject({ drift: null, pagesNotHad: { 'fetch-client-error': 4 } });
  const elsewhere = { follow: true, home: 'https://north.example' };
  const others = await refresh(numbers(17, 3), (n) => (n < 17 ? null : bare()), elsewhere);
  expect(others).toMatchObject({ drift: null, pagesNotHad: { 'fetch-client-error': 4 } });
  expect(await articleOf(19)).toMatchObject({ contentReason: expect.stringContaining('the page holds no text') });
  expect(await store.sourceWatch('harbour')).toEqual(profile);
});

test('whose selector finds nothing is told so first', async () => {
  const report = await refresh(numbers(0, 2), good, { select: '.gone' });
  expect(report.drift?.reason).toBe('the source’s selector finds nothing on its pages');
  expect(await articleOf(0)).toMatchObject({
    contentReason: 'the source’s selector finds nothing on its pages; the feed’s text is used',
  });
  expect(told).toContainEqual(
    expect.objectContaining({ level: 'warn', says: 'a source’s selector finds nothing; its feed’s text is used' }),
  );
});

test('whose selector the operator sets anew is learnt anew', async () => {
  await refresh(numbers(0, 10), good);
  await refresh(numbers(10, 3), front);
  const report = await refresh(numbers(13, 1), good, { select: 'article' });
  expect(report).toMatchObject({ drift: null, driftEnded: true });
  expect(await articleOf(13)).toMatchObject({ contentFrom: 'page' });
  expect(await store.sourceWatch('harbour')).toMatchObject({
    selectors: 'harbour.example\narticle',
    shapes: [],
    drift: null,
  });
});

test('gets what it missed with its corrected selector although its feed brings nothing new', async () => {
  const drifted = await refresh(numbers(0, 3), good, { select: '.gone' });
  expect(drifted.drift?.reason).toBe('the source’s selector finds nothing on its pages');
  const report = await refresh(numbers(0, 3), good, { select: 'article' });
  expect(report).toMatchObject({ outcome: 'unchanged', pagesHadAtLast: 3, drift: null });
  expect((await articleOf(2)).contentHtml).toContain('Keeper2 said in hour 5');
  expect((await refresh(numbers(0, 3), good, { select: 'article' })).pagesHadAtLast).toBe(0);
});

test('that the operator moves to another site is learnt anew', async () => {
  await refresh(numbers(0, 10), good);
  await refresh(numbers(10, 3), front);
  const report = await refresh(numbers(13, 1), good, { url: 'https://ferry.example/feed.xml' });
  expect(report).toMatchObject({ drift: null, driftEnded: true });
  const known = await store.sourceWatch('harbour');
  expect(known?.shapes).toEqual([]);
  await refresh(numbers(14, 1), good, { url: 'https://ferry.example/news.xml' });
  expect((await store.sourceWatch('harbour'))?.latest).toHaveLength(2);
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
async function refreshWith(feed: string, site: (n: number) => string): Promise<void> {
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
