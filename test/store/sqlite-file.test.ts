import { afterAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CompiledQuery } from 'kysely';
import { kyselyStore } from '../../src/store/kysely-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openSqlite, openSqliteToRead } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { sqliteSchema } from './databases.ts';
import { aState, arrival, someArticles } from './records.ts';

// What only a file on a disk can suffer.

const folder = mkdtempSync(join(tmpdir(), 'tributary-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let folders = 0;
function newFolder(): { readonly dataDir: string; readonly path: string } {
  const dataDir = join(folder, String(++folders));
  mkdirSync(dataDir);
  return { dataDir, path: join(dataDir, 'tributary.sqlite') };
}

const open = (dataDir: string): Promise<Store> => openStore({ databaseUrl: null, dataDir }, { clock: systemClock() });

describe('a place that is no use is refused with a reason', () => {
  test('a missing folder is made', async () => {
    const dataDir = join(newFolder().dataDir, 'not', 'there', 'yet');
    await using store = await open(dataDir);
    expect(await store.sourceStates()).toEqual(new Map());
    expect(statSync(join(dataDir, 'tributary.sqlite')).isFile()).toBe(true);
  });

  test('an empty file is a new database', async () => {
    const { dataDir, path } = newFolder();
    writeFileSync(path, '');
    await using store = await open(dataDir);
    expect(await store.awaitingArticles()).toEqual([]);
  });

  test('a file that is no database is refused, and stays as it is', async () => {
    const { dataDir, path } = newFolder();
    writeFileSync(path, 'These are the notes of somebody else. '.repeat(100));
    const before = readFileSync(path);
    await expect(open(dataDir)).rejects.toMatchObject({
      code: 'store-unusable',
      url: path,
      detail: expect.stringMatching(/no SQLite database/),
    });
    expect(readFileSync(path)).toEqual(before);
  });

  test('a folder in the place of the file is refused', async () => {
    const { dataDir, path } = newFolder();
    mkdirSync(path);
    await expect(open(dataDir)).rejects.toMatchObject({
      code: 'store-unusable',
      detail: expect.stringContaining(path),
    });
  });

  test('a file in the place of the folder is refused', async () => {
    const { dataDir } = newFolder();
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    for (const place of [file, join(file, 'below')])
      await expect(open(place)).rejects.toMatchObject({
        code: 'store-unusable',
        message: expect.stringContaining(`${place}: the folder cannot be made`),
      });
  });

  test('a database that another program keeps locked is waited for, then refused', async () => {
    const { dataDir, path } = newFolder();
    await using _first = await open(dataDir);
    using other = new DatabaseSync(path);
    other.exec('begin immediate');
    let elapsedMs = 0;
    const hasty = { ...systemClock(), elapsedMs: () => (elapsedMs += 3000) };
    await expect(openStore({ databaseUrl: null, dataDir }, { clock: hasty })).rejects.toMatchObject({
      code: 'store-unusable',
      detail: expect.stringContaining('another program keeps it locked'),
    });
    other.exec('rollback');
    await using _second = await openStore({ databaseUrl: null, dataDir }, { clock: hasty });
  });

  test('damage that is met later is told as such', async () => {
    const { dataDir, path } = newFolder();
    {
      await using store = await open(dataDir);
      await store.saveRefresh(arrival(someArticles(500)));
    }
    const pages = statSync(path).size / 4096;
    const file = openSync(path, 'r+');
    for (let page = 100; page < pages; page++) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
    closeSync(file);
    await using store = await open(dataDir);
    await expect(store.awaitingArticles()).rejects.toMatchObject({
      code: 'store-unusable',
      url: path,
      detail: expect.stringContaining('damaged'),
    });
  });

  test('a full disk is told as such, nothing of the change is left, and the next one that has room is saved', async () => {
    const { dataDir, path } = newFolder();
    {
      await using _made = await open(dataDir);
    }
    const database = await openSqlite(path, { clock: systemClock() });
    await using store = kyselyStore(database);
    const mostPages = (pages: number): Promise<unknown> =>
      database.db.executeQuery(CompiledQuery.raw(`pragma max_page_count = ${pages}`));
    await mostPages(statSync(path).size / 4096 + 2);
    const full = { code: 'store-unusable', url: path, detail: expect.stringContaining('the disk is full') };
    // Of many rows SQLite takes back the statement alone; of one row the whole transaction, by itself.
    await expect(store.saveRefresh(arrival(someArticles(500)))).rejects.toMatchObject(full);
    await expect(store.saveFact('long', 'x'.repeat(100_000))).rejects.toMatchObject(full);
    expect([await store.standings(null), await store.fact('long')]).toEqual([[], null]);
    await mostPages(100_000);
    await store.saveRefresh(arrival(someArticles(500)));
    expect(await store.awaitingArticles()).toHaveLength(500);
  });

  test('a write that waits for another program does not keep this one from its other work', async () => {
    const { dataDir, path } = newFolder();
    await using store = await open(dataDir);
    using other = new DatabaseSync(path);
    other.exec('begin immediate');
    const saved = store.saveSourceState(aState());
    await new Promise((resolve) => setImmediate(resolve));
    other.exec('commit');
    await saved;
    expect((await store.sourceStates()).size).toBe(1);
  });
});

describe('several programs', () => {
  test('programs that start together and write at once lose nothing', async () => {
    const { dataDir } = newFolder();
    const codes = await Promise.all(['a', 'b', 'c'].map((name) => ended(startWriter(dataDir, name, 15))));
    expect(codes).toEqual([0, 0, 0]);
    await using store = await open(dataDir);
    expect((await store.sourceStates()).size).toBe(45);
    const counts = await store.entryCounts();
    expect(counts.every(({ state, count }) => state === 'published' && count === 10)).toBe(true);
    expect(counts).toHaveLength(45);
  });

  test('a program that is killed leaves what it said it had saved, and nothing by halves', async () => {
    const { dataDir } = newFolder();
    const writer = startWriter(dataDir, 'killed', 0);
    let said = 0;
    for await (const _ of createInterface({ input: writer.stdout! })) {
      if (++said === 25) writer.kill('SIGKILL');
    }
    await using store = await open(dataDir);
    const counts = await store.entryCounts();
    expect(counts.length).toBeGreaterThanOrEqual(said);
    // The last refresh may wait for its curation; all others are curated, each whole.
    expect(counts.filter(({ state }) => state === 'awaiting').length).toBeLessThanOrEqual(1);
    expect(counts.every(({ count }) => count === 10)).toBe(true);
    for (const { articleId, state } of (await store.standings(null)).slice(0, 300))
      expect((await store.trailOf(articleId)).at(-1)?.state).toBe(state);
  });
});

// A copy of a database that 0001-first made. Never made anew: it must go on being read.
test('a database of the first version is read, and has the schema of a new one afterwards', async () => {
  const sql = readFileSync(new URL('../fixtures/store/a-database-of-the-first-version/database.sql', import.meta.url));
  const { dataDir, path } = newFolder();
  {
    using file = new DatabaseSync(path);
    file.exec(sql.toString());
  }
  {
    await using store = await open(dataDir);
    const [told] = await store.newestStories('world', 10);
    expect(told?.articles.map(({ title }) => title)).toEqual(['The bridge opens', 'Bridge open at last']);
    const known = await store.knownEntries('harbour', [{ kind: 'guid', value: 'a' }]);
    expect(known.map(({ state }) => state)).toEqual(['published']);
    expect((await store.trailOf('urn:a')).map(({ state }) => state)).toEqual(['awaiting', 'published']);
    expect((await store.sourceStates()).get('harbour')?.etag).toBe('"1"');
    expect(await store.missedPageCounts()).toEqual([{ sourceId: 'harbour', code: 'fetch-robots', count: 1, again: 0 }]);
    expect(await store.fact('founded')).toBe('2026-11-24T12:00:00Z');
  }
  const fresh = newFolder();
  {
    await using _store = await open(fresh.dataDir);
  }
  expect(sqliteSchema(path)).toEqual(sqliteSchema(fresh.path));
});

type Writer = ReturnType<typeof startWriter>;

function startWriter(dataDir: string, name: string, times: number): ReturnType<typeof spawn> {
  const program = fileURLToPath(new URL('write-until-killed.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', program, dataDir, name, String(times)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

function ended(writer: Writer): Promise<number | null> {
  writer.stdout!.resume();
  return new Promise((resolve) => writer.once('exit', (code) => resolve(code)));
}

test('a file that is opened to be read is read, beside another who has it open, and never written or made', async () => {
  const { dataDir, path } = newFolder();
  expect(() => openSqliteToRead(path, { clock: systemClock() })).toThrow('unable to open');
  expect(existsSync(path)).toBe(false);
  await using store = await open(dataDir);
  await store.saveFact('a-fact', 'as it stands');
  await using read = kyselyStore(openSqliteToRead(path, { clock: systemClock() }));
  expect(await read.fact('a-fact')).toBe('as it stands');
  await expect(read.saveFact('a-fact', 'changed')).rejects.toMatchObject({ code: 'store-unusable' });
  expect(await store.fact('a-fact')).toBe('as it stands');
});
