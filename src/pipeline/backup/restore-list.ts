import { constants } from 'node:fs';
import { copyFile, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StageError } from '../../model/errors.ts';
import { codeOf, orUnwritable } from '../../publish/unwritable.ts';
import { clearLeftovers, ownName } from '../../support/own-leftovers.ts';
import { LIST } from './backup-format.ts';
import { filesOf } from './read-backup.ts';

export type ListGiven = {
  readonly file: string;
  readonly sources: string;
  /** What is there already is replaced, and kept aside. */
  readonly force: boolean;
  /** sources.json stays as it is. */
  readonly keepsList: boolean;
};

/** What is to become of sources.json. */
export type ListPlan = 'to write' | 'the same' | 'another' | 'kept' | 'not in the backup';

/** Throws StageError `output-unwritable` where it is to be written and no folder is there, or what is there cannot be read. */
export async function planForList({ file, sources, keepsList, force }: ListGiven): Promise<ListPlan> {
  const kept = await listIn(file);
  if (kept === null) return 'not in the backup';
  if (keepsList) return 'kept';
  const present = await orUnwritable(sources, () => absentAsNull(readFile(sources)));
  if (present === null) return 'to write';
  if (Buffer.compare(present, kept) === 0) return 'the same';
  return force ? 'to write' : 'another';
}

/** A list that lies beside its place, and only has to be called otherwise; closing it without that removes it. */
export type PreparedList = AsyncDisposable & {
  /** @param aside where the one that is there is kept */
  putInPlace(aside: string): Promise<void>;
};

/**
 * Writes the list of a backup beside the one that is there, which stays: so what keeps it from being written is told before
 * anything else is touched. A link is followed, and stays. Throws StageError `output-unwritable`.
 */
export async function prepareList({ file, sources }: ListGiven): Promise<PreparedList> {
  const content = (await listIn(file))!;
  const target = (await orUnwritable(sources, () => absentAsNull(realpath(sources)))) ?? sources;
  const folder = dirname(target);
  const names = { begin: `.${basename(target)}.restored-`, end: '' };
  const temporary = join(folder, ownName(names));
  await orUnwritable(sources, async () => {
    try {
      await clearLeftovers(folder, names);
      await writeAs(temporary, content, await absentAsNull(stat(target)));
    } catch (error) {
      await rm(temporary, { force: true });
      if (codeOf(error) !== 'ENOENT') throw error;
      throw new StageError('output-unwritable', { url: sources, detail: `${sources}: there is no folder ${folder}` });
    }
  });
  return {
    putInPlace: (aside) =>
      orUnwritable(sources, async () => {
        await absentAsNull(copyFile(target, aside, constants.COPYFILE_EXCL));
        try {
          await rename(temporary, target);
        } catch (error) {
          // Nothing takes the place of a file that a container is given by itself, but what is in it can be another.
          if (codeOf(error) !== 'EBUSY' && codeOf(error) !== 'EXDEV') throw error;
          await writeFile(target, content);
        }
      }),
    [Symbol.asyncDispose]: () => rm(temporary, { force: true }),
  };
}

type Owned = { readonly mode: number; readonly uid: number; readonly gid: number };

/** May be read by whom the one that is there may be read by. */
async function writeAs(path: string, content: Uint8Array, owned: Owned | null): Promise<void> {
  await using handle = await open(path, 'wx', owned === null ? 0o644 : 0o600);
  await handle.writeFile(content);
  if (owned !== null) {
    // Only root may give files away.
    await handle.chown(owned.uid, owned.gid).catch(() => undefined);
    await handle.chmod(owned.mode & 0o7777);
  }
  await handle.sync();
}

async function listIn(file: string): Promise<Uint8Array | null> {
  for await (const { name, content } of filesOf(file)) if (name === LIST) return content;
  return null;
}

async function absentAsNull<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
