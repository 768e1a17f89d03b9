import { join, resolve } from 'node:path';
import { openApp } from '../app/open-app.ts';
import type { Config } from '../config/config.ts';
import type { Order } from '../config/sources-file.ts';
import { runCycle } from '../pipeline/run-cycle.ts';
import { freePort } from '../support/free-port.ts';
import { closingObject, closingTable, sourceLine } from './closing-table.ts';
import type { Command, CommandContext } from './command.ts';
import { CONTROL_PORT, inCheckout, nextRound, startNewsroom } from './demo-newsroom.ts';
import { outcomeLine, outcomesOf } from './outcomes.ts';
import { orderOrTell } from './read-order.ts';
import type { Terminal } from './terminal.ts';

export const demo: Command = {
  name: 'demo',
  says: 'run the whole service against a small newsroom of its own; needs no network',
  group: 'run',
  about: [
    'A dozen fictional publishers, on ports 8799 and 8801 to 8814 of this machine, in every format and with every fault. Everything is kept in data/demo/, so that nothing of it gets among what you publish yourself.',
  ],
  examples: [
    { line: 'tributary demo', says: 'Serves the result at http://127.0.0.1:8080/.' },
    {
      line: 'tributary demo --once --tick 1',
      says: 'After one more round of news, a correction among them: refreshes, publishes, tells and ends.',
    },
  ],
  options: [
    { name: 'once', argument: null, says: 'refresh once, publish, tell what became of every article, and end' },
    { name: 'tick', argument: 'N', says: 'let the newsroom publish its next N rounds of news first' },
    { name: 'slow-ms', argument: 'MS', says: 'let every answer of the newsroom take so long' },
  ],
  positionals: 0,
  async run(context) {
    const { options, terminal } = context;
    const ticks = numberOf(options['tick'], 'tick', terminal);
    const slowMs = numberOf(options['slow-ms'], 'slow-ms', terminal);
    if (ticks === null || slowMs === null) return 2;
    const given = await demoContext(context);
    const { config } = given;
    const written = await orderOrTell(given);
    if (written === null) return 1;
    const fault = portFault(config.port, written);
    if (fault !== null) {
      terminal.tell(fault);
      return 2;
    }
    const order = resolve(config.sources) === OWN_LIST ? servedAt(written, config) : written;
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

const OWN_LIST = inCheckout('demo/sources.json');

/** The demo reads its own list and may reach this machine; what the operator says otherwise still holds. */
async function demoContext(context: CommandContext): Promise<CommandContext> {
  const { config, options } = context;
  // Where it will be served is in all that is published, so it has to be known before.
  const port = config.port === 0 && options['once'] !== true ? await freePort() : config.port;
  return {
    ...context,
    config: {
      ...config,
      // The demo's fiction never lands among what is published for real.
      output: config.output === 'output' ? join('data', 'demo', 'output') : config.output,
      data: config.data === 'data' ? join('data', 'demo') : config.data,
      sources: config.sources === 'sources.json' ? OWN_LIST : config.sources,
      port,
      allowNetwork: [...config.allowNetwork, '127.0.0.0/8'],
      hostSpacingMs: 0,
    },
  };
}

/** The demo's own list, with the address at which it is served in the place of the usual one. */
export function servedAt(order: Order, { host, port }: Pick<Config, 'host' | 'port'>): Order {
  if (port === 0) return order;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return { ...order, site: { ...order.site, url: new URL(`http://${name}:${port}/`).href } };
}

/** Null, or why a port cannot be the server's: the newsroom has it. */
export function portFault(port: number, { sources }: Pick<Order, 'sources'>): string | null {
  const taken = new Set([CONTROL_PORT, ...sources.map(({ url }) => Number(new URL(url).port))]);
  if (port === 0 || !taken.has(port)) return null;
  const list = [...taken].filter((one) => one !== 0).toSorted((a, b) => a - b);
  return `Port ${port} is one of the demo's own publishers (${list.join(', ')}); choose another --port`;
}

function numberOf(written: string | boolean | undefined, name: string, terminal: Terminal): number | null {
  if (written === undefined) return 0;
  if (typeof written === 'string' && /^\d{1,5}$/.test(written)) return Number(written);
  terminal.tell(`--${name} takes a whole number, not "${String(written)}"`);
  return null;
}
