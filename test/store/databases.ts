import { DatabaseSync } from 'node:sqlite';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryStore, openStore } from '../../src/store/open-store.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Database } from '../../src/store/session.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { startPostgres, tellPostgres, type PostgresPrograms, type TestPostgres } from '../support/postgres.ts';

/** Where a store is, as openStore takes it. */
export type Where = { readonly databaseUrl: string | null; readonly dataDir: string };

/** A kind of database that the one suite runs on. */
export type TestDatabase = {
  readonly name: string;
  start(): Promise<void>;
  /** An empty store. The one before it must be closed. */
  emptyStore(): Promise<Store>;
  stop(): Promise<void>;
};

/** A kind that outlives its store, and may have several. */
export type LastingDatabase = TestDatabase & {
  /** A place where no database is yet. */
  newPlace(): Promise<Where>;
  /** The database there, before it has a schema or is looked at. */
  openBare(where: Where): Promise<Database>;
  /** Every table, column and index there, one line each, in order. */
  schemaOf(where: Where): Promise<readonly string[]>;
};

const tools = { clock: systemClock() };

export const memory: TestDatabase = {
  name: 'SQLite in memory',
  start: async () => {},
  emptyStore: () => openMemoryStore(),
  stop: async () => {},
};

export function sqliteFiles(): LastingDatabase {
  let folder = '';
  let places = 0;
  const newPlace = async (): Promise<Where> => {
    const dataDir = join(folder, String(++places));
    mkdirSync(dataDir);
    return { databaseUrl: null, dataDir };
  };
  return {
    name: 'SQLite in a file',
    async start() {
      folder = mkdtempSync(join(tmpdir(), 'tributary-store-'));
    },
    emptyStore: async () => openStore(await newPlace(), tools),
    stop: async () => rmSync(folder, { recursive: true, force: true }),
    newPlace,
    openBare: ({ dataDir }) => openSqlite(join(dataDir, 'tributary.sqlite'), tools),
    async schemaOf({ dataDir }) {
      return sqliteSchema(join(dataDir, 'tributary.sqlite'));
    },
  };
}

export function postgresServer(programs: PostgresPrograms): LastingDatabase {
  let server: TestPostgres | null = null;
  let shared: Where | null = null;
  let emptied: string | null = null;
  const newPlace = async (): Promise<Where> => ({ databaseUrl: await server!.createDatabase(), dataDir: '' });
  return {
    name: 'PostgreSQL',
    async start() {
      server = await startPostgres(programs);
      shared = await newPlace();
      await using _store = await openStore(shared, tools);
    },
    async emptyStore() {
      // Emptying is ten times faster than making another database, and faster than truncate.
      emptied ??= (await tellPostgres(shared!.databaseUrl!, OUR_TABLES))
        .map(({ name }) => `delete from ${String(name)};`)
        .join('');
      await tellPostgres(shared!.databaseUrl!, `set session_replication_role = replica; ${emptied}`);
      return openStore(shared!, tools);
    },
    stop: async () => server?.stop(),
    newPlace,
    openBare: ({ databaseUrl }) => openPostgres({ url: databaseUrl!, where: 'the test' }, tools),
    async schemaOf({ databaseUrl }) {
      const rows = await tellPostgres(databaseUrl!, SCHEMA);
      return rows.map(({ line }) => String(line));
    },
  };
}

/** Of a file that nobody has open. */
export function sqliteSchema(path: string): readonly string[] {
  using file = new DatabaseSync(path, { readOnly: true });
  const made = file.prepare(`select name, type, sql from sqlite_schema order by type, name`).all();
  return made.map(({ name, type, sql }) => `${String(type)} ${String(name)}: ${String(sql).replace(/\s+/g, ' ')}`);
}

const OUR_TABLES = `
  select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`;

const SCHEMA = `
  select line from (
    select concat_ws(' ', 'column', table_name, column_name, ordinal_position, data_type, collation_name, is_nullable,
      column_default, identity_generation) as line
    from information_schema.columns where table_schema = 'public'
    union all
    select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'public'
    union all
    select concat_ws(' ', 'constraint', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
    where connamespace = 'public'::regnamespace
  ) as lines order by line collate "C"`;
