import { expect, test } from '@jest/globals';
import { StageError } from '../../src/model/errors.ts';
import type { Outbound, OutboundRequest, OutboundResponse } from '../../src/model/outbound.ts';
import { historyOrTell, historyQuestion, openHistoryKeeper } from '../../src/pipeline/keep-history.ts';
import { openReplay } from '../../src/pipeline/plan/replay.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';

const clock = stoppedClock('2026-11-24T06:00:00Z');
const never = new AbortController().signal;
const request = (url: string, headers: Readonly<Record<string, string>> = {}): OutboundRequest => ({
  url,
  headers,
  maxBodyBytes: 1000,
  timeoutMs: 1000,
});
const answer = (url: string, text: string, given: Partial<OutboundResponse> = {}): OutboundResponse => ({
  url,
  status: 200,
  headers: { etag: '"1"', 'content-type': 'text/xml', server: 'nobody reads this' },
  body: Buffer.from(text),
  redirects: [],
  ...given,
});
const FEED = 'https://harbour.example/feed.xml';
const from =
  (answers: Readonly<Record<string, OutboundResponse>>): Outbound =>
  async ({ url }) => {
    const found = answers[url];
    if (found === undefined) throw new StageError('fetch-not-found', { url });
    return found;
  };

test('what was heard is answered again, conditionally too, and failures fail again', async () => {
  await using store = await openMemoryStore();
  const keeper = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 1 });
  const listening = keeper.listening('feed', from({ [FEED]: answer(FEED, 'news') }));
  await listening(request(FEED), never);
  await expect(listening(request(`${FEED}?2`), never)).rejects.toThrow();
  expect((await store.history.size()).answers).toBe(0);
  await keeper.flush();
  const replay = openReplay(store.history, null);
  const again = replay.answering('feed');
  expect(Buffer.from((await again(request(FEED), never)).body).toString()).toBe('news');
  expect((await again(request(FEED), never)).headers).toEqual({ etag: '"1"', 'content-type': 'text/xml' });
  expect((await again(request(FEED, { 'if-none-match': '"1"' }), never)).status).toBe(304);
  expect((await again(request(FEED, { 'if-none-match': '"0"' }), never)).status).toBe(200);
  await expect(again(request(`${FEED}?2`), never)).rejects.toMatchObject({ code: 'fetch-not-found' });
  expect(replay.notKept()).toEqual([]);
});

test('what is not kept fails and is noted once; asked for conditionally it is taken as it was; or it is asked anew', async () => {
  await using store = await openMemoryStore();
  const replay = openReplay(store.history, null);
  const again = replay.answering('page');
  for (const _ of [1, 2]) await expect(again(request(FEED), never)).rejects.toMatchObject({ code: 'fetch-not-kept' });
  expect((await again(request(`${FEED}?2`, { 'if-modified-since': 'then' }), never)).status).toBe(304);
  expect(replay.notKept()).toEqual([{ kind: 'page', url: FEED }]);
  const anew = openReplay(store.history, from({ [FEED]: answer(FEED, 'now') }));
  expect(Buffer.from((await anew.answering('page')(request(FEED), never)).body).toString()).toBe('now');
  expect([anew.notKept(), anew.askedNow()]).toEqual([[], [{ kind: 'page', url: FEED }]]);
  expect((await store.history.size()).answers).toBe(0);
});

