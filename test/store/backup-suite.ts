import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { restoreBackup } from '../../src/pipeline/backup/restore-backup.ts';
import { writeBackup } from '../../src/pipeline/backup/write-backup.ts';
import { orderedTables } from '../../src/store/backup/order-of-tables.ts';
import { migrate, SCHEMA_CHANGES } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Database } from '../../src/store/session.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { systemClock } from '../../src/support/clock.ts';
import { memoryOutput } from '../pipeline/archive-world.ts';
import { anArticle } from '../support/an-entry.ts';
import type { LastingDatabase, Where } from './databases.ts';
import { aCuration, arrival, aStory, NOON } from './records.ts';

const tools = { clock: systemClock() };
const none = new AbortController().signal;

/** Backups out of, and into, a database of this kind. */
export function backupSuite(database: LastingDatabase): void {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-backup-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const inFolder = (name: string): Where => {
    const dataDir = join(folder, name);
    mkdirSync(dataDir);
    return { databaseUrl: null, dataDir };
  };
  /** A place of the kind, with a data folder where that is none. */
  const newPlace = async (name: string): Promise<Where> => {
    const where = await database.newPlace();
    return where.databaseUrl === null ? where : { ...where, dataDir: inFolder(name).dataDir };
  };
  const bareOf = (where: Where): Promise<Database> =>
    where.databaseUrl === null ? openSqlite(join(where.dataDir, 'tributary.sqlite'), tools) : database.openBare(where);
  const contents = async (where: Where): Promise<ReadonlyMap<string, readonly string[]>> => {
    const bare = await bareOf(where);
    try {
      const all = new Map<string, readonly string[]>();
      for (const table of await orderedTables(bare)) {
        const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(bare.db);
        all.set(table, rows.map(asText).toSorted());
      }
      return all;
    } finally {
      await bare.db.destroy();
    }
  };
  const fill = async (where: Where): Promise<void> => {
    await using store = await openStore(where, tools);
    const articles = ['a', 'b', 'c'].map((name) =>
      anArticle({ id: `urn:${name}`, entryId: name, contentHtml: '<p>Ünïcode “quotes”\n\\n 🌊</p>' }),
    );
    await store.saveRefresh(arrival(articles));
    const compared = [{ articleId: 'urn:a', atMs: 5, print: Uint32Array.of(7, 4_294_967_295), founding: null }];
    const stories = ['a', 'b'].map((name) => aStory({ id: `urn:${name}`, score: 0.1 + 0.2 }));
    await store.saveCuration(aCuration({ stories, compared, comparedFromMs: 0 }));
    const looked = await store.storyChanges(10);
    await store.savePlaced({
      opened: [],
      left: [],
      there: [],
      gone: [],
      tombstones: [],
      reopened: [],
      done: looked.numbers,
    });
    await store.saveFact('some-fact', 'as it stands');
    const response = {
      url: 'https://harbour.example/a',
      status: 200,
      headers: {},
      body: Uint8Array.of(0, 255, 128),
      redirects: [],
    };
    const outcome = { kind: 'answered' as const, response };
    await store.history.keep([{ kind: 'page', url: response.url, askedAs: '', at: NOON, outcome }]);
  };
  const write = (where: Where, file: string) =>
    writeBackup(
      tools,
      {
        where,
        file,
        sources: join(folder, 'none.json'),
        program: '0',
        withHistory: true,
        withImages: true,
        readPublished: async () => null,
      },
      () => {},
      none,
    );
  const restore = (where: Where, file: string, { force = false } = {}) =>
    restoreBackup(
      tools,
      {
        file,
        where,
        sources: join(folder, 'sources.json'),
        program: '0',
        force,
        keepsList: false,
        output: memoryOutput(new Map()),
        privateOutput: async () => memoryOutput(new Map()),
        images: memoryOutput(new Map()),
      },
      () => {},
      none,
    );
  const file = (name: string): string => join(folder, `${name}.tar.gz`);

  test('what is backed up out of SQLite, and out of what was restored from that, is the same', async () => {
    const [first, there, back] = [inFolder('first'), await newPlace('there'), inFolder('back')];
    await fill(first);
    await write(first, file('one'));
    expect(await restore(there, file('one'))).toMatchObject({ aside: null, migrated: [], list: 'not in the backup' });
    await write(there, file('two'));
    await restore(back, file('two'));
    const before = await contents(first);
    expect(before.get('articles')).toHaveLength(3);
    expect(await contents(there)).toEqual(before);
    expect(await contents(back)).toEqual(before);
  });

  test('no number is given twice, though what had it is gone', async () => {
    const [first, there] = [inFolder('first'), await newPlace('there')];
    await fill(first);
    await write(first, file('one'));
    await restore(there, file('one'));
    const numbers = await Promise.all(
      [first, there].map(async (where) => {
        await using store = await openStore(where, tools);
        await store.lookAgain(['urn:a']);
        await store.saveRefresh(arrival([anArticle({ id: 'urn:d', entryId: 'd' })]));
        return (await store.storyChanges(10)).numbers;
      }),
    );
    expect(numbers[0]).toEqual([3]);
    expect(numbers[1]).toEqual(numbers[0]);
  });

  test('a filled database is replaced where that is wanted, and kept as a backup or a folder', async () => {
    const [first, there] = [inFolder('first'), await newPlace('there')];
    await fill(first);
    await write(first, file('one'));
    {
      await using store = await openStore(there, tools);
      await store.saveFact('mine', 'precious');
    }
    expect(await restore(there, file('one'))).toEqual({ refused: expect.stringContaining('holds a database already') });
    const report = await restore(there, file('one'), { force: true });
    expect(await contents(there)).toEqual(await contents(first));
    const aside = 'aside' in report ? report.aside! : '';
    const again = inFolder('again');
    if (there.databaseUrl === null) expect(readdirSync(aside)).toContain('tributary.sqlite');
    else await restore(again, aside);
    const kept = there.databaseUrl === null ? { databaseUrl: null, dataDir: aside } : again;
    await using store = await openStore(kept, tools);
    expect(await store.fact('mine')).toBe('precious');
  });

  test('nothing is restored where another program works', async () => {
    const [first, there] = [inFolder('first'), await newPlace('there')];
    await fill(first);
    await write(first, file('one'));
    await using service = await openStore(there, tools);
    await service.saveFact('mine', 'precious');
    await expect(restore(there, file('one'), { force: true })).rejects.toMatchObject({ code: 'store-in-use' });
    expect(await service.fact('mine')).toBe('precious');
  });

  test('a backup of an older version is brought up to date', async () => {
    const [old, there] = [inFolder('old'), await newPlace('there')];
    const bare = await bareOf(old);
    await migrate(bare, SCHEMA_CHANGES.slice(0, 8));
    await sql`insert into facts (name, value) values ('some-fact', 'of old')`.execute(bare.db);
    await bare.db.destroy();
    await write(old, file('old'));
    const later = SCHEMA_CHANGES.slice(8).map(({ name }) => name);
    expect(await restore(there, file('old'))).toMatchObject({ migrated: later });
    await using store = await openStore(there, tools);
    expect(await store.fact('some-fact')).toBe('of old');
    expect(await store.schemaVersion()).toBe(later.at(-1));
  });
}

function asText(row: object): string {
  const written = Object.entries(row).map(([column, value]: [string, unknown]) => [
    column,
    ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value,
  ]);
  return JSON.stringify(written);
}
