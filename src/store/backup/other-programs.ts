import { sql } from 'kysely';
import { StageError } from '../../model/errors.ts';
import type { Database } from '../session.ts';

/**
 * Makes sure that no other program works on a database. In SQLite whoever has the file open shares it, and only one that
 * is alone may leave the write-ahead log (sqlite.org/wal.html); a server of PostgreSQL knows its clients by name.
 * Throws StageError `store-in-use`.
 * @param names by which PostgreSQL may know them
 */
export async function refuseInUse(
  { db, flavour, where }: Database,
  names: readonly string[] = ['tributary'],
): Promise<void> {
  if (flavour.name === 'sqlite') {
    const { rows } = await sql<{ journal_mode: string }>`pragma journal_mode = delete`
      .execute(db)
      .catch((error: unknown) => {
        if (Error.isError(error) && 'errcode' in error && (Number(error.errcode) & 0xff) === BUSY) return { rows: [] };
        throw error;
      });
    if (rows[0]?.journal_mode !== 'delete') throw inUse(where, null);
    return;
  }
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity
    where datname = current_database() and ${flavour.isOneOf('application_name', names)} order by pid`.execute(db);
  if (rows.length > 0) throw inUse(where, rows.length);
}

const BUSY = 5;

function inUse(where: string, connections: number | null): StageError {
  const who = connections === null ? 'another program has it open' : `${connections} connections of Tributary are open`;
  return new StageError('store-in-use', { url: where, detail: `${where}: ${who}` });
}
