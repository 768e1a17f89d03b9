import { sql, type Kysely } from 'kysely';
import type { Database, Session } from '../session.ts';
import type { Tables } from '../tables.ts';
import { migrationsOf } from '../migrate.ts';
import { numberingOf, type Numbering } from './numbering.ts';
import { orderedTables } from './order-of-tables.ts';

/** A row, column by column. */
export type Row = Readonly<Record<string, string | number | null | Uint8Array>>;

/** Some rows of one table. Tables come one after the other, each behind those that it refers to. */
export type SomeRows = { readonly table: string; readonly rows: readonly Row[] };

const ROWS_AT_ONCE = 500;

/** What a database was when its rows were read: the steps of its schema, in order, and the numbers that it has given. */
export type AsRead = { readonly schema: readonly string[]; readonly numbering: Numbering };

/**
 * Reads everything that a database holds as of one moment, whoever else works on it meanwhile, or brings it up to date.
 * @param leftOut tables whose rows are not read
 */
export async function readAllRows(
  database: Database,
  leftOut: ReadonlySet<string>,
  onRows: (some: SomeRows) => Promise<void>,
): Promise<AsRead> {
  const { db, flavour } = database;
  const reading = db.transaction().setAccessMode('read only');
  const frozen = flavour.name === 'postgres' ? reading.setIsolationLevel('repeatable read') : reading;
  return frozen.execute(async (transaction) => {
    const session: Session = { db: transaction, flavour };
    const schema = await migrationsOf(session);
    for (const table of await orderedTables(session)) {
      if (leftOut.has(table)) continue;
      const rowsOf = flavour.name === 'postgres' ? rowsByCursor : rowsOneByOne;
      for await (const rows of rowsOf(transaction, table)) if (rows.length > 0) await onRows({ table, rows });
    }
    return { schema, numbering: await numberingOf(session) };
  });
}

/** SQLite itself walks through the table. */
async function* rowsOneByOne(db: Kysely<Tables>, table: string): AsyncGenerator<readonly Row[]> {
  const some: Row[] = [];
  const all = db
    .selectFrom(table as keyof Tables)
    .selectAll()
    .stream(ROWS_AT_ONCE);
  for await (const row of all) {
    some.push(row);
    if (some.length === ROWS_AT_ONCE) yield some.splice(0);
  }
  yield some;
}

async function* rowsByCursor(db: Kysely<Tables>, table: string): AsyncGenerator<readonly Row[]> {
  await sql`declare everything no scroll cursor for select * from ${sql.table(table)}`.execute(db);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(ROWS_AT_ONCE)} from everything`.execute(db);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close everything`.execute(db);
}
