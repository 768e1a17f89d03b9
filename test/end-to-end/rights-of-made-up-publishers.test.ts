import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { foldedWords } from '../../src/support/words.ts';
import { filesBelow, leaksIn, runsOf } from '../support/withheld-runs.ts';
import { runTributary } from './run-tributary.ts';

// The whole program against publishers that the synthetic upstream makes up: some give their texts, some excerpts, some
// links, and one does not want to appear. Agencies' texts stand in several of them. What is withheld is known from what
// the upstream wrote, and not from what the program made of it.

const NOW = '2026-11-24T06:00:00Z';
const SITE = 'https://news.example.org/';
const FEEDS = 10;
const EXCERPT_WORDS = 40;
type Extent = 'full' | 'excerpt' | 'link' | 'out';
const EXTENTS = ['full', 'excerpt', 'link'] as const;
const OUT = FEEDS - 1;

type Item = { readonly title: string; readonly paras: readonly string[]; readonly link: string };
type Farm = {
  /** `full`: whether the feed holds the texts, or their beginnings alone. */
  readonly profiles: readonly { readonly items: number; readonly title: string; readonly full: boolean }[];
  readonly item: (feed: number, at: number) => Item;
  readonly feedUrls: () => readonly string[];
  readonly listen: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const module = fileURLToPath(new URL('../../../shared/bench/upstream-farm.mjs', import.meta.url));
const room = mkdtempSync(join(tmpdir(), 'tributary-farm-'));
let farm: Farm | null = null;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeAll(async () => {
  if (!existsSync(module)) return;
  const { createFarm } = (await import(pathToFileURL(module).href)) as {
    createFarm: (options: Readonly<Record<string, unknown>>) => Farm;
  };
  const options = { feeds: FEEDS, hosts: FEEDS, seed: 5, faults: 0, lazy: true, now: NOW };
  farm = createFarm({ ...options, port: await freePort() });
  await farm.listen();
});
afterAll(async () => {
  await farm?.close();
  rmSync(room, { recursive: true, force: true });
});

function upstream(): Farm | null {
  if (farm === null)
    process.stderr.write('SKIPPED: ../shared/bench is not here, so no publishers are made up and looked for leaks\n');
  return farm;
}

/** In turn, among the feeds of whole texts and among those of beginnings: so each extent is asked of both. */
function extentOf({ profiles }: Farm, feed: number): Extent {
  if (feed === OUT) return 'out';
  const isFull = profiles[feed]!.full;
  const before = profiles.slice(0, feed).filter(({ full }) => full === isFull).length;
  return EXTENTS[before % EXTENTS.length]!;
}

/** What the operator writes of these publishers. */
function orderOf(made: Farm, isCareful: boolean): string {
  const urls = made.feedUrls();
  return JSON.stringify({
    site: { title: 'The Daily Confluence', url: SITE, optOut: isCareful ? [new URL('/', urls[OUT]).href] : [] },
    topics: [
      { id: 'events', title: 'Events', group: true, maxEntries: 100 },
      { id: 'plain', title: 'Plain', maxEntries: 100 },
    ],
    sources: urls.map((url, feed) => {
      const extent = extentOf(made, feed);
      return {
        id: `feed-${feed}`,
        url,
        title: `${made.profiles[feed]!.title} ${feed}`,
        topics: ['events', 'plain'],
        republish: !isCareful || extent === 'out' ? 'full' : extent,
        excerptWords: EXCERPT_WORDS,
      };
    }),
  });
}

/** All files of a publication, unpacked, and all that the program says while it makes it. */
async function publication(made: Farm, name: 'careful' | 'careless'): Promise<Map<string, string>> {
  const [sources, output] = [join(room, `${name}.json`), join(room, name)];
  writeFileSync(sources, orderOf(made, name === 'careful'));
  const places = ['--sources', sources, '--output', output, '--data', join(room, `${name}-data`)];
  const network = ['--allow-network', '127.0.0.0/8', '--host-spacing-ms', '0'];
  const run = await runTributary(['once', '--all', ...places, ...network, '--log-level', 'debug'], {
    TRIBUTARY_NOW: NOW,
  });
  expect([run.code, run.stderr.includes('"level":"error"'), run.stderr.includes('"level":"debug"')]).toEqual([
    0,
    false,
    true,
  ]);
  return filesBelow(output).set('what was said', `${run.stdout}\n${run.stderr}`);
}

function itemsOf(made: Farm, ...extents: readonly Extent[]): Item[] {
  return made.profiles.flatMap(({ items }, feed) =>
    extents.includes(extentOf(made, feed)) ? Array.from({ length: items }, (_, at) => made.item(feed, at)) : [],
  );
}

const textOf = ({ paras }: Item): string => paras.join(' ');
const beyond = (text: string): string => foldedWords(text).slice(EXCERPT_WORDS).join(' ');
const within = (text: string): string => foldedWords(text).slice(0, EXCERPT_WORDS).join(' ');

/** What may be seen nowhere, unless somebody gives it. */
function withheldOf(made: Farm): string[] {
  return [...itemsOf(made, 'excerpt').map((item) => beyond(textOf(item))), ...itemsOf(made, 'link', 'out').map(textOf)];
}

/** The runs of what somebody gives: an agency's text is in the papers that give theirs as in those that do not. */
function givenBy(made: Farm): ReadonlySet<string> {
  const titles = itemsOf(made, 'full', 'excerpt', 'link').map(({ title }) => title);
  const texts = itemsOf(made, 'full').map(textOf);
  const beginnings = itemsOf(made, 'excerpt').map((item) => within(textOf(item)));
  return new Set([...titles, ...texts, ...beginnings].flatMap(runsOf));
}

test('no file, and nothing that is said, holds more of a text than its publisher gives', async () => {
  const made = upstream();
  if (made === null) return;
  const kinds = made.profiles.map(
    ({ full }, feed) => `${extentOf(made, feed)} ${full ? 'of whole texts' : 'of beginnings'}`,
  );
  expect(new Set(kinds.filter((kind) => !kind.startsWith('out'))).size).toBe(6);
  const [withheld, given] = [withheldOf(made), givenBy(made)];
  // There is much to let out, and some of it has been given by others.
  const runs = withheld.flatMap(runsOf);
  expect([runs.length > 20_000, runs.some((run) => given.has(run))]).toEqual([true, true]);

  const files = await publication(made, 'careful');
  expect(leaksIn(files, withheld, given)).toEqual([]);
  const names = [...files.keys()];
  for (const kind of [/^articles\//, /^feeds\/events\.atom$/, /^feeds\/plain\.rss$/, /^feeds\/all\.json$/, /\.xml$/])
    expect(names).toContainEqual(expect.stringMatching(kind));
  expect(names.length).toBeGreaterThan(150);
  // Those that give their texts are shown with them, and the others not at all or in part.
  const shown = leaksIn(files, itemsOf(made, 'full').map(textOf));
  expect(shown.filter((leak) => leak.startsWith('articles/')).length).toBeGreaterThan(50);
  // A topic of events tells other reports below a text.
  expect(files.get('feeds/events.json')).toContain('More reports');
  // Of who does not want to appear nothing is linked to.
  const page = new URL('/a/', made.feedUrls()[OUT]).href;
  expect(itemsOf(made, 'out').every(({ link }) => link.startsWith(page))).toBe(true);
  expect(names.filter((name) => name !== 'what was said' && files.get(name)!.includes(page))).toEqual([]);

  // Planted in what was published: packed, in a name, in an address, in what is said.
  const text = withheld.find((one) => runsOf(one).length > 40 && !runsOf(one).some((run) => given.has(run)))!;
  const slug = runsOf(text).find((run) => !run.includes(' '))!;
  const folder = join(room, 'careful');
  mkdirSync(join(folder, 'api'));
  writeFileSync(join(folder, 'feeds/all.atom.gz'), gzipSync(`<p>${text}</p>`));
  writeFileSync(join(folder, 'api/search.json.br'), brotliCompressSync(JSON.stringify({ text: `"${text}"\n` })));
  writeFileSync(join(folder, `articles/${slug}.html`), '');
  writeFileSync(join(folder, 'index.html'), `<a href="/articles/${slug}-0123abcd.html">Read</a>`);
  const planted = filesBelow(folder).set('what was said', JSON.stringify({ level: 'debug', text }));
  expect(
    leaksIn(planted, withheld, given)
      .map((leak) => leak.slice(0, leak.indexOf(':')))
      .toSorted(),
  ).toEqual(
    ['api/search.json.br', `articles/${slug}.html`, 'feeds/all.atom.gz', 'index.html', 'what was said'].toSorted(),
  );
}, 240_000);

test('where everything is let out, the same look finds it in every kind of file', async () => {
  const made = upstream();
  if (made === null) return;
  const leaks = leaksIn(await publication(made, 'careless'), withheldOf(made), givenBy(made));
  const paths = new Set(leaks.map((leak) => leak.slice(0, leak.indexOf(':'))));
  for (const topic of ['events', 'plain', 'all'])
    for (const format of ['atom', 'rss', 'json']) expect(paths).toContain(`feeds/${topic}.${format}`);
  for (const path of ['topics/events/index.html', 'topics/plain/index.html', 'index.html'])
    expect(paths).toContain(path);
  expect([...paths].filter((path) => path.startsWith('articles/')).length).toBeGreaterThan(50);
}, 240_000);
