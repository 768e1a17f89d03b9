import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openApp } from '../app.ts';
import type { Config } from '../config/config.ts';
import { jsonFault } from '../config/json-position.ts';
import { StageError } from '../model/errors.ts';
import { runCycle } from '../pipeline/run-cycle.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import type { Instant } from '../support/instant.ts';
import { closingObject, closingTable, sourceLine } from './closing-table.ts';
import type { Command, CommandContext } from './command.ts';
import { outcomeLine, outcomesOf } from './outcomes.ts';
import { orderOrTell } from './read-order.ts';
import type { Terminal } from './terminal.ts';

const inCheckout = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** How far the newsroom's news has come; kept beside the database, so that a second run finds the same world. */
type NewsroomState = { readonly epoch: Instant; readonly round: number };

const LAST_ROUND = 3;

export const demo: Command = {
  name: 'demo',
  says: 'run the whole service against a small newsroom of its own; needs no network',
  options: [
    { name: 'once', argument: null, says: 'refresh once, publish, tell what became of every article, and end' },
    { name: 'tick', argument: 'N', says: 'let the newsroom publish its next N rounds of news first' },
    { name: 'slow-ms', argument: 'MS', says: 'let every answer of the newsroom take so long' },
  ],
  positionals: 0,
  async run(context) {
    const given = demoContext(context);
    const { config, options, terminal } = given;
    const ticks = numberOf(options['tick'], 'tick', terminal);
    const slowMs = numberOf(options['slow-ms'], 'slow-ms', terminal);
    if (ticks === null || slowMs === null) return 2;
    const order = await orderOrTell(given);
    if (order === null) return 1;
    const newsroom = await nextRound(config, ticks);
    await using _newsroom = await startNewsroom(newsroom, slowMs);
    await using app = await openApp(config, order.site, given.log);
    const onSource = (report: Parameters<typeof sourceLine>[0]): void => {
      if (!given.json) terminal.tell(sourceLine(report));
    };
    const report = await runCycle(app, { order, which: 'all', onSource }, given.signal);
    const outcomes = await outcomesOf(app.store, null);
    if (given.json) terminal.print(JSON.stringify({ ...closingObject(report), articles: outcomes }, null, 2));
    else for (const line of ['', ...outcomes.map(outcomeLine), '', ...closingTable(report), '']) terminal.print(line);
    if (options['once'] === true) {
      if (!given.json)
        terminal.print(`Open ${join(config.output, 'index.html')}, or run it without --once to have it served.`);
    } else {
      await using server = await app.serve();
      terminal.print(`Open ${server.url} in a browser, subscribe to ${server.url}feeds/all.atom; stop with Ctrl-C.`);
      await new Promise<void>((resolve) => given.signal.addEventListener('abort', () => resolve(), { once: true }));
    }
    return report.published.refused.length === 0 ? 0 : 1;
  },
};

/** The demo reads its own list and may reach this machine; what the operator says otherwise still holds. */
function demoContext(context: CommandContext): CommandContext {
  const { config } = context;
  return {
    ...context,
    config: {
      ...config,
      // The demo's fiction never lands among what is published for real.
      output: config.output === 'output' ? join('data', 'demo', 'output') : config.output,
      data: config.data === 'data' ? join('data', 'demo') : config.data,
      sources: config.sources === 'sources.json' ? inCheckout('demo/sources.json') : config.sources,
      allowNetwork: [...config.allowNetwork, '127.0.0.0/8'],
      hostSpacingMs: 0,
    },
  };
}

function numberOf(written: string | boolean | undefined, name: string, terminal: Terminal): number | null {
  if (written === undefined) return 0;
  if (typeof written === 'string' && /^\d{1,5}$/.test(written)) return Number(written);
  terminal.tell(`--${name} takes a whole number, not "${String(written)}"`);
  return null;
}

async function nextRound({ data, now }: Config, ticks: number): Promise<NewsroomState> {
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
async function startNewsroom({ epoch, round }: NewsroomState, slowMs: number): Promise<AsyncDisposable> {
  const program = inCheckout('demo/newsroom/newsroom.ts');
  const args = ['--epoch', epoch, '--round', String(round), '--delay-ms', String(slowMs), '--with-parent'];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // A Ctrl-C is ours alone: the newsroom goes on answering until we have ended. It dies with us all the same.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await Promise.race([firstLine(child.stdout), exited.then(() => null)]);
  if (ready === null) throw new StageError('server-cannot-listen', { detail: 'the demo’s newsroom did not start' });
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
