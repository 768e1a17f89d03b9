// CPU, memory and start-up of curation with 100,000 documents of the synthetic upstream in its window: copies and stories
// together, as the pipeline asks for them.
//   node bench/curation-window.ts [DOCUMENTS] [--keep FOLDER]
// Each phase is measured in a process of its own. With `--keep` the folder stays, and what is in it is not made again.
// Ends with 1 when a target is missed.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparedTextOf } from '../src/curate/compared-text-of.ts';
import { WINDOW_MS } from '../src/curate/duplicates/duplicate-index.ts';
import { documentOf } from '../src/curate/place-articles.ts';
import { openRecentTexts, type RecentTexts } from '../src/curate/recent-texts.ts';
import type { Article } from '../src/model/article.ts';
import type { ComparedText, Founding } from '../src/model/compared-text.ts';
import type { Story } from '../src/model/story.ts';
import { openTextMemory } from '../src/pipeline/recent-texts.ts';
import { openStore } from '../src/store/open-store.ts';
import { systemClock } from '../src/support/clock.ts';
import { uuidUrn } from '../src/support/hash.ts';
import { keepPagesYoung } from '../src/support/heap.ts';
import { instantFrom } from '../src/support/instant.ts';
import { aCuration, arrival, aStory } from '../test/store/records.ts';
import { anArticle } from '../test/support/an-entry.ts';
import { batchesOf } from './support/json-lines.ts';
import { memory } from './support/memory-in-use.ts';
import { cpuMsOf } from './support/cpu-time.ts';
import { root } from './support/run-program.ts';

// As src/main.ts does: memory and time are those of the product.
keepPagesYoung();

const MOST_CPU_MS = 0.5;
const MOST_MIB = 400;
const MOST_START_MS = 5000;
const BATCH = 500;
const ITEMS_LOOKED_AT = 60;
const WARM_UP = 5000;

type Item = { readonly title: string; readonly date: number; readonly lang: string };
type Farm = {
  readonly item: (feed: number, place: number) => Item;
  readonly bodyHtml: (item: Item) => string;
};
/** An article before it is sorted. */
type Text = Pick<Article, 'id' | 'sourceId' | 'title' | 'published' | 'language' | 'contentHtml'>;
/** A text as it is stored; the numbers of its prints and weights lie in a file of their own. */
type Row = Omit<ComparedText, 'print' | 'founding'> & {
  readonly length: number;
  readonly founding: { readonly words: number; readonly weights: number; readonly near: Founding['near'] } | null;
};
/** All lies in files: what a measuring process holds is the window alone. */
type Room = { readonly texts: string; readonly rows: string; readonly numbers: string; readonly dataDir: string };
type Figures = Readonly<Record<string, number>>;

const upstream = join(root, '../shared/bench/upstream-farm.mjs');
const [part, ...rest] = process.argv.slice(2);
const work: Readonly<Record<string, (room: Room) => object | Promise<object>>> = { make, place, save, start };
if (part !== undefined && part in work) console.log(JSON.stringify(await work[part]!(roomIn(rest[0]!))));
else if (existsSync(upstream)) process.exitCode = measure();
else console.log('SKIPPED: the synthetic upstream is not here');

function measure(): number {
  const kept = process.argv.indexOf('--keep');
  const folder = kept > 0 ? process.argv[kept + 1]! : mkdtempSync(join(tmpdir(), 'tributary-window-'));
  const room = roomIn(folder);
  try {
    if (!existsSync(room.texts)) run('make', folder);
    const placed = run('place', folder);
    rmSync(room.dataDir, { recursive: true, force: true });
    run('save', folder);
    const started = run('start', folder);
    console.log(JSON.stringify({ ...placed, ...started }, null, 1));
    return tell([
      ['CPU, ms a document', placed.cpuMsPerDocument!, MOST_CPU_MS],
      ['memory of a filled window, MiB', placed.rssGrowthMiB!, MOST_MIB],
      ['memory after a start, MiB', started.startRssGrowthMiB!, MOST_MIB],
      ['CPU of a start, ms', started.startCpuMs!, MOST_START_MS],
      ['start, ms', started.startMs!, MOST_START_MS],
      ['texts that a start has lost', placed.documents! - started.restored!, 0],
    ]);
  } finally {
    if (kept === -1) rmSync(folder, { recursive: true });
  }
}

