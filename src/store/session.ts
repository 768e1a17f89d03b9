import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** What differs between the two databases in the statements that we write ourselves. */
export type Flavour = {
  readonly name: 'sqlite' | 'postgres';
  /** The parameters of so many rows of so many columns, in a statement written by hand: `(?,?),(?,?)`. */
  tuples(rows: number, columns: number): string;
  /**
   * The condition that a column (`table.column`) is one of the values. They travel as one parameter, so there may be
   * any number of them, and the statement's text is always the same.
   */
  isOneOf(column: string, values: readonly (string | number)[]): RawBuilder<boolean>;
  /** The tables that there are, ours and others'. */
  tables(): RawBuilder<{ readonly name: string }>;
  /** How many of the remaining rows go into the next statement: never more than its variables allow. */
  rowsAtOnce(remaining: number): number;
  /**
   * Waits until no other transaction is open that has waited by the same number: what follows is done by one after the
   * other. In SQLite whoever writes is alone anyway.
   */
  afterOthers(transaction: Kysely<Tables>, number: number): Promise<void>;
};

/** What a query needs: a connection, in a transaction or not, and how its database is spoken to. */
export type Session = { readonly db: Kysely<Tables>; readonly flavour: Flavour };

/** An open database, before it is a Store. */
export type Database = Session & {
  /** The path or address, without a password, for messages. */
  readonly where: string;
  /** What is wrong with the database, in words; null for an error that is a fault of the program. */
  readonly troubleOf: (error: unknown) => string | null;
  /** Whether the same transaction may succeed when it is tried again at once. */
  readonly isPassing: (error: unknown) => boolean;
};
