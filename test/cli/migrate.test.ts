import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { migrate, migrationsOf, SCHEMA_CHANGES } from '../../src/store/migrate.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { systemClock } from '../../src/support/clock.ts';
import { processMark } from '../../src/support/own-leftovers.ts';
import { openPlace, writeList, LIST, type Place } from './upkeep-room.ts';

const tools = { clock: systemClock() };
const NEWEST = SCHEMA_CHANGES.at(-1)!.name;
const [BEFORE, ...LATER] = SCHEMA_CHANGES.slice(9).map(({ name }) => name) as [string, ...string[]];

let place: Place & Disposable;
beforeEach(() => {
  place = openPlace();
  writeList(place, LIST);
});
afterEach(() => place[Symbol.dispose]());

const atStep = async (count: number): Promise<void> => {
  mkdirSync(place.data, { recursive: true });
  const database = await openSqlite(join(place.data, 'tributary.sqlite'), tools);
  await migrate(database, SCHEMA_CHANGES.slice(0, count));
  await sql`insert into facts (name, value) values ('mine', 'precious')`.execute(database.db);
  await database.db.destroy();
};
const stepsIn = async (name: string): Promise<readonly string[]> => {
  const database = await openSqlite(join(place.data, name), tools);
  try {
    return await migrationsOf(database);
  } finally {
    await database.db.destroy();
  }
};

test('what would be done is told, and nothing is done', async () => {
  await atStep(10);
  const said = await place.run('migrate', '--check');
  expect(said).toMatchObject({ code: 1, told: '' });
  expect(said.out.trim().split('\n')).toEqual([
    `The database is that of an older version (${BEFORE}): ${LATER.length} steps to take:`,
    ...LATER.map((name) => `  ${name}`),
  ]);
  expect((await stepsIn('tributary.sqlite')).at(-1)).toBe(BEFORE);
  expect(readdirSync(place.data).filter((name) => name.startsWith('before'))).toEqual([]);
});

test('it is done, and the database is kept as it was', async () => {
  await atStep(10);
  const said = await place.run('migrate', '--json');
  expect(said.code).toBe(0);
  const report = JSON.parse(said.out) as { readonly copy: string };
  expect(report).toMatchObject({ ok: true, schema: BEFORE, newest: NEWEST, steps: LATER });
  expect(await place.inStore((store) => store.fact('mine'))).toBe('precious');
  const [copy] = readdirSync(place.data).filter((name) => name.startsWith(`before-${NEWEST}`));
  expect(report.copy).toBe(join(place.data, copy!));
  expect((await stepsIn(copy!)).at(-1)).toBe(BEFORE);
  expect(await place.run('migrate')).toMatchObject({ code: 0, out: `The database is up to date: ${NEWEST}.\n` });
  expect(await place.run('migrate', '--check')).toMatchObject({ code: 0 });
});

test('the copy is there as a whole or not at all, and what a killed one left is cleared away', async () => {
  await atStep(10);
  const host = processMark().split('-')[0]!;
  const left = `copying-${host}-${spawnSync(process.execPath, ['--eval', '']).pid}-abcdef012345.part`;
  writeFileSync(join(place.data, left), 'a half');
  expect(await place.run('migrate')).toMatchObject({ code: 0 });
  const names = readdirSync(place.data).filter((name) => !/^tributary\.sqlite(?:-wal|-shm)?$/.test(name));
  expect(names).toEqual([expect.stringMatching(/^before-.*\.sqlite$/)]);
});

test('where there is no database there is nothing to do', async () => {
  expect(await place.run('migrate', '--check')).toMatchObject({
    code: 0,
    out: `There is no database in ${place.data} yet; the first start makes one.\n`,
  });
});

test('a database of a newer version is refused', async () => {
  await atStep(SCHEMA_CHANGES.length);
  const database = await openSqlite(join(place.data, 'tributary.sqlite'), tools);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', 'then')`.execute(database.db);
  await database.db.destroy();
  const said = await place.run('migrate');
  expect(said).toMatchObject({ code: 1, out: '' });
  expect(said.told).toContain('the database was made by a newer version');
  expect(said.told).toContain('9999-later');
});
