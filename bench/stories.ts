// CPU, memory and start-up of the stories' window with 100,000 documents of the synthetic upstream in it.
//   node --expose-gc bench/stories.ts [DOCUMENTS] [--varied]
// Each is measured in a process of its own. `--varied` gives half of the words of each text a rare spelling, so that
// there are as many different words as real news has. Ends with 1 when a target is missed.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStoryPrint, storyPrintOf } from '../src/curate/stories/story-print.ts';
import { openStoryWindow, WINDOW_MS, type StoredText, type StoryWindow } from '../src/curate/stories/story-window.ts';
import { textOfSanitised } from '../src/support/html.ts';
import { batchesOf } from './support/json-lines.ts';
import { memory } from './support/memory-in-use.ts';
import { cpuMsOf } from './support/cpu-time.ts';
import { root } from './support/run-program.ts';

/** Half of what duplicates and stories may take together (notes/curation.md). */
const MOST_CPU_MS = 0.3;
const MOST_MIB = 200;
const MOST_START_MS = 2500;
const BATCH = 500;
const ITEMS_LOOKED_AT = 60;
const WARM_UP = 5000;

type Item = { readonly title: string; readonly date: number; readonly lang: string };
type Farm = {
  readonly item: (feed: number, place: number) => Item;
  readonly bodyHtml: (item: Item) => string;
};
type Text = { readonly id: string; readonly atMs: number; readonly title: string; readonly html: string };

/** A stored text; its print and weights lie in files of their own. */
type Row = Omit<StoredText, 'print' | 'weights'> & { readonly numbers: number; readonly words: number };
/** Texts, prints and rows lie in files: what the measuring process holds is the window alone. */
type Room = { readonly texts: string; readonly prints: string; readonly weights: string; readonly rows: string };

const upstream = join(root, '../shared/bench/upstream-farm.mjs');
const [part, ...rest] = process.argv.slice(2);
if (part === 'make' || part === 'place' || part === 'start') {
  const room = roomIn(rest[0]!);
  const work = {
    make: () => make(room, Number(rest[1]), rest[2] === 'varied'),
    place: () => place(room),
    start: () => start(room),
  };
  console.log(JSON.stringify(await work[part]()));
} else if (existsSync(upstream)) {
  process.exitCode = measure(Number(process.argv.slice(2).find((one) => /^\d+$/.test(one)) ?? 100_000));
} else console.log('SKIPPED: the synthetic upstream is not here');

