import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import { sha256 } from './hash.ts';
import { epochMsOf } from './instant.ts';

// What a process leaves behind when it is killed has its number in its name, so that a later one can clear it away.

/** A name is `<begin><mark>-<a few letters and digits><end>`. */
export type LeftoverNames = { readonly begin: string; readonly end: string };

/** Nothing that has such a name is worked on for so long: whoever made it, on whatever machine, is done with it. */
const LEFT_OVER_AFTER_MS = 86_400_000;

/** A name that this process alone gives, and gives once. */
export function ownName({ begin, end }: LeftoverNames): string {
  return `${begin}${processMark()}-${randomBytes(6).toString('hex')}${end}`;
}

/**
 * Removes the files and folders of such names that a process of this machine has left which has ended, and those of others that
 * are older than a day. What cannot be removed (another user's) stays. Throws what the system says of the folder itself.
 */
export async function clearLeftovers(folder: string, { begin, end }: LeftoverNames): Promise<void> {
  // The files' times are real ones, also in a rehearsal of another day.
  const nowMs = epochMsOf(systemClock().now());
  for (const name of await readdir(folder)) {
    if (!name.startsWith(begin) || !name.endsWith(end)) continue;
    const mark = /^([0-9a-f]{8}-[0-9]+)-[0-9A-Za-z]{6,12}$/.exec(
      name.slice(begin.length, name.length - end.length),
    )?.[1];
    if (mark === undefined) continue;
    const path = join(folder, name);
    try {
      if (hasEnded(mark) || nowMs - (await lstat(path)).mtimeMs > LEFT_OVER_AFTER_MS)
        await rm(path, { recursive: true, force: true });
    } catch (error) {
      // Another user's, or another process clears it as well: no reason not to go on.
      if (!(Error.isError(error) && 'syscall' in error)) throw error;
    }
  }
}

/** A part of a name that stands for this process of this machine, or container: in containers the same numbers come again. */
export function processMark(): string {
  return `${hostMark()}-${process.pid}`;
}

/** Whether a mark is that of a process of this machine that has ended; of other machines nobody knows here. */
export function hasEnded(mark: string): boolean {
  const [host, pid] = mark.split('-');
  return host === hostMark() && /^[1-9][0-9]*$/.test(pid ?? '') && !isRunning(Number(pid));
}

function hostMark(): string {
  return sha256(hostname()).slice(0, 8);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Anything but that there is none (EPERM: it runs, under another user).
    return !(Error.isError(error) && 'code' in error && error.code === 'ESRCH');
  }
}
