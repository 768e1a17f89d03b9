import { openApp, type App } from '../app/open-app.ts';
import type { Order } from '../config/sources-file.ts';
import { StageError } from '../model/errors.ts';
import type { RefreshReport } from '../pipeline/refresh-report.ts';
import { runPushedSources } from '../pipeline/refresh-pushed.ts';
import { runCycle } from '../pipeline/run-cycle.ts';
import { tickEveryMinute } from '../pipeline/schedule.ts';
import { sourceLine } from './closing-table.ts';
import type { Command, CommandContext } from './command.ts';
import { errorLine } from './error-line.ts';
import { orderOrTell } from './read-order.ts';
import { openList, type RunningList } from './running-list.ts';
import { openWatching } from './watching.ts';

export const start: Command = {
  name: 'start',
  says: 'run the worker and the server until stopped',
  group: 'run',
  about: [
    'Asks each source when its schedule says so, sorts what it brings, publishes what has changed, and serves output/ over HTTP. A valid edit of sources.json takes effect within a minute; a faulty one changes nothing, and is told here, by "check" and by "status".',
    'SIGTERM or Ctrl-C ends it well: what is under way is ended or given up, nothing is lost, and the exit code is 0. A second Ctrl-C does not wait.',
  ],
  examples: [
    { line: 'tributary start', says: 'Serves http://127.0.0.1:8080/ and keeps it up to date.' },
    {
      line: 'tributary start --host 0.0.0.0 --port 80 --log-level info',
      says: 'Serves every address of the machine, and logs a line for each refresh.',
    },
  ],
  exits: {
    0: 'stopped, as it was told to',
    1: 'it could not start: sources.json is faulty, or the port, the database or output/ cannot be had',
  },
  options: [],
  positionals: 0,
  async run(context) {
    const { config, terminal, log, secretOf, signal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    await using watching = await openWatching(context);
    await using app = await openApp(config, order.site, log, { secretOf, watcher: watching.watcher });
    // It may be told to stop while it still starts: that too is an end as it should be.
    await untilStopped(signal, async () => {
      await app.publish(order, signal);
      await using server = await app.serve();
      terminal.print(
        `Serving ${server.url} from ${config.output}; ${order.sources.filter(({ enabled }) => enabled).length} sources. Stop with Ctrl-C.`,
      );
      const list = openList(context, order);
      const operators = await watching.serve(app, list);
      if (operators !== null) terminal.print(`The operator's port is ${operators}`);
      await allOrNone(
        [
          async (until) => {
            const round = async (listed: Order): Promise<void> => {
              await cycle(app, listed, { ...context, signal: until });
              await lookForAlerts(app, list, { ...context, signal: until });
            };
            await round(order);
            await tickEveryMinute(async () => round(await list.read()), until);
          },
          (until) => runPushed(app, list.current, { ...context, signal: until }),
          (until) => app.push.run({ until: 'stopped', isListening: true }, until),
        ],
        signal,
      );
    });
    terminal.print('Stopped.');
    return 0;
  },
};

/** What the disk or the database refuses now may go well at the next minute: the last good files are served meanwhile. */
async function cycle(app: App, order: Order, { terminal, log, signal }: CommandContext): Promise<void> {
  const onSource = (report: RefreshReport): void => terminal.tell(sourceLine(report));
  try {
    const { published } = await runCycle(app, { order, which: 'due', onSource }, signal);
    if (published.written.length > 0) terminal.tell(`${published.written.length} files written`);
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    tellTrouble(error, { terminal, log });
  }
}

/** After each round, also one that could not be done: a full disk is what there is to tell of. */
async function lookForAlerts(app: App, list: RunningList, { terminal, log, signal }: CommandContext): Promise<void> {
  try {
    await app.alerts.look(list.current(), list.faults());
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    tellTrouble(error, { terminal, log });
  }
}

/** Sources whose hubs have pushed, at once and beside the rounds of every minute. */
async function runPushed(app: App, orderNow: () => Order, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  await runPushedSources(
    { ...app, pushed: app.push.pushed },
    {
      orderNow,
      onSource: (report) => terminal.tell(sourceLine(report)),
      onTrouble: (error) => tellTrouble(error, context),
    },
    signal,
  );
}

function tellTrouble(error: StageError, { terminal, log }: Pick<CommandContext, 'terminal' | 'log'>): void {
  log.error('the work could not be done', { code: error.code, reason: error.message });
  terminal.tell(errorLine(error, { goesOn: true }));
}

/** Works that go on side by side until the signal is aborted: when one of them fails, the others end too, and it is thrown. */
async function allOrNone(
  works: readonly ((until: AbortSignal) => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const ended = await Promise.allSettled(
    works.map((work) =>
      work(until).catch((error: unknown) => {
        if (!until.aborted) failed.abort(error);
        throw error;
      }),
    ),
  );
  if (failed.signal.aborted) throw failed.signal.reason;
  const rejected = ended.find(({ status }) => status === 'rejected');
  if (rejected?.status === 'rejected') throw rejected.reason;
}

/** A work that ends because it was told to stop has ended well. */
async function untilStopped(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
