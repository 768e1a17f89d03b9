import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import { ERRORS, StageError, type ErrorCode } from '../../src/model/errors.ts';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import type { OutboundRequest, OutboundResponse } from '../../src/model/outbound.ts';
import type { HubOffer } from '../../src/model/push.ts';
import type { Source } from '../../src/model/source.ts';
import { notYetDue, refreshDue } from '../../src/pipeline/refresh-due.ts';
import type { RefreshReport } from '../../src/pipeline/refresh-report.ts';
import type { RefreshTools } from '../../src/pipeline/refresh-source.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import type { Instant } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSource } from '../support/an-entry.ts';

const NOW = '2026-11-24T06:00:00Z';
const URL = 'https://harbour.example/feed.xml';
let store: Store;

beforeEach(async () => {
  store = await openMemoryStore();
});
afterEach(async () => store[Symbol.asyncDispose]());

const words = (count: number): string => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');
const item = (id: string, more = ''): string =>
  `<item><guid isPermaLink="false">${id}</guid><title>Title ${id}</title><link>https://harbour.example/${id}</link>${more}</item>`;
const rss = (...items: string[]): string =>
  `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>${items.join('')}</channel></rss>`;

type Play = (request: OutboundRequest) => string | Partial<OutboundResponse> | StageError;

function tools(
  play: Play,
  fetchPage: (url: string) => FetchedPage = () => ({
    kind: 'not-fetched',
    url: '',
    code: 'fetch-not-found',
    reason: 'the server knows no such document (404)',
  }),
): RefreshTools & { asked: OutboundRequest[] } {
  const asked: OutboundRequest[] = [];
  return {
    asked,
    outbound: async (request) => {
      asked.push(request);
      const answer = play(request);
      if (answer instanceof StageError) throw answer;
      const given = typeof answer === 'string' ? { body: new TextEncoder().encode(answer) } : answer;
      return { url: request.url, status: 200, headers: {}, body: new Uint8Array(), redirects: [], ...given };
    },
    fetchPage: async (url) => fetchPage(url),
    store,
    clock: stoppedClock(NOW),
    log: silentLog,
    limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
  };
}

function at(now: Instant, given: ReturnType<typeof tools>): ReturnType<typeof tools> {
  return { ...given, clock: stoppedClock(now) };
}

async function refresh(
  given: RefreshTools,
  sources: readonly Source[] = [aSource()],
  which: 'due' | 'all' = 'all',
): Promise<RefreshReport[]> {
  const reports: RefreshReport[] = [];
  for await (const report of refreshDue(given, sources, { which, atOnce: 4 }, new AbortController().signal))
    reports.push(report);
  return reports;
}

