import { open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { moveOn, versionPath } from './kept-versions.ts';

export type Replacement = {
  /** What stood there when it was read; null: nothing did. */
  readonly was: Buffer | null;
  readonly by: string | Buffer;
  readonly pid: number;
  /** Whose rights the new file takes where nothing stood there. */
  readonly like?: string;
};

/**
 * Puts another content into a file, whole or not at all, and keeps what was there as its newest version. False, and nothing
 * done, where the file is not any more what was read. Whoever calls holds the file's lock.
 */
export async function replaced(target: string, { was, by, pid, like = target }: Replacement): Promise<boolean> {
  const owned = await stat(was === null ? like : target);
  await sweep(target);
  const [fresh, kept] = [asideOf(target, 'new', pid), asideOf(target, 'previous', pid)];
  try {
    await writeWhole(fresh, by, owned);
    // Kept already where an edit was killed between the two last steps.
    const isKept = was === null || (await contentOf(versionPath(target, 1)))?.equals(was) === true;
    if (!isKept) await writeWhole(kept, was, owned);
    const is = await contentOf(target);
    if (was === null ? is !== null : is?.equals(was) !== true) return false;
    if (!isKept) {
      await moveOn(target);
      await rename(kept, versionPath(target, 1));
    }
    await rename(fresh, target);
    return true;
  } finally {
    for (const left of [fresh, kept]) await unlink(left).catch(() => undefined);
  }
}

/** Null: it is not there. */
async function contentOf(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function asideOf(target: string, kind: 'new' | 'previous', pid: number): string {
  return join(dirname(target), `.${basename(target)}.${kind}.${pid}`);
}

/** What programs left that were killed: whoever holds the lock is the only one who edits. */
async function sweep(target: string): Promise<void> {
  const begins = ['new', 'previous'].map((kind) => `.${basename(target)}.${kind}.`);
  for (const name of await readdir(dirname(target)))
    if (begins.some((begin) => name.startsWith(begin) && /^\d+$/.test(name.slice(begin.length))))
      await unlink(join(dirname(target), name)).catch(() => undefined);
}

type Owned = { readonly mode: number; readonly uid: number; readonly gid: number };

/** Nobody else may read it before it belongs to whom the file belonged to, and may be read by whom that was. */
async function writeWhole(path: string, content: string | Buffer, { mode, uid, gid }: Owned): Promise<void> {
  await using handle = await open(path, 'w', 0o600);
  await handle.writeFile(content);
  // Only root may give files away, and others to groups of their own alone.
  await handle.chown(uid, gid).catch(() => handle.chown(-1, gid).catch(() => undefined));
  await handle.chmod(mode & 0o7777);
  await handle.sync();
}
