import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { prepareTopics } from '../../src/curate/match-topics.ts';
import type { Article } from '../../src/model/article.ts';
import type { Source } from '../../src/model/source.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { EntryState } from '../../src/model/trail.ts';
import { judgeApart } from '../../src/pipeline/judge-apart.ts';
import { loadJudge, loadQuotas, type JudgeOrder } from '../../src/pipeline/load-judge.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { aCuration, arrival, aStep, aStory, NOON, ONE, someArticles, TWO } from '../store/records.ts';
import { aFilter } from '../support/a-filter.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aSite, aMatch, aTopic } from '../support/a-topic.ts';

let store: Store;
beforeEach(async () => {
  store = await openMemoryStore();
});
afterEach(async () => store[Symbol.asyncDispose]());

const world = aTopic({ match: aMatch({ any: ['bridge'] }) });
const article = (letter: string, given: Partial<Article> = {}): Article =>
  anArticle({ id: `urn:${letter}`, entryId: letter, ...given });
const orderOf = (sources: readonly Partial<Source>[], topics: readonly Topic[] = [world]): JudgeOrder => ({
  site: aSite(),
  sources: new Map(sources.map((given) => [given.id ?? 'harbour', aSource(given)])),
  topics: prepareTopics(topics),
});
const move = (articleId: string, state: EntryState, reason = `now ${state}`): Promise<void> =>
  store.saveSteps([aStep({ articleId, state, at: ONE, reason })]);

describe('a judge that is loaded', () => {
  test('knows verdicts, what was let through or held, and how many of the source were', async () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((letter) => article(letter));
    await store.saveRefresh(arrival(all));
    await move('urn:a', 'published');
    await move('urn:b', 'held');
    await move('urn:b', 'awaiting');
    await store.saveVerdicts([{ articleId: 'urn:c', verdict: 'approved', at: ONE, note: null }]);
    const judge = await loadJudge(store, orderOf([{ probation: 3 }]), all);
    expect(all.map((one) => judge.judge(one))).toMatchObject([
      { kind: 'pass' },
      { kind: 'hold', by: 'probation', reason: expect.stringContaining('held before') },
      { kind: 'pass' },
      { kind: 'pass' },
      { kind: 'pass' },
    ]);
    expect(all.map((one) => judge.isApproved(one))).toEqual([false, false, true, false, false]);
    const later = await loadJudge(store, orderOf([{ probation: 2 }]), all.slice(3));
    expect(all.slice(3).map((one) => later.judge(one).kind)).toEqual(['pass', 'pass']);
    const stricter = await loadJudge(store, orderOf([{ probation: 4 }]), all.slice(3));
    expect(all.slice(3).map((one) => stricter.judge(one).kind)).toEqual(['hold', 'hold']);
  });
});

describe('quotas that are loaded', () => {
  const asked = { topics: [{ topicId: 'world', reason: 'r' }], before: [], leadSourceId: 'harbour', approved: false };

  beforeEach(async () => {
    await store.saveRefresh(arrival([article('a'), article('b')]));
    await store.saveCuration(
      aCuration({ stories: [aStory({ published: NOON }), aStory({ id: 'urn:b', published: TWO })] }),
    );
  });

  test('count what a topic has published, as far back as they reach from the earliest story', async () => {
    const order = orderOf([{}], [{ ...world, quota: { most: 2, hours: 3 } }]);
    const admitted = async (earliest: string | null, published: string): Promise<number> =>
      (await loadQuotas(store, order, { earliest, sourceIds: null })).admit({ ...asked, published }).topics.length;
    expect(await admitted(TWO, TWO)).toBe(0);
    expect(await admitted(null, TWO)).toBe(0);
    expect(await admitted('2026-11-24T16:00:00Z', '2026-11-24T16:00:00Z')).toBe(1);
  });

  test('count what the sources have published that are asked about', async () => {
    const order = orderOf([{ quota: { most: 2, hours: 24 } }, { id: 'wire', quota: { most: 1, hours: 24 } }]);
    const given = { earliest: NOON, sourceIds: new Set(['harbour', 'wire']) };
    const quotas = await loadQuotas(store, order, given);
    expect(quotas.admit({ ...asked, published: ONE })).toEqual({
      topics: [],
      without: [{ topicId: 'world', reason: 'its source has its 2 in 24 hours already' }],
    });
    expect(quotas.admit({ ...asked, published: ONE, leadSourceId: 'wire' }).topics).toHaveLength(1);
  });
});

