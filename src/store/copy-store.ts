import { pathToFileURL } from 'node:url';
import { sql, type Kysely } from 'kysely';
import { StageError } from '../model/errors.ts';
import type { Clock } from '../support/clock.ts';
import { goOnNumbering, numberingOf } from './backup/numbering.ts';
import type { ReplayedHistory } from './history-store.ts';
import { kyselyStore } from './kysely-store.ts';
import { insertRows } from './many-rows.ts';
import { migrate, migrationsOf, stepsAhead } from './migrate.ts';
import { openDatabase, openDatabaseToRead, openStore } from './open-store.ts';
import type { Database, Session } from './session.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A store that is only read, and its copy: a SQLite store in a folder, which may be changed and thrown away. */
export type CopiedStore = AsyncDisposable & {
  readonly copy: Store;
  /** Of the store itself: a copy has none. */
  readonly history: ReplayedHistory;
};

/** Not copied: what is large and only read, and what waits to be sent to others. */
const LEFT_OUT = new Set([
  'history',
  'hub_intents',
  'hub_subscriptions',
  'upstream_hubs',
  'webhook_topics',
  'webhook_entries',
  'webhook_deliveries',
  'alert_board',
  'alert_events',
  'alert_deliveries',
]);
const ROWS_AT_ONCE = 500;

/**
 * Copies a store as it is at one moment, whoever else works on it. Nothing of it is changed, not even an old schema, which
 * is refused. Throws StageError `store-unusable` or `store-too-new`.
 */
export async function copyStore(
  from: { readonly databaseUrl: string | null; readonly dataDir: string },
  into: string,
  tools: { readonly clock: Clock },
): Promise<CopiedStore> {
  await using parts = new AsyncDisposableStack();
  const database = await openDatabaseToRead(from, tools);
  const original = parts.use(kyselyStore(database));
  await refuseOtherSchema(database);
  const target = await openDatabase({ databaseUrl: null, dataDir: into }, tools);
  try {
    await migrate(target);
    const tables = (await tablesOf(target)).filter((name) => !LEFT_OUT.has(name));
    // What belongs together was copied together; the copy looks at its references again from the next opening on.
    await sql`pragma foreign_keys = off`.execute(target.db);
    // What a new database holds from the start, the original holds as well, or holds no more.
    for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(target.db);
    if (database.flavour.name === 'sqlite') await copyFromFile(target, database.where, tables);
    else await copyRows(target, database, tables);
  } catch (error) {
    throw inWords(error, [target, database]);
  } finally {
    await target.db.destroy();
  }
  const copy = parts.use(await openStore({ databaseUrl: null, dataDir: into }, tools));
  const opened = parts.move();
  return { copy, history: original.history, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function refuseOtherSchema(database: Database): Promise<void> {
  const { where } = database;
  let done: readonly string[];
  try {
    done = await migrationsOf(database);
  } catch (error) {
    throw inWords(error, [database]);
  }
  const ahead = stepsAhead(done);
  const newest = done.at(-1) ?? '(none)';
  if (ahead === null) throw new StageError('store-too-new', { url: where, detail: `${where}: it has "${newest}"` });
  if (ahead.length === 0) return;
  const detail = `${where}: its schema is that of an older version ("${newest}"); "tributary migrate" brings it up to date`;
  throw new StageError('store-unusable', { url: where, detail });
}

async function tablesOf({ db, flavour }: Session): Promise<string[]> {
  const { rows } = await flavour.tables().execute(db);
  return rows.map(({ name }) => name).filter((name) => !/^(?:sqlite|kysely)_/.test(name));
}

async function columnsOf({ db }: Session, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db);
  return rows.map(({ name }) => name);
}

/** Both files at one connection: SQLite copies by itself, and sees one state of the other file in one transaction. */
async function copyFromFile(target: Database, path: string, tables: readonly string[]): Promise<void> {
  // By a name that says what for: attached plainly it would be opened for writing, and made where it is missing.
  await sql`attach database ${`${pathToFileURL(path).href}?mode=ro`} as original`.execute(target.db);
  await target.db.transaction().execute(async (transaction) => {
    for (const table of tables) {
      const columns = sql.join((await columnsOf({ ...target, db: transaction }, table)).map((name) => sql.ref(name)));
      await sql`insert into main.${sql.ref(table)} (${columns}) select ${columns} from original.${sql.ref(table)}`.execute(
        transaction,
      );
    }
    // The next numbers are those that the original would give.
    await sql`delete from main.sqlite_sequence`.execute(transaction);
    await sql`insert into main.sqlite_sequence select * from original.sqlite_sequence`.execute(transaction);
  });
  await sql`detach database original`.execute(target.db);
}

async function copyRows(target: Database, original: Database, tables: readonly string[]): Promise<void> {
  const reading = original.db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
  await reading.execute(async (there) => {
    await target.db.transaction().execute(async (here) => {
      for (const table of tables) await copyTable({ ...target, db: here }, there, table as keyof Tables);
      await goOnNumbering({ ...target, db: here }, await numberingOf({ ...original, db: there }));
    });
  });
}

async function copyTable(target: Session, there: Kysely<Tables>, table: keyof Tables): Promise<void> {
  const columns = sql.join((await columnsOf(target, table)).map((name) => sql.ref(name)));
  await sql`declare copied no scroll cursor for select ${columns} from ${sql.table(table)}`.execute(there);
  for (;;) {
    const { rows } = await sql<never>`fetch ${sql.lit(ROWS_AT_ONCE)} from copied`.execute(there);
    if (rows.length === 0) break;
    await insertRows(target, table, rows);
  }
  await sql`close copied`.execute(there);
}

/** Troubles of either database as what they are; a fault of ours stays one. */
function inWords(error: unknown, databases: readonly Database[]): unknown {
  for (const { where, troubleOf } of databases) {
    const trouble = troubleOf(error);
    if (trouble !== null)
      return new StageError('store-unusable', { url: where, detail: `${where}: ${trouble}`, cause: error });
  }
  return error;
}
