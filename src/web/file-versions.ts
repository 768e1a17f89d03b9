import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

export type Bytes = Uint8Array<ArrayBuffer>;

/** One version of a file on the disk. */
export type Version = {
  /** Tells it from every other version that lay or will lie at its path on this disk. */
  readonly version: string;
  /** Digest of its bytes, for entity tags: the same wherever and whenever these bytes are served. */
  readonly digest: string;
  readonly modifiedMs: number;
  readonly size: number;
  /** Null when there are too many to be kept: then they are read from the disk for each answer. */
  readonly bytes: Bytes | null;
};

/** A file that other hands write into while it is read is read so often at the most. */
const READINGS = 3;
/** A pipe that somebody laid there does not make us wait. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads the file at a path under the folder; null when there is none, or a symbolic link leads there. */
export async function readVersion(
  root: string,
  path: string,
  { mostBytes }: { readonly mostBytes: number },
): Promise<Version | 'folder' | null> {
  const file = await openWithin(root, path);
  if (file === null) return null;
  try {
    for (let reading = 1; ; reading++) {
      const stats = await file.stat({ bigint: true });
      if (stats.isDirectory()) return 'folder';
      if (!stats.isFile()) return null;
      const size = Number(stats.size);
      const isKept = size <= mostBytes;
      const { digest, bytes } = isKept ? await readWhole(file, size) : { digest: await digestOf(file), bytes: null };
      const version = versionOf(await file.stat({ bigint: true }));
      if (version === versionOf(stats)) return { digest, version, modifiedMs: Number(stats.mtimeMs), size, bytes };
      // Publishing puts a new file in the old one's place; this one is written by other hands, and will be looked at again.
      if (reading === READINGS) return null;
    }
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle, size: number): Promise<{ digest: string; bytes: Bytes }> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(bytes, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return { digest: short(createHash('sha256').update(bytes).digest()), bytes };
}

async function digestOf(file: FileHandle): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) digest.update(chunk as Buffer);
  return short(digest.digest());
}

function short(digest: Buffer): string {
  return digest.toString('base64url').slice(0, 22);
}

/** Opens a file when it is still this version. The caller closes it. */
export async function openVersion(root: string, path: string, version: string): Promise<FileHandle | null> {
  const file = await openWithin(root, path);
  if (file === null || versionOf(await file.stat({ bigint: true })) === version) return file;
  await file.close();
  return null;
}

/** Opens what lies at exactly this path: a symbolic link that somebody laid below the folder leads nowhere. */
async function openWithin(root: string, path: string): Promise<FileHandle | null> {
  try {
    const full = join(root, path);
    if ((await realpath(full)) !== join(await realpath(root), path)) return null;
    return await open(full, OPEN_FLAGS);
  } catch (error) {
    return nullIfAbsent(error);
  }
}

/** Which version lies there now, without opening it; null when nothing does. */
export async function versionAt(root: string, path: string): Promise<string | null> {
  try {
    return versionOf(await lstat(join(root, path), { bigint: true }));
  } catch (error) {
    return nullIfAbsent(error);
  }
}

/** The time of change is there because numbers of files come again, and dates of files may be set. */
function versionOf(stats: BigIntStats): string {
  return `${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}

const ABSENT = ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG', 'ENXIO'];

function nullIfAbsent(error: unknown): null {
  if (typeof error === 'object' && error !== null && 'code' in error && ABSENT.includes(String(error.code)))
    return null;
  throw error;
}
