import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { copyStore } from '../../src/store/copy-store.ts';
import { migrate, SCHEMA_CHANGES } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { anArticle } from '../support/an-entry.ts';
import type { LastingDatabase, Where } from './databases.ts';
import { aCuration, arrival, aStory, NOON, TWO } from './records.ts';

const tools = { clock: systemClock() };
const question = { kind: 'page' as const, url: 'https://harbour.example/a', askedAs: '' };

export function copySuite(database: LastingDatabase): void {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-copy-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const filled = async (): Promise<Where> => {
    const where = await database.newPlace();
    await using store = await openStore(where, tools);
    await store.saveRefresh(arrival([anArticle({ id: 'urn:a', contentHtml: '<p>Ünïcode “quotes”</p>' })]));
    await store.saveCuration(
      aCuration({ stories: [aStory({ id: 'urn:a', topics: [{ topicId: 'world', reason: 'r' }] })] }),
    );
    await store.saveFact('some-fact', 'as it stands');
    const outcome = {
      kind: 'failed' as const,
      code: 'fetch-timed-out' as const,
      detail: null,
      retryAfterSeconds: null,
    };
    await store.history.keep([{ ...question, at: NOON, outcome }]);
    return where;
  };
  /** Every row of every table, as text. */
  const contents = async (where: Where): Promise<string> => {
    const bare = await database.openBare(where);
    try {
      const { rows: tables } = await bare.flavour.tables().execute(bare.db);
      const all = await Promise.all(
        tables.map(async ({ name }) => [name, (await sql`select * from ${sql.table(name)}`.execute(bare.db)).rows]),
      );
      return all
        .map((one) => JSON.stringify(one))
        .toSorted()
        .join('\n');
    } finally {
      await bare.db.destroy();
    }
  };

  test('a copy holds what the store held, and neither changes the other', async () => {
    const where = await filled();
    const before = await contents(where);
    {
      await using copied = await copyStore(where, folder, tools);
      const { copy, history } = copied;
      await using original = await openStore(where, tools);
      expect(await copy.articles(['urn:a'])).toEqual(await original.articles(['urn:a']));
      expect(await copy.newestStories('world', 5)).toEqual(await original.newestStories('world', 5));
      expect(await copy.standings(null)).toEqual(await original.standings(null));
      expect(await copy.fact('some-fact')).toBe('as it stands');
      expect(await history.latest(question)).toMatchObject({ outcome: { kind: 'failed' } });
      await copy.saveRefresh(arrival([anArticle({ id: 'urn:b', entryId: 'b' })]));
      await copy.saveFact('some-fact', TWO);
      expect(await original.fact('some-fact')).toBe('as it stands');
    }
    expect(await contents(where)).toBe(before);
  });

  test('the history is not copied', async () => {
    await using copied = await copyStore(await filled(), folder, tools);
    expect((await copied.copy.history.size()).answers).toBe(0);
  });

  test('a database of an older version is refused, and stays as it is', async () => {
    const where = await database.newPlace();
    const bare = await database.openBare(where);
    await migrate(bare, SCHEMA_CHANGES.slice(0, -1));
    await bare.db.destroy();
    const before = await contents(where);
    await expect(copyStore(where, folder, tools)).rejects.toMatchObject({
      code: 'store-unusable',
      message: expect.stringContaining('tributary migrate'),
    });
    expect(await contents(where)).toBe(before);
    expect(existsSync(join(folder, 'tributary.sqlite'))).toBe(false);
  });

  test('one of a newer version is refused as such, and so is one of another that has as many steps', async () => {
    const where = await database.newPlace();
    const bare = await database.openBare(where);
    await migrate(bare);
    const last = SCHEMA_CHANGES.at(-1)!.name;
    await sql`update kysely_migration set name = '9999-later' where name = ${last}`.execute(bare.db);
    await expect(copyStore(where, folder, tools)).rejects.toMatchObject({ code: 'store-too-new' });
    await sql`insert into kysely_migration (name, timestamp) values (${last}, 'then')`.execute(bare.db);
    await expect(copyStore(where, folder, tools)).rejects.toMatchObject({ code: 'store-too-new' });
    await bare.db.destroy();
    expect(existsSync(join(folder, 'tributary.sqlite'))).toBe(false);
  });

  test('a copy gives the numbers that the store would give, though what had the last ones is gone', async () => {
    const where = await filled();
    {
      await using store = await openStore(where, tools);
      const { numbers: done } = await store.storyChanges(10);
      expect(done).not.toEqual([]);
      const none = { opened: [], left: [], there: [], gone: [], tombstones: [], reopened: [] };
      await store.savePlaced({ ...none, done });
    }
    await using copied = await copyStore(where, folder, tools);
    await using original = await openStore(where, tools);
    const next = await Promise.all(
      [copied.copy, original].map(async (store) => {
        await store.lookAgain(['urn:a']);
        return (await store.storyChanges(10)).numbers;
      }),
    );
    expect(next[0]).toEqual(next[1]);
  });
}