test('what a subscriber reads on a page is for whoever asks as one, and what all may read is for all', async () => {
  await using store = await openMemoryStore();
  const keeper = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 1 });
  const [members, open, refused] = ['members', 'open', 'refused'].map((path) => `https://harbour.example/${path}`) as [
    string,
    string,
    string,
  ];
  const knownBy = (secret: string) => ({ secretHeaders: () => ({ authorization: secret }) });
  const listening = keeper.listening(
    'page',
    from({ [members]: answer(members, 'all of it'), [open]: answer(open, 'open') }),
  );
  await listening({ ...request(members), ...knownBy('planted') }, never);
  await listening(request(open), never);
  await expect(listening(request(refused), never)).rejects.toThrow();
  await keeper.flush();
  const again = openReplay(store.history, null).answering('page');
  const asSubscriber = async (url: string): Promise<string> =>
    Buffer.from((await again({ ...request(url), ...knownBy('another') }, never)).body).toString();
  expect([await asSubscriber(members), await asSubscriber(open)]).toEqual(['all of it', 'open']);
  await expect(asSubscriber(refused)).rejects.toMatchObject({ code: 'fetch-not-kept' });
  await expect(again(request(members), never)).rejects.toMatchObject({ code: 'fetch-not-kept' });
  // Which secret it was is no part of the question.
  expect(historyQuestion('page', { ...request(members), ...knownBy('planted') })).toEqual(
    historyQuestion('page', { ...request(members), ...knownBy('another') }),
  );
});

test('every address on the way is judged again before a kept answer is given', async () => {
  await using store = await openMemoryStore();
  const keeper = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 1 });
  const led = answer('https://b.example/', 'page', { redirects: [{ status: 302, url: 'https://b.example/' }] });
  await keeper.listening('page', from({ 'https://a.example/': led }))(request('https://a.example/'), never);
  await keeper.flush();
  const judged: string[] = [];
  const permit = async (url: string): Promise<void> => void judged.push(url);
  await openReplay(store.history, null).answering('page')({ ...request('https://a.example/'), permit }, never);
  expect(judged).toEqual(['https://a.example/', 'https://b.example/']);
});

test('an answer is kept by the operator’s headers, not by what we know of it already', () => {
  const plain = historyQuestion('feed', request(FEED));
  const known = request(FEED, { accept: 'x', 'if-none-match': '"1"', 'cache-control': 'no-cache' });
  expect(historyQuestion('feed', known)).toEqual(plain);
  const keyed = historyQuestion('feed', request(FEED, { authorization: 'Bearer abc' }));
  expect(keyed.askedAs).not.toBe(plain.askedAs);
  expect(JSON.stringify(keyed)).not.toContain('abc');
});

test('where the history is off nothing is kept, and what was kept goes', async () => {
  await using store = await openMemoryStore();
  const on = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 1 });
  const out = from({ [FEED]: answer(FEED, 'news') });
  await on.listening('feed', out)(request(FEED), never);
  await on.flush();
  await on.prune();
  expect((await store.history.size()).answers).toBe(1);
  for (const bounds of [
    { days: 0, megabytes: 1 },
    { days: 14, megabytes: 0 },
  ]) {
    const off = openHistoryKeeper({ history: store.history, clock }, bounds);
    await off.listening('feed', out)(request(FEED), never);
    await off.flush();
    await off.prune();
    expect((await store.history.size()).answers).toBe(0);
  }
});

test('many answers are kept before they are too many to hold', async () => {
  await using store = await openMemoryStore();
  const keeper = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 100 });
  const listening = keeper.listening('page', async ({ url }) => answer(url, `page ${url}`));
  for (let at = 0; at < 40; at++) await listening(request(`${FEED}?${at}`), never);
  expect((await store.history.size()).answers).toBe(32);
  await keeper.flush();
  expect((await store.history.size()).answers).toBe(40);
});

/** The store's history, which refuses as long as it is told to. */
async function refusing() {
  const store = await openMemoryStore();
  const state = { refuses: true };
  const keep: typeof store.history.keep = async (answers) => {
    if (state.refuses) throw new StageError('store-unusable', { detail: 'the disk is full' });
    await store.history.keep(answers);
  };
  const keeper = openHistoryKeeper({ history: { ...store.history, keep }, clock }, { days: 14, megabytes: 100 });
  return { store, keeper, state };
}

