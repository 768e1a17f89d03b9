import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { StageError } from '../model/errors.ts';
import { first } from './migrations/0001-first.ts';
import { timesToSkipAndRedirects } from './migrations/0002-times-to-skip-and-redirects.ts';
import { sourceWatches } from './migrations/0003-source-watches.ts';
import { comparedTexts } from './migrations/0004-compared-texts.ts';
import { verdicts } from './migrations/0005-verdicts.ts';
import { entriesByTheirSigns } from './migrations/0006-entries-by-their-signs.ts';
import { publishedEntries } from './migrations/0007-published-entries.ts';
import { episodes } from './migrations/0008-episodes.ts';
import { push } from './migrations/0009-push.ts';
import { privateTopics } from './migrations/0010-private-topics.ts';
import { history } from './migrations/0011-history.ts';
import { alerts } from './migrations/0012-alerts.ts';
import { retention } from './migrations/0013-retention.ts';
import { rhythm } from './migrations/0014-rhythm.ts';
import { images } from './migrations/0015-images.ts';
import { withheldHistory } from './migrations/0016-withheld-history.ts';
import type { SchemaChange } from './migrations/schema-change.ts';
import type { Database, Session } from './session.ts';
import type { Tables } from './tables.ts';

/** Every step of the schema, in order. */
export const SCHEMA_CHANGES: readonly SchemaChange[] = [
  first,
  timesToSkipAndRedirects,
  sourceWatches,
  comparedTexts,
  verdicts,
  entriesByTheirSigns,
  publishedEntries,
  episodes,
  push,
  privateTopics,
  history,
  alerts,
  retention,
  rhythm,
  images,
  withheldHistory,
];

/** The table in which Kysely's Migrator keeps what was done. */
const DONE = 'kysely_migration';

/**
 * Brings a database up to date, once, even when two programs start together: the second waits for the first and finds
 * nothing left to do. All steps or none.
 * Throws StageError `store-too-new` for a database that has steps which are not among the given, `store-unusable` for
 * one in which a step fails.
 */
export async function migrate(database: Database, changes: readonly SchemaChange[] = SCHEMA_CHANGES): Promise<void> {
  const known = changes.map(({ name }) => name);
  const done = await migrationsOf(database);
  const unknown = done.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const detail = `${database.where}: it has "${unknown.join('", "')}", this program knows up to "${known.at(-1)}"`;
    throw new StageError('store-too-new', { url: database.where, detail });
  }
  if (done.length === known.length) return;
  // PostgreSQL has a lock for migrations, which Kysely takes. In SQLite the transaction is the lock: it holds the whole
  // database, so the making of the Migrator's own tables must be inside it too.
  const { db, flavour } = database;
  if (flavour.name === 'postgres') await runMigrations(database, db, changes);
  else await db.transaction().execute((transaction) => runMigrations(database, transaction, changes));
}

/** Names of the migrations that a database has, in order; none when it is new. */
export async function migrationsOf({ db, flavour }: Session): Promise<string[]> {
  const { rows: tables } = await flavour.tables().execute(db);
  if (!tables.some(({ name }) => name === DONE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DONE)}`.execute(db);
  return rows.map(({ name }) => name).toSorted();
}

/**
 * The steps that a database of an older version lacks, by name; null where it has a step that this program does not know.
 */
export function stepsAhead(schema: readonly string[]): readonly string[] | null {
  const known = SCHEMA_CHANGES.map(({ name }) => name);
  const isOurs = schema.every((name, at) => name === known[at]);
  return isOurs ? known.slice(schema.length) : null;
}

async function runMigrations(
  { where, flavour }: Database,
  db: Kysely<Tables>,
  changes: readonly SchemaChange[],
): Promise<void> {
  const migrations = Object.fromEntries(changes.map((change) => [change.name, migrationOf(change, flavour.name)]));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? null;
  const reason = Error.isError(error) ? error.message : 'for no known reason';
  const step = failed === null ? 'it cannot be brought up to date' : `the step "${failed}" of its schema failed`;
  throw new StageError('store-unusable', { url: where, detail: `${where}: ${step}: ${reason}`, cause: error });
}

function migrationOf(change: SchemaChange, flavour: 'sqlite' | 'postgres'): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of change.statements(flavour)) await sql.raw(statement).execute(db);
    },
  };
}
