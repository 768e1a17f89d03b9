import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PUBLISHERS } from '../../demo/newsroom/publishers.ts';
import { readArticles } from '../../demo/newsroom/read-articles.ts';
import { startNewsroom, type Newsroom } from '../../demo/newsroom/start-newsroom.ts';
import { openApp, type App } from '../../src/app/open-app.ts';
import { readConfig } from '../../src/config/config.ts';
import { readSourcesFile, type Order } from '../../src/config/sources-file.ts';
import { runCycle, type CycleReport } from '../../src/pipeline/run-cycle.ts';
import type { Instant } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';

export const DEMO_EPOCH = '2026-11-24T06:00:00Z';

/** The demo on ports of its own, published and served at the moments that a caller names. */
export type DemoWorld = AsyncDisposable & {
  readonly newsroom: Newsroom;
  readonly output: string;
  /** Flags with which the program works on the same world. */
  readonly flags: readonly string[];
  readonly order: Order;
  /** Where it is served. */
  readonly siteUrl: string;
  /**
   * Opens the service with its clock standing at `now`, asks the sources that are due (or all), publishes, and serves while
   * `meanwhile` looks. Each call is a start and a stop of the service.
   */
  publish(
    given: { readonly now: Instant; readonly which?: 'due' | 'all'; readonly output?: string },
    meanwhile?: (app: App) => Promise<void>,
  ): Promise<CycleReport>;
  /** Opens the service with its clock standing at `now`, and closes it behind `work`. */
  open(
    given: { readonly now: Instant; readonly output?: string; readonly data?: string },
    work: (app: App) => Promise<void>,
  ): Promise<void>;
};

type SourcesJson = { readonly site: object; readonly topics: readonly object[]; readonly sources: readonly object[] };

/**
 * @param room an empty folder, for the world to live in
 * @param edit the demo's sources.json as this world is to have it
 */
export async function openDemoWorld(
  room: string,
  edit: (written: SourcesJson) => SourcesJson = (written) => written,
): Promise<DemoWorld> {
  await using parts = new AsyncDisposableStack();
  const newsroom = parts.use(
    await startNewsroom({
      articles: readArticles(),
      epoch: DEMO_EPOCH,
      round: 0,
      ports: PUBLISHERS.map(() => 0),
      controlPort: 0,
      slowMs: 20,
    }),
  );
  const port = await freePort();
  const siteUrl = `http://127.0.0.1:${port}/`;
  const sources = join(room, 'sources.json');
  mkdirSync(room, { recursive: true });
  writeFileSync(sources, JSON.stringify(edit(movedSources(newsroom, siteUrl)), null, 2));
  const reading = readSourcesFile(readFileSync(sources), { scheduleFault: () => null, selectorFault: () => null });
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  const { order } = reading;
  const [output, data] = [join(room, 'output'), join(room, 'data')];
  const flags = { sources, output, data, 'allow-network': '127.0.0.0/8', 'host-spacing-ms': '0', port: String(port) };
  const signal = new AbortController().signal;

  const open: DemoWorld['open'] = async ({ now, ...folders }, work) => {
    const config = readConfig({ ...flags, ...folders }, { TRIBUTARY_NOW: now });
    if ('faults' in config) throw new Error(JSON.stringify(config.faults));
    await using app = await openApp(config.config, order.site, silentLog);
    await work(app);
  };
  const running = parts.move();
  return {
    newsroom,
    output,
    flags: Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    order,
    siteUrl,
    open,
    async publish({ which = 'all', ...given }, meanwhile) {
      const reports: CycleReport[] = [];
      await open(given, async (app) => {
        reports.push(await runCycle(app, { order, which, onSource: () => {} }, signal));
        if (meanwhile === undefined) return;
        await using _server = await app.serve();
        await meanwhile(app);
      });
      return reports[0]!;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The demo's list, with its publishers and its own site where this world has them. */
function movedSources(newsroom: Newsroom, siteUrl: string): SourcesJson {
  const written = readFileSync(new URL('../../demo/sources.json', import.meta.url), 'utf8');
  const moved = newsroom.publishers.reduce(
    (text, { feed }, at) => text.replaceAll(`http://127.0.0.1:${8801 + at}/`, new URL('/', feed).href),
    written.replaceAll('http://127.0.0.1:8080/', siteUrl),
  );
  const { $schema: _, ...list } = JSON.parse(moved) as SourcesJson & { readonly $schema: string };
  return list;
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
