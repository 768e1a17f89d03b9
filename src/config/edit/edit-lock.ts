import { randomUUID } from 'node:crypto';
import { link, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Clock } from '../../support/clock.ts';
import { epochMsOf } from '../../support/instant.ts';

const PATIENCE_MS = 5000;
const BETWEEN_MS = 50;
/** No edit takes so long: whoever made an older lock is no more, on whatever machine it was. */
const OLDEST_MS = 10 * 60_000;

/** Who edits: what is in the lock, so that others can say whom they wait for. `token` is this edit's alone. */
type Holder = { readonly pid: number; readonly host: string; readonly token: string };

/** The right to edit a file; disposing of it lets others edit. Or who has it for longer than one waits. */
export type EditLock = AsyncDisposable | { readonly heldBy: string };

type LockTools = { readonly clock: Clock; readonly pid: number };

/**
 * A file beside the one that is edited, which only one program can have made. It is there whole or not at all. One of a
 * program that is no more is taken over, by one alone. Waits for a few seconds.
 */
export async function lockForEdit(file: string, tools: LockTools, signal: AbortSignal): Promise<EditLock> {
  const path = `${file}.lock`;
  const own: Holder = { pid: tools.pid, host: hostname(), token: randomUUID() };
  for (let waitedMs = 0; ; waitedMs += BETWEEN_MS) {
    if (await made(path, own)) return { [Symbol.asyncDispose]: () => dropOwn(path, own) };
    const held = await heldBy(path);
    if (held !== null && (await isOver(path, held, tools))) await takeAway(path, { held, own, tools });
    else if (held !== null && waitedMs >= PATIENCE_MS) return { heldBy: `process ${held.pid} on ${held.host}` };
    if (held !== null) await tools.clock.sleep(BETWEEN_MS, signal);
  }
}

/** Written aside and then given its name: nobody ever sees it empty. False where it is there already. */
async function made(path: string, holder: Holder): Promise<boolean> {
  const aside = `${path}.${holder.token}`;
  try {
    await writeFile(aside, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    await link(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(aside).catch(() => undefined);
  }
}

/** Somebody may have said that nobody edits, and removed it; another's stays. */
async function dropOwn(path: string, { token }: Holder): Promise<void> {
  if ((await heldBy(path))?.token === token) await unlink(path).catch(() => undefined);
}

/** Null: nobody any more. A lock that is none of ours is held by process 0. */
async function heldBy(path: string): Promise<Holder | null> {
  try {
    const { pid, host, token } = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder>;
    return { pid: Number(pid) || 0, host: String(host), token: String(token) };
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? null : { pid: 0, host: 'an unknown host', token: '' };
  }
}

async function isOver(path: string, { pid, host }: Holder, { clock }: LockTools): Promise<boolean> {
  if (host === hostname() && pid !== 0 && !isRunning(pid)) return true;
  try {
    return epochMsOf(clock.now()) - (await stat(path)).mtimeMs > OLDEST_MS;
  } catch {
    return false;
  }
}

/** Under a lock of its own, and only where it is still the same one: between look and removal another may have made a new one. */
async function takeAway(
  path: string,
  { held, own, tools }: { readonly held: Holder; readonly own: Holder; readonly tools: LockTools },
): Promise<void> {
  const taking = `${path}.taking`;
  if (!(await made(taking, own))) {
    // Whoever was taking it over and is no more: its lock goes by age alone.
    const other = await heldBy(taking);
    if (other !== null && (await isOver(taking, other, tools))) await unlink(taking).catch(() => undefined);
    return;
  }
  try {
    if ((await heldBy(path))?.token === held.token) await unlink(path).catch(() => undefined);
  } finally {
    await dropOwn(taking, own);
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
