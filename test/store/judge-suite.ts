import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Verdict } from '../../src/model/rule.ts';
import type { EntryState } from '../../src/model/trail.ts';
import type { ApartArticles, Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, arrival, aStep, aStory, NOON, ONE, someArticles, TWO } from './records.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) =>
  anArticle({ id: `urn:${letter}`, entryId: letter, link: `https://harbour.example/${letter}` }),
) as [
  ReturnType<typeof anArticle>,
  ReturnType<typeof anArticle>,
  ReturnType<typeof anArticle>,
  ReturnType<typeof anArticle>,
];
const other = anArticle({ id: 'urn:other', sourceId: 'wire', entryId: 'o', link: 'https://wire.example/o' });

export function judgeSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
    await store.saveRefresh(arrival([a, b, c, d]));
    await store.saveRefresh(arrival([other]));
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const move = (articleId: string, state: EntryState, at = ONE): Promise<void> =>
    store.saveSteps([aStep({ articleId, state, at, reason: `now ${state}` })]);
  const approved = (given: Partial<Verdict> = {}): Verdict => ({
    articleId: 'urn:a',
    verdict: 'approved',
    at: TWO,
    note: null,
    ...given,
  });
  const stateOf = async (id: string): Promise<string | undefined> => (await store.trailOf(id)).at(-1)?.state;

  test('a verdict is kept, takes the place of an earlier one, and lets its entry await sorting again', async () => {
    await move('urn:a', 'held');
    await move('urn:b', 'held');
    await store.saveVerdicts([approved(), approved({ articleId: 'urn:b', verdict: 'rejected', note: 'an advert' })]);
    expect(await store.verdicts(['urn:a', 'urn:b', 'urn:c', 'urn:unknown'])).toEqual(
      new Map([
        ['urn:a', approved()],
        ['urn:b', approved({ articleId: 'urn:b', verdict: 'rejected', note: 'an advert' })],
      ]),
    );
    expect((await store.trailOf('urn:b')).at(-1)).toEqual({
      articleId: 'urn:b',
      at: TWO,
      state: 'awaiting',
      reason: 'rejected by the operator: an advert',
    });
    expect(await stateOf('urn:a')).toBe('awaiting');
    await store.saveVerdicts([approved({ verdict: 'rejected' }), approved({ articleId: 'urn:b' })]);
    expect([...(await store.verdicts(['urn:a', 'urn:b'])).values()].map(({ verdict }) => verdict)).toEqual([
      'rejected',
      'approved',
    ]);
    expect(await store.verdicts([])).toEqual(new Map());
  });

  test('of an entry that the ledger does not have no verdict is kept, nor of those beside it', async () => {
    await expect(store.saveVerdicts([approved(), approved({ articleId: 'urn:unknown' })])).rejects.toThrow(
      'urn:unknown',
    );
    expect(await store.verdicts(['urn:a'])).toEqual(new Map());
    expect(await store.trailOf('urn:a')).toHaveLength(1);
  });

  test('a curation that read an entry before its verdict leaves it awaiting', async () => {
    const readAt = await store.awaitingSteps();
    await store.saveVerdicts([approved()]);
    await store.saveCuration(aCuration({ trail: [aStep({ state: 'held', at: TWO })], readAt }));
    expect(await stateOf('urn:a')).toBe('awaiting');
  });

  test('held entries come by source, those first that were held first, with title, link and reason', async () => {
    await move('urn:other', 'held', NOON);
    await move('urn:c', 'held', ONE);
    await move('urn:a', 'held', TWO);
    await move('urn:b', 'held', TWO);
    await move('urn:d', 'dropped', TWO);
    const held = await store.heldEntries(null);
    expect(held.map(({ articleId }) => articleId)).toEqual(['urn:c', 'urn:a', 'urn:b', 'urn:other']);
    expect(held[0]).toEqual({
      articleId: 'urn:c',
      sourceId: 'harbour',
      title: c.title,
      link: 'https://harbour.example/c',
      state: 'held',
      reason: 'now held',
      text: c.contentReason,
      at: ONE,
    });
    expect((await store.heldEntries('wire')).map(({ articleId }) => articleId)).toEqual(['urn:other']);
    expect(await store.heldEntries('unknown')).toEqual([]);
  });

  test('an entry that was once let through was let through, whatever became of it; one that was held was held', async () => {
    for (const state of ['published', 'dropped', 'held'] as const) await move('urn:a', state);
    for (const state of ['held', 'merged', 'awaiting'] as const) await move('urn:b', state);
    for (const state of ['held', 'awaiting', 'dropped'] as const) await move('urn:c', state);
    await move('urn:d', 'dropped');
    expect(await store.entryPasts(['urn:a', 'urn:b', 'urn:c', 'urn:d', 'urn:unknown'])).toEqual(
      new Map([
        ['urn:a', 'let-through'],
        ['urn:b', 'let-through'],
        ['urn:c', 'held'],
      ]),
    );
    expect(await store.entryPasts([])).toEqual(new Map());
  });

  test('what was let through or held of a source is counted, wherever it stands now, and no further than asked', async () => {
    const counts = async (most: number): Promise<number[]> =>
      Promise.all(['harbour', 'wire', 'unknown'].map((id) => store.letThroughCount(id, most)));
    expect(await counts(9)).toEqual([0, 0, 0]);
    for (const state of ['published', 'dropped'] as const) await move('urn:a', state);
    await move('urn:b', 'merged');
    for (const state of ['held', 'awaiting'] as const) await move('urn:c', state);
    for (const state of ['dropped', 'refused'] as const) await move('urn:d', state);
    for (const state of ['published', 'held'] as const) await move('urn:other', state);
    expect(await counts(9)).toEqual([3, 1, 0]);
    expect(await counts(2)).toEqual([2, 1, 0]);
    expect(await counts(1)).toEqual([1, 1, 0]);
  });

  test('publications are counted by the dates of stories: of a topic, and of the source that leads them', async () => {
    await store.saveCuration(
      aCuration({
        stories: [
          aStory({ id: 'urn:a', articleIds: ['urn:a', 'urn:other'], published: TWO }),
          aStory({ id: 'urn:b', published: NOON }),
          aStory({ id: 'urn:c', published: ONE, topics: [{ topicId: 'sport', reason: 'r' }] }),
          aStory({ id: 'urn:d', published: TWO, topics: [] }),
        ],
      }),
    );
    expect(await store.publishedInTopic('world', null)).toEqual([NOON, TWO]);
    expect(await store.publishedInTopic('world', ONE)).toEqual([TWO]);
    expect(await store.publishedInTopic('sport', ONE)).toEqual([ONE]);
    const ofSources = (asked: Readonly<Record<string, string | null>>): Promise<unknown> =>
      store.publishedOfSources(new Map(Object.entries(asked)));
    expect(await ofSources({ harbour: null, unknown: null })).toEqual(new Map([['harbour', [NOON, ONE, TWO]]]));
    expect(await ofSources({ harbour: ONE })).toEqual(new Map([['harbour', [ONE, TWO]]]));
    expect(await ofSources({ wire: null })).toEqual(new Map());
    expect(await ofSources({})).toEqual(new Map());
  });

  test('of each source those publications are counted that are asked for', async () => {
    const flood = someArticles(3, { sourceId: 'flood' });
    await store.saveRefresh(arrival(flood));
    const stories = ['urn:a', 'urn:other', flood[0]!.id].flatMap((id, at) => [
      aStory({ id, published: [NOON, ONE, TWO][at]! }),
    ]);
    const more = [aStory({ id: 'urn:b', published: TWO }), aStory({ id: flood[1]!.id, published: NOON })];
    await store.saveCuration(aCuration({ stories: [...stories, ...more] }));
    const asked = new Map([
      ['harbour', ONE],
      ['wire', NOON],
      ['flood', ONE],
    ]);
    expect(await store.publishedOfSources(asked)).toEqual(
      new Map([
        ['harbour', [TWO]],
        ['wire', [ONE]],
        ['flood', [TWO]],
      ]),
    );
    expect(await store.publishedOfSources(new Map([...asked, ['harbour', null]]))).toEqual(
      new Map([
        ['harbour', [NOON, TWO]],
        ['wire', [ONE]],
        ['flood', [TWO]],
      ]),
    );
  });

  test('what was held or dropped on its own account is found again, batch by batch', async () => {
    await store.saveCuration(aCuration({ stories: [aStory({ id: 'urn:d', topics: [] })] }));
    await move('urn:a', 'dropped');
    await move('urn:b', 'awaiting');
    await move('urn:c', 'held');
    await move('urn:d', 'dropped');
    await move('urn:other', 'dropped');
    const batches = [];
    for (let after: number | null = 0; after !== null;) {
      const batch: ApartArticles = await store.apartArticles(after, 2);
      batches.push(batch.articles);
      after = batch.last;
    }
    expect(batches).toEqual([
      [{ article: a, state: 'dropped', reason: 'now dropped' }],
      [{ article: c, state: 'held', reason: 'now held' }],
      [{ article: other, state: 'dropped', reason: 'now dropped' }],
    ]);
    const all = await store.apartArticles(0, 100);
    expect([all.articles.length, all.last]).toEqual([3, null]);
  });

  test('two thousand held entries are approved at once', async () => {
    const articles = someArticles(2000, { sourceId: 'flood' });
    const trail = articles.map(({ id }) => aStep({ articleId: id, state: 'held' }));
    await store.saveRefresh(arrival(articles, { trail }));
    expect(await store.heldEntries('flood')).toHaveLength(2000);
    expect(await store.letThroughCount('flood', 3000)).toBe(2000);
    await store.saveVerdicts(articles.map(({ id }) => approved({ articleId: id })));
    expect(await store.heldEntries('flood')).toEqual([]);
    expect((await store.verdicts(articles.map(({ id }) => id))).size).toBe(2000);
  });
}
