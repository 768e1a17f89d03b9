import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

// Who may import whom. TypeScript will not keep this for us.

const root = fileURLToPath(new URL('..', import.meta.url));

/** Floors from the top down: a folder imports from floors below its own, never from its own floor's other folders. */
const FLOORS = [
  ['main'],
  ['cli'],
  ['app'],
  ['web'],
  ['pipeline'],
  [
    'config',
    'fetch',
    'parse',
    'admit',
    'extract',
    'curate',
    'render',
    'publish',
    'push',
    'queue',
    'store',
    'telemetry',
  ],
  ['model'],
  ['support'],
];

/** The same within a stage that has grown folders of its own: each imports from those below it alone. */
const FLOORS_WITHIN: Readonly<Record<string, readonly (readonly string[])[]>> = {
  extract: [['watch'], ['.'], ['body', 'source-link'], ['picture'], ['page']],
};

/** Which file or folder alone may import a package or a module of Node. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'rss-parser': ['src/parse/fields.ts'],
  cheerio: ['src/parse/', 'src/extract/'],
  htmlparser2: ['src/parse/', 'src/extract/'],
  domhandler: ['src/parse/', 'src/extract/'],
  entities: ['src/parse/', 'src/extract/'],
  'sanitize-html': ['src/extract/'],
  feed: ['src/render/feed-layout.ts'],
  'node-cron': ['src/pipeline/schedule.ts'],
  'pg-boss': ['src/queue/'],
  kysely: ['src/store/'],
  pg: ['src/store/postgres.ts'],
  'node:sqlite': ['src/store/sqlite.ts'],
  undici: ['src/fetch/'],
  'robots-parser': ['src/fetch/robots.ts'],
  hono: ['src/web/', 'src/render/'],
  '@hono/node-server': ['src/web/'],
  zod: ['src/config/'],
  'jsonc-parser': ['src/config/edit/'],
  saxes: ['src/publish/'],
  tldts: ['src/support/'],
  nodemailer: ['src/push/send-mail.ts'],
  pino: ['src/support/log.ts'],
  'prom-client': ['src/telemetry/metrics.ts'],
  '@opentelemetry/api': ['src/telemetry/otel-spans.ts'],
  '@opentelemetry/sdk-trace-base': ['src/telemetry/otel-spans.ts'],
  '@opentelemetry/exporter-trace-otlp-http': ['src/telemetry/otel-spans.ts'],
  '@opentelemetry/resources': ['src/telemetry/otel-spans.ts'],
  'node:dns': ['src/fetch/'],
  'node:dns/promises': ['src/fetch/'],
  'node:tls': ['src/fetch/'],
  'node:net': ['src/fetch/', 'src/config/config.ts', 'src/support/', 'src/web/'],
  'node:http': ['src/web/'],
  'node:https': [],
  'node:http2': [],
  'node:dgram': [],
  'node:child_process': ['src/cli/demo-newsroom.ts'],
};

/** Words that only one place may say. */
const SPOKEN_ONCE: readonly { readonly what: RegExp; readonly by: string; readonly name: string }[] = [
  { what: /\bprocess\.env\b/, by: 'src/main.ts', name: 'process.env' },
  { what: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, by: 'src/support/clock.ts', name: 'the clock' },
  // A socket's own limit of idle time is none of ours.
  { what: /(?<!\b(?:socket|server)\.)\b(?:setTimeout|setInterval)\(/, by: 'src/support/clock.ts', name: 'timers' },
  { what: /(?<![.\w])fetch\(/, by: 'src/fetch/', name: 'the global fetch' },
];

type Import = { readonly from: string; readonly to: string };

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string, text: string): Import[] {
  const specifiers = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;]*?from\s*'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'/g,
  );
  return [...specifiers].map(([, a, b, c]) => {
    const written = (a ?? b ?? c)!;
    return { from: file, to: written.startsWith('.') ? normalize(join(dirname(file), written)) : written };
  });
}

/** Breaches of the rules in a set of files, each naming the two ends. */
function breaches(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [file, text] of files) {
    for (const { to } of importsOf(file, text)) {
      if (
        to.startsWith('src/') ||
        to.startsWith('..') ||
        to.startsWith('demo') ||
        to.startsWith('bench') ||
        to.startsWith('test')
      ) {
        found.push(...ownBreach(file, to));
      } else {
        found.push(...packageBreach(file, to));
      }
    }
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const { what, by, name } of SPOKEN_ONCE)
      if (what.test(code) && !file.startsWith(by)) found.push(`${file} uses ${name}, which belongs to ${by}`);
  }
  return [...found, ...circles(files)];
}

function placeOf(file: string): string {
  const part = file.split('/')[1]!;
  return part.endsWith('.ts') ? part.slice(0, -3) : part;
}

function floorOf(place: string): number {
  return FLOORS.findIndex((floor) => floor.includes(place));
}

