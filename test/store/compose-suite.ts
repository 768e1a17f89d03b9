import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, arrival, aStep, aStory, NOON, ONE, TWO } from './records.ts';

const world = [{ topicId: 'world', reason: 'r' }];
const both = [...world, { topicId: 'economy', reason: 'r' }];

export function composeSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
    const ids = ['urn:a', 'urn:b', 'urn:c', 'urn:d', 'urn:É'];
    await store.saveRefresh(arrival(ids.map((id) => anArticle({ id, entryId: id }))));
    await store.saveCuration(
      aCuration({
        stories: [
          aStory({ id: 'urn:a', topics: world, published: NOON, updated: TWO }),
          aStory({ id: 'urn:b', topics: both, published: ONE, updated: ONE }),
          aStory({ id: 'urn:c', topics: world, published: ONE, updated: ONE }),
          aStory({ id: 'urn:d', topics: [], published: TWO, updated: '2026-12-01T00:00:00Z' }),
          aStory({ id: 'urn:É', topics: world, published: NOON, updated: NOON }),
        ],
      }),
    );
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const idsOf = (told: Awaited<ReturnType<Store['newestStories']>>): string[] => told.map(({ story }) => story.id);

  test('the newest stories of a topic come by date, then by id, up to the limit', async () => {
    expect(idsOf(await store.newestStories('world', 10))).toEqual(['urn:b', 'urn:c', 'urn:a', 'urn:É']);
    expect(idsOf(await store.newestStories('world', 3))).toEqual(['urn:b', 'urn:c', 'urn:a']);
    expect(idsOf(await store.newestStories('economy', 10))).toEqual(['urn:b']);
    expect(await store.newestStories('sport', 10)).toEqual([]);
    expect(await store.newestStories('world', 0)).toEqual([]);
  });

  test('the newest stories of any topic leave out those that are in none', async () => {
    expect(idsOf(await store.newestStories(null, 10))).toEqual(['urn:b', 'urn:c', 'urn:a', 'urn:É']);
    expect(idsOf(await store.newestStories(null, 1))).toEqual(['urn:b']);
  });

  test('a story of the newest is whole', async () => {
    const [told] = await store.newestStories('economy', 1);
    expect(told?.story.topics).toEqual(both);
    expect(told?.articles).toEqual(await store.articles(['urn:b']));
  });

  test('published stories come page by page in order of their ids', async () => {
    expect(idsOf(await store.publishedStories(null, null, 2))).toEqual(['urn:a', 'urn:b']);
    expect(idsOf(await store.publishedStories(null, 'urn:b', 2))).toEqual(['urn:c', 'urn:É']);
    expect(idsOf(await store.publishedStories(null, 'urn:É', 2))).toEqual([]);
  });

  test('the paths of published stories, of a topic or of all, leave out those that are in none', async () => {
    const pathsOf = async (topicId: string | null): Promise<string[]> =>
      (await store.publishedStories(topicId, null, 10)).map(({ story }) => story.path).toSorted();
    expect([...(await store.publishedPaths(null))].toSorted()).toEqual(await pathsOf(null));
    expect([...(await store.publishedPaths('economy'))]).toEqual(await pathsOf('economy'));
    expect((await store.publishedPaths(null)).size).toBe(4);
  });

  test('all stories come page by page in order of their ids, those in no topic too', async () => {
    expect(idsOf(await store.allStories(null, 4))).toEqual(['urn:a', 'urn:b', 'urn:c', 'urn:d']);
    expect(idsOf(await store.allStories('urn:d', 4))).toEqual(['urn:É']);
    expect(idsOf(await store.allStories('urn:É', 4))).toEqual([]);
  });

  test('the mark of change moves with articles and stories, and with nothing else', async () => {
    const marks = [await store.changeMark()];
    const next = async (): Promise<void> => void marks.push(await store.changeMark());
    await store.saveFact('founded', NOON);
    await store.saveSourceState(arrival([]).state);
    await store.saveRefresh(arrival([]));
    await store.saveCuration(aCuration({ facts: { 'curated-with': 'rules' } }));
    await next();
    expect(new Set(marks).size).toBe(1);
    await store.saveRefresh(arrival([anArticle({ id: 'urn:a', entryId: 'urn:a', title: 'Another' })]));
    await next();
    await store.saveCuration(aCuration({ stories: [aStory({ id: 'urn:a', topics: world })] }));
    await next();
    expect(new Set(marks).size).toBe(3);
  });

  test('the newest change is that of the stories in a topic, or in any', async () => {
    expect(await store.newestChange('world')).toBe(TWO);
    expect(await store.newestChange('economy')).toBe(ONE);
    expect(await store.newestChange(null)).toBe(TWO);
    expect(await store.newestChange('sport')).toBeNull();
    await store.saveCuration(aCuration({ dissolved: ['urn:a', 'urn:b', 'urn:c', 'urn:É'] }));
    expect(await store.newestChange(null)).toBeNull();
  });

  test('outputs are remembered, replaced and forgotten', async () => {
    const record = (path: string, inputKey: string) => ({ path, inputKey, sha256: 'f'.repeat(64) });
    await store.saveOutputs({ written: [record('index.html', '1'), record('feeds/world.atom', '1')], removed: [] });
    await store.saveOutputs({
      written: [record('index.html', '2'), record('new.html', '1'), record('new.html', '2')],
      removed: ['feeds/world.atom', 'never-was.html'],
    });
    expect(await store.outputs()).toEqual(
      new Map([
        ['index.html', record('index.html', '2')],
        ['new.html', record('new.html', '2')],
      ]),
    );
  });

  test('entries are counted by source and state', async () => {
    await store.saveRefresh(arrival([anArticle({ id: 'urn:w', entryId: 'w', sourceId: 'agency' })]));
    await store.saveCuration(
      aCuration({
        trail: [aStep({ articleId: 'urn:a', state: 'published' }), aStep({ articleId: 'urn:b', state: 'published' })],
      }),
    );
    expect(await store.entryCounts()).toEqual([
      { sourceId: 'agency', state: 'awaiting', count: 1 },
      { sourceId: 'harbour', state: 'awaiting', count: 3 },
      { sourceId: 'harbour', state: 'published', count: 2 },
    ]);
  });

  test('standings come by source, then by title, those without a title first', async () => {
    const titled = (id: string, title: string) => anArticle({ id, entryId: id, sourceId: 'agency', title });
    await store.saveRefresh(
      arrival([titled('urn:1', 'b'), titled('urn:2', 'B'), titled('urn:3', 'ä'), titled('urn:4', 'a')]),
    );
    await store.saveRefresh(
      arrival([], {
        ledger: [{ articleId: 'urn:5', sourceId: 'agency', entryId: '5', digest: '', firstSeenAt: NOON, aliases: [] }],
        trail: [aStep({ articleId: 'urn:5', state: 'failed', reason: 'no body', at: TWO })],
      }),
    );
    const agency = (await store.standings(null)).filter(({ sourceId }) => sourceId === 'agency');
    expect(agency.map(({ title }) => title)).toEqual([null, 'B', 'a', 'b', 'ä']);
    expect(await store.standings(ONE)).toEqual([
      {
        articleId: 'urn:5',
        sourceId: 'agency',
        title: null,
        link: null,
        state: 'failed',
        reason: 'no body',
        text: null,
        at: TWO,
      },
    ]);
    const [b] = (await store.standings(null)).filter(({ articleId }) => articleId === 'urn:1');
    expect(b?.text).toBe(anArticle().contentReason);
    expect(await store.standings('2027-01-01T00:00:00Z')).toEqual([]);
  });

  test('a trail comes in the order in which its steps were taken', async () => {
    const steps = [
      aStep({ articleId: 'urn:a', at: TWO, state: 'published', reason: 'in world' }),
      aStep({ articleId: 'urn:a', at: ONE, state: 'merged', reason: 'a clock went back' }),
    ];
    await store.saveCuration(aCuration({ trail: [steps[0]!, aStep({ articleId: 'urn:b' }), steps[1]!] }));
    expect(await store.trailOf('urn:a')).toEqual([aStep({ articleId: 'urn:a' }), ...steps]);
    expect(await store.trailOf('urn:unknown')).toEqual([]);
  });

  test('a fact is remembered by its name', async () => {
    expect(await store.fact('founded')).toBeNull();
    await store.saveFact('founded', NOON);
    await store.saveFact('founded', ONE);
    expect(await store.fact('founded')).toBe(ONE);
  });

  test('the schema has a version', async () => {
    expect(await store.schemaVersion()).toMatch(/^\d{4}-[a-z-]+$/);
  });
}
