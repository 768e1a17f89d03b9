import type { Order } from '../config/sources-file.ts';
import type { CommandContext } from './command.ts';
import { faultLines, readOrder } from './read-order.ts';

/** What an edit changes, in a few words; null: nothing that the service goes by. */
export function editInWords(before: Order, after: Order): string | null {
  const parts = [
    ...changes('source', before.sources, after.sources),
    ...changes('topic', before.topics, after.topics),
    ...(isSame([before.site, before.alerts, before.formerTopics], [after.site, after.alerts, after.formerTopics])
      ? []
      : ['the site changed']),
  ];
  if (parts.length > 0) return parts.join(', ');
  return isSame(before, after) ? null : 'the order changed';
}

type Part = { readonly id: string };

function changes(name: string, before: readonly Part[], after: readonly Part[]): string[] {
  const old = new Map(before.map((part) => [part.id, part]));
  const fresh = new Set(after.map(({ id }) => id));
  const counts = {
    added: after.filter(({ id }) => !old.has(id)).length,
    changed: after.filter((part) => old.has(part.id) && !isSame(old.get(part.id), part)).length,
    removed: before.filter(({ id }) => !fresh.has(id)).length,
  };
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${name}${count === 1 ? '' : 's'} ${what}`);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

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
        const edit = editInWords(running.order, reading.order);
        if (edit !== null) {
          terminal.tell(`${config.sources} was taken over: ${edit}`);
          log.info('sources.json was taken over', { file: config.sources, edit });
        }
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
