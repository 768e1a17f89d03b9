import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/config.ts';
import { jsonFault } from '../config/json-position.ts';
import { StageError } from '../model/errors.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import type { Instant } from '../support/instant.ts';

/** A file of the checkout that the program runs from. */
export const inCheckout = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** How far the newsroom's news has come; kept beside the database, so that a second run finds the same world. */
export type NewsroomState = { readonly epoch: Instant; readonly round: number };

const LAST_ROUND = 3;

/** Where the newsroom tells of what it was asked; its publishers are where the demo's list says. */
export const CONTROL_PORT = 8799;

/** The newsroom as it stands after so many more rounds of news. */
export async function nextRound({ data, now }: Config, ticks: number): Promise<NewsroomState> {
  const path = join(data, 'newsroom.json');
  const clock = now === null ? systemClock() : stoppedClock(now);
  const before = (await readState(path)) ?? {
    epoch: `${clock.now().slice(0, 'YYYY-MM-DDTHH'.length)}:00:00Z`,
    round: 0,
  };
  const after = { ...before, round: Math.min(before.round + ticks, LAST_ROUND) };
  try {
    await mkdir(data, { recursive: true });
    await writeFile(path, `${JSON.stringify(after)}\n`);
  } catch (cause) {
    throw new StageError('output-unwritable', { url: path, cause });
  }
  return after;
}

/** Null where there is none yet. */
async function readState(path: string): Promise<NewsroomState | null> {
  let written: string;
  try {
    written = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StageError('store-unusable', { url: path, detail: `${path} cannot be read`, cause });
  }
  const state = jsonFault(written) === null ? (JSON.parse(written) as Partial<NewsroomState> | null) : null;
  if (typeof state?.epoch !== 'string' || typeof state.round !== 'number') {
    throw new StageError('store-unusable', {
      url: path,
      detail: `${path} is not what the demo wrote; remove the folder`,
    });
  }
  return { epoch: state.epoch, round: state.round };
}

/** Starts the newsroom as a program of its own, which ends with this one; resolves when all its publishers listen. */
export async function startNewsroom({ epoch, round }: NewsroomState, slowMs: number): Promise<AsyncDisposable> {
  const program = inCheckout('demo/newsroom/newsroom.ts');
  const given = { epoch, round, 'delay-ms': slowMs, 'control-port': CONTROL_PORT };
  const args = [...Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]), '--with-parent'];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C is ours alone: the newsroom goes on answering until we have ended. It dies with us all the same.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ready = await firstLine(child.stdout);
  if (ready === null) {
    await closed;
    const [reason = ''] = complaint.trim().split('\n');
    throw new StageError('demo-cannot-start', { detail: reason.replace(/\.$/, '') || null });
  }
  child.stderr.removeAllListeners('data').pipe(process.stderr, { end: false });
  return {
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | null> {
  for await (const line of createInterface({ input: stream })) return line;
  return null;
}