function measure(documents: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-stories-'));
  try {
    const made = run('make', folder, String(documents), process.argv.includes('--varied') ? 'varied' : 'plain');
    const placed = run('place', folder);
    const started = run('start', folder);
    console.log(JSON.stringify({ ...made, ...placed, ...started }, null, 1));
    const isMet =
      placed.cpuMsPerDocument! <= MOST_CPU_MS &&
      placed.rssGrowthMiB! <= MOST_MIB &&
      started.startRssGrowthMiB! <= MOST_MIB &&
      started.startCpuMs! <= MOST_START_MS &&
      started.restored === placed.documents;
    console.log(isMet ? 'all targets met' : 'a target is missed');
    return isMet ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(...of: readonly string[]): Readonly<Record<string, number>> {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', import.meta.filename, ...of], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${of[0]} failed: ${stderr}`);
  return JSON.parse(stdout) as Readonly<Record<string, number>>;
}

function roomIn(folder: string): Room {
  return {
    texts: join(folder, 'texts'),
    prints: join(folder, 'prints'),
    weights: join(folder, 'weights'),
    rows: join(folder, 'rows'),
  };
}

/** Writes the items of the last 14 days in order of time. */
async function make({ texts }: Room, wanted: number, isVaried: boolean): Promise<object> {
  const nowMs = Date.now();
  const feeds = Math.ceil(wanted / 12);
  const { createFarm } = (await import(upstream)) as { readonly createFarm: (options: object) => Farm };
  const farm = createFarm({ feeds, lazy: true, now: new Date(nowMs).toISOString() });
  const inWindow: { readonly feed: number; readonly place: number; readonly date: number }[] = [];
  for (let feed = 0; feed < feeds && inWindow.length < wanted; feed++) {
    for (let place = 0; place < ITEMS_LOOKED_AT && inWindow.length < wanted; place++) {
      const { date } = farm.item(feed, place);
      if (date > nowMs - WINDOW_MS && date <= nowMs) inWindow.push({ feed, place, date });
    }
  }
  const out = openSync(texts, 'w');
  const spelt = isVaried ? varied() : (html: string): string => html;
  for (const { feed, place, date } of inWindow.toSorted((a, b) => a.date - b.date)) {
    const item = farm.item(feed, place);
    const text: Text = { id: `feed-${feed}/${place}`, atMs: date, title: item.title, html: spelt(farm.bodyHtml(item)) };
    writeSync(out, `${JSON.stringify(text)}\n`);
  }
  closeSync(out);
  return {};
}

/** Spells half of the small words anew, as one of 400,000, the rarer ones the rarer (as words of real news are). */
function varied(): (html: string) => string {
  let state = 1;
  const chance = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const letters = (number: number): string =>
    Array.from({ length: 5 }, (_, at) => String.fromCharCode(97 + (Math.floor(number / 26 ** at) % 26))).join('');
  return (html) =>
    html.replace(/(?<=[ ])[a-z]{4,}(?=[ ,.])/g, (word) =>
      chance() < 0.5 ? word : letters(Math.floor(400_000 ** chance()) * 29),
    );
}

/** Sends all through the window. To read the texts back is not counted. */
async function place({ texts, prints, weights, rows }: Room): Promise<object> {
  const place = (window: StoryWindow, { id, atMs, title, html }: Text): StoredText => {
    const print = storyPrintOf({ title, text: textOfSanitised(html), language: null });
    const { storyId, keep } = window.place({ id, atMs, print });
    return { id, atMs, print, storyId, ...keep! };
  };
  warmUp(batchesOf<Text>(texts, BATCH), (window, batch) => batch.forEach((text) => place(window, text)));
  const [printsOut, weightsOut, rowsOut] = [prints, weights, rows].map((file) => openSync(file, 'w')) as [
    number,
    number,
    number,
  ];
  const before = memory();
  const window = openStoryWindow();
  let spentMs = 0;
  let founded = 0;
  let bytes = 0;
  for (const batch of batchesOf<Text>(texts, BATCH)) {
    const made: StoredText[] = [];
    spentMs += await cpuMsOf(() => {
      for (const text of batch) made.push(place(window, text));
    });
    for (const { print, weights, ...row } of made) {
      if (row.storyId === row.id) founded++;
      bytes += print.byteLength + weights.byteLength;
      writeSync(printsOut, print);
      writeSync(weightsOut, weights);
      const lengths = { numbers: print.length, words: weights.length };
      writeSync(rowsOut, `${JSON.stringify({ ...row, ...lengths } satisfies Row)}\n`);
    }
  }
  const filled = memory();
  const regroupCpuMs = await cpuMsOf(() => window.regroup());
  return {
    documents: window.size(),
    stories: founded,
    cpuMsPerDocument: Number((spentMs / window.size()).toFixed(3)),
    windowMiB: filled.used - before.used,
    rssGrowthMiB: filled.rss - before.rss,
    regroupCpuMs: Math.round(regroupCpuMs),
    regroupedRssGrowthMiB: memory().rss - before.rss,
    bytesStoredPerDocument: Math.round(bytes / window.size()),
  };
}

/** What a start does: prints and rows as they were stored. To read the files is counted, as a store has to be read. */
async function start(room: Room): Promise<object> {
  warmUp(storedIn(room), (window, batch) => window.restore(batch));
  const before = memory();
  const window = openStoryWindow();
  const startCpuMs = await cpuMsOf(() => {
    for (const batch of storedIn(room)) window.restore(batch);
  });
  const after = memory();
  return {
    restored: window.size(),
    startCpuMs: Math.round(startCpuMs),
    startWindowMiB: after.used - before.used,
    startRssGrowthMiB: after.rss - before.rss,
  };
}

/** Fills a window that is thrown away: what code and reading take of memory is no part of what is measured. */
function warmUp<Line>(batches: Iterable<Line>, fill: (window: StoryWindow, batch: Line) => void): void {
  const window = openStoryWindow();
  let filled = 0;
  for (const batch of batches) {
    fill(window, batch);
    if (++filled * BATCH >= WARM_UP) break;
  }
}

function* storedIn({ prints, weights, rows }: Room): Generator<readonly StoredText[]> {
  const [printsIn, weightsIn] = [openSync(prints, 'r'), openSync(weights, 'r')];
  for (const batch of batchesOf<Row>(rows, BATCH)) {
    const allNumbers = new Uint32Array(batch.reduce((sum, { numbers }) => sum + numbers, 0));
    const allWeights = new Uint16Array(batch.reduce((sum, { words }) => sum + words, 0));
    readSync(printsIn, allNumbers);
    readSync(weightsIn, allWeights);
    let at = 0;
    let weighed = 0;
    yield batch.map((row) => {
      const print = allNumbers.subarray(at, (at += row.numbers));
      if (!isStoryPrint(print)) throw new Error(`not a print: ${row.id}`);
      return { ...row, print, weights: allWeights.subarray(weighed, (weighed += row.words)) };
    });
  }
  closeSync(printsIn);
  closeSync(weightsIn);
}