describe('after a change of the rules', () => {
  const giveWay = async (): Promise<void> => {};
  const again = (order: JudgeOrder): Promise<number> => judgeApart({ store, giveWay }, { ...order, now: TWO });
  const statesOf = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await store.standings(null)).map(({ articleId, state }) => [articleId.slice(4), state]));
  const drop = aFilter({ any: ['bridge'], note: 'no bridges' });
  const dropped = 'the filter "no bridges" of the source drops it: it has the word "bridge"';

  test('what filters dropped or held awaits sorting again, where the rules say something else now', async () => {
    await store.saveRefresh(arrival(['a', 'b', 'c', 'd'].map((letter) => article(letter))));
    await move('urn:a', 'dropped', dropped);
    await move('urn:b', 'held', dropped.replace('drops', 'holds'));
    await move('urn:c', 'published');
    expect(await again(orderOf([{ filters: [drop] }]))).toBe(1);
    expect(await statesOf()).toEqual({ a: 'dropped', b: 'awaiting', c: 'published', d: 'awaiting' });
    expect(await again(orderOf([{ filters: [] }]))).toBe(1);
    expect(await statesOf()).toMatchObject({ a: 'awaiting' });
    expect((await store.trailOf('urn:a')).at(-1)).toEqual({
      articleId: 'urn:a',
      at: TWO,
      state: 'awaiting',
      reason: 'the rules have changed',
    });
    expect(await again(orderOf([{ filters: [] }]))).toBe(0);
  });

  test('a filter of another name gives its reason anew', async () => {
    await store.saveRefresh(arrival([article('a')]));
    await move('urn:a', 'dropped', dropped);
    expect(await again(orderOf([{ filters: [{ ...drop, note: 'bridges never' }] }]))).toBe(1);
  });

  test('what is on probation, what the operator rejected, and what is of no listed source stays', async () => {
    await store.saveRefresh(arrival([article('a'), article('b'), article('c', { sourceId: 'gone' })]));
    await store.saveVerdicts([{ articleId: 'urn:b', verdict: 'rejected', at: ONE, note: null }]);
    await move('urn:a', 'held', 'its source is on probation: its first entry waits for the operator');
    await move('urn:b', 'dropped', 'the operator has rejected it');
    await move('urn:c', 'held');
    expect(await again(orderOf([{ probation: 9 }]))).toBe(0);
    expect(await statesOf()).toEqual({ a: 'held', b: 'dropped', c: 'held' });
    expect(await again(orderOf([{ probation: 0 }]))).toBe(1);
    expect(await statesOf()).toMatchObject({ a: 'awaiting' });
  });

  test('what stands in a story is left to the sorting of stories', async () => {
    await store.saveRefresh(arrival([article('a')]));
    await store.saveCuration(aCuration({ stories: [aStory({ topics: [] })] }));
    await move('urn:a', 'dropped', 'no topic takes it');
    expect(await again(orderOf([{}]))).toBe(0);
  });

  test('thousands are judged batch by batch, each once, with hundreds between them that are published', async () => {
    const many = someArticles(1800);
    const stateAt = (at: number): EntryState => (at >= 450 && at < 1350 ? 'published' : 'dropped');
    const trail = many.map(({ id }, at) => aStep({ articleId: id, state: stateAt(at), reason: dropped }));
    await store.saveRefresh(arrival(many, { trail }));
    expect(await again(orderOf([{ filters: [drop] }]))).toBe(0);
    expect(await again(orderOf([{}]))).toBe(900);
    expect(await again(orderOf([{}]))).toBe(0);
  });
});
