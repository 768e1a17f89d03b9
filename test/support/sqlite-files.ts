import { copyFileSync, mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/support/clock.ts';

// What an operator does to the database behind the program's back. Its store is closed meanwhile.

export function openIn(dataDir: string): Promise<Store> {
  return openStore({ databaseUrl: null, dataDir }, { clock: systemClock() });
}

export function copyDatabase(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  copyFileSync(fileIn(from), fileIn(to));
}

/** Takes all rows out of one database and puts them into a new one: what a dump and its reading back come to. */
export async function moveRows(from: string, to: string): Promise<void> {
  await (await openIn(to))[Symbol.asyncDispose]();
  using db = new DatabaseSync(fileIn(to), { enableForeignKeyConstraints: false });
  db.exec(`attach database '${fileIn(from).replaceAll("'", "''")}' as old`);
  const tables = db
    .prepare(`select name from old.sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
    .all()
    .map((row) => String(row['name']));
  db.exec('begin');
  // From behind, so that nothing rests on the order in which the rows lay.
  for (const table of tables) {
    const rows = db.prepare(`select * from old."${table}"`).all().toReversed();
    const columns = Object.keys(rows[0] ?? {});
    const named = columns.map((column) => `"${column}"`).join(', ');
    const places = columns.map(() => '?').join(', ');
    const insert =
      columns.length === 0 ? null : db.prepare(`insert or replace into main."${table}" (${named}) values (${places})`);
    for (const row of rows) insert!.run(...columns.map((column) => row[column]!));
  }
  db.exec('commit');
}

/** Takes articles that founded stories out of a database, and leaves what ledger and stories know of their ids and paths. */
export function purgeArticles(dataDir: string, articleIds: readonly string[]): void {
  using db = new DatabaseSync(fileIn(dataDir), { enableForeignKeyConstraints: true });
  const places = articleIds.map(() => '?').join(', ');
  const stories = `(select story from stories where id in (${places}))`;
  db.exec('begin');
  for (const statement of [
    `delete from story_topics where story in ${stories}`,
    `delete from story_articles where story in ${stories}`,
    `update stories set topic_count = 0 where story in ${stories}`,
    `delete from articles where id in (${places})`,
  ])
    db.prepare(statement).run(...articleIds);
  db.exec('commit');
}

/** As `purgeArticles`, and takes the ledger's marks as well: a fault, for tests. */
export function forgetArticles(dataDir: string, articleIds: readonly string[]): void {
  purgeArticles(dataDir, articleIds);
  using db = new DatabaseSync(fileIn(dataDir));
  const places = articleIds.map(() => '?').join(', ');
  db.prepare(`delete from aliases where entry in (select entry from ledger where article_id in (${places}))`).run(
    ...articleIds,
  );
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'tributary.sqlite');
}
