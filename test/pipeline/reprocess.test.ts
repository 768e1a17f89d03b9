import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fetchPage } from '../../src/fetch/fetch-page.ts';
import type { Article } from '../../src/model/article.ts';
import { StageError } from '../../src/model/errors.ts';
import type { Outbound } from '../../src/model/outbound.ts';
import type { Source } from '../../src/model/source.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openEditionFiles } from '../../src/pipeline/edition-files.ts';
import { openHistoryKeeper } from '../../src/pipeline/keep-history.ts';
import { publishTopics } from '../../src/pipeline/publish-topics.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import { reprocessSource, type Reprocessed } from '../../src/pipeline/reprocess.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSite, aTopic } from '../support/a-topic.ts';
import { aSource } from '../support/an-entry.ts';
import { inventedSentences } from '../support/invented-text.ts';
import { memoryOutput } from './archive-world.ts';

const START = '2026-11-24T06:00:00Z';
const none = new AbortController().signal;
const HARBOUR = aSource({ id: 'harbour', url: 'https://harbour.example/feed', content: 'page' });

let store: Store;
let now: string;
let items: number[];
let pages: Map<string, string>;
/** Pages that the server does not give at present. */
let down: Set<string>;
beforeEach(async () => {
  store = await openMemoryStore();
  now = START;
  items = [1, 2, 3];
  pages = new Map();
  down = new Set();
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
});

const linkOf = (number: number): string => `https://harbour.example/news/${number}`;
const pageOf = (number: number): string =>
  `<html><head><title>Number ${number}</title></head><body><article><h1>Number ${number}</h1>
   <p class="k7">The ferry of number ${number} carried the council across, and nobody was late for it.</p>
   ${inventedSentences(number, 9)
     .map((sentence) => `<p>${sentence}</p>`)
     .join('')}</article></body></html>`;
const feed = (): string =>
  `<rss version="2.0"><channel><title>Harbour</title>${items
    .map(
      (number) => `<item><guid isPermaLink="false">h-${number}</guid><link>${linkOf(number)}</link>
        <title>Number ${number}</title><pubDate>Mon, 23 Nov 2026 0${number}:00:00 GMT</pubDate>
        <description>Number ${number} in short.</description></item>`,
    )
    .join('')}</channel></rss>`;

/** Asks the source as the service does, and keeps what it answered. */
async function refresh(source: Source = HARBOUR): Promise<void> {
  const outbound: Outbound = async ({ url }) => {
    const isFeed = url === source.url;
    if (down.has(url)) throw new StageError('fetch-timed-out', { url });
    const body = new TextEncoder().encode(isFeed ? feed() : (pages.get(url) ?? pageOf(Number(url.split('/').at(-1)))));
    const headers = { 'content-type': isFeed ? 'application/rss+xml' : 'text/html; charset=utf-8' };
    return { url, status: 200, headers, body, redirects: [] };
  };
  const clock = stoppedClock(now);
  const history = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 50 });
  const pageTools = { outbound: history.listening('page', outbound), robots: { permit: async () => {} } };
  const tools = {
    outbound: history.listening('feed', outbound),
    fetchPage: (url: string, _: unknown, signal: AbortSignal) =>
      fetchPage(pageTools, { url, maxBodyBytes: 1_000_000, timeoutMs: 1000 }, signal),
    store,
    clock,
    log: silentLog,
    limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
  };
  for await (const { outcome } of refreshDue(tools, [source], { which: 'all', atOnce: 1 }, none))
    expect(outcome).not.toBe('failed');
  await history.flush();
  now = plusSeconds(now, 3600);
}

const reprocess = (
  source: Source = HARBOUR,
  given: { since?: string | null; isRehearsal?: boolean } = {},
): Promise<Reprocessed> =>
  reprocessSource(
    {
      store,
      clock: stoppedClock(now),
      giveWay: async () => {},
      limits: { maxPageBytes: 1_000_000, timeoutMs: 1000 },
    },
    source,
    { since: null, isRehearsal: false, ...given },
    none,
  );

