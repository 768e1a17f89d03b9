// CPU, memory and start-up of the index of duplicates with 100,000 documents of the synthetic upstream in its window.
//   node --expose-gc bench/duplicates.ts [DOCUMENTS]
// Ends with 1 when a target is missed (notes/curation.md).
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openDuplicateIndex,
  WINDOW_MS,
  type DuplicateIndex,
  type StoredDocument,
} from '../src/curate/duplicates/duplicate-index.ts';
import { findDuplicate } from '../src/curate/duplicates/find-duplicate.ts';
import { isPrint, printOf } from '../src/curate/duplicates/text-print.ts';
import { textOfSanitised } from '../src/support/html.ts';
import { cpuMsOf } from './support/cpu-time.ts';
import { root } from './support/run-program.ts';

const MOST_CPU_MS = 0.5;
const MOST_MIB = 180;
const MOST_START_MS = 2500;
const BATCH = 500;
const ITEMS_LOOKED_AT = 60;

type Item = { readonly title: string; readonly date: number; readonly story: number | null };
type Farm = {
  readonly item: (feed: number, place: number) => Item;
  readonly bodyHtml: (item: Item) => string;
};
type Place = { readonly feed: number; readonly place: number; readonly date: number };
type Stored = {
  readonly id: string;
  readonly sourceId: string;
  readonly atMs: number;
  readonly duplicateOf: string | null;
};

const upstream = join(root, '../shared/bench/upstream-farm.mjs');
if (!existsSync(upstream)) {
  console.log('SKIPPED: the synthetic upstream is not here');
  process.exit(0);
}
const wanted = Number(process.argv[2] ?? 100_000);
const nowMs = Date.now();
const feeds = Math.ceil(wanted / 12);
const { createFarm } = (await import(upstream)) as { readonly createFarm: (options: object) => Farm };
const farm = createFarm({ feeds, lazy: true, now: new Date(nowMs).toISOString() });
const places = placesInWindow();
const room = mkdtempSync(join(tmpdir(), 'tributary-duplicates-'));
const file = join(room, 'prints');
const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);
const collect = (): void => (globalThis as { gc?: () => void }).gc?.();

collect();
const before = process.memoryUsage();
let index: DuplicateIndex | null = openDuplicateIndex();
const stored: Stored[] = [];
const cpuMs = await fill(index);
const found = stored.filter(({ duplicateOf }) => duplicateOf !== null).length;
collect();
const after = process.memoryUsage();
const { size, postings } = index;
index = null;
collect();

const prints = readFileSync(file);
const begun = performance.now();
const again = openDuplicateIndex();
const startCpuMs = await cpuMsOf(() => rebuild(again));
const startMs = performance.now() - begun;
rmSync(room, { recursive: true });

const grown = mib(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers);
const result = {
  documents: size,
  postings,
  duplicatesFound: found,
  cpuMsPerDocument: Number((cpuMs / size).toFixed(3)),
  indexMiB: grown,
  processMiB: mib(after.rss),
  printsMiB: mib(prints.length),
  startMs: Math.round(startMs),
  startCpuMs: Math.round(startCpuMs),
};
console.log(JSON.stringify(result));
const isMet = cpuMs / size <= MOST_CPU_MS && grown <= MOST_MIB && startCpuMs <= MOST_START_MS && again.size === size;
console.log(isMet ? 'all targets met' : 'a target is missed');
process.exit(isMet ? 0 : 1);

/** The items of the last 14 days, in order of time. */
function placesInWindow(): Place[] {
  const inWindow: Place[] = [];
  for (let feed = 0; feed < feeds && inWindow.length < wanted; feed++) {
    for (let place = 0; place < ITEMS_LOOKED_AT && inWindow.length < wanted; place++) {
      const { date } = farm.item(feed, place);
      if (date > nowMs - WINDOW_MS && date <= nowMs) inWindow.push({ feed, place, date });
    }
  }
  return inWindow.toSorted((a, b) => a.date - b.date);
}

/** Sends all through the index, and stores the prints. To make the items is not counted. */
async function fill(into: DuplicateIndex): Promise<number> {
  let spentMs = 0;
  const out = openSync(file, 'w');
  for (let start = 0; start < places.length; start += BATCH) {
    const batch = places.slice(start, start + BATCH).map(({ feed, place, date }) => {
      const item = farm.item(feed, place);
      return {
        id: `${feed}/${place}`,
        sourceId: `feed-${feed}`,
        atMs: date,
        title: item.title,
        html: farm.bodyHtml(item),
      };
    });
    const made: Uint32Array[] = [];
    spentMs += await cpuMsOf(() => {
      for (const { id, sourceId, atMs, title, html } of batch) {
        const print = printOf({ title, text: textOfSanitised(html) });
        const document = { id, sourceId, atMs, print };
        const duplicateOf = findDuplicate(into, document)?.id ?? null;
        into.add(document, duplicateOf);
        stored.push({ id, sourceId, atMs, duplicateOf });
        made.push(print);
      }
    });
    for (const print of made) {
      writeSync(out, Uint32Array.of(print.length));
      writeSync(out, print);
    }
  }
  closeSync(out);
  return spentMs;
}

/** What a start does: prints as they were stored, and who belongs to whom. */
function rebuild(into: DuplicateIndex): void {
  into.restore(storedDocuments());
}

function* storedDocuments(): Iterable<StoredDocument> {
  let at = 0;
  for (const { id, sourceId, atMs, duplicateOf } of stored) {
    const bytes = prints.readUInt32LE(at) * 4;
    const print = new Uint32Array(prints.buffer.slice(prints.byteOffset + at + 4, prints.byteOffset + at + 4 + bytes));
    if (!isPrint(print)) throw new Error(`not a print: ${id}`);
    at += 4 + bytes;
    yield { document: { id, sourceId, atMs, print }, duplicateOf };
  }
}
