import { StageError } from '../../model/errors.ts';
import type { Clock } from '../../support/clock.ts';
import { openDatabase } from '../open-store.ts';
import type { Database } from '../session.ts';

/**
 * Works on a database as it is, whatever its schema, and closes it. Throws StageError `store-unusable` for troubles of the
 * database, and whatever the work throws.
 */
export async function withDatabase<Result>(
  where: { readonly databaseUrl: string | null; readonly dataDir: string },
  tools: { readonly clock: Clock },
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(where, tools);
  try {
    return await work(database);
  } catch (error) {
    const trouble = database.troubleOf(error);
    if (trouble === null) throw error;
    const detail = `${database.where}: ${trouble}`;
    throw new StageError('store-unusable', { url: database.where, detail, cause: error });
  } finally {
    await database.db.destroy();
  }
}

/** Whether a database cannot be used for what is in its own file: damage, or something else than a database. */
export function isDamage(error: unknown): boolean {
  for (let one = error; Error.isError(one); one = one.cause)
    if ('errcode' in one && typeof one.errcode === 'number') return DAMAGES.has(one.errcode & 0xff);
  return false;
}

/** SQLITE_CORRUPT, SQLITE_NOTADB (sqlite.org/rescode.html). */
const DAMAGES = new Set([11, 26]);
