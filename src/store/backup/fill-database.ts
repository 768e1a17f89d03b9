import { sql } from 'kysely';
import type { Clock } from '../../support/clock.ts';
import { migrate, SCHEMA_CHANGES } from '../migrate.ts';
import type { Database } from '../session.ts';
import { forgetMade } from './made-files.ts';
import { goOnNumbering, type Numbering } from './numbering.ts';
import { orderedTables } from './order-of-tables.ts';
import { readAllRows, type SomeRows } from './read-rows.ts';
import { withDatabase } from './with-database.ts';
import { emptyTables, writeRows } from './write-rows.ts';

/** All that a database is made of again. */
export type Contents = {
  /** The steps of the schema that the rows are of, in order. */
  readonly schema: readonly string[];
  readonly numbering: Numbering;
  readonly rows: AsyncIterable<SomeRows>;
  /** Closed documents that are there again as they were: see forgetMade. */
  readonly keptFiles: readonly string[];
};

/** Rows that no database can be made of: that of another table or column, or one that refers to what is not there. */
export class UnfitRows extends Error {}

/**
 * Makes a database of SQLite in a folder, in the schema that the rows are of, fills it, and brings it up to date.
 * Gives the number of rows of each table. Throws UnfitRows, and StageError `store-unusable`, `store-too-new`.
 */
export async function makeDatabase(
  dataDir: string,
  contents: Contents,
  tools: { readonly clock: Clock },
): Promise<ReadonlyMap<string, number>> {
  return withDatabase({ databaseUrl: null, dataDir }, tools, async (database) => {
    const { db, flavour } = database;
    const counts = new Map<string, number>();
    await migrate(database, SCHEMA_CHANGES.slice(0, contents.schema.length));
    // What belongs together was read together; it is looked at once all of it is there.
    await sql`pragma foreign_keys = off`.execute(db);
    await db.transaction().execute(async (transaction) => {
      const session = { db: transaction, flavour };
      await emptyTables(session);
      const tables = new Set(await orderedTables(session));
      for await (const some of contents.rows) {
        if (!tables.has(some.table)) throw new UnfitRows(`its schema has no table "${some.table}"`);
        await orUnfit(some.table, () => writeRows(session, some));
        counts.set(some.table, (counts.get(some.table) ?? 0) + some.rows.length);
      }
      await goOnNumbering(session, contents.numbering);
      await forgetMade(session, contents.keptFiles);
    });
    const { rows: broken } = await sql`select 1 from pragma_foreign_key_check limit 1`.execute(db);
    if (broken.length > 0) throw new UnfitRows('rows refer to others that are not there');
    await sql`pragma foreign_keys = on`.execute(db);
    await migrate(database);
    return counts;
  });
}

/** Puts everything that one database holds in the place of everything that another holds, in one transaction. Both are up to date. */
export async function replaceRows(from: Database, to: Database, onRows: (rows: number) => void): Promise<void> {
  let count = 0;
  await to.db.transaction().execute(async (transaction) => {
    const session = { db: transaction, flavour: to.flavour };
    await emptyTables(session);
    const { numbering } = await readAllRows(from, new Set(), async (some) => {
      await writeRows(session, some);
      count += some.rows.length;
      onRows(count);
    });
    await goOnNumbering(session, numbering);
  });
}

/** Whether a database holds anything that somebody may miss. */
export async function holdsAnything({ db, flavour }: Database): Promise<boolean> {
  const { rows } = await flavour.tables().execute(db);
  const names = new Set(rows.map(({ name }) => name));
  for (const table of ['ledger', 'source_states', 'facts'] as const) {
    if (!names.has(table)) continue;
    if (
      (
        await db
          .selectFrom(table)
          .select(sql`1`.as('one'))
          .limit(1)
          .execute()
      ).length > 0
    )
      return true;
  }
  return false;
}

/** SQLITE_ERROR (an unknown column), SQLITE_CONSTRAINT, SQLITE_MISMATCH (sqlite.org/rescode.html). */
const UNFIT = new Set([1, 19, 20]);

async function orUnfit(table: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (!(Error.isError(cause) && 'errcode' in cause && UNFIT.has(Number(cause.errcode) & 0xff))) throw cause;
    throw new UnfitRows(`a row of "${table}" does not fit its schema (${cause.message})`, { cause });
  }
}
