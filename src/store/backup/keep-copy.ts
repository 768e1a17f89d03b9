import { sql } from 'kysely';
import type { Database } from '../session.ts';

/** Writes a file with all that a database of SQLite holds as of now, whoever else works on it. The file must not be there. */
export async function keepCopy({ db }: Database, path: string): Promise<void> {
  await sql`vacuum into ${path}`.execute(db);
}
