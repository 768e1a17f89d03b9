import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboundRequest } from '../../src/model/outbound.ts';
import type { Source } from '../../src/model/source.ts';
import type { RefreshReport } from '../../src/pipeline/refresh-report.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import { feedBounds, pageBounds } from '../../src/pipeline/source-limits.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSource } from '../support/an-entry.ts';

const NONE = aSource().limits;
const program = { maxFeedBytes: 1000, maxPageBytes: 2000, timeoutMs: 30_000 };

describe('the limits of a source', () => {
  test('narrow those of the program, and never widen them', () => {
    const narrow = { ...NONE, maxFeedBytes: 500, maxPageBytes: 700, timeoutSeconds: 5 };
    const wide = { ...NONE, maxFeedBytes: 5000, maxPageBytes: 7000, timeoutSeconds: 500 };
    expect([NONE, narrow, wide].map((limits) => feedBounds({ limits }, program))).toEqual([
      { maxBodyBytes: 1000, timeoutMs: 30_000 },
      { maxBodyBytes: 500, timeoutMs: 5000 },
      { maxBodyBytes: 1000, timeoutMs: 30_000 },
    ]);
    expect([NONE, narrow, wide].map((limits) => pageBounds({ limits }, program))).toEqual([
      { maxBodyBytes: 2000, timeoutMs: 30_000 },
      { maxBodyBytes: 700, timeoutMs: 5000 },
      { maxBodyBytes: 2000, timeoutMs: 30_000 },
    ]);
  });
});

describe('a source that reads so many entries at a time', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openMemoryStore();
  });
  afterEach(async () => store[Symbol.asyncDispose]());

  const item = (id: number, dated = true): string =>
    `<item><guid isPermaLink="false">${id}</guid><title>Title ${id}</title>${dated ? `<pubDate>Mon, ${String(id).padStart(2, '0')} Nov 2026 06:00:00 GMT</pubDate>` : ''}</item>`;
  const rss = (...items: string[]): string =>
    `<rss version="2.0"><channel><title>Harbour</title>${items.join('')}</channel></rss>`;

  async function refreshed(body: string, given: Partial<Source> = {}) {
    const asked: OutboundRequest[] = [];
    const limits = { ...NONE, entriesPerRefresh: 2 };
    const tools = {
      outbound: async (request: OutboundRequest) => {
        asked.push(request);
        const bytes = new TextEncoder().encode(body);
        return { url: request.url, status: 200, headers: { etag: '"1"' }, body: bytes, redirects: [] };
      },
      fetchPage: async (url: string) => ({
        kind: 'not-fetched' as const,
        url,
        code: 'fetch-not-found',
        reason: 'none',
      }),
      store,
      clock: stoppedClock('2026-11-24T06:00:00Z'),
      log: silentLog,
      limits: program,
    };
    const reports: RefreshReport[] = [];
    const sources = [aSource({ content: 'feed', limits, ...given })];
    for await (const report of refreshDue(tools, sources, { which: 'all', atOnce: 1 }, new AbortController().signal))
      reports.push(report);
    const titles = (await store.awaitingArticles()).map(({ title }) => title).toSorted();
    return { report: reports[0]!, titles, asked, state: (await store.sourceStates()).get('harbour')! };
  }

  test('reads the oldest first, says how many wait, and reads them at the next answer, changed or not', async () => {
    const body = rss(item(5), item(4), item(3), item(2), item(1));
    const first = await refreshed(body);
    expect(first.titles).toEqual(['Title 1', 'Title 2']);
    expect(first.report).toMatchObject({ outcome: 'refreshed', added: 2, entries: 5 });
    expect(first.state).toMatchObject({ etag: null, bodyDigest: null });
    expect(first.state.nextCheckWhy).toBe(
      'its schedule, */15 * * * *; 3 of its entries wait for it (limits.entriesPerRefresh)',
    );
    const second = await refreshed(body);
    expect(second.asked[0]!.headers).not.toHaveProperty('if-none-match');
    expect(second.titles).toEqual(['Title 1', 'Title 2', 'Title 3', 'Title 4']);
    const third = await refreshed(body);
    expect(third.titles).toHaveLength(5);
    expect(third.state).toMatchObject({ etag: '"1"', nextCheckWhy: 'its schedule, */15 * * * *' });
    expect((await refreshed(body)).report).toMatchObject({ outcome: 'unchanged' });
  });

  test('takes the last of a feed without dates for its oldest', async () => {
    const { titles } = await refreshed(rss(item(5, false), item(4, false), item(3, false)));
    expect(titles).toEqual(['Title 3', 'Title 4']);
  });

  test('counts what is new and what has changed, and nothing else', async () => {
    await refreshed(rss(item(2), item(1)));
    const { report, titles } = await refreshed(rss(item(4), item(3), item(2), item(1)));
    expect(report).toMatchObject({ added: 2, changed: 0 });
    expect(titles).toHaveLength(4);
  });

  test('is asked for a feed and within a time of its own limits', async () => {
    const limits = { ...NONE, maxFeedBytes: 700, timeoutSeconds: 7 };
    const { asked } = await refreshed(rss(item(1)), { limits });
    expect(asked[0]).toMatchObject({ maxBodyBytes: 700, timeoutMs: 7000 });
  });
});
