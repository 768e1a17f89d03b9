// Our extraction beside Readability and defuddle (both on linkedom), over the same pages in one run.
//   node bench/extraction.ts [--every N] [--beside readability,defuddle] [--passes N] [SET …]
// SET is a folder of ../shared/corpus/articles; all without it. Ours ends with sanitised HTML, plain text and all
// metadata. Bodies are scored as ../shared/bench/score-articles.mjs has it.
//
// What is compared is the steady state of a service that reads pages all day. Each contender has a process of its own,
// so that none pays for collecting the garbage of another. They read each page in turn, the order turning with the
// page, so that all meet the same load of the machine. All read the whole set several times: the first pass costs up to
// four times as much, for nothing is compiled yet; it is told beside and not counted, nor are more until each has read
// WARMING pages. Of the N passes that count (3 if not said) the median is taken.
// CPU by process.cpuUsage: the threads that compile and collect are in it.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { bodyText } from '../src/extract/body/body-text.ts';
import { readPage } from '../src/extract/read-page.ts';
import { sanitize } from '../src/extract/body/sanitize.ts';
import { keepPagesYoung } from '../src/support/heap.ts';
import { root, runNode } from './support/run-program.ts';
import { extract as defuddle } from './yardsticks/defuddle.ts';
import type { Extracted } from './yardsticks/extracted.ts';
import { extract as readability } from './yardsticks/readability.ts';

const METRICS: Readonly<Record<string, string>> = {
  'zyte-181': 'shingles',
  'wcxb-articles': 'words',
  'trafilatura-articles': 'segments',
  'publisher-meta': 'words',
};
const WARMING = 250;
const TOGETHER = 16;
const TARGETS = 'CPU at most a quarter of Readability + linkedom; p95 ≤ 20 ms, worst ≤ 250 ms';

type Extract = (html: Uint8Array, url: string) => Extracted | Promise<Extracted>;
/** A page to be read, and whether what is found is asked for. */
type Turn = { readonly set: string; readonly id: string; readonly url: string; readonly isAsked: boolean };
type Answer = { readonly ms: number; readonly threw: boolean; readonly found: unknown };
type Contender = {
  readonly name: string;
  readonly process: ChildProcess;
  /** CPU milliseconds of each page, a list for each pass. */
  readonly passes: number[][];
  readonly output: Record<string, unknown>;
  threw: number;
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: 'string' },
    beside: { type: 'string' },
    passes: { type: 'string' },
    /** Of the processes that this one starts: who reads. */
    contender: { type: 'string' },
  },
});
const every = Number(values.every ?? 1);
const counted = Math.max(1, Number(values.passes ?? 3));
const EXTRACTORS: Readonly<Record<string, Extract>> = { tributary: ours, readability, defuddle };
/** The first is the one that the ratio is of. */
const beside = (values.beside ?? 'readability,defuddle').split(',');
const articles = join(root, '../shared/corpus/articles');
if (!existsSync(articles)) {
  console.error('SKIPPED: ../shared is not here, and the corpora with it');
  process.exit(0);
}
const room = mkdtempSync(join(tmpdir(), 'tributary-extraction-'));
if (values.contender === undefined)
  for (const set of positionals.length > 0 ? positionals : Object.keys(METRICS)) await measure(set);
else {
  // As src/main.ts does; the others run as they would elsewhere.
  if (values.contender === 'tributary') keepPagesYoung();
  await readWhatIsAsked(values.contender);
}
rmSync(room, { recursive: true });

function ours(html: Uint8Array, url: string): Extracted {
  const reading = readPage({ body: html, contentType: null, url, now: '2026-12-31T00:00:00Z' });
  const { metadata, image, contentHtml } = reading;
  return {
    html: contentHtml,
    title: metadata.title,
    author: metadata.authors.map(({ name }) => name).join(', ') || null,
    date: metadata.published,
    image: image?.url ?? null,
  };
}

