import { CompiledQuery, type Insertable } from 'kysely';
import type { Session } from './session.ts';
import type { Tables } from './tables.ts';

// Statements over many rows, written by hand: a query builder makes an object of each of the thousand parameters that a
// feed's entries are, and that costs more than the database does.

type Name = keyof Tables;
type Column<Table extends Name> = keyof Tables[Table] & string;

/** What becomes of a row whose key is there already: its named columns are set anew, or (none named) it stays. */
export type OnConflict<Table extends Name> = {
  readonly key: readonly Column<Table>[];
  readonly set: readonly Column<Table>[];
  /** These are set only to what is not null. */
  readonly setIfGiven?: readonly Column<Table>[];
};

type AnyConflict = {
  readonly key: readonly string[];
  readonly set: readonly string[];
  readonly setIfGiven?: readonly string[];
};

/** Inserts rows, all with the same columns in the same order (rows.ts makes them so). Each key may come once. */
export async function insertRows<Table extends Name>(
  session: Session,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
  onConflict: OnConflict<Table> | null = null,
): Promise<void> {
  for await (const _ of insert(session, { table, rows, onConflict, tail: '' }));
}

/** As `insertRows`, and gives the numbers of the rows by their ids, whether they are new or were there. */
export async function insertNumbered(
  session: Session,
  columns: { readonly table: 'ledger'; readonly number: 'entry'; readonly id: 'article_id' },
  rows: readonly Insertable<Tables['ledger']>[],
  onConflict: OnConflict<'ledger'>,
): Promise<Map<string, number>>;
export async function insertNumbered(
  session: Session,
  columns: { readonly table: 'stories'; readonly number: 'story'; readonly id: 'id' },
  rows: readonly Insertable<Tables['stories']>[],
  onConflict: OnConflict<'stories'>,
): Promise<Map<string, number>>;
export async function insertNumbered(
  session: Session,
  { table, number, id }: { readonly table: Name; readonly number: string; readonly id: string },
  rows: readonly object[],
  onConflict: AnyConflict,
): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  const tail = ` returning ${id} as id, ${number} as number`;
  for await (const returned of insert(session, { table, rows, onConflict, tail })) {
    for (const row of returned as readonly { readonly id: string; readonly number: number }[])
      numbers.set(row.id, row.number);
  }
  return numbers;
}

/** Runs the statements one after another and yields what each returns. */
async function* insert(
  session: Session,
  given: {
    readonly table: Name;
    readonly rows: readonly object[];
    readonly onConflict: AnyConflict | null;
    readonly tail: string;
  },
): AsyncGenerator<readonly unknown[]> {
  const { table, rows, onConflict, tail } = given;
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  const head = `insert into ${table} (${columns.join(', ')}) values `;
  const rest = (onConflict === null ? '' : conflictClause(table, onConflict)) + tail;
  for (const batch of batches(session, rows)) {
    const text = head + session.flavour.tuples(batch.length, columns.length) + rest;
    const { rows: returned } = await session.db.executeQuery(CompiledQuery.raw(text, parametersOf(batch, columns)));
    yield returned;
  }
}

/** Sets columns of the ledger's rows that are there, by their numbers. All columns but `entry` are texts. */
export async function updateLedger<Column extends 'digest' | 'state' | 'reason' | 'state_at' | 'title' | 'link'>(
  session: Session,
  columns: readonly Column[],
  rows: readonly ({ readonly entry: number } & Pick<Tables['ledger'], Column>)[],
): Promise<void> {
  // The columns of VALUES are called column1, column2 … in SQLite and in PostgreSQL, where they are texts.
  const set = columns.map((column, at) => `${column} = given.column${at + 2}`).join(', ');
  for (const batch of batches(session, rows)) {
    const values = session.flavour.tuples(batch.length, columns.length + 1);
    const where = 'ledger.entry = cast(given.column1 as bigint)';
    const text = `update ledger set ${set} from (values ${values}) as given where ${where}`;
    await session.db.executeQuery(CompiledQuery.raw(text, parametersOf(batch, ['entry', ...columns])));
  }
}

/** The last item of each key, in the order in which the keys first come. */
export function lastOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function conflictClause(table: Name, { key, set, setIfGiven = [] }: AnyConflict): string {
  const changes = [
    ...set.map((column) => `${column} = excluded.${column}`),
    ...setIfGiven.map((column) => `${column} = coalesce(excluded.${column}, ${table}.${column})`),
  ];
  const action = changes.length === 0 ? 'nothing' : `update set ${changes.join(', ')}`;
  return ` on conflict (${key.join(', ')}) do ${action}`;
}

function* batches<Row>({ flavour }: Session, rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length;) {
    const size = flavour.rowsAtOnce(rows.length - at);
    yield rows.slice(at, at + size);
    at += size;
  }
}

function parametersOf(rows: readonly object[], columns: readonly string[]): unknown[] {
  const parameters: unknown[] = [];
  for (const row of rows) {
    for (const column of columns) parameters.push((row as Readonly<Record<string, unknown>>)[column]);
  }
  return parameters;
}
