import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ImageCopy } from '../../src/model/image-copy.ts';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { arrival, aStep, NOON, ONE, someArticles, TWO } from './records.ts';

const COPY: ImageCopy = { path: 'images/ab/cd.jpg', type: 'image/jpeg', width: 640, height: 360, bytes: 1000 };
const [a, b, c] = ['https://harbour.example/a.jpg', 'https://harbour.example/b.jpg', 'https://harbour.example/c.jpg'];

export function imagesSuite(database: TestDatabase): void {
  let store: Store;
  const articles = someArticles(3);
  const [first, second] = [articles[0]!.id, articles[1]!.id];
  const shows = (articleId: string, ...addresses: readonly string[]) => ({ articleId, sourceId: 'harbour', addresses });
  beforeEach(async () => {
    store = await database.emptyStore();
    await store.saveRefresh(arrival(articles));
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  test('a picture is asked for once, whoever shows it, and first those that came last', async () => {
    expect(await store.images.notNoted([shows(first, a, b)])).toHaveLength(1);
    await store.images.want([shows(first, a, b), shows(second, b)], ONE);
    await store.images.want([shows(second, b, c)], TWO);
    const noted = [shows(first, a), shows(second, b, c)];
    const others = [shows(first, a, c), shows(articles[2]!.id, b)];
    expect(await store.images.notNoted([...noted, ...others])).toEqual(others);
    expect(await store.images.notNoted([])).toEqual([]);
    expect(await store.images.due(NOON, 10)).toEqual([]);
    const due = (await store.images.due(TWO, 10)).map(({ url }) => url);
    expect([due.length, due[0], new Set(due)]).toEqual([3, c, new Set([a, b, c])]);
    expect(await store.images.due(TWO, 1)).toEqual([{ url: c, sourceId: 'harbour', tries: 0 }]);
  });

  test('one that was not had is asked for when it is said, behind those that were not tried, or never', async () => {
    await store.images.want([shows(first, a, b, c)], NOON);
    const missed = { kind: 'missed', code: 'fetch-timed-out', reason: 'after 15 s' } as const;
    expect(await store.images.save({ ...missed, url: a, nextAt: ONE })).toBe(true);
    await store.images.save({ ...missed, url: b, nextAt: null });
    expect((await store.images.due(NOON, 10)).map(({ url }) => url)).toEqual([c]);
    expect(await store.images.due(ONE, 10)).toEqual([
      { url: c, sourceId: 'harbour', tries: 0 },
      { url: a, sourceId: 'harbour', tries: 1 },
    ]);
    expect(await store.images.save({ kind: 'waits', url: c, nextAt: TWO })).toBe(true);
    expect((await store.images.due(ONE, 10)).map(({ url }) => url)).toEqual([a]);
    await store.images.save({ kind: 'waits', url: c, nextAt: NOON });
    expect(await store.images.counts()).toEqual({
      copies: 0,
      bytes: 0,
      waiting: 2,
      missed: [{ code: 'fetch-timed-out', count: 2 }],
    });
    expect(await store.images.ofArticle(first)).toEqual([
      { url: a, copy: null, reason: 'after 15 s', nextAt: ONE },
      { url: b, copy: null, reason: 'after 15 s', nextAt: null },
      { url: c, copy: null, reason: null, nextAt: NOON },
    ]);
    expect(await store.images.ofArticle(second)).toEqual([]);
  });

  test('a copy is found by its address, however long that is, and moves the mark of change', async () => {
    const long = `https://harbour.example/${'x'.repeat(4000)}.jpg`;
    await store.images.want([shows(first, a, b, long)], NOON);
    const before = await store.changeMark();
    await store.images.save({ kind: 'copied', url: a, copy: COPY });
    await store.images.save({ kind: 'copied', url: b, copy: COPY });
    await store.images.save({ kind: 'copied', url: long, copy: { ...COPY, path: 'images/ef/01.png', bytes: 5 } });
    expect(await store.images.isCopyAt('images/ef/01.png')).toBe(true);
    expect(await store.images.isCopyAt('images/ef/02.png')).toBe(false);
    expect(await store.changeMark()).not.toBe(before);
    expect([...(await store.images.copies()).keys()].toSorted()).toEqual([a, b, long].toSorted());
    expect(await store.images.publishedCopies([a, b, c])).toEqual(new Map());
    const record = { path: COPY.path, inputKey: 'closed', sha256: 'abc' };
    await store.saveOutputs({ written: [{ ...record, sha256: '' }], removed: [] });
    expect(await store.images.publishedCopies([b])).toEqual(new Map());
    await store.saveOutputs({ written: [record], removed: [] });
    expect(await store.images.publishedCopies([b, c, long])).toEqual(new Map([[b, COPY]]));
    expect(await store.images.publishedCopies([])).toEqual(new Map());
    // What two addresses share is there once.
    expect(await store.images.counts()).toMatchObject({ copies: 3, bytes: 1005, waiting: 0 });
    await store.images.lost([COPY.path], TWO);
    expect([...(await store.images.copies()).keys()]).toEqual([long]);
    expect((await store.images.due(TWO, 10)).map(({ url }) => url).toSorted()).toEqual([a, b]);
  });

  test('what no article shows any more is forgotten, and its file is free when no other picture is the same', async () => {
    await store.images.want([shows(first, a, c), shows(second, b)], NOON);
    await store.images.save({ kind: 'copied', url: a, copy: COPY });
    await store.images.save({ kind: 'copied', url: b, copy: COPY });
    await store.images.save({ kind: 'copied', url: c, copy: { ...COPY, path: 'images/ef/01.png' } });
    const readAt = await store.awaitingSteps();
    const takeBack = (articleId: string): Promise<void> =>
      store.saveCuration({
        stories: [],
        dissolved: [],
        keys: [],
        compared: [],
        comparedFromMs: 0,
        trail: [aStep({ articleId, state: 'retracted', at: ONE })],
        readAt,
        facts: {},
      });
    const nothing = { urls: [], free: [] };
    expect(await store.images.unused(10)).toEqual(nothing);
    await takeBack(first);
    expect(await store.images.unused(10)).toEqual({ urls: [a, c], free: ['images/ef/01.png'] });
    expect((await store.images.unused(1)).urls).toHaveLength(1);
    // One that comes when nobody wants it any more is not kept.
    expect(await store.images.save({ kind: 'copied', url: c, copy: COPY })).toBe(false);
    await store.images.forget([a, c]);
    expect(await store.images.save({ kind: 'waits', url: a, nextAt: TWO })).toBe(false);
    expect(await store.images.unused(10)).toEqual(nothing);
    expect([...(await store.images.copies()).keys()]).toEqual([b]);
    await takeBack(second);
    expect(await store.images.unused(10)).toEqual({ urls: [b], free: [COPY.path] });
    // One that is shown again in the meantime stays.
    await store.images.want([shows(articles[2]!.id, b)], TWO);
    await store.images.forget([b]);
    expect([...(await store.images.copies()).keys()]).toEqual([b]);
    await store.images.unlink([articles[2]!.id]);
    await store.images.forget([b]);
    expect(await store.images.counts()).toEqual({ copies: 0, bytes: 0, waiting: 0, missed: [] });
  });

  test('sources take turns, so that who has many pictures keeps nobody waiting', async () => {
    const many = [a, b, c].map((url) => `${url}?of=wire`);
    await store.images.want([shows(first, a, b)], NOON);
    await store.images.want([{ ...shows(second, ...many), sourceId: 'wire' }], NOON);
    await store.images.save({ kind: 'missed', url: b, code: 'fetch-timed-out', reason: 'after 15 s', nextAt: NOON });
    const due = await store.images.due(ONE, 4);
    expect(due.map(({ sourceId }) => sourceId)).toEqual(['wire', 'harbour', 'wire', 'harbour']);
    expect(due.filter(({ sourceId }) => sourceId === 'harbour').map(({ url }) => url)).toEqual([a, b]);
  });

  test('the articles of which pictures are noted are told some at a time', async () => {
    await store.images.want([shows(first, a, b), shows(second, b)], NOON);
    const [one, other] = [first, second].toSorted();
    expect(await store.images.articlesWith(null, 10)).toEqual([one, other]);
    expect(await store.images.articlesWith(null, 1)).toEqual([one]);
    expect(await store.images.articlesWith(one!, 10)).toEqual([other]);
    await store.images.unlink([other!]);
    expect(await store.images.articlesWith(one!, 10)).toEqual([]);
  });

  test('of an article that is not kept nothing is noted but the address, which is forgotten', async () => {
    await store.images.want([shows(anArticle({ id: 'urn:elsewhere' }).id, a)], NOON);
    await store.images.forget((await store.images.unused(10)).urls);
    expect(await store.images.due(TWO, 10)).toEqual([]);
  });
}
