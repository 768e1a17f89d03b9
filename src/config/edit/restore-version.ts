import { readFile, realpath, unlink } from 'node:fs/promises';
import { readSourcesFile } from '../sources-file.ts';
import { forEdit, underLock } from './edit-attempts.ts';
import type { EditOutcome, EditTools } from './edit-file.ts';
import { keptVersions, versionPath, type KeptVersion } from './kept-versions.ts';
import { replaced } from './replace-file.ts';

/** `version`: which one was put back. */
export type RestoreOutcome =
  | (Extract<EditOutcome, { readonly kind: 'written' }> & { readonly version: KeptVersion })
  | Exclude<EditOutcome, { readonly kind: 'written' }>;

/**
 * Puts a version of sources.json back that an edit has replaced. The list that it replaces, which may be faulty or not be
 * there any more, is kept as the newest version in its turn, so that nothing is lost by going to and fro.
 * @param number of KeptVersion; null: the newest
 * @param isRehearsal nothing is written; `written` tells what would have been
 */
export async function restoreVersion(
  tools: EditTools,
  { file, number, isRehearsal = false }: { file: string; number: number | null; isRehearsal?: boolean },
  signal: AbortSignal,
): Promise<RestoreOutcome> {
  return forEdit(file, async (): Promise<RestoreOutcome> => {
    const target = await placeOf(file);
    if (isRehearsal) return (await restored(tools, target, number)).outcome;
    return underLock<RestoreOutcome>(target, tools, signal, async () => {
      const { was, outcome } = await restored(tools, target, number);
      if (outcome.kind !== 'written') return outcome;
      const { version, after } = outcome;
      if (!(await replaced(target, { was, by: after, pid: tools.pid, like: version.path }))) return null;
      await dropTwin(target, after);
      return outcome;
    });
  });
}

/** Where a link leads; a file that is gone had this name. */
async function placeOf(file: string): Promise<string> {
  return realpath(file).catch((error: unknown) => {
    if (isNotThere(error)) return file;
    throw error;
  });
}

async function restored(
  { judges }: EditTools,
  target: string,
  number: number | null,
): Promise<{ readonly was: Buffer | null; readonly outcome: RestoreOutcome }> {
  const was = await readFile(target).catch((error: unknown) => {
    if (isNotThere(error)) return null;
    throw error;
  });
  const versions = await keptVersions(target);
  const version = number === null ? versions[0] : versions.find((one) => one.number === number);
  if (version === undefined) return { was, outcome: { kind: 'refused', why: notKept(target, number, versions) } };
  const bytes = await readFile(version.path);
  if (was?.equals(bytes) === true) return { was, outcome: { kind: 'unchanged' } };
  const reading = readSourcesFile(bytes, judges);
  if ('faults' in reading) return { was, outcome: { kind: 'faulty', already: false, faults: reading.faults } };
  const texts = { before: was?.toString('utf8') ?? '', after: bytes.toString('utf8') };
  return { was, outcome: { kind: 'written', previous: versionPath(target, 1), ...texts, version } };
}

function notKept(target: string, number: number | null, versions: readonly KeptVersion[]): string {
  if (versions.length === 0) return `there is no version of ${target} from before: commands that edit it keep them`;
  return `there is no version ${number}; there are ${versions.map((one) => one.number).join(', ')} (--list tells of them)`;
}

/** What was put back is not kept a second time: its number, which may have moved on, is free. */
async function dropTwin(target: string, content: string): Promise<void> {
  for (const { path } of (await keptVersions(target)).slice(1))
    if ((await readFile(path, 'utf8')) === content) return unlink(path);
}

function isNotThere(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