describe('a source', () => {
  test('is asked conditionally the second time, and an unchanged one costs no more', async () => {
    await refresh(
      tools(() => ({
        headers: { etag: '"1"', 'last-modified': 'Tue, 24 Nov 2026 05:00:00 GMT' },
        body: new TextEncoder().encode(rss(item('a'))),
      })),
    );
    const second = tools(() => ({ status: 304 }));
    expect(await refresh(second)).toMatchObject([{ outcome: 'unchanged', added: 0 }]);
    expect(second.asked[0]!.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Tue, 24 Nov 2026 05:00:00 GMT',
    });
    expect((await store.sourceStates()).get('harbour')).toMatchObject({ etag: '"1"', failures: 0 });
  });

  test('that has no validators is not parsed again when its bytes are the same', async () => {
    await refresh(tools(() => rss(item('a'))));
    expect(await refresh(tools(() => rss(item('a'))))).toMatchObject([{ outcome: 'unchanged', entries: 0 }]);
  });

  test('whose address was edited is asked as if for the first time', async () => {
    await refresh(tools(() => ({ headers: { etag: '"1"' }, body: new TextEncoder().encode(rss(item('a'))) })));
    const moved = tools(() => rss(item('a')));
    const [report] = await refresh(moved, [aSource({ url: 'https://harbour.example/new.xml' })]);
    expect(moved.asked[0]!.headers).not.toHaveProperty('if-none-match');
    expect(report).toMatchObject({ outcome: 'refreshed', added: 0 });
  });

  test('that is not due is left alone, and asked all the same when everything is', async () => {
    await refresh(tools(() => rss(item('a'))));
    const later = tools(() => rss(item('a'), item('b')));
    expect(await refresh(later, [aSource()], 'due')).toEqual([]);
    expect(await refresh(later, [aSource()], 'all')).toMatchObject([{ added: 1 }]);
  });

  test('whose address was corrected after failures is asked at once, though its old appointment is hours away', async () => {
    for (let turn = 0; turn < 8; turn++) await refresh(tools(() => new StageError('fetch-not-found', { url: URL })));
    const mended = tools(() => rss(item('a')));
    expect(await refresh(mended, [aSource()], 'due')).toEqual([]);
    const url = 'https://harbour.example/right.xml';
    expect(await refresh(mended, [aSource({ url })], 'due')).toMatchObject([{ outcome: 'refreshed', added: 1 }]);
    expect((await store.sourceStates()).get('harbour')).toMatchObject({ url, failures: 0, lastFailure: null });
  });

  test('whose schedule was made denser is asked by the new one', async () => {
    const weekly = aSource({ schedule: '0 6 * * 1' });
    await refresh(
      tools(() => rss(item('a'))),
      [weekly],
    );
    const later = at(
      '2026-11-24T06:15:00Z',
      tools(() => rss(item('b'))),
    );
    expect(await refresh(later, [weekly], 'due')).toEqual([]);
    expect(await refresh(later, [aSource()], 'due')).toMatchObject([{ outcome: 'refreshed', added: 1 }]);
    expect((await store.sourceStates()).get('harbour')).toMatchObject({
      schedule: '*/15 * * * *',
      nextCheckAt: '2026-11-24T06:30:00Z',
    });
  });

  test('whose document was cut by its server is read whole when it comes whole', async () => {
    const headers = { etag: '"1"', 'last-modified': 'Tue, 24 Nov 2026 05:00:00 GMT' };
    const whole = rss(item('a'), item('b'));
    const cut = new TextEncoder().encode(whole.slice(0, whole.indexOf('</item>') + 40));
    await refresh(tools(() => ({ headers, body: cut })));
    expect((await store.sourceStates()).get('harbour')).toMatchObject({
      etag: null,
      lastModified: null,
      bodyDigest: null,
    });
    const again = tools(({ headers: sent }) =>
      sent?.['if-none-match'] === undefined ? { headers, body: new TextEncoder().encode(whole) } : { status: 304 },
    );
    expect(await refresh(again)).toMatchObject([{ outcome: 'refreshed', entries: 2 }]);
    expect((await store.sourceStates()).get('harbour')).toMatchObject({ etag: '"1"' });
  });

  test('whose document was cut by its server, or by our limits, has lost no article by that', async () => {
    await refresh(tools(() => rss(item('a'), item('b'))));
    const before = await store.awaitingArticles();
    expect(before).toHaveLength(2);
    const whole = rss(item('a'), item('b'));
    await refresh(tools(() => whole.slice(0, whole.indexOf('</item>') + 40)));
    const many = Array.from({ length: 2100 }, (_, number) => item(`n${number}`));
    await refresh(
      tools(() => rss(...many)),
      [aSource({ content: 'feed' })],
    );
    const after = await store.awaitingArticles();
    expect(after).toHaveLength(2002);
    expect(after).toEqual(expect.arrayContaining([...before]));
  });

  test('names an entry that could not be read', async () => {
    const cut = `${rss(item('a')).replace('</channel></rss>', '')}<item><title>The quay is clos`;
    const [report] = await refresh(tools(() => cut));
    expect(report!.unreadable).toEqual(['entry 2 ("The quay is clos"): the document ends in the middle of it']);
  });

  test('whose feed has hours to skip is not asked at them, also after answers that bring nothing', async () => {
    const skipping = rss('<skipHours><hour>6</hour><hour>7</hour></skipHours><skipDays><day>Sunday</day></skipDays>');
    const headers = { etag: '"1"' };
    await refresh(tools(() => ({ headers, body: new TextEncoder().encode(skipping) })));
    const expected = { skipHours: [6, 7], skipDays: [0], nextCheckAt: '2026-11-24T08:00:00Z' };
    expect((await store.sourceStates()).get('harbour')).toMatchObject(expected);
    await refresh(tools(() => ({ headers, status: 304 })));
    expect((await store.sourceStates()).get('harbour')).toMatchObject(expected);
  });

  test('says what address its document has, and relative links are relative to that', async () => {
    const relative = rss('<item><guid>a</guid><title>A</title><link>tide</link></item>');
    const headers = { 'content-location': '/new/feed.xml' };
    await refresh(tools(() => ({ headers, body: new TextEncoder().encode(relative) })));
    expect((await store.awaitingArticles()).map(({ link }) => link)).toEqual(['https://harbour.example/new/tide']);
  });

  test('whose feed says that an entry was removed keeps the article, and the log tells', async () => {
    await refresh(tools(() => rss(item('a'))));
    const told: unknown[] = [];
    const log = { ...silentLog, info: (says: string, fields: object) => void told.push({ says, ...fields }) };
    const deleted = '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="a"/>';
    await refresh({ ...tools(() => rss(deleted, item('b'))), log } as RefreshTools);
    expect((await store.awaitingArticles()).map(({ entryId }) => entryId).toSorted()).toEqual(['a', 'b']);
    expect(told).toContainEqual(expect.objectContaining({ says: 'source refreshed', saidDeleted: 1 }));
  });

  test('whose document is larger than we read is asked conditionally all the same', async () => {
    const many = Array.from({ length: 6000 }, (_, number) => item(`n${number}`));
    const [report] = await refresh(
      tools(() => ({ headers: { etag: '"1"' }, body: new TextEncoder().encode(rss(...many)) })),
      [aSource({ content: 'feed' })],
    );
    expect(report!.repairs.join()).toContain('more entries than are read');
    expect((await store.sourceStates()).get('harbour')).toMatchObject({
      etag: '"1"',
      bodyDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('tells how many others are not due yet, and when the first of them will be', async () => {
    const sources = [
      aSource(),
      aSource({ id: 'wire', url: 'https://wire.example/feed.xml', schedule: '0 * * * *' }),
      aSource({ id: 'quay', url: 'https://quay.example/feed.xml' }),
      aSource({ id: 'off', enabled: false }),
    ];
    const given = tools(() => rss(item('a')));
    expect(await notYetDue(given, sources)).toEqual({ count: 0, nextAt: null });
    await refresh(given, sources.slice(0, 2));
    expect(await notYetDue(given, sources)).toEqual({ count: 2, nextAt: '2026-11-24T06:15:00Z' });
  });

  test('whose hub could not be noted before a kill has it noted at the next turn', async () => {
    const noted: (string | null)[] = [];
    const killed = { noteOffer: () => Promise.reject(new Error('killed here')) };
    const noting = { noteOffer: async (_: string, offer: HubOffer | null) => void noted.push(offer?.hub ?? null) };
    const play = (): Partial<OutboundResponse> => ({
      headers: { link: '<https://hub.example/>; rel="hub", <https://harbour.example/feed.xml>; rel="self"' },
      body: new TextEncoder().encode(rss(item('a'))),
    });
    await expect(refresh({ ...tools(play), ...killed })).rejects.toThrow('killed here');
    expect(await refresh({ ...tools(play), ...noting })).toMatchObject([{ outcome: 'refreshed', added: 1 }]);
    expect(noted).toEqual(['https://hub.example/']);
  });

  test('that is switched off is never asked', async () => {
    expect(
      await refresh(
        tools(() => rss(item('a'))),
        [aSource({ enabled: false })],
      ),
    ).toEqual([]);
  });
});

describe('a source that fails', () => {
  test.each([
    [
      'is down',
      new StageError('fetch-no-connection', { url: URL }),
      'fetch-no-connection',
      /does not take connections/,
    ],
    ['is too slow', new StageError('fetch-timed-out', { url: URL }), 'fetch-timed-out', /did not answer in time/],
    ['is too large', new StageError('fetch-too-large', { url: URL }), 'fetch-too-large', /larger than is allowed/],
    [
      'lives on a private address',
      new StageError('fetch-refused-address', { url: URL }),
      'fetch-refused-address',
      /private.*--allow-network/,
    ],
    [
      'is a web page',
      '<!doctype html><html><head><title>Home</title></head><body><p>Hello</p></body></html>',
      'feed-is-html',
      /web page/,
    ],
    ['is empty', '', 'feed-empty', /empty/],
    [
      'ends before its first entry',
      '<rss version="2.0"><channel><title>Harbour</title><!-- ',
      'feed-cut-short',
      /ends in the middle/,
    ],
    ['is JSON of another kind', '{"data":[]}', 'feed-is-json', /JSON/],
  ])(
    'because it %s is recorded with its reason; its entries stay, and the others are unaffected',
    async (_, answer, code, reason) => {
      await refresh(tools(() => rss(item('a'))));
      const others = aSource({ id: 'wire', url: 'https://wire.example/feed.xml' });
      const reports = await refresh(
        tools(({ url }) => (url === URL ? answer : rss(item('w')))),
        [aSource(), others],
      );
      expect(reports.find(({ sourceId }) => sourceId === 'harbour')).toMatchObject({
        outcome: 'failed',
        code,
        reason: expect.stringMatching(reason),
      });
      expect(reports.find(({ sourceId }) => sourceId === 'wire')).toMatchObject({ outcome: 'refreshed', added: 1 });
      const state = (await store.sourceStates()).get('harbour')!;
      expect(state).toMatchObject({ failures: 1, lastFailure: { code, at: NOW } });
      expect(state.nextCheckAt! > NOW).toBe(true);
      expect((await store.standings(null)).map(({ title }) => title)).toEqual(['Title a', 'Title w']);
    },
  );

  test('and asks for fewer requests is not asked before that, not even with everything', async () => {
    await refresh(tools(() => new StageError('fetch-too-many-requests', { url: URL, retryAfterSeconds: 7200 })));
    const again = tools(() => rss(item('a')));
    expect(await refresh(again)).toMatchObject([
      { outcome: 'waiting', reason: expect.stringContaining('2026-11-24T08:00:00Z') },
    ]);
    expect(again.asked).toEqual([]);
  });

  test.each(['fetch-server-error', 'fetch-not-found', 'fetch-client-error'] as const)(
    'with %s and asks to be left alone is left alone, even with everything',
    async (code) => {
      await refresh(tools(() => new StageError(code, { url: URL, retryAfterSeconds: 7200 })));
      const again = tools(() => rss(item('a')));
      expect(await refresh(again)).toMatchObject([
        { outcome: 'waiting', reason: expect.stringContaining('2026-11-24T08:00:00Z') },
      ]);
      expect(await refresh(at('2026-11-24T08:00:00Z', again))).toMatchObject([{ outcome: 'refreshed' }]);
      expect((await store.sourceStates()).get('harbour')).toMatchObject({ retryAfterUntil: null });
    },
  );

  test('with 429 and does not say for how long is left alone until its next check', async () => {
    await refresh(tools(() => new StageError('fetch-too-many-requests', { url: URL })));
    expect(await refresh(tools(() => rss(item('a'))))).toMatchObject([{ outcome: 'waiting' }]);
  });

  test('not at all, and asks to be left alone, is left alone too', async () => {
    await refresh(
      tools(() => ({ headers: { 'retry-after': '7200' }, body: new TextEncoder().encode(rss(item('a'))) })),
    );
    expect(await refresh(tools(() => rss(item('a'))))).toMatchObject([{ outcome: 'waiting' }]);
  });

  test('recovers by itself', async () => {
    await refresh(tools(() => new StageError('fetch-server-error', { url: URL })));
    expect(await refresh(tools(() => rss(item('a'))))).toMatchObject([{ outcome: 'refreshed', added: 1 }]);
    expect((await store.sourceStates()).get('harbour')).toMatchObject({ failures: 0, lastFailure: null });
  });

  test('never hides a failure of the store', async () => {
    const broken: Store = { ...store, knownEntries: () => Promise.reject(new StageError('store-unusable')) };
    await expect(refresh({ ...tools(() => rss(item('a'))), store: broken })).rejects.toMatchObject({
      code: 'store-unusable',
    });
    expect((await store.sourceStates()).get('harbour')?.failures ?? 0).toBe(0);
  });
});

describe('an entry', () => {
  test('that nobody can read is named, and costs its feed nothing', async () => {
    const [report] = await refresh(tools(() => rss(item('a'), '<item></item>', item('b'))));
    expect(report).toMatchObject({ added: 2, unreadable: [expect.stringContaining('entry 2')] });
    expect((await store.sourceStates()).get('harbour')!.unreadable).toEqual(report!.unreadable);
    await refresh(tools(() => rss(item('a'), '<item></item>', item('b'))));
    expect((await store.sourceStates()).get('harbour')!.unreadable).toEqual(report!.unreadable);
    await refresh(tools(() => rss(item('a'), item('b'))));
    expect((await store.sourceStates()).get('harbour')!.unreadable).toEqual([]);
    await refresh(tools(() => rss(...Array.from({ length: 30 }, () => '<item></item>'))));
    expect((await store.sourceStates()).get('harbour')!.unreadable).toHaveLength(20);
  });

  test('that has nothing to know it by and nothing to show is unreadable', async () => {
    const [report] = await refresh(
      tools(() => rss(item('a'), '<item><category>Notices</category><author>x@y.example</author></item>')),
    );
    expect(report).toMatchObject({ added: 1, unreadable: ['one entry has no id, no link, no title and no text'] });
  });

  test('without a title is known again by the beginning of its text', async () => {
    const note = '<item><description>Just a thought, and nothing more.</description></item>';
    expect(await refresh(tools(() => rss(note)))).toMatchObject([{ added: 1 }]);
    expect(await refresh(tools(() => rss(note, item('b'))))).toMatchObject([{ added: 1, changed: 0 }]);
  });

  test('whose page cannot be had has its feed’s text, and the reason', async () => {
    await refresh(
      tools(() => rss(item('a', '<description>Only a line.</description>'))),
      [aSource({ content: 'page' })],
    );
    const [article] = await store.awaitingArticles();
    expect(article).toMatchObject({
      title: 'Title a',
      contentHtml: expect.stringContaining('Only a line.'),
      contentReason: expect.stringContaining('404'),
    });
  });

  test('that is an excerpt is read from its page, and a whole one is not', async () => {
    const pages: string[] = [];
    const page = (url: string): FetchedPage => {
      pages.push(url);
      const body = `<html><head><title>Title a</title></head><body><article><h1>Title a</h1><p>${words(80)}.</p><p>${words(90)}.</p></article></body></html>`;
      return { kind: 'fetched', url, contentType: 'text/html; charset=utf-8', body: new TextEncoder().encode(body) };
    };
    const whole = `<description>${`<p>${words(120)}.</p><p>${words(150)}.</p>`.replaceAll('<', '&lt;')}</description>`;
    await refresh(tools(() => rss(item('a', '<description>The beginning …</description>'), item('b', whole)), page));
    expect(pages).toEqual(['https://harbour.example/a']);
    const articles = await store.awaitingArticles();
    expect(Object.fromEntries(articles.map((article) => [article.title, article.contentFrom]))).toEqual({
      'Title a': 'page',
      'Title b': 'feed',
    });
  });

  test('that its publisher changed is read again, and one that is the same is not', async () => {
    await refresh(tools(() => rss(item('a', '<description>Old words.</description>'), item('b'))));
    const [report] = await refresh(
      tools(() => rss(item('a', '<description>New words, and more.</description>'), item('b'))),
    );
    expect(report).toMatchObject({ entries: 2, added: 0, changed: 1 });
    const changed = (await store.awaitingArticles()).find(({ title }) => title === 'Title a');
    expect(changed).toMatchObject({ summary: 'New words, and more.', published: NOW });
  });
});

describe('a page that was not had', () => {
  const pages = aSource({ content: 'page' });
  const feed = (): string => rss(item('a', '<description>Two words.</description>'));
  const unchanged: Play = ({ headers }) =>
    headers?.['if-none-match'] === undefined
      ? { headers: { etag: '"1"' }, body: new TextEncoder().encode(feed()) }
      : { status: 304 };
  const asked: string[] = [];
  beforeEach(() => void asked.splice(0));

  const page = (url: string): FetchedPage => {
    const text = `<p>${words(80)}.</p><p>${words(90)}.</p>`;
    const date = '<meta property="article:published_time" content="2026-11-23T01:00:00Z">';
    const html = `<html><head><title>Title a</title>${date}</head><body><article><h1>Title a</h1>${text}</article></body></html>`;
    return { kind: 'fetched', url, contentType: 'text/html; charset=utf-8', body: new TextEncoder().encode(html) };
  };
  const failing = (code: ErrorCode): ((url: string) => FetchedPage) => {
    return (url) => {
      asked.push(url);
      return { kind: 'not-fetched', url, code, reason: ERRORS[code].says };
    };
  };
  const had = (url: string): FetchedPage => {
    asked.push(url);
    return page(url);
  };
  const refreshAt = async (now: Instant, fetchPage: (url: string) => FetchedPage): Promise<RefreshReport> =>
    (await refresh(at(now, tools(unchanged, fetchPage)), [pages]))[0]!;

  test('is asked for again though its feed has not changed, and its article gets its text without a correction', async () => {
    expect(await refreshAt(NOW, failing('fetch-timed-out'))).toMatchObject({
      added: 1,
      pagesNotHad: { 'fetch-timed-out': 1 },
    });
    const [short] = await store.awaitingArticles();
    expect(await store.missedPageCounts()).toEqual([
      { sourceId: 'harbour', code: 'fetch-timed-out', count: 1, again: 1 },
    ]);
    expect(await refreshAt('2026-11-24T06:09:59Z', had)).toMatchObject({ outcome: 'unchanged', pagesHadAtLast: 0 });
    expect(asked).toHaveLength(1);

    expect(await refreshAt('2026-11-24T06:10:00Z', had)).toMatchObject({
      outcome: 'unchanged',
      pagesNotHad: {},
      pagesHadAtLast: 1,
    });
    const [whole] = await store.awaitingArticles();
    expect(whole).toMatchObject({ contentFrom: 'page', wordCount: 170, corrections: [] });
    const stable = ({ id, published, updated, firstSeenAt }: Article): object => ({
      id,
      published,
      updated,
      firstSeenAt,
    });
    expect(stable(whole!)).toEqual(stable(short!));
    expect((await store.trailOf(whole!.id)).map(({ state, reason }) => [state, reason])).toEqual([
      ['awaiting', 'new in its feed'],
      ['awaiting', 'its page could be read at last'],
    ]);
    expect(await store.missedPageCounts()).toEqual([]);
    await refreshAt('2026-11-25T06:00:00Z', had);
    expect(asked).toHaveLength(2);
  });

  test('is asked for again three times, later and later, and then no more; it stays counted', async () => {
    const times = ['06:00:00', '06:10:00', '07:09:59', '07:10:00', '13:09:59', '13:10:00', '23:59:00'];
    const askedBy: number[] = [];
    for (const time of times) {
      await refreshAt(`2026-11-24T${time}Z`, failing('fetch-server-error'));
      askedBy.push(asked.length);
    }
    expect(askedBy).toEqual([1, 2, 2, 3, 3, 4, 4]);
    expect(await store.missedPageCounts()).toEqual([
      { sourceId: 'harbour', code: 'fetch-server-error', count: 1, again: 0 },
    ]);
  });

  test('because robots may not read it is not asked for again, but counted', async () => {
    expect(await refreshAt(NOW, failing('fetch-robots'))).toMatchObject({ pagesNotHad: { 'fetch-robots': 1 } });
    await refreshAt('2026-11-24T12:00:00Z', had);
    expect(asked).toHaveLength(1);
    expect(await store.missedPageCounts()).toMatchObject([{ code: 'fetch-robots', count: 1, again: 0 }]);
  });

  test('is asked for once when its entry changes at the same time, and remembered no more when it is had', async () => {
    await refreshAt(NOW, failing('fetch-timed-out'));
    const changed = rss(item('a', '<description>Other words.</description>'));
    const given = tools(() => changed, had);
    expect(await refresh(at('2026-11-24T07:00:00Z', given), [pages])).toMatchObject([
      { changed: 1, pagesHadAtLast: 0 },
    ]);
    expect(asked).toHaveLength(2);
    expect(await store.missedPageCounts()).toEqual([]);
  });

  test('is asked for again when its entry has left the feed', async () => {
    await refreshAt(NOW, failing('fetch-timed-out'));
    const given = tools(() => rss(item('b', '<description>Two words.</description>')), had);
    expect(await refresh(at('2026-11-24T07:00:00Z', given), [pages])).toMatchObject([{ added: 1, pagesHadAtLast: 1 }]);
    expect((await store.awaitingArticles()).map(({ contentFrom }) => contentFrom)).toEqual(['page', 'page']);
  });

  test('is forgotten when its operator does not want pages any longer', async () => {
    await refreshAt(NOW, failing('fetch-timed-out'));
    const given = at('2026-11-24T07:00:00Z', tools(unchanged, had));
    expect(await refresh(given, [aSource({ content: 'feed' })])).toMatchObject([{ pagesHadAtLast: 0 }]);
    expect([asked.length, await store.missedPageCounts()]).toEqual([1, []]);
  });
});
