import { openApp, type App } from '../app.ts';
import type { Order } from '../config/sources-file.ts';
import { StageError } from '../model/errors.ts';
import type { RefreshReport } from '../pipeline/refresh-report.ts';
import { runCycle } from '../pipeline/run-cycle.ts';
import { tickEveryMinute } from '../pipeline/schedule.ts';
import { sourceLine } from './closing-table.ts';
import type { Command, CommandContext } from './command.ts';
import { errorLine } from './error-line.ts';
import { faultLines, orderOrTell, readOrder } from './read-order.ts';

export const start: Command = {
  name: 'start',
  says: 'run the worker and the server until stopped',
  options: [],
  positionals: 0,
  async run(context) {
    const { config, terminal, log, signal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    await using app = await openApp(config, order.site, log);
    await app.publish(order, signal);
    await using server = await app.serve();
    terminal.print(
      `Serving ${server.url} from ${config.output}; ${order.sources.filter(({ enabled }) => enabled).length} sources. Stop with Ctrl-C.`,
    );
    const list = openList(context, order);
    await untilStopped(signal, async () => {
      await cycle(app, order, context);
      await tickEveryMinute(async () => cycle(app, await list.read(), context), signal);
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
    log.error('the work could not be done', { code: error.code, reason: error.message });
    terminal.tell(errorLine(error));
  }
}

/** sources.json while it is edited: a valid edit takes effect, a faulty one changes nothing and says so, once. */
function openList({ config, terminal, log }: CommandContext, first: Order): { read(): Promise<Order> } {
  const running = { order: first, faults: '' };
  return {
    async read() {
      const reading = await readOrder(config);
      if ('order' in reading) {
        if (running.faults !== '') terminal.tell(`${config.sources} is right again`);
        running.order = reading.order;
        running.faults = '';
        return running.order;
      }
      const lines = faultLines(config.sources, reading.faults);
      if (running.faults !== lines.join('\n')) {
        log.error('sources.json is faulty, the running list is kept', {
          file: config.sources,
          faults: lines.length - 1,
        });
        for (const line of [...lines, 'the list that was right before goes on']) terminal.tell(line);
      }
      running.faults = lines.join('\n');
      return running.order;
    },
  };
}

/** A work that ends because it was told to stop has ended well. */
async function untilStopped(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