async function measure(set: string): Promise<void> {
  const truth = JSON.parse(readFileSync(join(articles, set, 'truth.json'), 'utf8')) as Record<string, { url?: string }>;
  const contenders = ['tributary', ...beside].map((name): Contender => {
    const started = fork(fileURLToPath(import.meta.url), ['--contender', name]);
    return { name, process: started, passes: [], output: {}, threw: 0 };
  });
  const ids = Object.keys(truth).filter((_id, place) => place % every === 0);
  const warming = Math.ceil(WARMING / ids.length);
  for (let pass = 0; pass < warming + counted; pass++) {
    for (const one of contenders) one.passes.push([]);
    for (let from = 0; from < ids.length; from += TOGETHER) {
      for (let index = 0; index < contenders.length; index++) {
        const one = contenders[(from / TOGETHER + index) % contenders.length]!;
        for (const id of ids.slice(from, from + TOGETHER))
          await take(one, { set, id, url: addressOf(truth[id]!), isAsked: pass === 0 && every === 1 });
      }
    }
  }
  for (const one of contenders) one.process.disconnect();
  console.log(`\n== ${set}: ${ids.length} pages (${TARGETS})`);
  for (const contender of contenders) {
    console.log(lineOf(contender));
    if (every === 1) console.log(`    ${await scored(set, contender.name, contender.output)}`);
  }
  const [own, yardstick] = contenders.map((one) => sum(medianPass(one)));
  console.log(`tributary / ${beside[0]!}: ${(own! / yardstick!).toFixed(3)} of the CPU`);
}

async function take(contender: Contender, turn: Turn): Promise<void> {
  contender.process.send(turn);
  const [{ ms, threw, found }] = (await once(contender.process, 'message')) as [Answer];
  contender.passes.at(-1)!.push(ms);
  if (threw) contender.threw++;
  if (turn.isAsked) contender.output[turn.id] = found;
}

/** The pass that was neither dear nor cheap, of those that count. */
function medianPass({ passes }: Contender): readonly number[] {
  return passes.slice(-counted).toSorted((a, b) => sum(a) - sum(b))[Math.floor((counted - 1) / 2)]!;
}

async function readWhatIsAsked(name: string): Promise<void> {
  process.on('message', (turn: Turn) => void readOne(name, turn).then((answer) => process.send!(answer)));
  await once(process, 'disconnect');
}

function addressOf({ url }: { readonly url?: string }): string {
  return url ?? 'https://page.invalid/';
}

function pageOf(set: string, id: string): Uint8Array {
  const packed = join(articles, set, 'html', `${id}.html.gz`);
  return existsSync(packed)
    ? gunzipSync(readFileSync(packed))
    : readFileSync(join(articles, set, 'html', `${id}.html`));
}

async function readOne(name: string, { set, id, url, isAsked }: Turn): Promise<Answer> {
  const html = pageOf(set, id);
  let found: Extracted | null = null;
  const before = process.cpuUsage();
  try {
    found = await EXTRACTORS[name]!(html, url);
  } catch {
    // Told by `threw`.
  }
  const { user, system } = process.cpuUsage(before);
  const answer = { ms: (user + system) / 1000, threw: found === null };
  if (found === null || !isAsked) return { ...answer, found: null };
  const { html: body, ...fields } = found;
  const articleBody = bodyText(name === 'tributary' ? body : sanitize(body, { baseUrl: url }));
  return { ...answer, found: { articleBody, ...fields } };
}

function lineOf(contender: Contender): string {
  const { name, threw } = contender;
  const median = medianPass(contender);
  const sorted = median.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  const mean = (ms: readonly number[]): string => (sum(ms) / ms.length).toFixed(1);
  const first = mean(contender.passes[0]!);
  return `${name.padEnd(12)} CPU ms: mean ${mean(median)}, median ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)}; first pass ${first}; threw ${threw / contender.passes.length}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

async function scored(set: string, name: string, output: Record<string, unknown>): Promise<string> {
  const file = join(room, `${set}-${name}.json`);
  writeFileSync(file, JSON.stringify({ version: '1', output }));
  const scorer = join(root, '../shared/bench/score-articles.mjs');
  const truth = join(articles, set, 'truth.json');
  const ended = await runNode([scorer, '--truth', truth, '--predicted', file, '--metric', METRICS[set] ?? 'words']);
  return ended.stdout.trim().split('\n').join('\n    ');
}
