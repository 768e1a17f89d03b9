import { dirname } from 'node:path';
import type { Clock } from '../../support/clock.ts';
import { lockForEdit } from './edit-lock.ts';

export type EditFailure = { readonly kind: 'failed'; readonly why: string };

const TRIES = 5;

/**
 * What comes of an attempt while nobody else edits by command. An attempt that gives null found the file changed meanwhile,
 * and is made once more, a few times.
 */
export async function underLock<Outcome>(
  target: string,
  tools: { readonly clock: Clock; readonly pid: number },
  signal: AbortSignal,
  attempt: () => Promise<Outcome | null>,
): Promise<Outcome | EditFailure> {
  const lock = await lockForEdit(target, tools, signal);
  if ('heldBy' in lock)
    return { kind: 'failed', why: `is being edited by ${lock.heldBy}; if that is not so, remove ${target}.lock` };
  await using _held = lock;
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await attempt();
    if (outcome !== null) return outcome;
  }
  return { kind: 'failed', why: 'is changed by others again and again; nothing was changed by this command' };
}

/** Does what edits a file; what the disk says against it is told in words. */
export async function forEdit<Outcome>(file: string, edit: () => Promise<Outcome>): Promise<Outcome | EditFailure> {
  try {
    return await edit();
  } catch (error) {
    const why = whyNot(error, file);
    if (why === null) throw error;
    return { kind: 'failed', why };
  }
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
