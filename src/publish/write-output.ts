import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StageError } from '../model/errors.ts';
import { systemClock } from '../support/clock.ts';
import { epochMsOf } from '../support/instant.ts';
import { sha256 } from '../support/hash.ts';
import { segmentsOf } from './output-path.ts';
import { codeOf, orUnwritable } from './unwritable.ts';

/**
 * The folder of published files. Paths are relative, with `/` (output-path.ts). A file is replaced as a whole or not at
 * all; nothing is read or written through a symbolic link below the folder. What the system refuses is a StageError
 * `output-unwritable`, and the old file is as it was.
 */
export type Output = {
  /** Writes a file, unless it holds these bytes already. Strings are UTF-8. */
  write(path: string, content: string | Uint8Array): Promise<'written' | 'unchanged'>;
  /** Removes a file, and folders that it leaves empty. A file that is not there is no error. */
  remove(path: string): Promise<void>;
  /** The bytes of a file; null if there is none. */
  read(path: string): Promise<Uint8Array | null>;
  exists(path: string): Promise<boolean>;
};

export type OutputOptions = {
  /** Whether each file is pushed to the disk before it takes its place: then even a power cut leaves it whole. */
  readonly flush: 'each-file' | 'never';
};

/** Temporary files: the process that writes them, and what no other process of that number in another container has. */
const TEMPORARY = /^\.tributary-([0-9a-f]{8})-(\d+)-[0-9a-f]{16}\.part$/;
/** Writing a file takes no time; one that is older was left over, whoever wrote it. */
const LEFT_OVER_AFTER_MS = 10 * 60_000;

/**
 * Opens the folder, makes it if there is none, and clears away what a killed process left half-written some time ago. The folder
 * itself may be a symbolic link. Throws StageError `output-unwritable`.
 */
export async function openOutput(dir: string, options: OutputOptions = { flush: 'never' }): Promise<Output> {
  const root = await orUnwritable(dir, async () => {
    await mkdir(dir, { recursive: true });
    return realpath(dir);
  });
  const host = hostMark();
  await orUnwritable(dir, () => clearLeftovers(root, host));

  const write = async (path: string, content: string | Uint8Array): Promise<'written' | 'unchanged'> => {
    const segments = segmentsOf(path);
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    return orUnwritable(path, async () => {
      if (await holds(root, path, bytes)) return 'unchanged';
      const folder = await folderFor(root, segments.slice(0, -1));
      const temporary = join(folder, `.tributary-${host}-${process.pid}-${randomBytes(8).toString('hex')}.part`);
      try {
        await writeNew(temporary, bytes, options);
        await rename(temporary, join(folder, segments.at(-1)!));
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw error;
      }
      return 'written';
    });
  };

  const remove = async (path: string): Promise<void> => {
    const segments = segmentsOf(path);
    await orUnwritable(path, async () => {
      if ((await realFolder(root, segments.slice(0, -1))) === null) return;
      await rm(join(root, ...segments), { force: true });
      await removeEmptyFolders(root, segments.slice(0, -1));
    });
  };

  return {
    write,
    remove,
    read: (path) => orUnwritable(path, () => readFileOf(root, segmentsOf(path))),
    exists: (path) => orUnwritable(path, async () => (await sizeOf(root, segmentsOf(path))) !== null),
  };
}

/** The folder as it is, for who only reads: nothing in it is changed, and one that is not there is empty. */
export async function openOutputToRead(dir: string): Promise<Pick<Output, 'read' | 'exists'>> {
  const root = await orUnwritable(dir, () => absentAsNull(realpath(dir)));
  if (root === null) return { read: async () => null, exists: async () => false };
  return {
    read: (path) => orUnwritable(path, () => readFileOf(root, segmentsOf(path))),
    exists: (path) => orUnwritable(path, async () => (await sizeOf(root, segmentsOf(path))) !== null),
  };
}

/** The folder with that path, made where it is missing. A link on the way is refused. */
async function folderFor(root: string, segments: readonly string[]): Promise<string> {
  const known = await realFolder(root, segments);
  if (known !== null) return known;
  let folder = root;
  for (const segment of segments) {
    folder = join(folder, segment);
    try {
      await mkdir(folder);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      const there = await lstat(folder);
      if (there.isSymbolicLink()) throw throughLink(segments);
      if (!there.isDirectory()) throw error;
    }
  }
  return folder;
}

/** Where a folder lies, if it is there. A link on the way there is refused: it might lead anywhere. */
async function realFolder(root: string, segments: readonly string[]): Promise<string | null> {
  const meant = join(root, ...segments);
  const real = await absentAsNull(realpath(meant));
  if (real !== null && real !== meant) throw throughLink(segments);
  return real;
}

function throughLink(segments: readonly string[]): StageError {
  const path = segments.join('/');
  return new StageError('output-unwritable', { url: path, detail: `${path} leads through a symbolic link` });
}

async function writeNew(path: string, bytes: Uint8Array, { flush }: OutputOptions): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    if (flush === 'each-file') await file.sync();
  } finally {
    await file.close();
  }
}

/** Asks for the size first: most files that changed have another one. */
async function holds(root: string, path: string, bytes: Uint8Array): Promise<boolean> {
  const segments = segmentsOf(path);
  if ((await sizeOf(root, segments)) !== bytes.byteLength) return false;
  const held = await readFileOf(root, segments);
  return held !== null && Buffer.compare(held, bytes) === 0;
}

/** Bytes in a file; null if there is no file of our own there. */
async function sizeOf(root: string, segments: readonly string[]): Promise<number | null> {
  if ((await realFolder(root, segments.slice(0, -1))) === null) return null;
  const found = await absentAsNull(lstat(join(root, ...segments)));
  return found?.isFile() === true ? found.size : null;
}

async function readFileOf(root: string, segments: readonly string[]): Promise<Uint8Array | null> {
  if ((await sizeOf(root, segments)) === null) return null;
  const file = await absentAsNull(open(join(root, ...segments), constants.O_RDONLY | constants.O_NOFOLLOW));
  if (file === null) return null;
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function absentAsNull<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** From the innermost outwards, as far as they are empty; never the root. */
async function removeEmptyFolders(root: string, segments: readonly string[]): Promise<void> {
  for (let depth = segments.length; depth > 0; depth--) {
    try {
      await rmdir(join(root, ...segments.slice(0, depth)));
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENOENT') continue;
      if (code === 'ENOTEMPTY' || code === 'EEXIST') return;
      throw error;
    }
  }
}

/**
 * Removes the temporary files that nobody will rename any more: at once those of a process of this machine that has
 * ended, all others when they are old. Several machines and containers may share the folder, and in containers the same
 * numbers of processes come again: a number says nothing beyond its host.
 */
async function clearLeftovers(root: string, host: string): Promise<void> {
  // The files' times are real ones, also in a rehearsal of another day.
  const nowMs = epochMsOf(systemClock().now());
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const [, itsHost, pid] = TEMPORARY.exec(entry.name) ?? [];
    if (pid === undefined || !entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const written = await absentAsNull(lstat(path));
    if (written === null) continue;
    const isOrphan = itsHost === host && !isRunning(Number(pid));
    if (isOrphan || nowMs - written.mtimeMs > LEFT_OVER_AFTER_MS) await rm(path, { force: true });
  }
}

/** Eight digits that stand for this machine, or this container. */
function hostMark(): string {
  return sha256(hostname()).slice(0, 8);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return codeOf(error) === 'EPERM';
  }
}
