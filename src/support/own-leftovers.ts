import { hostname } from 'node:os';
import { sha256 } from './hash.ts';

// What a process leaves behind when it is killed has its number in its name, so that a later one can clear it away.

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
