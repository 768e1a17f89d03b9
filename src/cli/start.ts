import { openApp, type App } from '../app.ts';
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
import { openList } from './running-list.ts';

export const start: Command = {
  name: 'start',
  says: 'run the worker and the server until stopped',
  options: [],
  positionals: 0,
  async run(context) {
    const { config, terminal, log, secretOf, signal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    await using app = await openApp(config, order.site, log, secretOf);
    await app.publish(order, signal);
    await using server = await app.serve();
    terminal.print(
      `Serving ${server.url} from ${config.output}; ${order.sources.filter(({ enabled }) => enabled).length} sources. Stop with Ctrl-C.`,
    );
    const list = openList(context, order);
    await untilStopped(signal, () =>
      allOrNone(
        [
          async (until) => {
            await cycle(app, order, { ...context, signal: until });
            await tickEveryMinute(async () => cycle(app, await list.read(), { ...context, signal: until }), until);
          },
          (until) => runPushed(app, list.current, { ...context, signal: until }),
          (until) => app.push.run({ until: 'stopped', isListening: true }, until),
        ],
        signal,
      ),
    );
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
  terminal.tell(errorLine(error));
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
