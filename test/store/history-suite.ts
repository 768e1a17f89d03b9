import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { OutboundResponse } from '../../src/model/outbound.ts';
import type { HistoryQuestion, KeptAnswer } from '../../src/store/history-store.ts';
import type { Store } from '../../src/store/store.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import type { TestDatabase } from './databases.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aCuration, aLedgerEntry, arrival, aState, aStep, NOON, ONE, TWO } from './records.ts';

const URL = 'https://harbour.example/feed.xml';
const feed: HistoryQuestion = { kind: 'feed', url: URL, askedAs: '' };
const response = (text: string): OutboundResponse => ({
  url: URL,
  status: 200,
  headers: { etag: `"${text}"` },
  body: Buffer.from(text),
  redirects: [{ status: 301, url: URL }],
});
const answered = (text: string, at = NOON, question = feed): KeptAnswer => ({
  ...question,
  at,
  outcome: { kind: 'answered', response: response(text) },
});
const failed = (at: string, question = feed): KeptAnswer => ({
  ...question,
  at,
  outcome: { kind: 'failed', code: 'fetch-timed-out', detail: 'after 30 s', retryAfterSeconds: null },
});
const textOf = (answer: KeptAnswer | null): string | null =>
  answer?.outcome.kind === 'answered' ? Buffer.from(answer.outcome.response.body).toString() : null;

