import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, TypeOverrides, types, type CustomTypesConfig } from 'pg';
import type { Clock } from '../support/clock.ts';
import type { Database, Flavour } from './session.ts';
import { storableParameters } from './storable.ts';
import type { Tables } from './tables.ts';

const CONNECTIONS = 10;
const CONNECT_MS = 10_000;
/** A server that is still starting is waited for. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;
/** Rows of one statement: 23 columns at the most, far below PostgreSQL's 65,535 parameters. */
const ROWS_AT_ONCE = 500;

/**
 * Opens a database of PostgreSQL and makes sure that it answers. `where` is the address without a password.
 * Throws pg's and Node's errors (`troubleOf` puts them into words).
 */
export async function openPostgres(
  address: { readonly url: string; readonly where: string },
  { clock }: { readonly clock: Clock },
): Promise<Database> {
  const pool = new Pool({
    connectionString: address.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'tributary',
    keepAlive: true,
    types: numbersForCounts(),
    Client: TidyClient,
  });
  // A connection that breaks while nobody uses it; the next query opens another, or tells.
  pool.on('error', () => {});
  try {
    await waitForServer(pool, clock);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, flavour: POSTGRES, where: address.where, troubleOf: postgresTrouble, isPassing };
}

const POSTGRES: Flavour = {
  name: 'postgres',
  tuples,
  isOneOf: (column, values) => sql<boolean>`${sql.ref(column)} = any(${storableParameters(values)})`,
  tables: () => sql`select tablename as name from pg_tables where schemaname = current_schema()`,
  rowsAtOnce: (remaining) => Math.min(remaining, ROWS_AT_ONCE),
  async afterOthers(transaction, number) {
    await sql`select pg_advisory_xact_lock(${number})`.execute(transaction);
  },
};

function tuples(rows: number, columns: number): string {
  const written: string[] = [];
  for (let row = 0; row < rows; row++) {
    const names: string[] = [];
    for (let column = 1; column <= columns; column++) names.push(`$${row * columns + column}`);
    written.push(`(${names.join(',')})`);
  }
  return written.join(',');
}

class TidyClient extends Client {
  /** Kysely's one way of asking; what the pool itself asks has another shape, and no parameters. */
  override query(...given: unknown[]): never {
    const [text, parameters, ...rest] = given;
    const tidy = Array.isArray(parameters) ? storableParameters(parameters) : parameters;
    return (super.query as (...all: unknown[]) => never)(text, tidy, ...rest);
  }
}

/** Counts are of PostgreSQL's type int8, which pg gives as text; ours are far below 2⁵³. */
function numbersForCounts(): CustomTypesConfig {
  const parsers = new TypeOverrides();
  parsers.setTypeParser(types.builtins.INT8, Number);
  return parsers;
}

async function waitForServer(pool: Pool, clock: Clock): Promise<void> {
  const startMs = clock.elapsedMs();
  const never = new AbortController().signal;
  for (;;) {
    try {
      (await pool.connect()).release();
      return;
    } catch (error) {
      if (codeOf(error) !== STARTING || clock.elapsedMs() - startMs > PATIENCE_MS) throw error;
      await clock.sleep(PAUSE_MS, never);
    }
  }
}

const STARTING = '57P03';
const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';

function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return code === DEADLOCK || code === SERIALIZATION_FAILURE;
}

/**
 * Classes and codes of SQLSTATE (PostgreSQL's manual, appendix A), and Node's codes of failing connections, that come
 * from the world and not from our statements.
 */
const TROUBLES: readonly (readonly [start: string, says: string])[] = [
  ['ECONNREFUSED', 'no server answers there'],
  ['ENOENT', 'no server answers there'],
  ['ENOTFOUND', 'the host name cannot be found'],
  ['EAI_', 'the host name cannot be found'],
  ['ECONN', 'the connection failed'],
  ['EPIPE', 'the connection failed'],
  ['ETIMEDOUT', 'the connection failed'],
  ['EHOST', 'the host cannot be reached'],
  ['ENET', 'the host cannot be reached'],
  ['08', 'the connection failed'],
  ['28', 'the server does not let this user in'],
  ['3D', 'there is no such database'],
  ['42501', 'this user lacks the right to do that'],
  ['25006', 'it cannot be written'],
  ['40', 'other programs are in the way'],
  ['53', 'the server has no room left'],
  ['55', 'other programs are in the way'],
  ['57', 'the server ended the connection'],
  ['58', 'the server reports an error of its system'],
  ['XX', 'the server reports damage'],
];

/** pg gives these errors no code. */
const BROKEN_OFF = /^(?:Connection terminated|timeout exceeded|Client has encountered a connection error)/;

export function postgresTrouble(error: unknown): string | null {
  if (!Error.isError(error)) return null;
  const code = codeOf(error);
  const says =
    code === null
      ? BROKEN_OFF.test(error.message)
        ? 'the connection failed'
        : null
      : (TROUBLES.find(([start]) => code.startsWith(start))?.[1] ?? null);
  return says === null ? null : `${says} (${error.message === '' ? code : error.message})`;
}

function codeOf(error: unknown): string | null {
  return Error.isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
