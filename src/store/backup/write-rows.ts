import { CompiledQuery, sql } from 'kysely';
import type { Session } from '../session.ts';
import { orderedTables } from './order-of-tables.ts';
import type { SomeRows } from './read-rows.ts';

/** Empties all tables, what the steps of the schema have put in too. */
export async function emptyTables(session: Session): Promise<void> {
  for (const table of (await orderedTables(session)).toReversed())
    await sql`delete from ${sql.table(table)}`.execute(session.db);
}

/** Puts rows in as they are, their numbers too. All of one table have the same columns. */
export async function writeRows({ db, flavour }: Session, { table, rows }: SomeRows): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = columns.map((column) => `"${column}"`).join(', ');
  const overriding = flavour.name === 'postgres' ? 'overriding system value ' : '';
  for (let at = 0; at < rows.length;) {
    const some = rows.slice(at, at + flavour.rowsAtOnce(rows.length - at));
    at += some.length;
    const text = `insert into "${table}" (${names}) ${overriding}values ${flavour.tuples(some.length, columns.length)}`;
    const parameters = some.flatMap((row) => columns.map((column) => row[column] ?? null));
    await db.executeQuery(CompiledQuery.raw(text, parameters));
  }
}