export function historySuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  test('an answer comes back as it was kept, with headers, redirects and every byte', async () => {
    const body = Uint8Array.from({ length: 3000 }, (_, at) => (at * 7) % 256);
    const kept: KeptAnswer = { ...feed, at: NOON, outcome: { kind: 'answered', response: { ...response('a'), body } } };
    await store.history.keep([kept]);
    const found = await store.history.latest(feed);
    expect(found).toMatchObject({ ...feed, at: NOON });
    expect(found!.outcome).toMatchObject({ kind: 'answered', response: { status: 200, headers: { etag: '"a"' } } });
    expect(found!.outcome.kind === 'answered' && Buffer.from(found!.outcome.response.body)).toEqual(Buffer.from(body));
  });

  test('the newest answer is the last one, also when an older one comes again', async () => {
    await store.history.keep([answered('a', NOON)]);
    await store.history.keep([answered('b', ONE)]);
    expect(textOf(await store.history.latest(feed))).toBe('b');
    await store.history.keep([answered('a', TWO)]);
    expect(textOf(await store.history.latest(feed))).toBe('a');
    expect((await store.history.versions({ kind: 'feed', url: URL })).map(({ at }) => at)).toEqual([TWO, ONE]);
    expect((await store.history.size()).answers).toBe(2);
  });

  test('what was asked for in another way is another answer, and found by its address as well', async () => {
    const other = { ...feed, askedAs: 'with a key' };
    await store.history.keep([answered('for all', NOON), answered('for members', ONE, other)]);
    expect(textOf(await store.history.latest(feed))).toBe('for all');
    expect(textOf(await store.history.latest(other))).toBe('for members');
    expect(await store.history.latest({ ...feed, kind: 'page' })).toBeNull();
    const versions = await store.history.versions({ kind: 'feed', url: URL });
    const bodies = await Promise.all(versions.map(async ({ number }) => store.history.version(number)));
    expect(bodies.map((one) => Buffer.from(one!.body).toString())).toEqual(['for members', 'for all']);
  });

  test('a failure is kept until the address answers again, and once', async () => {
    await store.history.keep([answered('a', NOON)]);
    await store.history.keep([failed(ONE)]);
    await store.history.keep([failed(TWO)]);
    expect(await store.history.latest(feed)).toMatchObject({ at: TWO, outcome: { code: 'fetch-timed-out' } });
    expect((await store.history.size()).answers).toBe(2);
    await store.history.keepUnchanged([{ ...feed, at: plusSeconds(TWO, 60) }]);
    expect(textOf(await store.history.latest(feed))).toBe('a');
    expect((await store.history.size()).answers).toBe(1);
  });

  test('the same body with other headers is kept once, with the newest of them', async () => {
    await store.history.keep([answered('a', NOON)]);
    const [version] = await store.history.versions({ kind: 'feed', url: URL });
    const { bytes } = await store.history.size();
    const marked = { ...response('a'), headers: { etag: '"a"', 'x-robots-tag': 'noarchive' } };
    await store.history.keep([{ ...feed, at: ONE, outcome: { kind: 'answered', response: marked } }]);
    const found = await store.history.latest(feed);
    expect(found!.outcome).toMatchObject({ response: { headers: { 'x-robots-tag': 'noarchive' } } });
    expect(textOf(found)).toBe('a');
    expect(await store.history.version(version!.number)).toMatchObject({ headers: marked.headers });
    const grown = await store.history.size();
    expect([grown.answers, grown.bytes - bytes]).toEqual([1, ',"x-robots-tag":"noarchive"'.length]);
  });

  test('what came last is the newest, also after a clock that was ahead', async () => {
    const ahead = plusSeconds(TWO, 365 * 86_400);
    await store.history.keep([answered('a', ahead)]);
    await store.history.keep([answered('b', NOON)]);
    expect(textOf(await store.history.latest(feed))).toBe('b');
    await store.history.keep([answered('a', NOON)]);
    expect(textOf(await store.history.latest(feed))).toBe('a');
    await store.history.keep([answered('c', ahead), answered('b', ONE)]);
    expect(textOf(await store.history.latest(feed))).toBe('b');
    await store.history.keep([failed(ahead)]);
    await store.history.keep([failed(ONE)]);
    expect(await store.history.latest(feed)).toMatchObject({ at: ONE, outcome: { kind: 'failed' } });
  });

  test('what an address confirms is as old as its last confirming, also after a clock that was ahead', async () => {
    const ahead = plusSeconds(TWO, 365 * 86_400);
    await store.history.keep([answered('a', NOON)]);
    await store.history.keep([answered('b', ahead)]);
    await store.history.keepUnchanged([{ ...feed, at: ONE }]);
    expect(await store.history.latest(feed)).toMatchObject({ at: ONE });
    expect(textOf(await store.history.latest(feed))).toBe('b');
  });

  test('a body that is said to be unchanged does not grow old', async () => {
    await store.history.keep([answered('a', NOON), answered('p', NOON, { ...feed, kind: 'page' })]);
    const later = plusSeconds(NOON, 86_400);
    await store.history.keepUnchanged([{ ...feed, at: later }]);
    await store.history.keepUnchanged([{ ...feed, url: 'https://nobody.example/', at: later }]);
    expect(await store.history.prune({ from: ONE, mostBytes: 1e9 })).toBe(1);
    expect(textOf(await store.history.latest(feed))).toBe('a');
    expect(await store.history.latest({ ...feed, kind: 'page' })).toBeNull();
  });

  test('of what is too much the oldest goes first, and no more than has to', async () => {
    const pages = Array.from({ length: 5 }, (_, at) =>
      answered(`page ${at}`, plusSeconds(NOON, at), { ...feed, kind: 'page', url: `${URL}?${at}` }),
    );
    await store.history.keep(pages.toReversed());
    const { bytes } = await store.history.size();
    expect(await store.history.prune({ from: '', mostBytes: bytes })).toBe(0);
    expect(await store.history.prune({ from: '', mostBytes: bytes - 1 })).toBe(1);
    expect(await store.history.latest(pages[0]!)).toBeNull();
    expect(textOf(await store.history.latest(pages[1]!))).toBe('page 1');
    expect(await store.history.prune({ from: '', mostBytes: 0 })).toBe(4);
    expect(await store.history.size()).toEqual({ answers: 0, bytes: 0, oldest: null });
  });

  const page = (url: string): HistoryQuestion => ({ kind: 'page', url, askedAs: '' });
  const LINK = 'https://harbour.example/a';
  const retract = (): Promise<void> =>
    store.saveCuration(aCuration({ trail: [aStep({ state: 'retracted', reason: 'the operator has retracted it' })] }));

  test('the pages of what is retracted go, however they were asked for, and are not kept again', async () => {
    const links = [LINK, 'http://www.harbour.example/former?utm_source=feed'].map((value) => ({
      kind: 'link' as const,
      value: value.replace(/^https?:\/\/(?:www\.)?/, '').replace('?utm_source=feed', ''),
    }));
    const ledger = [aLedgerEntry({ aliases: [{ kind: 'guid', value: 'a' }, ...links] })];
    const source = { url: 'https://wire.example/a', name: null, foundBy: 'visible-link' as const };
    await store.saveRefresh(arrival([anArticle({ id: 'urn:a', link: LINK, sourceLink: source })], { ledger }));
    await store.saveRedirectTarget({ url: LINK, target: 'https://harbour.example/target', at: NOON });
    const urls = [
      LINK,
      source.url,
      'https://harbour.example/target',
      'http://www.harbour.example/former?utm_source=feed',
      'https://harbour.example/another',
    ];
    const asked = [...urls.map(page), { ...page(LINK), askedAs: 'members' }];
    await store.history.keep(asked.map((one) => answered(one.url, NOON, one)));
    expect((await store.history.size()).answers).toBe(6);
    await retract();
    const left = async (): Promise<string[]> => {
      const kept = await Promise.all(urls.map((url) => store.history.latest(page(url))));
      return kept.flatMap((one) => (one === null ? [] : [one.url]));
    };
    expect([await left(), (await store.history.size()).answers]).toEqual([['https://harbour.example/another'], 1]);
    await store.history.keep(asked.map((one) => answered(`${one.url} again`, ONE, one)));
    expect([await left(), (await store.history.size()).answers]).toEqual([['https://harbour.example/another'], 2]);
    expect(await store.history.isWithheld(page(LINK))).toBe(true);
    expect(await store.history.isWithheld(page('https://harbour.example/another'))).toBe(false);
    expect(await store.history.isWithheld(page('https://harbour.example/never'))).toBe(false);
  });

  test('a feed is kept after a retraction if it is known that nothing in it is retracted, and else nothing of it', async () => {
    const guid = (value: string) => ({ kind: 'guid' as const, value });
    const own = aSource({ url: URL });
    await store.saveRefresh(arrival([anArticle({ id: 'urn:a' })], { state: aState({ url: URL }) }));
    await store.history.keep([answered('a', NOON)]);
    expect(await store.history.doubtful([URL])).toEqual(new Set());
    await retract();
    expect(await store.history.doubtful([URL])).toEqual(new Set([own.url]));
    expect(await store.history.latest(feed)).toBeNull();
    await store.history.keep([{ ...answered('b', ONE), tells: [guid('b'), guid('c')] }]);
    expect(textOf(await store.history.latest(feed))).toBe('b');
    for (const tells of [[guid('b'), guid('a')], null, undefined]) {
      await store.history.keep([{ ...answered('b', ONE), tells: [guid('b')] }]);
      await store.history.keep([{ ...answered('c', TWO), ...(tells === undefined ? {} : { tells }) }]);
      expect([await store.history.latest(feed), await store.history.isWithheld(feed)]).toEqual([null, true]);
    }
    await store.history.keep([answered('c', ONE), { ...answered('d', TWO), tells: [] }]);
    expect((await store.history.versions(feed)).map(({ at }) => at)).toEqual([TWO]);
    // A failure tells nothing of anything.
    await store.history.keep([failed(TWO)]);
    expect(await store.history.latest(feed)).toMatchObject({ outcome: { kind: 'failed' } });
  });

  test('other sources’ feeds are kept as ever, one with the same guid among them', async () => {
    const other = { ...feed, url: 'https://wire.example/feed' };
    const state = aState({ sourceId: 'wire', url: other.url });
    await store.saveRefresh(arrival([anArticle({ id: 'urn:a' })], { state: aState({ url: URL }) }));
    await store.saveRefresh(
      arrival([anArticle({ id: 'urn:b', sourceId: 'wire' })], {
        state,
        ledger: [aLedgerEntry({ articleId: 'urn:b', sourceId: 'wire' })],
      }),
    );
    await store.history.keep([answered('a', NOON, other)]);
    await retract();
    await store.history.keep([answered('b', ONE, other)]);
    expect(await store.history.versions(other)).toHaveLength(2);
    // What no source is known to have may be a new address of the one.
    expect(await store.history.doubtful([other.url, 'https://new.example/'])).toEqual(
      new Set(['https://new.example/']),
    );
    expect(await store.history.isWithheld({ ...feed, url: 'https://new.example/' })).toBe(false);
  });

  test('also where more is too much than is dropped at once', async () => {
    const page = (at: number): HistoryQuestion => ({ kind: 'page', url: `${URL}?${at}`, askedAs: '' });
    const failing = Array.from({ length: 1100 }, (_, at) => failed(plusSeconds(NOON, Math.floor(at / 3)), page(at)));
    await store.history.keep(failing);
    const { bytes } = await store.history.size();
    expect(await store.history.prune({ from: '', mostBytes: Math.floor((bytes / 1100) * 50) })).toBeGreaterThan(1040);
    expect((await store.history.size()).answers).toBeGreaterThan(40);
    expect(await store.history.latest(page(1040))).toBeNull();
    expect(await store.history.latest(page(1099))).not.toBeNull();
  });
}
