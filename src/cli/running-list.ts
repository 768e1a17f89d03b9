import type { Order } from '../config/sources-file.ts';
import type { CommandContext } from './command.ts';
import { faultLines, readOrder } from './read-order.ts';

/** The list that the service goes by. */
export type RunningList = {
  read(): Promise<Order>;
  readonly current: () => Order;
  /** How many faults the file has by now, while the list before it goes on. */
  readonly faults: () => number;
};

/** sources.json while it is edited: a valid edit takes effect, a faulty one changes nothing and says so, once. */
export function openList(
  { config, terminal, log }: Pick<CommandContext, 'config' | 'terminal' | 'log'>,
  first: Order,
): RunningList {
  const running = { order: first, faults: '', count: 0 };
  return {
    current: () => running.order,
    faults: () => running.count,
    async read() {
      const reading = await readOrder(config);
      if ('order' in reading) {
        if (running.faults !== '') terminal.tell(`${config.sources} is right again`);
        running.order = reading.order;
        running.faults = '';
        running.count = 0;
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
      running.count = reading.faults.length;
      return running.order;
    },
  };
}
