import { expect, test } from '@jest/globals';
import { migrate, SCHEMA_CHANGES } from '../../src/store/migrate.ts';
import type { SchemaChange } from '../../src/store/migrations/schema-change.ts';
import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { anArticle } from '../support/an-entry.ts';
import type { LastingDatabase, Where } from './databases.ts';
import { arrival, someArticles } from './records.ts';

const tools = { clock: systemClock() };

const LATER: SchemaChange = { name: '9999-later', statements: () => ['create table later (name text primary key)'] };

const FAULTY: SchemaChange = {
  name: '9999-faulty',
  statements: () => ['create table half (name text primary key)', 'create table half (name text primary key)'],
};

export function schemaSuite(database: LastingDatabase): void {
  /** A database with these steps, and no more. */
  const withSteps = async (where: Where, changes: readonly SchemaChange[]): Promise<void> => {
    const bare = await database.openBare(where);
    try {
      await migrate(bare, changes);
    } finally {
      await bare.db.destroy();
    }
  };
  const started = async (): Promise<Where> => {
    const where = await database.newPlace();
    await using _store = await openStore(where, tools);
    return where;
  };

  test('what one store saved, the next finds, in the same database', async () => {
    const where = await started();
    {
      await using store = await openStore(where, tools);
      await store.saveRefresh(arrival([anArticle({ id: 'urn:a' })]));
    }
    await using store = await openStore(where, tools);
    expect((await store.awaitingArticles()).map(({ id }) => id)).toEqual(['urn:a']);
  });

  test('two stores that open a new database together both find it ready', async () => {
    const where = await database.newPlace();
    const stores = await Promise.all([openStore(where, tools), openStore(where, tools), openStore(where, tools)]);
    await Promise.all(stores.map((store, at) => store.saveRefresh(arrival(someArticles(3, { sourceId: `s${at}` })))));
    for (const store of stores) {
      expect((await store.entryCounts()).map(({ count }) => count)).toEqual([3, 3, 3]);
      await store[Symbol.asyncDispose]();
    }
  });

  test('a database of any older version ends in the same schema as a new one', async () => {
    const all = [...SCHEMA_CHANGES, LATER];
    const fresh = await database.newPlace();
    await withSteps(fresh, all);
    const expected = await database.schemaOf(fresh);
    expect(expected.length).toBeGreaterThan(20);
    for (let steps = 1; steps < all.length; steps++) {
      const old = await database.newPlace();
      await withSteps(old, all.slice(0, steps));
      expect(await database.schemaOf(old)).not.toEqual(expected);
      await withSteps(old, all);
      expect(await database.schemaOf(old)).toEqual(expected);
    }
  });

  test('a database of a newer version is refused, and stays as it is', async () => {
    const where = await database.newPlace();
    await withSteps(where, [...SCHEMA_CHANGES, LATER]);
    const before = await database.schemaOf(where);
    await expect(openStore(where, tools)).rejects.toMatchObject({
      code: 'store-too-new',
      detail: expect.stringMatching(/"9999-later", this program knows up to "\d{4}-[a-z-]+"/),
    });
    expect(await database.schemaOf(where)).toEqual(before);
  });

  test('a step that fails leaves the schema as it was', async () => {
    const where = await started();
    const before = await database.schemaOf(where);
    await expect(withSteps(where, [...SCHEMA_CHANGES, FAULTY])).rejects.toMatchObject({
      code: 'store-unusable',
      detail: expect.stringContaining('9999-faulty'),
    });
    expect(await database.schemaOf(where)).toEqual(before);
    await using store = await openStore(where, tools);
    expect(await store.schemaVersion()).toBe(SCHEMA_CHANGES.at(-1)!.name);
  });

  test('a database that holds tables of another program under our names is refused', async () => {
    const where = await database.newPlace();
    const strangers: SchemaChange = { name: '0000-strangers', statements: () => ['create table articles (x text)'] };
    await withSteps(where, [strangers]);
    await expect(withSteps(where, [strangers, ...SCHEMA_CHANGES])).rejects.toMatchObject({ code: 'store-unusable' });
  });

  test('the steps are numbered in order', () => {
    const names = SCHEMA_CHANGES.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    for (const [at, name] of names.entries()) expect(name).toMatch(new RegExp(`^${String(at + 1).padStart(4, '0')}-`));
  });
}
