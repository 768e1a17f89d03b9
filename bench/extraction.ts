// Our extraction beside Readability and defuddle (both on linkedom), over the same pages in one run.
//   node bench/extraction.ts [--every N] [--beside readability,defuddle] [--apart] [SET …]
// SET is a folder of ../shared/corpus/articles; all without it. Each page is read by all in turn, the order turning with
// the page; with --apart each reads all pages before the next does, so that nobody's collector runs over what another
// has left. CPU by process.cpuUsage. Ours ends with
// sanitised HTML, plain text and all metadata. Bodies are scored as ../shared/bench/score-articles.mjs has it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { bodyText } from '../src/extract/body/body-text.ts';
import { readPage } from '../src/extract/read-page.ts';
import { sanitize } from '../src/extract/body/sanitize.ts';
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
const TARGETS = 'CPU at most a quarter of Readability + linkedom; p95 ≤ 20 ms, worst ≤ 250 ms';

type Extract = (html: Uint8Array, url: string) => Extracted | Promise<Extracted>;
type Contender = { readonly name: string; readonly extract: Extract; readonly ms: number[]; threw: number };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string' }, beside: { type: 'string' }, apart: { type: 'boolean' } },
});
const every = Number(values.every ?? 1);
const YARDSTICKS: Readonly<Record<string, Extract>> = { readability, defuddle };
/** The first is the one that the ratio is of. */
const beside = (values.beside ?? 'readability,defuddle').split(',');
const articles = join(root, '../shared/corpus/articles');
if (!existsSync(articles)) {
  console.error('SKIPPED: ../shared is not here, and the corpora with it');
  process.exit(0);
}
const room = mkdtempSync(join(tmpdir(), 'tributary-extraction-'));
for (const set of positionals.length > 0 ? positionals : Object.keys(METRICS)) await measure(set);
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
  const contenders: Contender[] = [
    { name: 'tributary', extract: ours, ms: [], threw: 0 },
    ...beside.map((name) => ({ name, extract: YARDSTICKS[name]!, ms: [], threw: 0 })),
  ];
  const outputs = new Map<string, Record<string, unknown>>(contenders.map(({ name }) => [name, {}]));
  const ids = Object.keys(truth).filter((_id, place) => place % every === 0);
  for (const id of ids.slice(0, 20))
    for (const one of contenders) await readOne(one, pageOf(set, id), addressOf(truth[id]!));
  for (const one of contenders) Object.assign(one, { ms: [], threw: 0 });
  const turns = ids.flatMap((id, place) =>
    contenders.map((_, turn) => ({ id, contender: contenders[(place + turn) % contenders.length]! })),
  );
  if (values.apart === true) turns.sort((a, b) => contenders.indexOf(a.contender) - contenders.indexOf(b.contender));
  for (const { id, contender } of turns)
    outputs.get(contender.name)![id] = await readOne(contender, pageOf(set, id), addressOf(truth[id]!));
  const [own, yardstick] = contenders.map(({ ms }) => sum(ms));
  console.log(`\n== ${set}: ${ids.length} pages (${TARGETS})`);
  for (const contender of contenders) {
    console.log(lineOf(contender));
    if (every === 1) console.log(`    ${await scored(set, contender.name, outputs.get(contender.name)!)}`);
  }
  console.log(`tributary / ${beside[0]!}: ${(own! / yardstick!).toFixed(3)} of the CPU`);
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

async function readOne(contender: Contender, html: Uint8Array, url: string): Promise<unknown> {
  const before = process.cpuUsage();
  let found: Extracted | null = null;
  try {
    found = await contender.extract(html, url);
  } catch {
    contender.threw++;
  }
  const { user, system } = process.cpuUsage(before);
  contender.ms.push((user + system) / 1000);
  if (found === null) return null;
  const { html: body, ...fields } = found;
  return { articleBody: bodyText(contender.name === 'tributary' ? body : sanitize(body, { baseUrl: url })), ...fields };
}

function lineOf({ name, ms, threw }: Contender): string {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  const mean = (sum(ms) / ms.length).toFixed(1);
  return `${name.padEnd(12)} CPU ms: mean ${mean}, median ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)}; threw ${threw}`;
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
