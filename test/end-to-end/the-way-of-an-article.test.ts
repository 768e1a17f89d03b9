import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences, treeOf } from '../../bench/support/output-tree.ts';
import { runNode } from '../../bench/support/run-program.ts';
import { readArticles } from '../../demo/newsroom/read-articles.ts';
import { PUBLISHERS } from '../../demo/newsroom/publishers.ts';
import { runCli } from '../../src/cli/cli.ts';
import { startNewsroom, type Newsroom } from '../../demo/newsroom/start-newsroom.ts';
import { runTributary, type Run } from './run-tributary.ts';

// The whole program over real HTTP, against the demo's newsroom on ports of its own.

const NOW = '2026-11-24T06:00:00Z';
const LATER = '2026-11-24T09:00:00Z';
const SITE = 'http://127.0.0.1:8080/';
const room = mkdtempSync(join(tmpdir(), 'tributary-end-to-end-'));
const output = join(room, 'output');
const checker = fileURLToPath(new URL('../../../shared/bench/check-feed.mjs', import.meta.url));
let newsroom: Newsroom;

type Report = {
  readonly sources: readonly {
    readonly sourceId: string;
    readonly outcome: string;
    readonly code: string | null;
    readonly added: number;
    readonly changed: number;
    readonly unreadable: readonly string[];
  }[];
  readonly entries: { readonly published: number; readonly merged: number; readonly dropped: number };
  readonly files: {
    readonly written: readonly string[];
    readonly removed: readonly string[];
    readonly refused: readonly unknown[];
  };
};
type Stats = {
  readonly publishers: Readonly<
    Record<string, { readonly requests: number; readonly byStatus: Readonly<Record<string, number>> }>
  >;
};

async function once(now: string, ...more: readonly string[]): Promise<{ readonly run: Run; readonly report: Report }> {
  const run = await runTributary(
    [
      'once',
      '--all',
      '--json',
      '--sources',
      join(room, 'sources.json'),
      '--output',
      output,
      '--data',
      join(room, 'data'),
      '--allow-network',
      '127.0.0.0/8',
      '--host-spacing-ms',
      '0',
      ...more,
    ],
    { TRIBUTARY_NOW: now },
  );
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  return { run, report: JSON.parse(run.stdout) as Report };
}

async function requests(): Promise<{ readonly all: number; readonly by: (status: string) => number }> {
  const stats = (await (await fetch(`${newsroom.control}stats`)).json()) as Stats;
  await fetch(`${newsroom.control}stats/reset`, { method: 'POST' });
  const each = Object.values(stats.publishers);
  const by = (status: string): number => each.reduce((sum, { byStatus }) => sum + (byStatus[status] ?? 0), 0);
  return { all: each.reduce((sum, publisher) => sum + publisher.requests, 0), by };
}

const first = {} as { report: Report };

beforeAll(async () => {
  newsroom = await startNewsroom({
    articles: readArticles(),
    epoch: NOW,
    round: 0,
    ports: PUBLISHERS.map(() => 0),
    controlPort: 0,
    slowMs: 50,
  });
  const written = readFileSync(new URL('../../demo/sources.json', import.meta.url), 'utf8');
  const moved = newsroom.publishers.reduce(
    (text, { feed }, at) => text.replaceAll(`http://127.0.0.1:${8801 + at}/`, new URL('/', feed).href),
    written,
  );
  writeFileSync(join(room, 'sources.json'), moved);
  await requests();
  first.report = (await once(NOW)).report;
}, 60_000);

afterAll(async () => {
  await newsroom[Symbol.asyncDispose]();
  rmSync(room, { recursive: true, force: true });
});

