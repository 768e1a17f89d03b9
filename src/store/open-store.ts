import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StageError } from '../model/errors.ts';
import type { Clock } from '../support/clock.ts';
import { systemClock } from '../support/clock.ts';
import { kyselyStore } from './kysely-store.ts';
import { migrate } from './migrate.ts';
import { openPostgres, postgresTrouble } from './postgres.ts';
import type { Database } from './session.ts';
import { openSqlite, openSqliteToRead, sqliteTrouble } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * The store at a PostgreSQL address (`postgres:` or `postgresql:`), or without one in `tributary.sqlite` in the data
 * folder; folder and file are made if they are missing. Brings its schema up to date.
 * Throws StageError `store-unusable` or `store-too-new`, which name the place, never a password.
 */
export async function openStore(
  where: { readonly databaseUrl: string | null; readonly dataDir: string },
  tools: { readonly clock: Clock },
): Promise<Store> {
  return readyStore(await openDatabase(where, tools));
}

/** The database of a store as it is, whatever its schema. Throws StageError `store-unusable`. */
export async function openDatabase(
  where: { readonly databaseUrl: string | null; readonly dataDir: string },
  tools: { readonly clock: Clock },
): Promise<Database> {
  return where.databaseUrl === null ? openDataFolder(where.dataDir, tools) : openAddress(where.databaseUrl, tools);
}

/**
 * The database of a store that is only read, and is there. A file that this user may not write is opened for reading alone;
 * one that may be written is opened as always, as only then SQLite tidies up after itself. Throws StageError `store-unusable`.
 */
export async function openDatabaseToRead(
  where: { readonly databaseUrl: string | null; readonly dataDir: string },
  tools: { readonly clock: Clock },
): Promise<Database> {
  const path = databaseFile(where.dataDir);
  if (where.databaseUrl !== null || ((await mayWrite(path)) && (await mayWrite(dirname(path)))))
    return openDatabase(where, tools);
  try {
    return openSqliteToRead(path, tools);
  } catch (error) {
    const trouble = sqliteTrouble(error);
    if (trouble === null) throw error;
    const hint = `this user may only read it, and then SQLite can do so only while another program has it open, or where its folder can be written`;
    throw unusable(path, `${trouble}; ${hint}`, error);
  }
}

async function mayWrite(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return true;
  } catch {
    // Whatever keeps us from writing: what keeps us from reading as well is told when it is opened.
    return false;
  }
}

/** Whether there is a database to open: a file in the data folder; an address is taken to have one. Changes nothing. */
export async function storeExists(where: {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}): Promise<boolean> {
  if (where.databaseUrl !== null) return true;
  const path = databaseFile(where.dataDir);
  try {
    await stat(path);
    return true;
  } catch (cause) {
    const code = Error.isError(cause) && 'code' in cause ? cause.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw unusable(path, Error.isError(cause) ? cause.message : String(cause), cause);
  }
}

/** A store that lives as long as it is open, for tests and rehearsals. */
export async function openMemoryStore(): Promise<Store> {
  return readyStore(await openSqlite(':memory:', { clock: systemClock() }));
}

async function readyStore(database: Database): Promise<Store> {
  try {
    await migrate(database);
  } catch (error) {
    await database.db.destroy();
    const trouble = database.troubleOf(error);
    throw trouble === null ? error : unusable(database.where, trouble, error);
  }
  return kyselyStore(database);
}

async function openDataFolder(dataDir: string, tools: { readonly clock: Clock }): Promise<Database> {
  const path = databaseFile(dataDir);
  try {
    await mkdir(dataDir, { recursive: true });
  } catch (cause) {
    const reason = Error.isError(cause) ? cause.message : String(cause);
    throw unusable(dataDir, `the folder cannot be made (${reason})`, cause);
  }
  try {
    return await openSqlite(path, tools);
  } catch (error) {
    const trouble = sqliteTrouble(error);
    throw trouble === null ? error : unusable(path, trouble, error);
  }
}

/** The file that everything is kept in, where that is SQLite. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'tributary.sqlite');
}

async function openAddress(databaseUrl: string, tools: { readonly clock: Clock }): Promise<Database> {
  const where = withoutSecrets(databaseUrl);
  try {
    return await openPostgres({ url: databaseUrl, where }, tools);
  } catch (error) {
    // Whatever keeps us from the first connection (certificates, a missing password …) is none of our doing.
    const reason = Error.isError(error) ? error.message : 'no connection can be made';
    throw unusable(where, postgresTrouble(error) ?? reason, error);
  }
}

/** An address as it may be shown: password and parameters left out. Throws StageError for one that is no use. */
function withoutSecrets(databaseUrl: string): string {
  // The address itself is not repeated: where it cannot be read, one cannot tell which part of it is the password.
  if (!URL.canParse(databaseUrl)) throw unusable(null, 'DATABASE_URL is no address; is a part of it to be escaped?');
  const url = new URL(databaseUrl);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    throw unusable(null, `DATABASE_URL begins with "${url.protocol}"; only postgres: and postgresql: are known`);
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}

function unusable(where: string | null, reason: string, cause?: unknown): StageError {
  const detail = where === null ? reason : `${where}: ${reason}`;
  return new StageError('store-unusable', { url: where, detail, ...(cause === undefined ? {} : { cause }) });
}
