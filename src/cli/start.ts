import { openApp, type App } from '../app.ts';
import type { Order } from '../config/sources-file.ts';
import { runCycle } from '../pipeline/run-cycle.ts';
import { tickEveryMinute } from '../pipeline/schedule.ts';
import { sourceLine } from './closing-table.ts';
import type { Command, CommandContext } from './command.ts';
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
    await app.publish(order);
    await using server = await app.serve();
    terminal.print(
      `Serving ${server.url} from ${config.output}; ${order.sources.filter(({ enabled }) => enabled).length} sources. Stop with Ctrl-C.`,
    );
    const current = { order };
    const work = async (): Promise<void> => {
      current.order = await reread(context, current.order);
      await cycle(app, current.order, context);
    };
    await untilStopped(signal, async () => {
      await cycle(app, order, context);
      await tickEveryMinute(work, signal);
    });
    terminal.print('Stopped.');
    return 0;
  },
};

async function cycle(app: App, order: Order, { terminal, signal }: CommandContext): Promise<void> {
  const onSource = (report: Parameters<typeof sourceLine>[0]): void => terminal.tell(sourceLine(report));
  const report = await runCycle(app, { order, which: 'due', onSource }, signal);
  const { written } = report.published;
  if (written.length > 0) terminal.tell(`${written.length} files written`);
}

/** A valid edit of sources.json takes effect; a faulty one changes nothing and says so. */
async function reread({ config, terminal, log }: CommandContext, running: Order): Promise<Order> {
  const reading = await readOrder(config.sources);
  if ('order' in reading) return reading.order;
  log.error('sources.json is faulty, the running list is kept', {
    file: config.sources,
    faults: reading.faults.length,
  });
  for (const line of faultLines(config.sources, reading.faults)) terminal.tell(line);
  return running;
}

/** A work that ends because it was told to stop has ended well. */
async function untilStopped(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
