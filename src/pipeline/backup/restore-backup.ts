import { link, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { isImagePath, type ImageFolder } from '../images/image-folder.ts';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { StageError } from '../../model/errors.ts';
import { codeOf, orUnwritable } from '../../publish/unwritable.ts';
import type { Output } from '../../publish/write-output.ts';
import { holdsAnything, makeDatabase, replaceRows, UnfitRows } from '../../store/backup/fill-database.ts';
import { refuseInUse } from '../../store/backup/other-programs.ts';
import { rowsOf } from '../../store/backup/row-lines.ts';
import type { SomeRows } from '../../store/backup/read-rows.ts';
import { isDamage, withDatabase } from '../../store/backup/with-database.ts';
import { databaseFile, storeExists } from '../../store/open-store.ts';
import { migrate, stepsAhead } from '../../store/migrate.ts';
import type { Database } from '../../store/session.ts';
import type { Clock } from '../../support/clock.ts';
import { clearLeftovers, processMark } from '../../support/own-leftovers.ts';
import { publishedPathOf, tableOf, type Manifest } from './backup-format.ts';
import { checkBackup, filesOf, unusable } from './read-backup.ts';
import { planForList, prepareList, type ListGiven } from './restore-list.ts';
import { writeBackup } from './write-backup.ts';

export type RestoreGiven = ListGiven & {
  readonly where: { readonly databaseUrl: string | null; readonly dataDir: string };
  readonly program: string;
  /** The folder of published files, and (by topic) those of private ones. */
  readonly output: Output;
  readonly privateOutput: (topicId: string) => Promise<Output>;
  /** The copies of pictures, beside the database. */
  readonly images: Pick<ImageFolder, 'write'>;
};

export type RestoreReport = {
  readonly manifest: Manifest;
  readonly rows: number;
  /** Steps of the schema that were taken behind those of the backup. */
  readonly migrated: readonly string[];
  /** Where what was there before is kept; null: there was nothing. */
  readonly aside: string | null;
  readonly list: 'written' | 'as it was' | 'not in the backup';
  /** Published files that were put back, and those of the replaced database that the backup knows nothing of, which were removed. */
  readonly files: number;
  readonly removed: number;
};

/** Why nothing was done. */
export type RestoreRefusal = { readonly refused: string };

type Tell = (line: string) => void;

/**
 * Puts a backup in the place of what is stored. It is checked as a whole, and made into a database beside the present one,
 * before anything is touched. Throws StageError `backup-unusable`, `store-too-new`, `store-in-use`, `store-unusable`.
 */
export async function restoreBackup(
  { clock }: { readonly clock: Clock },
  given: RestoreGiven,
  tell: Tell,
  signal: AbortSignal,
): Promise<RestoreReport | RestoreRefusal> {
  const manifest = await checkBackup(given.file, (count) => tell(`Checking the backup: ${count} files …`), signal);
  const migrated = stepsOf(manifest, given.file);
  const list = await planForList(given);
  if (list === 'another') return { refused: `${given.sources} is another than in the backup` };
  const isFilled = await inspect(given, { clock });
  if (isFilled && !given.force) return { refused: `${placeOf(given)} holds a database already` };

  await using parts = new AsyncDisposableStack();
  const folder = await folderBeside(given);
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const newList = list === 'to write' ? parts.use(await prepareList(given)) : null;
  const rows = await makeIn(folder, { given, manifest, tell, clock }, signal);
  const placed = await putInPlace(folder, given, { clock, isFilled, tell, signal });
  await newList?.putInPlace(`${given.sources}.replaced-${stamp(clock)}`);
  const asItWas = list === 'not in the backup' ? list : 'as it was';
  return { manifest, rows, migrated, list: newList === null ? asItWas : 'written', ...placed };
}

/** In it a database is made, and a process that is killed cannot remove its own. */
const FOLDERS = { begin: 'restoring-', end: '' };

/** A new folder where the database is to be, or in the system's for temporary files. */
async function folderBeside({ where }: RestoreGiven): Promise<string> {
  const beside = where.databaseUrl === null ? where.dataDir : tmpdir();
  return orUnwritable(beside, async () => {
    await mkdir(beside, { recursive: true });
    await clearLeftovers(beside, FOLDERS);
    return mkdtemp(join(beside, `${FOLDERS.begin}${processMark()}-`));
  });
}

/** Makes a database of the backup in a folder of its own, and gives the number of its rows. */
async function makeIn(
  folder: string,
  made: { readonly given: RestoreGiven; readonly manifest: Manifest; readonly tell: Tell; readonly clock: Clock },
  signal: AbortSignal,
): Promise<number> {
  const { manifest, tell, clock } = made;
  const { file } = made.given;
  const rows = rowsIn(file, (count) => tell(`Reading rows: ${count} …`), signal);
  const keptFiles = manifest.files.flatMap(({ name }) => publishedPathOf(name) ?? []);
  const { schema, numbering } = manifest;
  const counts = await makeDatabase(folder, { schema, numbering, keptFiles, rows }, { clock }).catch(
    (error: unknown) => {
      throw error instanceof UnfitRows ? unusable(file, error.message, error) : error;
    },
  );
  for (const [table, count] of Object.entries(manifest.rows))
    if (counts.get(table) !== count) throw unusable(file, `it does not have the ${count} rows of "${table}"`);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

type Placing = {
  readonly clock: Clock;
  readonly isFilled: boolean;
  readonly tell: Tell;
  readonly signal: AbortSignal;
};

/** The new database in the place of the old one, and the published files that go with it. */
async function putInPlace(
  folder: string,
  given: RestoreGiven,
  placing: Placing,
): Promise<Pick<RestoreReport, 'aside' | 'files' | 'removed'>> {
  const { clock } = placing;
  const before = await lastLook(given, placing);
  const aside =
    given.where.databaseUrl === null
      ? await swapFiles(folder, given.where.dataDir, asideName(clock))
      : await swapRows(folder, given, placing);
  const after = await withDatabase(named(given.where), { clock }, knownFiles);
  const removed = [...before].filter((path) => !after.has(path));
  for (const path of removed) await (await outputOf(given, path)).remove(pathIn(path));
  return { aside, files: await putFiles(given), removed: removed.length };
}

function stepsOf({ schema, program }: Manifest, file: string): readonly string[] {
  const migrated = stepsAhead(schema);
  if (migrated !== null) return migrated;
  const detail = `${file}: it was made by version ${program}, with "${schema.at(-1) ?? ''}"`;
  throw new StageError('store-too-new', { url: file, detail });
}

function placeOf({ where }: RestoreGiven): string {
  return where.databaseUrl === null ? where.dataDir : 'the database of DATABASE_URL';
}

/** Whether something is there that would be replaced; nobody else may work on it. */
async function inspect({ where }: RestoreGiven, tools: { readonly clock: Clock }): Promise<boolean> {
  if (!(await storeExists(where))) return false;
  try {
    return await withDatabase(named(where), tools, async (database) => {
      const isFilled = await holdsAnything(database);
      await refuseInUse(database, clientNames(where));
      return isFilled;
    });
  } catch (error) {
    // What is damaged is what a backup is for.
    if (!isDamage(error)) throw error;
    return true;
  }
}

/** What the database knows of published files; and whether really nobody has begun to work on it since it was looked at. */
async function lastLook({ where }: RestoreGiven, { clock, isFilled }: Placing): Promise<ReadonlySet<string>> {
  if (!(await storeExists(where))) return new Set();
  try {
    return await withDatabase(named(where), { clock }, async (database) => {
      await refuseInUse(database, clientNames(where));
      return isFilled ? await knownFiles(database) : new Set();
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return new Set();
  }
}

/** What a service calls itself that is given this address. */
function clientNames({ databaseUrl }: RestoreGiven['where']): readonly string[] {
  const own = databaseUrl === null ? null : URL.parse(databaseUrl)?.searchParams.get('application_name');
  return own === null || own === undefined ? ['tributary'] : ['tributary', own];
}

/** Under another name, so that a server that tells who works on a database does not tell of us. */
function named(where: RestoreGiven['where']): RestoreGiven['where'] {
  if (where.databaseUrl === null || !URL.canParse(where.databaseUrl)) return where;
  const url = new URL(where.databaseUrl);
  url.searchParams.set('application_name', 'tributary restore');
  return { ...where, databaseUrl: url.href };
}

async function* rowsIn(file: string, onRows: (count: number) => void, signal: AbortSignal): AsyncGenerator<SomeRows> {
  let count = 0;
  for await (const { name, content } of filesOf(file)) {
    signal.throwIfAborted();
    const table = tableOf(name);
    if (table === null) continue;
    let rows: SomeRows['rows'];
    try {
      rows = rowsOf(Buffer.from(content).toString('utf8'));
    } catch (cause) {
      throw unusable(file, `"${name}" has a line that is no row`, cause);
    }
    yield { table, rows };
    count += rows.length;
    onRows(count);
  }
}

/** The paths of all published files that a database knows. */
async function knownFiles({ db }: Database): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('outputs').select('path').execute();
  return new Set(rows.map(({ path }) => path));
}

/**
 * The old file and what belongs to it go into a folder beside the new one, which takes its place by rename. A kill in between
 * leaves the one or the other there: where there is none, the next start would make an empty one, and take all for new.
 */
async function swapFiles(folder: string, dataDir: string, name: string): Promise<string | null> {
  const aside = join(dataDir, name);
  const place = databaseFile(dataDir);
  return orUnwritable(dataDir, async () => {
    const own = (await readdir(dataDir)).filter((one) => /^tributary\.sqlite(?:-wal|-shm)?$|^private$/.test(one));
    if (own.length > 0) await mkdir(aside);
    // The log of the old database is never left with the new one.
    for (const one of own) if (/-(?:wal|shm)$/.test(one)) await rename(join(dataDir, one), join(aside, one));
    if (own.includes(basename(place))) await keepUnder(join(aside, basename(place)), place);
    await rename(databaseFile(folder), place);
    if (own.includes('private')) await rename(join(dataDir, 'private'), join(aside, 'private'));
    return own.length > 0 ? aside : null;
  });
}

/** Under both names, until another file takes the one; where the disk knows no such thing, under the new one alone. */
async function keepUnder(name: string, path: string): Promise<void> {
  try {
    await link(path, name);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
    await rename(path, name);
  }
}

async function swapRows(
  folder: string,
  given: RestoreGiven,
  { clock, isFilled, tell, signal }: Placing,
): Promise<string | null> {
  const where = named(given.where);
  const aside = join(given.where.dataDir, `${asideName(clock)}.tar.gz`);
  if (isFilled) {
    await orUnwritable(given.where.dataDir, () => mkdir(given.where.dataDir, { recursive: true }));
    const backup = {
      ...given,
      where,
      file: aside,
      withHistory: true,
      withImages: true,
      readPublished: async () => null,
    };
    await writeBackup({ clock }, backup, (_, rows) => tell(`Keeping what is there: ${rows} rows …`), signal);
  }
  await withDatabase({ databaseUrl: null, dataDir: folder }, { clock }, (from) =>
    withDatabase(where, { clock }, async (to) => {
      await migrate(to);
      await replaceRows(from, to, (rows) => tell(`Writing rows: ${rows} …`));
    }),
  );
  return isFilled ? aside : null;
}

async function putFiles(given: RestoreGiven): Promise<number> {
  let count = 0;
  for await (const { name, content } of filesOf(given.file)) {
    const path = publishedPathOf(name);
    if (path === null) continue;
    await (await outputOf(given, path)).write(pathIn(path), content);
    // From there they come again when the published files are lost.
    if (isImagePath(path)) await given.images.write(pathIn(path), content);
    count++;
  }
  return count;
}

function outputOf({ output, privateOutput }: RestoreGiven, path: string): Promise<Output> {
  const topicId = /^private:([^/]+)\//.exec(path)?.[1];
  return topicId === undefined ? Promise.resolve(output) : privateOutput(topicId);
}

/** Where a record's path lies in its own folder. */
function pathIn(path: string): string {
  return path.replace(/^private:[^/]+\//, '');
}

function asideName(clock: Clock): string {
  return `replaced-${stamp(clock)}`;
}

/** An instant as a part of a file's name, on any system. */
function stamp(clock: Clock): string {
  return clock.now().replaceAll(':', '').replaceAll('-', '');
}