describe('a first refresh', () => {
  test('asks every source, and one that is dead does the others no harm', () => {
    const outcomes = Object.groupBy(first.report.sources, ({ outcome }) => outcome);
    expect(outcomes['refreshed']).toHaveLength(13);
    expect(outcomes['failed']).toMatchObject([{ sourceId: 'ghost-town', code: 'fetch-no-connection' }]);
  });

  test('finds every article of the newsroom, each with one outcome', () => {
    const { published, merged, dropped } = first.report.entries;
    const added = first.report.sources.reduce((sum, source) => sum + source.added, 0);
    expect(added).toBe([...readArticles().values()].flat().filter(({ round }) => round === 0).length);
    expect(published + merged + dropped).toBe(added);
    expect([published > 70, merged >= 15, dropped >= 3]).toEqual([true, true, true]);
  });

  test('names the entry that nobody could read', () => {
    const unreadable = first.report.sources.flatMap((source) => source.unreadable.map(() => source.sourceId));
    expect(unreadable).toEqual(['foundry-and-forge']);
  });

  test('leaves feeds, pages and lists', () => {
    for (const path of [
      'index.html',
      'hot/index.html',
      'topics/world/index.html',
      'feeds/all.atom',
      'feeds/sport.rss',
      'feeds/culture.json',
      'sources.opml',
      'feeds.opml',
      'sitemap.xml',
      'robots.txt',
      'favicon.ico',
      'assets/site.css',
    ]) {
      expect([path, existsSync(join(output, path))]).toEqual([path, true]);
    }
  });

  test('leaves feeds that the checker finds right, alone and together', async () => {
    if (!existsSync(checker)) {
      process.stderr.write('SKIPPED: ../shared/bench is not here, so the emitted feeds are not checked with it\n');
      return;
    }
    const { code, stdout } = await runNode([
      fileURLToPath(new URL('../../bench/check-outputs.ts', import.meta.url)),
      output,
      SITE,
      LATER,
    ]);
    const counts = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Record<string, number>;
    expect(counts).toMatchObject({ documents: 36, sets: 12, errors: 0, warnings: 0 });
    expect([code, counts['entries']! > 300]).toEqual([0, true]);
  }, 60_000);

  test('sees through both aggregators, and merges the agency’s copies', async () => {
    const { stdout } = await runTributary([
      'status',
      '--json',
      '--allow-network',
      '127.0.0.0/8',
      '--sources',
      join(room, 'sources.json'),
      '--output',
      output,
      '--data',
      join(room, 'data'),
    ]);
    const { sources } = JSON.parse(stdout) as { sources: { id: string; entries: Record<string, number> }[] };
    const entries = Object.fromEntries(sources.map((source) => [source.id, source.entries]));
    expect(entries['the-crossing']).toMatchObject({ published: 0, merged: 8 });
    expect(entries['daily-confluence-digest']).toMatchObject({ published: 0, merged: 7 });
    expect(entries['tidewater-times']!['merged']).toBe(2);
  });
});

describe('a second refresh with nothing new', () => {
  test('asks each source once, is answered 304 by all, and writes nothing, also by another clock', async () => {
    const before = treeOf(output);
    const times = new Map([...before.keys()].map((path) => [path, statSync(join(output, path)).mtimeMs]));
    await requests();
    for (const now of [NOW, LATER]) {
      const { report } = await once(now);
      const asked = await requests();
      expect([asked.all, asked.by('304')]).toEqual([13, 13]);
      expect(report.files.written).toEqual([]);
    }
    expect(differences(before, treeOf(output))).toEqual([]);
    for (const [path, time] of times) expect(statSync(join(output, path)).mtimeMs).toBe(time);
  }, 30_000);
});

