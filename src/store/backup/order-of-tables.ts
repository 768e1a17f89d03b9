import { sql } from 'kysely';
import type { Session } from '../session.ts';

/** Our tables, each behind those that it refers to: so rows can be put in, and (backwards) taken out. */
export async function orderedTables({ db, flavour }: Session): Promise<string[]> {
  const { rows: all } = await flavour.tables().execute(db);
  const names = all.map(({ name }) => name).filter((name) => !/^(?:sqlite|kysely)_/.test(name));
  const { rows: links } = await references(flavour.name).execute(db);
  const before = Map.groupBy(links, ({ table }) => table);
  const ordered = new Set<string>();
  const place = (name: string): void => {
    for (const { refers } of before.get(name) ?? []) if (refers !== name && !ordered.has(refers)) place(refers);
    ordered.add(name);
  };
  for (const name of names.toSorted()) place(name);
  return [...ordered];
}

function references(flavour: Session['flavour']['name']) {
  return flavour === 'sqlite'
    ? sql<Reference>`
        select tables.name as "table", keys."table" as refers
        from sqlite_schema as tables, pragma_foreign_key_list(tables.name) as keys where tables.type = 'table'`
    : sql<Reference>`
        select own.relname as "table", other.relname as refers
        from pg_constraint
        join pg_class own on own.oid = conrelid
        join pg_class other on other.oid = confrelid
        where contype = 'f' and connamespace = current_schema()::regnamespace`;
}

type Reference = { readonly table: string; readonly refers: string };

/** The names of a table's columns, in their order. */
export async function columnsOf({ db, flavour }: Session, table: string): Promise<string[]> {
  const { rows } = await (
    flavour.name === 'sqlite'
      ? sql<{ name: string }>`select name from pragma_table_info(${table}) order by cid`
      : sql<{ name: string }>`
          select column_name as name from information_schema.columns
          where table_schema = current_schema() and table_name = ${table} order by ordinal_position`
  ).execute(db);
  return rows.map(({ name }) => name);
}
