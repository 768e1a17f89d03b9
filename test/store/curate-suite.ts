import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, arrival, aStep, aStory, NOON, ONE, someArticles, TWO } from './records.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => anArticle({ id: `urn:${letter}`, entryId: letter })) as [
  ReturnType<typeof anArticle>,
  ReturnType<typeof anArticle>,
  ReturnType<typeof anArticle>,
];

export function curateSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
    await store.saveRefresh(arrival([a, b, c]));
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  test('awaiting articles come by date, then by id, and only while they await', async () => {
    const older = anArticle({ id: 'urn:z', entryId: 'z', published: '2026-11-01T00:00:00Z' });
    await store.saveRefresh(arrival([older]));
    expect((await store.awaitingArticles()).map(({ id }) => id)).toEqual(['urn:z', 'urn:a', 'urn:b', 'urn:c']);
    await store.saveCuration(
      aCuration({ trail: [aStep({ state: 'published', at: ONE }), aStep({ articleId: 'urn:c', state: 'dropped' })] }),
    );
    expect((await store.awaitingArticles()).map(({ id }) => id)).toEqual(['urn:z', 'urn:b']);
  });

  test('an article that somebody changed after it was read still awaits, and the others are sorted', async () => {
    const readAt = await store.awaitingSteps();
    expect([...readAt.keys()].toSorted()).toEqual(['urn:a', 'urn:b', 'urn:c']);
    const changed = aStep({ articleId: 'urn:b', at: ONE, reason: 'changed upstream' });
    await store.saveRefresh(arrival([{ ...b, title: 'Changed' }], { trail: [changed] }));
    const steps = ['urn:a', 'urn:b'].map((id) => aStep({ articleId: id, at: TWO, state: 'published' }));
    await store.saveCuration(aCuration({ stories: [aStory(), aStory({ id: 'urn:b' })], trail: steps, readAt }));
    expect((await store.awaitingArticles()).map(({ id }) => id)).toEqual(['urn:c', 'urn:b'].toSorted());
    expect(await store.trailOf('urn:b')).toEqual([aStep({ articleId: 'urn:b' }), changed]);
    expect((await store.trailOf('urn:a')).map(({ state }) => state)).toEqual(['awaiting', 'published']);
  });

  test('an article that was not read as awaiting keeps its new state if it awaits by now', async () => {
    await store.saveCuration(aCuration({ trail: [aStep({ state: 'published', at: ONE })] }));
    const readAt = await store.awaitingSteps();
    expect(readAt.has('urn:a')).toBe(false);
    await store.saveRefresh(arrival([a], { trail: [aStep({ at: ONE, reason: 'changed upstream' })] }));
    await store.saveCuration(aCuration({ trail: [aStep({ state: 'merged', at: TWO })], readAt }));
    expect((await store.awaitingArticles()).map(({ id }) => id)).toContain('urn:a');
  });

  test('a story comes back as it was: its lead first, then in its own order', async () => {
    const story = aStory({
      leadArticleId: 'urn:b',
      articleIds: ['urn:a', 'urn:c', 'urn:b'],
      topics: [
        { topicId: 'world', reason: 'because of "ceasefire"' },
        { topicId: 'economy', reason: 'because of "bonds"' },
      ],
      updated: TWO,
      score: 2.5,
      context: { related: ['urn:x'], hot: [], topicNews: [{ topicId: 'world', storyIds: ['urn:y', 'urn:x'] }] },
    });
    await store.saveCuration(aCuration({ stories: [story] }));
    expect(await store.stories(['urn:a', 'urn:unknown'])).toEqual([{ story, articles: [b, a, c] }]);
    expect(await store.stories([])).toEqual([]);
  });

  test('a changed story takes the place of the old one, with its articles and topics', async () => {
    await store.saveCuration(aCuration({ stories: [aStory({ articleIds: ['urn:a', 'urn:b'] })] }));
    const changed = aStory({
      articleIds: ['urn:a', 'urn:c'],
      leadArticleId: 'urn:c',
      topics: [{ topicId: 'economy', reason: 'r' }],
      published: ONE,
      score: 3,
    });
    await store.saveCuration(aCuration({ stories: [changed] }));
    expect(await store.stories(['urn:a'])).toEqual([{ story: changed, articles: [c, a] }]);
    expect(await store.storiesOfArticles(['urn:a', 'urn:b', 'urn:c'])).toEqual(
      new Map([
        ['urn:a', 'urn:a'],
        ['urn:c', 'urn:a'],
      ]),
    );
    expect(await store.newestStories('world', 10)).toEqual([]);
    expect(await store.newestStories('economy', 10)).toHaveLength(1);
  });

  test('an article that moves to another story is in that one alone', async () => {
    await store.saveCuration(
      aCuration({ stories: [aStory({ articleIds: ['urn:a', 'urn:c'] }), aStory({ id: 'urn:b' })] }),
    );
    await store.saveCuration(aCuration({ stories: [aStory({ id: 'urn:b', articleIds: ['urn:b', 'urn:c'] })] }));
    const told = await store.stories(['urn:a', 'urn:b']);
    const members = told.map(({ story }) => [story.id, story.articleIds]);
    expect(new Map(members as [string, string[]][])).toEqual(
      new Map([
        ['urn:a', ['urn:a']],
        ['urn:b', ['urn:b', 'urn:c']],
      ]),
    );
  });

  test('a dissolved story is gone, its articles are not', async () => {
    await store.saveCuration(aCuration({ stories: [aStory(), aStory({ id: 'urn:b' })] }));
    await store.saveCuration(
      aCuration({ stories: [aStory({ articleIds: ['urn:a', 'urn:b'] })], dissolved: ['urn:b'] }),
    );
    expect((await store.stories(['urn:a', 'urn:b'])).map(({ story }) => story.id)).toEqual(['urn:a']);
    expect(await store.storiesOfArticles(['urn:b'])).toEqual(new Map([['urn:b', 'urn:a']]));
    expect(await store.articles(['urn:b'])).toEqual([b]);
  });

  test('reports are found by the keys of articles: those of the story first seen first, then by the lowest id', async () => {
    await store.saveCuration(
      aCuration({
        stories: [
          aStory({ firstSeenAt: ONE }),
          aStory({ id: 'urn:b', firstSeenAt: NOON }),
          aStory({ id: 'urn:c', firstSeenAt: NOON }),
        ],
        keys: [
          { articleId: 'urn:a', keys: ['address:x', 'text:only-a', 'text:only-a'] },
          { articleId: 'urn:b', keys: ['address:x', 'text:b-and-c'] },
          { articleId: 'urn:c', keys: ['text:b-and-c'] },
        ],
      }),
    );
    const storiesAt = async (keys: readonly string[]): Promise<Map<string, string[]>> =>
      new Map(
        [...(await store.reportsWithKeys(keys))].map(([key, reports]) => [key, reports.map((one) => one.storyId)]),
      );
    expect(await storiesAt(['address:x', 'text:only-a', 'text:b-and-c', 'text:none'])).toEqual(
      new Map([
        ['address:x', ['urn:b', 'urn:a']],
        ['text:only-a', ['urn:a']],
        ['text:b-and-c', ['urn:b', 'urn:c']],
      ]),
    );
    expect((await store.reportsWithKeys(['text:only-a'])).get('text:only-a')).toEqual([
      { storyId: 'urn:a', articleId: 'urn:a', sourceId: 'harbour' },
    ]);
    expect(await store.reportsWithKeys([])).toEqual(new Map());
  });

  test('an article has the keys that it was given last, of whatever length', async () => {
    const long = `address:${'ü'.repeat(4000)}`;
    await store.saveCuration(aCuration({ stories: [aStory()], keys: [{ articleId: 'urn:a', keys: ['text:old'] }] }));
    await store.saveCuration(aCuration({ keys: [{ articleId: 'urn:a', keys: [long] }] }));
    expect([...(await store.reportsWithKeys(['text:old', long, `${long}!`])).keys()]).toEqual([long]);
  });

  test('stories since an instant come newest first, then by id, with or without topics', async () => {
    await store.saveCuration(
      aCuration({
        stories: [
          aStory({ published: NOON }),
          aStory({ id: 'urn:c', published: ONE, topics: [] }),
          aStory({ id: 'urn:b', published: ONE }),
        ],
      }),
    );
    const since = async (instant: string): Promise<string[]> =>
      (await store.storiesSince(instant)).map(({ story }) => story.id);
    expect(await since(NOON)).toEqual(['urn:b', 'urn:c', 'urn:a']);
    expect(await since(ONE)).toEqual(['urn:b', 'urn:c']);
    expect(await since(TWO)).toEqual([]);
  });

  test('facts are remembered with a curation', async () => {
    await store.saveCuration(aCuration({ facts: { 'curated-with': 'rules-1', other: '' } }));
    await store.saveCuration(aCuration({ facts: { 'curated-with': 'rules-2' } }));
    expect([await store.fact('curated-with'), await store.fact('other')]).toEqual(['rules-2', '']);
  });

  test('two thousand stories are saved and asked for at once', async () => {
    const articles = someArticles(2000, { sourceId: 'wire' });
    const ids = articles.map(({ id }) => id);
    await store.saveRefresh(arrival(articles));
    await store.saveCuration(
      aCuration({
        stories: ids.map((id) => aStory({ id })),
        keys: ids.map((id) => ({ articleId: id, keys: [`text:${id}`] })),
        trail: ids.map((id) => aStep({ articleId: id, state: 'published', at: ONE })),
      }),
    );
    expect(await store.stories(ids)).toHaveLength(2000);
    expect((await store.storiesOfArticles(ids)).size).toBe(2000);
    expect((await store.reportsWithKeys(ids.map((id) => `text:${id}`))).size).toBe(2000);
    expect((await store.awaitingArticles()).map(({ id }) => id)).toEqual(['urn:a', 'urn:b', 'urn:c']);
    await store.saveCuration(aCuration({ dissolved: ids }));
    expect(await store.stories(ids)).toEqual([]);
  });
}
