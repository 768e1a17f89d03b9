import { open, readdir, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../support/clock.ts';
import type { Fault } from '../faults.ts';
import type { Judges } from '../schema/source.ts';
import { readSourcesFile, type Order } from '../sources-file.ts';
import { editedText } from './edited-text.ts';
import { lockForEdit } from './edit-lock.ts';

/** sources.json as data: what JSON.parse makes of a file that is right. */
export type SourcesDocument = {
  readonly topics?: readonly DocumentPart[];
  readonly sources?: readonly DocumentPart[];
} & Readonly<Record<string, unknown>>;
export type DocumentPart = { readonly id: string } & Readonly<Record<string, unknown>>;

/** What the document is to be from now on; the same: nothing is to be changed. Or why it cannot be. */
export type Change = (document: SourcesDocument, order: Order) => SourcesDocument | { readonly refusal: string };

export type EditOutcome =
  | { readonly kind: 'written'; readonly previous: string; readonly before: string; readonly after: string }
  | { readonly kind: 'unchanged' }
  /** The operator asked for something that cannot be. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The file was faulty before (`already`), or would be after: nothing was changed. */
  | { readonly kind: 'faulty'; readonly already: boolean; readonly faults: readonly Fault[] }
  /** The file could not be read or written, or others kept changing it. */
  | { readonly kind: 'failed'; readonly why: string };

export type EditTools = { readonly judges: Judges; readonly clock: Clock; readonly pid: number };

const TRIES = 5;

/**
 * Changes sources.json as its owner would have: everything that stays the same keeps its place and its characters, and the
 * version before is kept beside it, as `sources.json.previous`. Written whole or not at all; a link is followed, and stays.
 * Other commands wait for their turn, and a file that an editor has saved meanwhile is read and changed once more; only
 * one that is saved in the very instant between the last look and the renaming is lost.
 * @param isRehearsal nothing is written; `written` tells what would have been
 */
export async function editSourcesFile(
  tools: EditTools,
  {
    file,
    change,
    isRehearsal = false,
  }: { readonly file: string; readonly change: Change; readonly isRehearsal?: boolean },
  signal: AbortSignal,
): Promise<EditOutcome> {
  try {
    const target = await realpath(file);
    if (isRehearsal) return (await changed(tools.judges, target, change)).outcome;
    const lock = await lockForEdit(target, tools, signal);
    if ('heldBy' in lock)
      return { kind: 'failed', why: `is being edited by ${lock.heldBy}; if that is not so, remove ${target}.lock` };
    await using _held = lock;
    for (let tries = 0; tries < TRIES; tries++) {
      const { bytes, outcome } = await changed(tools.judges, target, change);
      if (outcome.kind !== 'written') return outcome;
      if (await replaced(target, { bytes, by: outcome.after, pid: tools.pid })) return outcome;
    }
    return { kind: 'failed', why: 'is changed by others again and again; nothing was changed by this command' };
  } catch (error) {
    const why = whyNot(error, file);
    if (why === null) throw error;
    return { kind: 'failed', why };
  }
}

async function changed(
  judges: Judges,
  target: string,
  change: Change,
): Promise<{ readonly bytes: Buffer; readonly outcome: EditOutcome }> {
  const bytes = await readFile(target);
  const reading = readSourcesFile(bytes, judges);
  if ('faults' in reading) return { bytes, outcome: { kind: 'faulty', already: true, faults: reading.faults } };
  const before = bytes.toString('utf8');
  const document = JSON.parse(before.replace(/^\ufeff/, '')) as SourcesDocument;
  const wanted = change(document, reading.order);
  if ('refusal' in wanted && typeof wanted.refusal === 'string')
    return { bytes, outcome: { kind: 'refused', why: wanted.refusal } };
  const after = editedText(before, wanted);
  if (after === before) return { bytes, outcome: { kind: 'unchanged' } };
  const again = readSourcesFile(Buffer.from(after), judges);
  if ('faults' in again) return { bytes, outcome: { kind: 'faulty', already: false, faults: again.faults } };
  return { bytes, outcome: { kind: 'written', previous: `${target}.previous`, before, after } };
}

/** False, and nothing done, where the file is not any more what was read. */
async function replaced(
  target: string,
  { bytes, by, pid }: { readonly bytes: Buffer; readonly by: string; readonly pid: number },
): Promise<boolean> {
  const owned = await stat(target);
  await sweep(target);
  const [fresh, kept] = [asideOf(target, 'new', pid), asideOf(target, 'previous', pid)];
  try {
    await writeWhole(fresh, by, owned);
    await writeWhole(kept, bytes, owned);
    if (!(await readFile(target)).equals(bytes)) return false;
    await rename(kept, `${target}.previous`);
    await rename(fresh, target);
    return true;
  } finally {
    for (const left of [fresh, kept]) await unlink(left).catch(() => undefined);
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

/** Null: an error that no operator can mend. */
function whyNot(error: unknown, file: string): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const folder = dirname(file);
  return (
    {
      ENOENT: 'does not exist; make one (README.md shows how) or name another with --sources FILE',
      EISDIR: 'is a folder; name the file with --sources FILE',
      EACCES: `cannot be changed: reading it and writing in ${folder} must be allowed`,
      EPERM: `cannot be changed: reading it and writing in ${folder} must be allowed`,
      EROFS: `cannot be changed: ${folder} is read-only`,
      EBUSY: 'cannot be replaced, as where a container is given the file alone: give it the folder',
      EXDEV: 'cannot be replaced, as where a container is given the file alone: give it the folder',
      ENOSPC: 'cannot be changed: the disk is full',
      EDQUOT: 'cannot be changed: the disk is full',
      ELOOP: 'is a link that leads back to itself',
    }[code] ?? null
  );
}