async function all(): Promise<readonly Article[]> {
  const ids = (await store.standings(null)).map(({ articleId }) => articleId);
  return store.articles(ids);
}

const WITHOUT = { ...HARBOUR, remove: ['.k7'] };
const counts = (given: Partial<Reprocessed>): Reprocessed => ({
  sourceId: 'harbour',
  articles: 3,
  changed: 0,
  unchanged: 0,
  notKept: 0,
  left: 0,
  ...given,
});

describe('what is read again', () => {
  test('by the same program, as the same source, is as it was', async () => {
    await refresh();
    const before = await all();
    expect(before.map(({ contentFrom }) => contentFrom)).toEqual(['page', 'page', 'page']);
    const mark = await store.changeMark();
    expect(await reprocess()).toEqual(counts({ unchanged: 3 }));
    expect(await all()).toEqual(before);
    expect(await store.changeMark()).toBe(mark);
  });

  test('as it is read now takes the place of the old, and tells no news of it', async () => {
    await refresh();
    const before = await all();
    expect(before.every(({ contentHtml }) => contentHtml.includes('carried the council'))).toBe(true);
    const mark = await store.changeMark();
    expect(await reprocess(WITHOUT)).toEqual(counts({ changed: 3 }));
    const after = await all();
    expect(after.some(({ contentHtml }) => contentHtml.includes('carried the council'))).toBe(false);
    const dates = ({ id, published, updated, firstSeenAt, corrections }: Article) => [
      id,
      published,
      updated,
      firstSeenAt,
      corrections,
    ];
    expect(after.map(dates)).toEqual(before.map(dates));
    expect(await store.changeMark()).not.toBe(mark);
    expect((await store.awaitingSteps()).size).toBe(3);
    expect(await reprocess(WITHOUT)).toEqual(counts({ unchanged: 3 }));
  });

  test('is published so, under the dates that it has', async () => {
    const source = { ...HARBOUR, topicIds: ['world'] };
    const order = { site: aSite(), topics: [aTopic({ id: 'world' })], formerTopics: [], sources: [source] };
    const files = new Map<string, string>();
    const clock = stoppedClock(now);
    const tools = { store, output: memoryOutput(files), clock, log: silentLog, rendererDigest: '1' };
    const editionFiles = openEditionFiles();
    const publish = async (): Promise<readonly string[]> =>
      (await publishTopics({ ...tools, editionFiles }, order)).written;
    await refresh(source);
    await curateAwaiting({ store, clock, log: silentLog, memory: openTextMemory() }, order);
    await publish();
    const feedOf = (): string => files.get('feeds/world.atom')!;
    const datesIn = (text: string): readonly string[] => text.match(/<updated>[^<]+/g)!;
    const before = feedOf();
    expect(before).toContain('carried the council');
    await reprocess({ ...source, remove: ['.k7'] });
    expect(await publish()).toEqual(expect.arrayContaining(['feeds/world.atom', 'feeds/world.rss']));
    expect(feedOf()).not.toContain('carried the council');
    expect(datesIn(feedOf())).toEqual(datesIn(before));
    expect(await publish()).toEqual([]);
  });

  test('in a rehearsal is counted, and nothing is changed', async () => {
    await refresh();
    const before = await all();
    expect(await reprocess(WITHOUT, { isRehearsal: true })).toEqual(counts({ changed: 3 }));
    expect(await all()).toEqual(before);
  });

  test('in a rehearsal learns nothing of where redirectors lead', async () => {
    const redirector = 'https://t.co/abcDEF123';
    pages.set(
      linkOf(1),
      pageOf(1).replace('</article>', `<p>Source: <a href="${redirector}">The Wire</a></p></article>`),
    );
    down.add(redirector);
    await refresh();
    const target = 'https://wire.example/news/ferry';
    const response = { url: target, status: 200, headers: {}, body: Buffer.from(pageOf(9)), redirects: [] };
    const outcome = { kind: 'answered', response } as const;
    await store.history.keep([{ kind: 'page', url: redirector, askedAs: '', at: now, outcome }]);
    expect(await reprocess(HARBOUR, { isRehearsal: true })).toEqual(counts({ changed: 1, unchanged: 2 }));
    expect(await store.redirectTarget(redirector)).toBe(null);
    expect(await reprocess()).toEqual(counts({ changed: 1, unchanged: 2 }));
    expect(await store.redirectTarget(redirector)).toBe(target);
  });

  test('is found in the version of the feed that had it, however many came since', async () => {
    await refresh();
    items = [3, 4];
    await refresh();
    items = [5];
    await refresh();
    expect(await reprocess(WITHOUT)).toEqual(counts({ articles: 5, changed: 5 }));
  });

  test('is left as it is where its page is not kept any more', async () => {
    await refresh();
    await store.history.prune({ from: '9999', mostBytes: 0 });
    items = [1, 2, 3, 4];
    await refresh();
    const before = await all();
    expect(await reprocess(WITHOUT)).toEqual(counts({ articles: 4, changed: 1, notKept: 3 }));
    const changed = (await all()).filter((article, at) => article.contentHtml !== before[at]!.contentHtml);
    expect(changed.map(({ link }) => link)).toEqual([linkOf(4)]);
  });

  test('is left as it is where its page failed since, whose text it still has', async () => {
    await refresh();
    const url = linkOf(1);
    const outcome = { kind: 'failed', code: 'fetch-timed-out', detail: null, retryAfterSeconds: null } as const;
    await store.history.keep([{ kind: 'page', url, askedAs: '', at: now, outcome }]);
    const before = await all();
    expect(await reprocess(WITHOUT)).toEqual(counts({ changed: 2, notKept: 1 }));
    const same = (await all()).filter(({ contentHtml }, at) => contentHtml === before[at]!.contentHtml);
    expect(same.map(({ link, contentFrom }) => [link, contentFrom])).toEqual([[url, 'page']]);
  });

  test('is left as it is where a page that goes on with it failed since', async () => {
    const second = `${linkOf(1)}?page=2`;
    pages.set(linkOf(1), pageOf(1).replace('</head>', `<link rel="next" href="${second}"></head>`));
    pages.set(second, pageOf(7));
    await refresh();
    const outcome = { kind: 'failed', code: 'fetch-timed-out', detail: null, retryAfterSeconds: null } as const;
    await store.history.keep([{ kind: 'page', url: second, askedAs: '', at: now, outcome }]);
    expect(await reprocess(WITHOUT)).toEqual(counts({ changed: 2, notKept: 1 }));
  });

  test('is read without its page where that was never had', async () => {
    down.add(linkOf(1));
    await refresh();
    expect((await all()).map(({ contentFrom }) => contentFrom).toSorted()).toEqual(['page', 'page', 'summary']);
    expect(await reprocess(WITHOUT)).toEqual(counts({ changed: 2, unchanged: 1 }));
  });

  test('is what was published since a moment, where one is named', async () => {
    await refresh();
    expect(await reprocess(WITHOUT, { since: '2026-11-23T02:00:00Z' })).toEqual(counts({ articles: 2, changed: 2 }));
  });

  test('is nothing that has expired or is retracted', async () => {
    await refresh();
    const [first, second] = (await store.standings(null)).map(({ articleId }) => articleId);
    await store.saveSteps([
      { articleId: first!, at: now, state: 'retracted', reason: 'taken back' },
      { articleId: second!, at: now, state: 'expired', reason: 'old' },
    ]);
    expect(await reprocess(WITHOUT)).toEqual(counts({ articles: 1, changed: 1 }));
  });

  test('does not take the place of what somebody has changed meanwhile', async () => {
    await refresh();
    const [before] = await all();
    const meanwhile = { ...before!, title: 'Put right meanwhile' };
    const pair = { before: before!, after: { ...before!, title: 'As it is read now' } };
    await store.upkeep.replaceArticles([{ before: before!, after: meanwhile }]);
    expect(await store.upkeep.replaceArticles([pair])).toBe(0);
    expect((await store.articles([before!.id]))[0]!.title).toBe('Put right meanwhile');
  });
});