describe('a round of news', () => {
  test('changes the pages and feeds that it touches, and no others', async () => {
    const before = treeOf(output);
    newsroom.tick(1);
    const { report } = await once('2026-11-24T07:30:00Z');
    const added = report.sources.reduce((sum, source) => sum + source.added, 0);
    expect([added, report.sources.reduce((sum, source) => sum + source.changed, 0)]).toEqual([4, 1]);
    const changed = differences(before, treeOf(output));
    const articles = changed.filter((line) => line.includes('articles/'));
    // One of the four is dropped by a topic's rules; the corrected article leads its story.
    expect(articles.filter((line) => line.startsWith('new'))).toHaveLength(report.entries.published - 1);
    expect(articles.filter((line) => line.startsWith('changed'))).toHaveLength(1);
    expect(changed.filter((line) => line.startsWith('gone'))).toEqual([]);
    const touched = new Set(['index.html', 'hot/index.html', 'sitemap.xml', 'feeds/all']);
    for (const topic of ['world', 'science', 'sport']) touched.add(`topics/${topic}/index.html`).add(`feeds/${topic}`);
    const others = changed
      .map((line) => line.split(' ')[1]!)
      .filter(
        (path) =>
          !path.startsWith('articles/') && !touched.has(path.replace(/(?<=^feeds\/\w+)(?:\.excerpt)?\.\w+$/, '')),
      );
    expect(others).toEqual([]);
    expect(changed).toContain('changed index.html');
  }, 30_000);

  test('shows the correction on its page, and moves updated alone', () => {
    const feed = JSON.parse(readFileSync(join(output, 'feeds/all.json'), 'utf8')) as {
      items: { title: string; date_published: string; date_modified?: string }[];
    };
    const corrected = feed.items.find(({ title }) => title === CORRECTED.title);
    expect(corrected).toBeDefined();
    expect(corrected!.date_modified).not.toBe(corrected!.date_published);
  });
});

describe('wrong use', () => {
  const command = async (...args: string[]): Promise<Run> => {
    const said = { stdout: '', stderr: '' };
    const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (said[name] += text) });
    const code = await runCli(args, {
      environment: {},
      stdout: stream('stdout'),
      stderr: stream('stderr'),
      signal: new AbortController().signal,
    });
    return { code, ...said };
  };

  test('an unknown command or option, or a faulty setting, is told with usage and exit 2', async () => {
    expect(await command('onse')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/did you mean "once"\?[^]*usage: /),
    });
    expect(await command('once', '--al')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/did you mean --all\?[^]*usage: /),
    });
    expect(await command('once', 'twice')).toMatchObject({ code: 2, stderr: expect.stringContaining('"twice"') });
    expect(await command('start', '--port', 'x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--port: "x" is not a whole number'),
    });
    expect(await command()).toMatchObject({ code: 2, stdout: expect.stringContaining('usage: ') });
    expect(await command('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('\nrun the service:\n') });
    expect(await command('once', '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--all') });
  });

  test('a missing or faulty sources.json is told with every fault, exit 1, and nothing is written', async () => {
    const where = ['--output', join(room, 'o2'), '--data', join(room, 'd2')];
    expect(await command('once', '--sources', join(room, 'none.json'), ...where)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not exist'),
    });
    writeFileSync(
      join(room, 'faulty.json'),
      '{"site":{"title":"x","url":"ftp://x"},"topics":[{"id":"A","title":"a"}],"sources":[]}',
    );
    for (const name of ['once', 'start', 'status', 'check', 'demo']) {
      const { code, stderr } = await command(name, '--sources', join(room, 'faulty.json'), ...where);
      expect([name, code, stderr]).toEqual([
        name,
        1,
        expect.stringMatching(/2 faults[^]*site\.url[^]*topics\[0\]\.id/),
      ]);
    }
    expect([existsSync(join(room, 'o2')), existsSync(join(room, 'd2'))]).toEqual([false, false]);
  });

  test('an output or data folder that cannot be written is told, exit 1', async () => {
    const file = join(room, 'a-file');
    writeFileSync(file, '');
    const sources = ['--sources', join(room, 'sources.json')];
    expect(await command('once', ...sources, '--output', join(file, 'o'), '--data', join(room, 'd3'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be written'),
    });
    expect(await command('once', ...sources, '--output', join(room, 'o3'), '--data', join(file, 'd'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the database cannot be used'),
    });
  });
});

const CORRECTED = readArticles()
  .get('harbour-herald')!
  .find((article) => article.correction?.round === 1)!;
