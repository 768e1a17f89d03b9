import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runCli } from '../../../src/cli/cli.ts';
import { openApp, type App } from '../../../src/app/open-app.ts';
import { readConfig, type Config } from '../../../src/config/config.ts';
import { readSourcesFile, type Order } from '../../../src/config/sources-file.ts';
import { runCycle, type CycleReport } from '../../../src/pipeline/run-cycle.ts';
import { plusSeconds } from '../../../src/support/instant.ts';
import { silentLog } from '../../../src/support/log.ts';
import { atomDocument } from '../../support/atom-document.ts';
import { inventedSentences, inventedTitle } from '../../support/invented-text.ts';
import { answer, startScriptedServer, type Play, type Script } from '../../support/scripted-server.ts';
import { jpeg, frame, END_OF_IMAGE, png } from '../../fetch/made-images.ts';

// A publisher on loopback whose articles have pictures, and the program that publishes them.

export const NOW = '2026-11-24T06:00:00Z';

/** The publisher's articles: `lead` in the feed beside the text, `within` in it. Names of files of the publisher. */
export type Written = { readonly lead?: string; readonly within?: readonly string[] };

export type ImagesWorld = AsyncDisposable & {
  /** What the publisher has at a path now. */
  readonly files: Map<string, Play>;
  articles: readonly Written[];
  now: string;
  /** Address of one of the publisher's files. */
  url(name: string): string;
  /** How often each of the publisher's files was asked for, robots.txt and the feed apart. */
  asked(): Readonly<Record<string, number>>;
  order(given?: ListGiven): Order;
  within<Result>(work: (app: App) => Promise<Result>, environment?: Readonly<Record<string, string>>): Promise<Result>;
  cycle(order: Order, environment?: Readonly<Record<string, string>>): Promise<CycleReport>;
  /** Runs a command on the world, or on a folder that is another. The list is that of `order(given)`. */
  run(
    args: readonly string[],
    given?: ListGiven,
    folder?: string,
  ): Promise<{ readonly code: number; readonly out: string }>;
  /** Published files as texts, by path. */
  published(): ReadonlyMap<string, string>;
  /** All files below the folder of the world. */
  paths(folder: 'output' | 'data/images' | 'data/private'): readonly string[];
  readonly folder: string;
};

export type ListGiven = {
  readonly site?: object;
  readonly source?: object;
  readonly topic?: object;
  readonly topics?: readonly object[];
};

export const PICTURE = answer(png(640, 360), { 'content-type': 'image/png' });
/** Called otherwise by its server. */
export const PHOTOGRAPH = answer(jpeg(frame(800, 450), Uint8Array.from(END_OF_IMAGE)), {
  'content-type': 'application/octet-stream',
});

const CONTENT = /^\/(?!robots\.txt|feed)/;

export async function openImagesWorld(articles: readonly Written[]): Promise<ImagesWorld> {
  const files = new Map<string, Play>();
  const world = { articles, now: NOW };
  const script: Script = new Proxy<Script>(
    {},
    {
      get: (_, path) => {
        if (path === '/feed') return answer(feedOf(world.articles, server.url('/')), { 'content-type': 'text/xml' });
        return files.get(String(path).slice(1)) ?? answer('', {}, 404);
      },
    },
  );
  const server = await startScriptedServer(script);
  const folder = mkdtempSync(join(tmpdir(), 'images-world-'));
  const configOf = (environment: Readonly<Record<string, string>> = {}): Config => {
    const read = readConfig(
      {
        output: join(folder, 'output'),
        data: join(folder, 'data'),
        'allow-network': ['127.0.0.0/8'],
        'host-spacing-ms': '0',
      },
      { TRIBUTARY_NOW: world.now, ...environment },
    );
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    return read.config;
  };
  const within: ImagesWorld['within'] = async (work, environment) => {
    await using app = await openApp(configOf(environment), { url: 'https://news.example.org/' }, silentLog);
    return await work(app);
  };
  const opened: ImagesWorld = {
    files,
    get articles() {
      return world.articles;
    },
    set articles(given) {
      world.articles = given;
    },
    get now() {
      return world.now;
    },
    set now(given) {
      world.now = given;
    },
    url: (name) => server.url(`/${name}`),
    asked: () => {
      const counts: Record<string, number> = {};
      for (const { path } of server.requests)
        if (CONTENT.test(path)) counts[path.slice(1)] = (counts[path.slice(1)] ?? 0) + 1;
      return counts;
    },
    order: (given) => orderOf(listOf(server.url('/feed'), given)),
    within,
    cycle: (order, environment) =>
      within(
        (app) => runCycle(app, { order, which: 'all', onSource: () => {} }, new AbortController().signal),
        environment,
      ),
    async run(args, given, where = folder) {
      const list = join(where, 'sources.json');
      writeFileSync(list, JSON.stringify(listOf(server.url('/feed'), given)));
      const said = { out: '', err: '' };
      const places = ['--sources', list, '--output', join(where, 'output'), '--data', join(where, 'data')];
      const code = await runCli([...args, ...places], {
        environment: { TRIBUTARY_NOW: world.now, TRIBUTARY_ALLOW_NETWORK: '127.0.0.0/8' },
        stdout: { write: (text) => (said.out += text) },
        stderr: { write: (text) => (said.err += text) },
        signal: new AbortController().signal,
      });
      return { code, out: said.out + said.err };
    },
    published: () =>
      new Map(
        pathsBelow(join(folder, 'output')).map((path) => [path, readFileSync(join(folder, 'output', path), 'latin1')]),
      ),
    paths: (below) => pathsBelow(join(folder, below)),
    folder,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return opened;
}

function pathsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

function feedOf(articles: readonly Written[], site: string): string {
  const items = articles.map(({ lead, within = [] }, number) => ({
    guid: `${site}news/${number}`,
    link: `${site}news/${number}`,
    title: inventedTitle(number),
    text: [
      inventedSentences(number, 6).join(' '),
      ...within.map((name) => `</p><figure><img src="${site}${name}" alt="${name}"></figure><p>`),
      inventedSentences(number + 100, 6).join(' '),
    ].join(''),
    published: plusSeconds(NOW, -3600 * (number + 1)),
    author: 'A. Writer',
    image: lead === undefined ? null : `${site}${lead}`,
    via: null,
    originalLink: null,
  }));
  return atomDocument({ title: 'Harbour', id: `${site}feed`, site }, items);
}

function listOf(feed: string, given: ListGiven = {}): object {
  return {
    site: { title: 'The Daily Confluence', url: 'https://news.example.org/', images: 'cache', ...given.site },
    topics: given.topics ?? [{ id: 'world', title: 'World', ...given.topic }],
    sources: [{ id: 'harbour', title: 'Harbour', url: feed, topics: ['world'], content: 'feed', ...given.source }],
  };
}

function orderOf(list: object): Order {
  const reading = readSourcesFile(new TextEncoder().encode(JSON.stringify(list)), {
    scheduleFault: () => null,
    selectorFault: () => null,
  });
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.order;
}
