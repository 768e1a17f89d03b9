import { link, open, readFile, rename, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Clock } from '../../support/clock.ts';

const PATIENCE_MS = 5000;
const BETWEEN_MS = 50;

/** Who edits: written into the lock, so that others can say whom they wait for. */
type Holder = { readonly pid: number; readonly host: string };

/** The right to edit a file; disposing of it lets others edit. Or who has it for longer than one waits. */
export type EditLock = AsyncDisposable | { readonly heldBy: string };

/**
 * A file beside the one that is edited, which only one program can have made. One of a program that is no more is taken
 * over. Waits for a few seconds.
 */
export async function lockForEdit(
  file: string,
  { clock, pid }: { readonly clock: Clock; readonly pid: number },
  signal: AbortSignal,
): Promise<EditLock> {
  const path = `${file}.lock`;
  const own: Holder = { pid, host: hostname() };
  for (let waitedMs = 0; ; waitedMs += BETWEEN_MS) {
    if (await made(path, JSON.stringify(own))) return { [Symbol.asyncDispose]: () => unlink(path) };
    const held = await heldBy(path);
    if (held === null) continue;
    if (held.host === own.host && held.pid !== 0 && !isRunning(held.pid)) {
      await takeAway(path, held, pid);
      continue;
    }
    if (waitedMs >= PATIENCE_MS) return { heldBy: `process ${held.pid} on ${held.host}` };
    await clock.sleep(BETWEEN_MS, signal);
  }
}

async function made(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx');
    await handle.writeFile(text);
    await handle.close();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null: nobody any more. A lock that is just being written, or that is none of ours, is held by process 0. */
async function heldBy(path: string): Promise<Holder | null> {
  try {
    const { pid, host } = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder>;
    return { pid: Number(pid) || 0, host: String(host) };
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : { pid: 0, host: 'an unknown host' };
  }
}

/** Renamed first, so that of two that find it only one takes it; what turns out to be a living one's is put back. */
async function takeAway(path: string, dead: Holder, pid: number): Promise<void> {
  const aside = `${path}.${pid}`;
  try {
    await rename(path, aside);
    const taken = await heldBy(aside);
    if (taken !== null && (taken.pid !== dead.pid || taken.host !== dead.host)) await link(aside, path);
    await unlink(aside);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
