import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, arrival, aStory, NOON, ONE, TWO } from './records.ts';

const world = { topicId: 'world', reason: 'r' };
const circle = { topicId: 'circle', reason: 'r', private: true as const };
const learnt = { topicId: 'learnt', reason: 'r', learnt: true as const, private: true as const };

export function privateSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
    await store.saveRefresh(arrival(['urn:a', 'urn:b', 'urn:c', 'urn:d'].map((id) => anArticle({ id, entryId: id }))));
    await store.saveCuration(
      aCuration({
        stories: [
          aStory({ id: 'urn:a', topics: [world], published: NOON, updated: NOON }),
          aStory({ id: 'urn:b', topics: [world, circle], published: ONE, updated: ONE }),
          aStory({ id: 'urn:c', topics: [circle, learnt], published: TWO, updated: TWO }),
          aStory({ id: 'urn:d', topics: [], published: TWO, updated: TWO }),
        ],
      }),
    );
    await store.savePlaced({
      opened: [],
      left: [],
      there: [],
      gone: [],
      tombstones: [],
      reopened: [],
      done: (await store.storyChanges(100)).numbers,
    });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const idsOf = (told: Awaited<ReturnType<Store['newestStories']>>): string[] => told.map(({ story }) => story.id);
  const inPublic = async (): Promise<readonly string[][]> => [
    idsOf(await store.newestStories(null, 10)),
    idsOf(await store.publishedStories(null, null, 10)),
  ];

  test('what is in private topics alone is not among all that is published, and is whole in its topic', async () => {
    expect(await inPublic()).toEqual([
      ['urn:b', 'urn:a'],
      ['urn:a', 'urn:b'],
    ]);
    expect(await store.newestChange(null)).toBe(ONE);
    expect(await store.newestChange('circle')).toBe(TWO);
    expect(idsOf(await store.newestStories('circle', 10))).toEqual(['urn:c', 'urn:b']);
    expect(idsOf(await store.publishedStories('circle', null, 1))).toEqual(['urn:b']);
    expect(idsOf(await store.publishedStories('circle', 'urn:b', 10))).toEqual(['urn:c']);
    const [told] = await store.stories(['urn:c']);
    expect(told!.story.topics).toEqual([circle, learnt]);
  });

  test('it counts for the quota of its source', async () => {
    const [article] = await store.articles(['urn:c']);
    const dates = await store.publishedOfSources(new Map([[article!.sourceId, null]]));
    expect(dates.get(article!.sourceId)).toEqual([NOON, ONE, TWO]);
  });

  test('topics become private and public again in what is stored, and those stories are looked at once more', async () => {
    const mark = await store.changeMark();
    await store.settlePrivateTopics(['circle', 'learnt']);
    expect(await store.changeMark()).toBe(mark);
    expect(await store.storyChanges(10)).toEqual({ numbers: [], storyIds: [] });

    await store.settlePrivateTopics(['world', 'learnt']);
    expect(await inPublic()).toEqual([
      ['urn:c', 'urn:b'],
      ['urn:b', 'urn:c'],
    ]);
    expect((await store.storyChanges(10)).storyIds.toSorted()).toEqual(['urn:a', 'urn:b', 'urn:c']);
    expect(await store.changeMark()).not.toBe(mark);
    const [told] = await store.stories(['urn:c']);
    expect(told!.story.topics).toEqual([{ topicId: 'circle', reason: 'r' }, learnt]);

    await store.settlePrivateTopics([]);
    expect((await inPublic())[0]).toEqual(['urn:c', 'urn:b', 'urn:a']);
  });

  test('a token stays until another is put in its place, and goes with its topic when that is renamed', async () => {
    const first = { topicId: 'circle', token: 'one', madeAt: NOON };
    await store.savePrivateToken(first, { inPlaceOfOlder: false });
    await store.savePrivateToken({ ...first, token: 'two' }, { inPlaceOfOlder: false });
    expect(await store.privateTokens()).toEqual([first]);
    const renewed = { topicId: 'circle', token: 'three', madeAt: ONE };
    await store.savePrivateToken(renewed, { inPlaceOfOlder: true });
    expect(await store.privateTokens()).toEqual([renewed]);
    await store.renameTopic('circle', 'ring');
    expect(await store.privateTokens()).toEqual([{ ...renewed, topicId: 'ring' }]);
  });

  test('what became of the file of a private topic is not remembered for those who ask', async () => {
    const record = (path: string) => ({ path, inputKey: 'k', sha256: 's' });
    const paths = ['private:circle/feeds/circle.atom', 'feeds/world.atom'];
    await store.saveOutputs({ written: paths.map(record), removed: [] });
    await store.saveOutputs({ written: [], removed: paths });
    expect(await store.fateOf(paths[0]!)).toBeNull();
    expect(await store.fateOf(paths[1]!)).toEqual({ kind: 'gone' });
  });
}