function tell(figures: readonly (readonly [name: string, value: number, most: number])[]): number {
  for (const [name, value, most] of figures)
    console.log(`${value <= most ? 'met   ' : 'MISSED'} ${name}: ${value} (no more than ${most})`);
  const isMet = figures.every(([, value, most]) => value <= most);
  console.log(isMet ? 'all targets met' : 'a target is missed');
  return isMet ? 0 : 1;
}

function run(of: string, folder: string): Figures {
  const options = ['--expose-gc', import.meta.filename, of, folder, String(wanted())];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${of} failed: ${stderr}`);
  return JSON.parse(stdout) as Figures;
}

function wanted(): number {
  return Number(process.argv.slice(2).find((one) => /^\d+$/.test(one)) ?? 100_000);
}

function roomIn(folder: string): Room {
  mkdirSync(folder, { recursive: true });
  return {
    texts: join(folder, 'texts'),
    rows: join(folder, 'rows'),
    numbers: join(folder, 'numbers'),
    dataDir: join(folder, 'data'),
  };
}

/** Writes the items of the last 14 days in order of time. */
async function make({ texts }: Room): Promise<object> {
  const nowMs = Date.now();
  const feeds = Math.ceil(wanted() / 12);
  const { createFarm } = (await import(upstream)) as { readonly createFarm: (options: object) => Farm };
  const farm = createFarm({ feeds, lazy: true, now: new Date(nowMs).toISOString() });
  const inWindow: { readonly feed: number; readonly place: number; readonly date: number }[] = [];
  for (let feed = 0; feed < feeds && inWindow.length < wanted(); feed++) {
    for (let place = 0; place < ITEMS_LOOKED_AT && inWindow.length < wanted(); place++) {
      const { date } = farm.item(feed, place);
      // What is measured takes its time, and nothing is to leave the window meanwhile.
      if (date > nowMs - WINDOW_MS + 3_600_000 && date <= nowMs) inWindow.push({ feed, place, date });
    }
  }
  const out = openSync(texts, 'w');
  for (const { feed, place, date } of inWindow.toSorted((a, b) => a.date - b.date)) {
    const item = farm.item(feed, place);
    const text: Text = {
      id: uuidUrn('article', `feed-${feed}`, String(place)),
      sourceId: `feed-${feed}`,
      title: item.title,
      published: instantFrom(date),
      language: item.lang,
      contentHtml: farm.bodyHtml(item),
    };
    writeSync(out, `${JSON.stringify(text)}\n`);
  }
  closeSync(out);
  return {};
}

/** Sends all through the window, some at a time: first all find their stories, then the new stories their events. */
async function place({ texts, rows, numbers }: Room): Promise<object> {
  warmUp(texts);
  const [rowsOut, numbersOut] = [openSync(rows, 'w'), openSync(numbers, 'w')];
  const before = memory();
  const recent = openRecentTexts();
  let [cpuMs, documents, copies, founded] = [0, 0, 0, 0];
  for (const batch of articlesIn(texts)) {
    let compared: ComparedText[] = [];
    cpuMs += await cpuMsOf(() => {
      compared = sort(recent, batch);
    });
    documents += batch.length;
    for (const { print, founding, ...text } of compared) {
      if (founding === null) copies++;
      if (founding !== null && text.eventId === text.storyId) founded++;
      writeSync(numbersOut, print);
      if (founding !== null) {
        writeSync(numbersOut, founding.storyPrint);
        writeSync(numbersOut, founding.weights);
      }
      const lengths =
        founding === null ? null : { words: founding.storyPrint.length, weights: founding.weights.length };
      const row: Row = {
        ...text,
        length: print.length,
        founding: lengths === null ? null : { ...lengths, near: founding!.near },
      };
      writeSync(rowsOut, `${JSON.stringify(row)}\n`);
    }
  }
  const after = memory();
  closeSync(rowsOut);
  closeSync(numbersOut);
  return {
    documents: recent.size(),
    copies,
    events: founded,
    cpuMsPerDocument: Number((cpuMs / documents).toFixed(3)),
    windowMiB: after.used - before.used,
    rssGrowthMiB: after.rss - before.rss,
  };
}

function sort(recent: RecentTexts, batch: readonly Article[]): ComparedText[] {
  const placed = batch.map((article) => {
    const words = comparedTextOf(article);
    const document = documentOf(article, words);
    const storyId = recent.copyOf(document)?.storyId ?? article.id;
    recent.note(document, storyId, words);
    return { article, document, storyId };
  });
  return placed.map(({ article, document: { id: articleId, sourceId, atMs, print }, storyId }) => {
    const { eventId, founding } = storyId === articleId ? recent.found(article) : { eventId: storyId, founding: null };
    return { articleId, sourceId, atMs, print, storyId, eventId, founding };
  });
}

/** Fills a window that is thrown away: what code and reading take of memory is no part of what is measured. */
function warmUp(texts: string): void {
  const recent = openRecentTexts();
  let read = 0;
  for (const batch of articlesIn(texts)) {
    sort(recent, batch);
    if ((read += batch.length) >= WARM_UP) return;
  }
}

/** Saves what was found, as the pipeline does. Nothing is measured. */
async function save({ rows, numbers, dataDir }: Room): Promise<object> {
  mkdirSync(dataDir, { recursive: true });
  await using store = await openStore({ databaseUrl: null, dataDir }, { clock: systemClock() });
  const storyOf = new Map<string, Story>();
  for (const batch of comparedIn(rows, numbers)) {
    const articles = batch.map(({ articleId, sourceId, atMs }) =>
      anArticle({
        id: articleId,
        sourceId,
        entryId: articleId,
        published: instantFrom(atMs),
        contentHtml: '',
        summary: '',
      }),
    );
    for (const own of Map.groupBy(articles, ({ sourceId }) => sourceId).values()) await store.saveRefresh(arrival(own));
    const changed = new Set<string>();
    for (const { articleId, storyId, eventId } of batch) {
      const before = storyOf.get(storyId);
      storyOf.set(
        storyId,
        before === undefined
          ? aStory({ id: storyId, eventId })
          : { ...before, articleIds: [...before.articleIds, articleId] },
      );
      changed.add(storyId);
    }
    await store.saveCuration(aCuration({ stories: [...changed].map((id) => storyOf.get(id)!), compared: batch }));
  }
  return {};
}

/** What a start does: the texts as they were stored, read from the file. */
async function start({ texts, dataDir }: Room): Promise<object> {
  const clock = systemClock();
  warmUp(texts);
  const store = await openStore({ databaseUrl: null, dataDir }, { clock });
  const before = memory();
  const memoryOfTexts = openTextMemory();
  const asked = documentOf(anArticle());
  const begun = performance.now();
  let recent: RecentTexts | null = null;
  const startCpuMs = await cpuMsOf(async () => {
    recent = await memoryOfTexts.upToDate(store, clock.now(), async () => {});
    // A start ends with the first answer: until then some of the work is put off.
    recent.copyOf(asked);
  });
  const startMs = performance.now() - begun;
  const after = memory();
  await store[Symbol.asyncDispose]();
  return {
    restored: (recent as RecentTexts | null)?.size() ?? 0,
    startCpuMs: Math.round(startCpuMs),
    startMs: Math.round(startMs),
    startWindowMiB: after.used - before.used,
    startRssGrowthMiB: after.rss - before.rss,
  };
}

/** The texts as they were found, in the order in which they came. */
function* comparedIn(rows: string, numbers: string): Generator<readonly ComparedText[]> {
  const input = openSync(numbers, 'r');
  const wholes = (count: number): Uint32Array => {
    const read = new Uint32Array(count);
    readSync(input, read);
    return read;
  };
  for (const batch of batchesOf<Row>(rows, BATCH))
    yield batch.map(({ length, founding, ...text }): ComparedText => {
      const print = wholes(length);
      if (founding === null) return { ...text, print, founding };
      const storyPrint = wholes(founding.words);
      const weights = new Uint16Array(founding.weights);
      readSync(input, weights);
      return { ...text, print, founding: { storyPrint, weights, near: founding.near } };
    });
  closeSync(input);
}

function* articlesIn(texts: string): Generator<readonly Article[]> {
  for (const batch of batchesOf<Text>(texts, BATCH)) yield batch.map((text) => anArticle(text));
}