function ownBreach(file: string, to: string): string[] {
  if (!to.startsWith('src/')) return [`${file} imports ${to}, which is not part of the program`];
  if (!/\.(?:ts|json)$/.test(to)) return [`${file} imports ${to} without its ending`];
  const [from, target] = [placeOf(file), placeOf(to)];
  if (from === target) return breachWithin(from, file, to);
  if (floorOf(from) < 0 || floorOf(target) < 0) return [`${file} imports ${to}: a folder that has no floor`];
  return floorOf(from) < floorOf(target) ? [] : [`${file} imports ${to}: ${from} may not import ${target}`];
}

function breachWithin(stage: string, file: string, to: string): string[] {
  const floors = FLOORS_WITHIN[stage];
  if (floors === undefined) return [];
  const folderOf = (path: string): string => (path.split('/').length > 3 ? path.split('/')[2]! : '.');
  const [from, target] = [folderOf(file), folderOf(to)];
  const floor = (folder: string): number => floors.findIndex((folders) => folders.includes(folder));
  if (from === target) return [];
  if (floor(from) < 0 || floor(target) < 0) return [`${file} imports ${to}: a folder of ${stage} that has no floor`];
  return floor(from) < floor(target) ? [] : [`${file} imports ${to}: ${from} may not import ${target} within ${stage}`];
}

function packageBreach(file: string, to: string): string[] {
  const name = to.startsWith('node:')
    ? to
    : to
        .split('/')
        .slice(0, to.startsWith('@') ? 2 : 1)
        .join('/');
  const door = DOORS[name];
  if (door === undefined)
    return name.startsWith('node:') ? [] : [`${file} imports ${name}, which has no door: add it to the table`];
  return door.some((place) => file.startsWith(place))
    ? []
    : [`${file} imports ${name}, whose door is ${door.join(', ') || 'nowhere'}`];
}

function circles(files: ReadonlyMap<string, string>): string[] {
  const edges = new Map(
    [...files].map(([file, text]) => [
      file,
      importsOf(file, text)
        .map(({ to }) => to)
        .filter((to) => files.has(to)),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push(`a circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
    else if (!done.has(file)) {
      for (const to of edges.get(file)!) visit(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}

const program = new Map(filesIn('src').map((file) => [file, readFileSync(join(root, file), 'utf8')]));

describe('the program', () => {
  test('has files in every folder that the table of floors names, or none', () => {
    expect(program.size).toBeGreaterThan(40);
    const places = new Set([...program.keys()].map(placeOf));
    expect([...places].filter((place) => floorOf(place) < 0)).toEqual([]);
  });

  test('keeps the directions, the doors, and no circles', () => {
    expect(breaches(program)).toEqual([]);
  });

  test('has no file for everything and no barrel', () => {
    const bad = [...program.keys()].filter((file) => /\/(?:utils?|helpers?|common|misc|manager|index)\.ts$/.test(file));
    expect(bad).toEqual([]);
  });

  test('has no file above 400 lines', () => {
    const long = [...program].filter(([, text]) => text.split('\n').length > 401).map(([file]) => file);
    expect(long).toEqual([]);
  });
});

describe('the check itself', () => {
  const breach = (file: string, text: string): string[] => breaches(new Map([...program, [file, text]]));

  test('sees a stage that imports another, and names both files', () => {
    expect(breach('src/curate/planted.ts', "import { parseFeed } from '../parse/parse-feed.ts';")).toEqual([
      'src/curate/planted.ts imports src/parse/parse-feed.ts: curate may not import parse',
    ]);
  });

  test('sees a folder of a stage that imports one above it', () => {
    expect(breach('src/extract/page/planted.ts', "import { caption } from '../picture/caption.ts';")).toEqual([
      'src/extract/page/planted.ts imports src/extract/picture/caption.ts: page may not import picture within extract',
    ]);
    expect(breach('src/extract/picture/planted.ts', "import { nextPage } from '../next-page.ts';")).toHaveLength(1);
  });

  test('counts imports of types', () => {
    expect(breach('src/model/planted.ts', "import type { Store } from '../store/store.ts';")).toHaveLength(1);
  });

  test('sees a library beside its door', () => {
    expect(breach('src/curate/planted.ts', "import { load } from 'cheerio';")).toHaveLength(1);
    expect(breach('src/curate/planted.ts', "import left from 'left-pad';")).toHaveLength(1);
  });

  test('sees a circle of types', () => {
    const planted = new Map([
      ['src/model/a.ts', "import type { B } from './b.ts';"],
      ['src/model/b.ts', "import type { A } from './a.ts';"],
    ]);
    expect(breaches(planted)).toEqual(['a circle: src/model/a.ts → src/model/b.ts → src/model/a.ts']);
  });

  test('sees a clock, a timer, the environment and a socket outside their places', () => {
    for (const text of [
      'Date.now()',
      'setTimeout(f, 1)',
      'process.env.HOME',
      "fetch('x')",
      "import { get } from 'node:http';",
    ]) {
      expect(breach('src/curate/planted.ts', text)).toHaveLength(1);
    }
  });
});
