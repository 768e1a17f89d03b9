import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.ts';
import type { KeptFrom } from '../../src/store/upkeep-store.ts';
import { anArticle } from '../support/an-entry.ts';
import type { TestDatabase } from './databases.ts';
import { aCuration, arrival, aStep, aStory, NOON, ONE, TWO } from './records.ts';

const OLD = '2026-10-01T12:00:00Z';
const OLDER = '2026-09-01T12:00:00Z';
const kept = (given: {
  sources?: Record<string, string>;
  topics?: Record<string, string>;
  others?: KeptFrom['others'];
}): KeptFrom => ({
  sources: new Map(Object.entries(given.sources ?? {})),
  others: given.others ?? null,
  topics: new Map(Object.entries(given.topics ?? {})),
});

export function upkeepSuite(database: TestDatabase): void {
  const bring = async (store: Store, dates: Readonly<Record<string, string>>, sourceId = 'harbour'): Promise<void> => {
    const articles = Object.entries(dates).map(([name, published]) =>
      anArticle({ id: `urn:${name}`, entryId: name, sourceId, published, contentHtml: `<p>${'text '.repeat(50)}</p>` }),
    );
    await store.saveRefresh(arrival(articles));
  };
  const expire = (store: Store, ids: readonly string[], dissolved: readonly string[] = ids): Promise<void> =>
    store.saveCuration(
      aCuration({ dissolved, trail: ids.map((articleId) => aStep({ articleId, state: 'expired', at: TWO })) }),
    );
  const idsOf = (old: readonly { readonly articleId: string }[]): string[] => old.map(({ articleId }) => articleId);

  test('what is older than its source is kept is found, the oldest first, no more than a limit', async () => {
    await using store = await database.emptyStore();
    await bring(store, { a: OLD, b: OLDER, c: NOON });
    await bring(store, { w: OLDER }, 'wire');
    const from = kept({ sources: { harbour: ONE.replace('11-24', '11-01') } });
    expect(await store.upkeep.oldEntries(from, 'all', 10)).toEqual([
      { articleId: 'urn:b', by: { kind: 'source', id: 'harbour' } },
      { articleId: 'urn:a', by: { kind: 'source', id: 'harbour' } },
    ]);
    expect(idsOf(await store.upkeep.oldEntries(from, 'all', 1))).toEqual(['urn:b']);
    await store.saveSteps([aStep({ articleId: 'urn:b', state: 'dropped', reason: 'no topic takes it' })]);
    expect(idsOf(await store.upkeep.oldEntries(from, 'awaiting', 10))).toEqual(['urn:a']);
    await store.saveSteps([aStep({ articleId: 'urn:b', state: 'retracted', reason: 'taken back' })]);
    await expire(store, ['urn:a']);
    expect(await store.upkeep.oldEntries(from, 'all', 10)).toEqual([]);
  });

  test('what is from sources that nobody lists is found where they are kept for a while', async () => {
    await using store = await database.emptyStore();
    await bring(store, { a: OLDER });
    await bring(store, { w: OLDER, v: NOON }, 'wire');
    const from = kept({ others: { than: ['harbour'], from: OLD } });
    expect(await store.upkeep.oldEntries(from, 'all', 10)).toEqual([
      { articleId: 'urn:w', by: { kind: 'source', id: 'wire' } },
    ]);
  });

  test('what is in several topics is kept as long as any of them keeps it', async () => {
    await using store = await database.emptyStore();
    await bring(store, { a: OLDER, b: OLDER, c: OLDER });
    const inTopics = (name: string, ...topicIds: readonly string[]) =>
      aStory({
        id: `urn:${name}`,
        leadArticleId: `urn:${name}`,
        articleIds: [`urn:${name}`],
        published: OLDER,
        topics: topicIds.map((topicId) => ({ topicId, reason: 'so it is' })),
      });
    const stories = [inTopics('a', 'notices'), inTopics('b', 'notices', 'events'), inTopics('c', 'notices', 'world')];
    const trail = ['a', 'b', 'c'].map((name) => aStep({ articleId: `urn:${name}`, state: 'published', at: ONE }));
    await store.saveCuration(aCuration({ stories, trail }));
    const old = async (topics: Record<string, string>) =>
      idsOf(await store.upkeep.oldEntries(kept({ topics }), 'all', 9));
    expect(await old({ notices: NOON })).toEqual(['urn:a']);
    expect(await old({ notices: NOON, events: NOON })).toEqual(['urn:a', 'urn:b']);
    expect(await old({ notices: NOON, events: OLDER })).toEqual(['urn:a']);
    expect(await old({ events: NOON })).toEqual([]);
  });

  test('of what has expired the ledger is kept, with the first step into each state, and no text', async () => {
    await using store = await database.emptyStore();
    await bring(store, { a: OLD });
    const steps = (['published', 'awaiting', 'published', 'held', 'published'] as const).map((state, at) =>
      aStep({ articleId: 'urn:a', state, reason: `step ${at}` }),
    );
    await store.saveSteps(steps);
    await expire(store, ['urn:a']);
    expect(await store.articles(['urn:a'])).toEqual([]);
    const trail = (await store.trailOf('urn:a')).map(({ state, reason }) => `${state}: ${reason}`);
    expect(trail).toEqual([
      'awaiting: new in its feed',
      'published: step 0',
      'held: step 3',
      'expired: new in its feed',
    ]);
    expect(await store.standings(null)).toEqual([
      expect.objectContaining({ articleId: 'urn:a', state: 'expired', text: null }),
    ]);
    expect(await store.knownEntries('harbour', [{ kind: 'guid', value: 'a' }])).toHaveLength(1);
  });

  test('of a long trail the first step into each state stays, and the last ones', async () => {
    await using store = await database.emptyStore();
    await bring(store, { a: NOON, b: NOON });
    const steps = ['a', 'b'].flatMap((name) =>
      Array.from({ length: name === 'a' ? 9 : 7 }, (_, at) =>
        aStep({ articleId: `urn:${name}`, state: at === 1 ? 'held' : 'published', reason: `step ${at}` }),
      ),
    );
    await store.saveSteps(steps);
    await store.upkeep.trimTrails(4);
    const reasonsOf = async (name: string) => (await store.trailOf(`urn:${name}`)).map(({ reason }) => reason);
    const last = ['step 5', 'step 6', 'step 7', 'step 8'];
    expect(await reasonsOf('a')).toEqual(['new in its feed', 'step 0', 'step 1', ...last]);
    expect(await reasonsOf('b')).toHaveLength(8);
  });

  test('a verdict on what is kept no more changes nothing', async () => {
    await using store = await database.emptyStore();
    await bring(store, { a: OLD, b: OLD });
    await expire(store, ['urn:a']);
    const verdict = { verdict: 'approved', at: TWO, note: null } as const;
    await store.saveVerdicts(['urn:a', 'urn:b'].map((articleId) => ({ articleId, ...verdict })));
    expect((await store.trailOf('urn:a')).at(-1)).toMatchObject({ state: 'expired' });
    expect((await store.trailOf('urn:b')).at(-1)).toMatchObject({
      state: 'awaiting',
      reason: 'approved by the operator',
    });
  });

  describe('archives that show what has expired', () => {
    const version = (name: string) => ({
      topicId: 'world',
      entryId: `urn:${name}`,
      subjectId: `urn:${name}`,
      leadArticleId: `urn:${name}`,
      published: OLD,
      updated: OLD,
      extent: 'full' as const,
      words: null,
      characters: null,
      shown: [{ storyId: `urn:${name}`, articleId: `urn:${name}` }],
    });
    const archived = async (store: Store, ...pages: readonly (readonly string[])[]): Promise<void> => {
      await bring(store, Object.fromEntries(pages.flat().map((name) => [name, OLD])));
      await store.startChain({ topicId: 'world', madeAs: 'v', anew: false });
      for (const [at, names] of pages.entries())
        await store.closePage({ topicId: 'world', page: at + 1, entries: names.map(version), leftOut: [] });
    };

    test('are to be made again, until they are', async () => {
      await using store = await database.emptyStore();
      await archived(store, ['a', 'b'], ['c'], ['d', 'e']);
      await expire(store, ['urn:b', 'urn:e']);
      const pages = [1, 3].map((page) => ({ topicId: 'world', page }));
      expect(await store.upkeep.archivesToMend()).toEqual(pages);
      await store.upkeep.archivesMended(pages.slice(0, 1));
      expect(await store.upkeep.archivesToMend()).toEqual(pages.slice(1));
      expect((await store.archiveChains()).get('world')).toMatchObject({ first: 1, next: 4 });
    });

    test('are no part of their chain any more where they are the oldest, and hold nothing else', async () => {
      await using store = await database.emptyStore();
      await archived(store, ['a', 'b'], ['c'], ['d', 'e']);
      await expire(store, ['urn:a', 'urn:b', 'urn:e']);
      expect(await store.upkeep.archivesToMend()).toEqual([{ topicId: 'world', page: 3 }]);
      expect((await store.archiveChains()).get('world')).toMatchObject({ first: 2, next: 4 });
      expect((await store.archivedEntries(null, 9)).map(({ page }) => page)).toEqual([2, 3, 3]);
      await expire(store, ['urn:c', 'urn:d']);
      expect(await store.upkeep.archivesToMend()).toEqual([]);
      expect((await store.archiveChains()).get('world')).toMatchObject({ first: 4, next: 4 });
    });
  });

  test('it is told what kind of database it is, how large, and from when its oldest article is', async () => {
    await using store = await database.emptyStore();
    expect(await store.upkeep.databaseFacts()).toMatchObject({ oldestArticle: null, articles: 0 });
    await bring(store, { a: OLD, b: OLDER });
    const facts = await store.upkeep.databaseFacts();
    expect(facts).toMatchObject({ oldestArticle: OLDER, articles: 2 });
    expect(facts.kind).toBe(database.name === 'PostgreSQL' ? 'postgres' : 'sqlite');
    expect(facts.bytes).toBeGreaterThan(100_000);
  });

  test('room that is free is given back, no more at once than is asked for', async () => {
    await using store = await database.emptyStore();
    const names = Array.from({ length: 3000 }, (_, at) => `n${at}`);
    await bring(store, Object.fromEntries(names.map((name) => [name, OLD])));
    const full = (await store.upkeep.databaseFacts()).bytes;
    await expire(
      store,
      names.map((name) => `urn:${name}`),
    );
    const given = await store.upkeep.giveBackRoom(40_960);
    if (database.name === 'PostgreSQL') expect(given).toBe(0);
    else {
      expect(given).toBe(40_960);
      expect(await store.upkeep.giveBackRoom(1e9)).toBeGreaterThan(400_000);
      expect((await store.upkeep.databaseFacts()).bytes).toBeLessThan(full - 400_000);
      expect(await store.upkeep.giveBackRoom(1e9)).toBe(0);
    }
  });
}
