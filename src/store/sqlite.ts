import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  sql,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import type { Clock } from '../support/clock.ts';
import type { Database, Flavour } from './session.ts';
import { storableParameters } from './storable.ts';
import type { Tables } from './tables.ts';

/** Another program may write for so long before we give up waiting for it. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 10;
/** How long SQLite itself may wait, and with it this whole program, as node:sqlite is synchronous. */
const BLOCKING_MS = 50;
/** Prepared statements that are kept, by their text. */
const MOST_PREPARED = 300;
const ROWS_AT_ONCE = 32;

/**
 * Opens a database file of SQLite, or `:memory:`, for one program; others may have it open too. Makes a missing file.
 * Throws node:sqlite's errors (`troubleOf` puts them into words).
 */
export async function openSqlite(path: string, { clock }: { readonly clock: Clock }): Promise<Database> {
  const file = new DatabaseSync(path, { timeout: BLOCKING_MS, enableForeignKeyConstraints: true });
  try {
    // Of a new file: so room that is free in it can be given back to its disk. Two programs that open a new file together
    // are in each other's way here; SQLite does not wait by itself.
    await patiently(clock, () => file.exec('pragma auto_vacuum = incremental; pragma journal_mode = wal'));
    // No memory map (mmap_size): it saves a tenth of a second where a start reads half a gigabyte, but what is read by it
    // counts as this program's memory, and a disk that fails would end the program instead of being told as an error.
    file.exec('pragma synchronous = normal; pragma temp_store = memory; pragma cache_size = -16000');
    // What is deleted is overwritten: who takes a text back would find it in the file's free room otherwise. `fast` would
    // leave what lay on pages of its own. See docs/notes/retraction.md for what it costs.
    file.exec('pragma secure_delete = on');
    // Sixteen megabytes are written before they are brought home: the same page changes many times in between.
    file.exec('pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864');
    // Tells a file that cannot be written; a transaction alone does not.
    await patiently(clock, () => file.exec('begin immediate; pragma user_version = 0; rollback'));
  } catch (error) {
    file.close();
    throw error;
  }
  return databaseOf(file, path, clock);
}

/**
 * Opens a database file that this program may not write, for reading alone. Throws node:sqlite's errors: also where nobody
 * has the file open and its folder cannot be written, as SQLite reads no file in WAL mode without the files beside it.
 */
export function openSqliteToRead(path: string, { clock }: { readonly clock: Clock }): Database {
  const file = new DatabaseSync(path, { timeout: BLOCKING_MS, readOnly: true });
  try {
    file.exec('pragma temp_store = memory; pragma cache_size = -16000');
    // Tells a file that cannot be read; to open it alone does not.
    file.prepare('select count(*) from sqlite_schema').get();
  } catch (error) {
    file.close();
    throw error;
  }
  return databaseOf(file, path, clock);
}

function databaseOf(file: DatabaseSync, path: string, clock: Clock): Database {
  const dialect = new PatientDialect(forKysely(file), { clock, inTransaction: () => file.isTransaction });
  return {
    db: new Kysely<Tables>({ dialect }),
    flavour: SQLITE,
    where: path,
    troubleOf: sqliteTrouble,
    isPassing: () => false,
  };
}

const SQLITE: Flavour = {
  name: 'sqlite',
  tuples: (rows, columns) => commas(rows, `(${commas(columns, '?')})`),
  isOneOf: (column, values) =>
    sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(storableParameters(values))}))`,
  tables: () => sql`select name from sqlite_schema where type = 'table'`,
  // So there are no more texts of a statement than stay prepared, and no large ones.
  rowsAtOnce: (remaining) => Math.min(remaining, ROWS_AT_ONCE),
  afterOthers: async () => {},
};

function commas(times: number, what: string): string {
  return `${`${what},`.repeat(times - 1)}${what}`;
}

/** node:sqlite in the shape that Kysely's SQLite dialect asks for, with a cache of prepared statements. */
function forKysely(file: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(text) {
      const statement = prepared.get(text) ?? asKyselyStatement(file.prepare(text));
      prepared.delete(text);
      prepared.set(text, statement);
      if (prepared.size > MOST_PREPARED) prepared.delete(prepared.keys().next().value!);
      return statement;
    },
  };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]): readonly SQLInputValue[] =>
    storableParameters(parameters) as readonly SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}

type DriverTools = { readonly clock: Clock; readonly inTransaction: () => boolean };

/** Kysely's SQLite, whose transactions take the lock for writing at once and wait for it without blocking the program. */
class PatientDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;
  readonly #tools: DriverTools;

  constructor(database: SqliteDatabase, tools: DriverTools) {
    super({ database });
    this.#database = database;
    this.#tools = tools;
  }

  override createDriver(): Driver {
    return patientDriver(new SqliteDriver({ database: this.#database }), this.#tools);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** SQLite's transactions hold changes of the schema too; Kysely's own adapter is cautious. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function patientDriver(driver: SqliteDriver, { clock, inTransaction }: DriverTools): Driver {
  return {
    init: (options) => driver.init(options),
    acquireConnection: () => driver.acquireConnection(),
    async beginTransaction(connection: DatabaseConnection, { accessMode }: TransactionSettings) {
      // A transaction that first reads and then writes could find that another has written in between, and fail.
      const begin = CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate');
      await patiently(clock, () => connection.executeQuery(begin));
    },
    commitTransaction: (connection) => driver.commitTransaction(connection),
    async rollbackTransaction(connection) {
      // A full disk and its like have rolled back by themselves (sqlite.org/lang_transaction.html); to do it again would
      // be an error of its own, which would hide the first.
      if (inTransaction()) await driver.rollbackTransaction(connection);
    },
    releaseConnection: () => driver.releaseConnection(),
    destroy: () => driver.destroy(),
  };
}

/** Does what needs a lock, again and again while another program holds it. */
async function patiently(clock: Clock, work: () => unknown): Promise<void> {
  const startMs = clock.elapsedMs();
  const never = new AbortController().signal;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (resultCodeOf(error) !== BUSY || clock.elapsedMs() - startMs > PATIENCE_MS) throw error;
      await clock.sleep(PAUSE_MS, never);
    }
  }
}

const BUSY = 5;

/** The result codes of SQLite (sqlite.org/rescode.html) that come from the world and not from our statements. */
const TROUBLES: Readonly<Record<number, string>> = {
  3: 'access is denied',
  [BUSY]: 'another program keeps it locked',
  6: 'another program keeps it locked',
  7: 'there is not enough memory',
  8: 'it cannot be written',
  10: 'the disk reports an error',
  11: 'the file is damaged; restore a backup',
  13: 'the disk is full',
  14: 'the file cannot be opened',
  15: 'its lock cannot be had',
  22: 'the file is too large for this system',
  23: 'access is denied',
  26: 'the file is no SQLite database',
};

export function sqliteTrouble(error: unknown): string | null {
  const code = resultCodeOf(error);
  const trouble = code === null ? undefined : TROUBLES[code];
  return trouble === undefined ? null : `${trouble} (${(error as Error).message})`;
}

/** The primary result code, without what extends it. */
function resultCodeOf(error: unknown): number | null {
  if (!Error.isError(error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}
