import { once } from 'node:events';
import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createGzip, type Gzip } from 'node:zlib';
import { codeOf, orUnwritable } from '../../publish/unwritable.ts';
import { linesOf } from '../../store/backup/row-lines.ts';
import { readAllRows, type Row } from '../../store/backup/read-rows.ts';
import { withDatabase } from '../../store/backup/with-database.ts';
import type { Database } from '../../store/session.ts';
import type { Clock } from '../../support/clock.ts';
import { sha256 } from '../../support/hash.ts';
import { epochMsOf, type Instant } from '../../support/instant.ts';
import { clearLeftovers, ownName } from '../../support/own-leftovers.ts';
import { fitsTar, tarEnd, tarFile } from '../../support/tar.ts';
import { isImagePath } from '../images/image-folder.ts';
import { FORMAT, FORMAT_VERSION, LIST, MANIFEST, nameOfPublished, type Manifest } from './backup-format.ts';
import { keptFiles, type KeptFile } from './kept-files.ts';

export type BackupGiven = {
  readonly where: { readonly databaseUrl: string | null; readonly dataDir: string };
  readonly sources: string;
  readonly file: string;
  readonly program: string;
  /** With what sources and pages answered, which `plan` and `reprocess` read. */
  readonly withHistory: boolean;
  /** Without copies of pictures, which are asked for again. */
  readonly withImages: boolean;
  readonly readPublished: (path: string) => Promise<Uint8Array | null>;
};

/** So much of a table goes into one file of the archive. */
const PART_BYTES = 4 * 1024 * 1024;

/**
 * Writes a backup of all that is stored as of one moment, whoever else works on it. The file is there as a whole, or not at
 * all, and only its owner may read it: tokens and secrets are in it.
 * @param onProgress tables and rows so far
 */
export async function writeBackup(
  { clock }: { readonly clock: Clock },
  given: BackupGiven,
  onProgress: (table: string, rows: number) => void,
  signal: AbortSignal,
): Promise<Manifest> {
  const folder = dirname(given.file);
  const names = { begin: `${basename(given.file)}.`, end: '.part' };
  const temporary = join(folder, ownName(names));
  await orUnwritable(given.file, () => clearLeftovers(folder, names));
  // What the database says is told as its trouble, before anything is taken for one of the file.
  return orUnwritable(given.file, () =>
    withDatabase(given.where, { clock }, async (database) => {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        const manifest = await packAll(handle, database, { ...given, madeAt: clock.now() }, { onProgress, signal });
        await handle.sync();
        await handle.close();
        await rename(temporary, given.file);
        return manifest;
      } catch (error) {
        await handle.close().catch(() => undefined);
        await rm(temporary, { force: true });
        throw error;
      }
    }),
  );
}

type Told = { readonly onProgress: (table: string, rows: number) => void; readonly signal: AbortSignal };

async function packAll(
  handle: FileHandle,
  database: Database,
  given: BackupGiven & { readonly madeAt: Instant },
  told: Told,
): Promise<Manifest> {
  const { program, madeAt } = given;
  const pack = openPack(handle, { mtimeS: Math.floor(epochMsOf(madeAt) / 1000) });
  try {
    await addList(pack, given.sources);
    const { kept, ...read } = await addRows(pack, database, given, told);
    await addFiles(pack, given, kept, told.signal);
    const about = { format: FORMAT, formatVersion: FORMAT_VERSION, program, madeAt } as const;
    const manifest: Manifest = { ...about, database: database.flavour.name, ...read, files: pack.files };
    await pack.end(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    return manifest;
  } catch (error) {
    pack.destroy();
    throw error;
  }
}

type Pack = {
  readonly files: Manifest['files'];
  add(name: string, content: Uint8Array): Promise<void>;
  end(manifest: Uint8Array): Promise<void>;
  destroy(): void;
};

function openPack(handle: FileHandle, { mtimeS }: { readonly mtimeS: number }): Pack {
  const gzip: Gzip = createGzip({ level: 6 });
  const files: { name: string; bytes: number; sha256: string }[] = [];
  const written = writeAll(gzip, handle);
  // Whoever writes next hears of it.
  written.catch(() => undefined);
  const put = async (bytes: Uint8Array): Promise<void> => {
    if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), written]);
  };
  return {
    files,
    async add(name, content) {
      files.push({ name, bytes: content.length, sha256: sha256(content) });
      await put(tarFile({ name, content }, { mode: 0o600, mtimeS }));
    },
    async end(manifest) {
      await put(tarFile({ name: MANIFEST, content: manifest }, { mode: 0o600, mtimeS }));
      gzip.end(tarEnd());
      await written;
    },
    destroy: () => gzip.destroy(),
  };
}

async function writeAll(gzip: Gzip, handle: FileHandle): Promise<void> {
  for await (const bytes of gzip) await handle.writeFile(bytes as Uint8Array);
}

async function addList(pack: Pack, path: string): Promise<void> {
  try {
    await pack.add(LIST, await readFile(path));
  } catch (error) {
    // A database without its list is still worth keeping.
    if (codeOf(error) === null) throw error;
  }
}

async function addRows(
  pack: Pack,
  database: Database,
  { withHistory }: BackupGiven,
  told: Told,
): Promise<Pick<Manifest, 'schema' | 'rows' | 'numbering' | 'leftOut'> & { readonly kept: readonly KeptFile[] }> {
  const leftOut = withHistory ? [] : ['history'];
  const counts: Record<string, number> = {};
  const kept = keptFiles();
  let part = { table: '', number: 0, lines: [] as string[], bytes: 0 };
  let all = 0;
  const flush = async (): Promise<void> => {
    if (part.lines.length === 0) return;
    const number = String(part.number + 1).padStart(5, '0');
    await pack.add(`tables/${part.table}/${number}.jsonl`, Buffer.from(part.lines.join('')));
    part = { ...part, number: part.number + 1, lines: [], bytes: 0 };
  };
  const addSome = async (table: string, rows: readonly Row[]): Promise<void> => {
    if (part.table !== table) {
      await flush();
      part = { table, number: 0, lines: [], bytes: 0 };
    }
    for (const row of rows) {
      const line = linesOf([row]);
      part.lines.push(line);
      part.bytes += line.length;
      if (part.bytes >= PART_BYTES) await flush();
    }
    counts[table] = (counts[table] ?? 0) + rows.length;
    all += rows.length;
    kept.note(table, rows);
    told.onProgress(table, all);
  };
  const { schema, numbering } = await readAllRows(database, new Set(leftOut), async ({ table, rows }) => {
    told.signal.throwIfAborted();
    await addSome(table, rows);
  });
  await flush();
  return { schema, rows: counts, numbering, leftOut, kept: kept.all() };
}

async function addFiles(
  pack: Pack,
  { readPublished, withImages }: BackupGiven,
  kept: readonly KeptFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const { path, sha256: digest } of kept) {
    signal.throwIfAborted();
    if (!withImages && isImagePath(path)) continue;
    const name = nameOfPublished(path);
    const content = fitsTar(name) ? await readPublished(path) : null;
    // One that was changed since is made again like any other.
    if (content !== null && sha256(content) === digest) await pack.add(name, content);
  }
}
