import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { clearLeftovers, ownName } from '../../support/own-leftovers.ts';
import type { Database } from '../session.ts';

/** What is not whole yet. */
const NAMES = { begin: 'copying-', end: '.part' };

/**
 * Writes a file with all that a database of SQLite holds as of now, whoever else works on it. The file is there as a whole or
 * not at all: half a database would look like one.
 */
export async function keepCopy({ db }: Database, path: string): Promise<void> {
  const folder = dirname(path);
  await clearLeftovers(folder, NAMES);
  const temporary = join(folder, ownName(NAMES));
  try {
    await sql`vacuum into ${temporary}`.execute(db);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
