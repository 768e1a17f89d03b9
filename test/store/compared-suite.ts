import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Founding } from '../../src/model/compared-text.ts';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, arrival, aStory } from './records.ts';

const founding: Founding = {
  storyPrint: Uint32Array.of(65_537, 4_294_967_295, 7),
  weights: Uint16Array.of(1, 65_535),
  near: '1AQAAAAIAAAAAAIA+',
};

/** Texts as they are compared: what comes in comes out, bit for bit, and whoever asks later hears of what is new. */
export function comparedSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
  });
  afterEach(async () => store[Symbol.asyncDispose]());

  const all = async (after = 0, fromMs = 0): ReturnType<Store['comparedTexts']> =>
    store.comparedTexts({ after, fromMs, limit: 10 });
  const save = async (
    articleId: string,
    {
      atMs,
      print,
      founded = null,
    }: { readonly atMs: number; readonly print: number; readonly founded?: Founding | null },
    comparedFromMs = 0,
  ): Promise<void> => {
    const compared = [{ articleId, atMs, print: Uint32Array.of(print, 0xffff_ffff), founding: founded }];
    await store.saveCuration(
      aCuration({ stories: [aStory({ id: articleId, eventId: articleId })], compared, comparedFromMs }),
    );
  };

  test('are given with their story, its event and what it was placed by', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:t1' }), anArticle({ id: 'urn:t2', entryId: 'two' })]));
    await save('urn:t1', { atMs: 1000, print: 5, founded: founding });
    await save('urn:t2', { atMs: 2000, print: 6 });
    const { texts, last } = await all();
    expect(texts).toEqual([
      {
        articleId: 'urn:t1',
        sourceId: 'harbour',
        atMs: 1000,
        print: Uint32Array.of(5, 0xffff_ffff),
        storyId: 'urn:t1',
        eventId: 'urn:t1',
        founding,
      },
      expect.objectContaining({ articleId: 'urn:t2', print: Uint32Array.of(6, 0xffff_ffff), founding: null }),
    ]);
    expect(await all(last)).toEqual({ texts: [], last });
    expect((await all(0, 1500)).texts.map(({ articleId }) => articleId)).toEqual(['urn:t2']);
  });

  test('come again to those who know them when they have changed, with what their story was placed by', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:t1' })]));
    await save('urn:t1', { atMs: 1000, print: 5, founded: founding });
    const { last } = await all();
    await save('urn:t1', { atMs: 1000, print: 9 });
    const again = await all(last);
    expect(again.texts).toMatchObject([{ print: Uint32Array.of(9, 0xffff_ffff), founding }]);
    expect(again.last).toBeGreaterThan(last);
    expect((await all()).texts).toHaveLength(1);
  });

  test('are forgotten when they are old, and their numbers never given again', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:t1' }), anArticle({ id: 'urn:t2', entryId: 'two' })]));
    await save('urn:t1', { atMs: 1000, print: 5 });
    const { last } = await all();
    await save('urn:t2', { atMs: 2000, print: 6 }, 1500);
    expect((await all()).texts.map(({ articleId }) => articleId)).toEqual(['urn:t2']);
    expect((await all(last)).texts.map(({ articleId }) => articleId)).toEqual(['urn:t2']);
  });

  test('follow their story to another event, which is remembered with it', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:t1' })]));
    await save('urn:t1', { atMs: 1000, print: 5, founded: founding });
    const mark = await store.changeMark();
    await store.moveStories([{ storyId: 'urn:t1', eventId: 'urn:other' }], { moved: 'so' });
    expect((await all()).texts).toMatchObject([{ storyId: 'urn:t1', eventId: 'urn:other' }]);
    expect((await store.stories(['urn:t1']))[0]!.story.eventId).toBe('urn:other');
    expect(await store.fact('moved')).toBe('so');
    expect(await store.changeMark()).not.toBe(mark);
  });

  test('come again to those who know them when their story has moved, and no others with them', async () => {
    const two = [anArticle({ id: 'urn:t1' }), anArticle({ id: 'urn:t2', entryId: 'two' })];
    await store.saveRefresh(arrival([...two, anArticle({ id: 'urn:t3', entryId: 'three' })]));
    await save('urn:t1', { atMs: 1000, print: 5, founded: founding });
    await save('urn:t2', { atMs: 2000, print: 6 });
    await save('urn:t3', { atMs: 3000, print: 7, founded: founding });
    const { texts, last } = await all();
    const moved = ['urn:t3', 'urn:t1'].map((storyId) => ({ storyId, eventId: 'urn:t2' }));
    await store.moveStories(moved, {});
    const again = await all(last);
    expect(again.texts).toEqual([texts[0], texts[2]].map((text) => ({ ...text, eventId: 'urn:t2' })));
    expect(again.last).toBeGreaterThan(last);
    expect((await all()).texts).toHaveLength(3);
    await store.moveStories([], {});
    expect((await all(again.last)).texts).toEqual([]);
  });
}