test('what cannot be kept makes no fetch fail, and waits for the next time', async () => {
  const { store, keeper, state } = await refusing();
  await using _ = store;
  const listening = keeper.listening('page', async ({ url }) => answer(url, `page ${url}`));
  for (let at = 0; at < 40; at++) expect((await listening(request(`${FEED}?${at}`), never)).status).toBe(200);
  await expect(keeper.flush()).rejects.toMatchObject({ code: 'store-unusable' });
  state.refuses = false;
  await keeper.flush();
  expect((await store.history.size()).answers).toBe(40);
});

test('of what waits for a store that goes on refusing the oldest goes', async () => {
  const { store, keeper, state } = await refusing();
  await using _ = store;
  const listening = keeper.listening('page', async ({ url }) => answer(url, `page ${url}`));
  for (let at = 0; at < 500; at++) await listening(request(`${FEED}?${at}`), never);
  state.refuses = false;
  await keeper.flush();
  expect((await store.history.size()).answers).toBe(128);
  expect(await store.history.latest(historyQuestion('page', request(`${FEED}?499`)))).not.toBeNull();
  expect(await store.history.latest(historyQuestion('page', request(`${FEED}?0`)))).toBeNull();
});

test('what is heard of one address before it is kept is kept in the order in which it was heard', async () => {
  await using store = await openMemoryStore();
  const keeper = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 1 });
  let says: OutboundResponse | null = answer(FEED, 'news');
  const listening = keeper.listening('feed', async ({ url }) => {
    if (says === null) throw new StageError('fetch-timed-out', { url });
    return says;
  });
  const ask = async (next: OutboundResponse | null): Promise<void> => {
    says = next;
    await listening(request(FEED), never).catch(() => undefined);
  };
  const unchanged = answer(FEED, '', { status: 304 });
  await ask(answer(FEED, 'news'));
  await keeper.flush();
  await ask(unchanged);
  await ask(null);
  await keeper.flush();
  const latest = async () => (await store.history.latest(historyQuestion('feed', request(FEED))))?.outcome;
  expect(await latest()).toMatchObject({ kind: 'failed', code: 'fetch-timed-out' });
  await ask(null);
  await ask(unchanged);
  await keeper.flush();
  expect(await latest()).toMatchObject({ kind: 'answered' });
});

test('that the store refuses the history is told, and costs nothing else; a fault of the program is none of that', async () => {
  const told: unknown[] = [];
  const log = { ...silentLog, warn: (says: string, fields: object = {}) => void told.push([says, fields]) };
  await historyOrTell(log, async () => {
    throw new StageError('store-unusable', { url: 'data', detail: 'data: the disk is full' });
  });
  expect(told).toEqual([
    [
      'the history could not be kept',
      { code: 'store-unusable', reason: expect.stringContaining('data: the disk is full') },
    ],
  ]);
  await expect(historyOrTell(log, async () => Promise.reject(new TypeError('ours')))).rejects.toThrow('ours');
});

test('what is kept is the version that is named where all that names it is the same', async () => {
  await using store = await openMemoryStore();
  const keeper = openHistoryKeeper({ history: store.history, clock }, { days: 14, megabytes: 1 });
  const [then, later] = ['Tue, 24 Nov 2026 05:00:00 GMT', 'Tue, 24 Nov 2026 05:30:00 GMT'];
  const kept = answer(FEED, 'news', { headers: { etag: '"1"', 'last-modified': later } });
  await keeper.listening('feed', from({ [FEED]: kept }))(request(FEED), never);
  await keeper.flush();
  const again = openReplay(store.history, null).answering('feed');
  const statusFor = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await again(request(FEED, headers), never)).status;
  expect(await statusFor({ 'if-none-match': '"1"', 'if-modified-since': later })).toBe(304);
  expect(await statusFor({ 'if-none-match': '"1"', 'if-modified-since': then })).toBe(200);
  expect(await statusFor({ 'if-none-match': '"0"', 'if-modified-since': later })).toBe(200);
});
