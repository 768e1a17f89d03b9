import { sql } from 'kysely';
import type { Session } from '../session.ts';

/** The last numbers that were given to rows, by table: the next ones are larger, also where those rows are gone. */
export type Numbering = Readonly<Record<string, number>>;

/** See Numbering. Of SQLite's tables those are in it whose numbers never come again. */
export async function numberingOf({ db, flavour }: Session): Promise<Numbering> {
  if (flavour.name === 'sqlite') {
    const { rows } = await sql<{ name: string; last: number }>`select name, seq as last from sqlite_sequence`.execute(
      db,
    );
    return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
  }
  const numbering: Record<string, number> = {};
  for (const { table, sequence } of await sequencesOf({ db, flavour })) {
    const { rows } = await sql<{ last: number }>`
      select case when is_called then last_value else 0 end as last from ${sql.raw(sequence)}`.execute(db);
    numbering[table] = rows[0]?.last ?? 0;
  }
  return numbering;
}

/** Has the next numbers be those that would have come in the database that the rows are from. */
export async function goOnNumbering({ db, flavour }: Session, numbering: Numbering): Promise<void> {
  if (flavour.name === 'sqlite') {
    for (const [table, last] of Object.entries(numbering)) {
      const { rows } =
        await sql`select 1 from sqlite_schema where name = ${table} and sql like '%autoincrement%'`.execute(db);
      if (rows.length === 0) continue;
      await sql`delete from sqlite_sequence where name = ${table}`.execute(db);
      await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db);
    }
    return;
  }
  for (const { table, column, sequence } of await sequencesOf({ db, flavour })) {
    const { rows } = await sql<{ last: number | null }>`
      select max(${sql.ref(column)}) as last from ${sql.table(table)}`.execute(db);
    const last = Math.max(rows[0]?.last ?? 0, numbering[table] ?? 0);
    await sql`select setval(${sequence}::regclass, ${Math.max(last, 1)}::bigint, ${last > 0})`.execute(db);
  }
}

type Sequence = { readonly table: string; readonly column: string; readonly sequence: string };

async function sequencesOf({ db }: Session): Promise<readonly Sequence[]> {
  const { rows } = await sql<Sequence>`
    select table_name as "table", column_name as "column",
      pg_get_serial_sequence(quote_ident(table_name), column_name) as sequence
    from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES' order by table_name`.execute(db);
  return rows;
}
