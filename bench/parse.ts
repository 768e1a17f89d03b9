// What reading a feed costs, bytes to result, beside what one would take instead: feedsmith, and rss-parser alone.
// All in one process over the corpus's real feeds of more than 2 kB, in rounds whose order rotates.
//   node bench/parse.ts [--rounds 21] [--only ours]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import RssParser from 'rss-parser';
import { parseFeed } from '../src/parse/parse-feed.ts';
import { cpuMsOf, median } from './support/cpu-time.ts';
import { root } from './support/run-program.ts';

const MOST = 0.6;
const GOAL = 0.35;
const SMALLEST_BYTES = 2048;
const WARM_ROUNDS = 4;

type Case = { readonly group: string; readonly file: string; readonly contentType?: string; readonly url?: string };
type Document = { readonly bytes: Uint8Array; readonly url: string; readonly contentType: string | null };
type Reader = { readonly name: string; read(document: Document): unknown };

const { values } = parseArgs({ options: { rounds: { type: 'string' }, only: { type: 'string' } } });
const corpus = join(root, '../shared/corpus/feeds');
if (!existsSync(corpus)) {
  console.error('SKIPPED: the corpus ../shared/corpus/feeds is not here');
  process.exit(0);
}
const documents = (JSON.parse(readFileSync(join(corpus, 'cases.json'), 'utf8')) as Case[])
  .filter(({ group }) => group === 'real')
  .map(({ file, contentType, url }) => ({
    bytes: new Uint8Array(readFileSync(join(corpus, file))),
    url: url ?? 'https://feeds.example/all.xml',
    contentType: contentType ?? null,
  }))
  .filter(({ bytes }) => bytes.length > SMALLEST_BYTES);

const alone = new RssParser();
const readers: readonly Reader[] = [
  { name: 'ours', read: ({ bytes, url, contentType }: Document) => parseFeed(bytes, { url, contentType }) },
  // Both take a string, and their manuals show UTF-8 for it.
  { name: 'feedsmith', read: ({ bytes }: Document) => parseWithFeedsmith(new TextDecoder().decode(bytes)) },
  { name: 'rss-parser', read: ({ bytes }: Document) => alone.parseString(new TextDecoder().decode(bytes)) },
].filter(({ name }) => values.only === undefined || name === values.only);

/** Whether a reader gives a result; what it throws is its answer, and the time until then counts. */
async function doesRead(reader: Reader, document: Document): Promise<boolean> {
  try {
    await reader.read(document);
    return true;
  } catch {
    return false;
  }
}

async function readAll(reader: Reader, of: readonly Document[]): Promise<void> {
  for (const document of of) await doesRead(reader, document);
}

const refused = new Map<Reader, Set<Document>>();
for (const reader of readers) {
  const failures = new Set<Document>();
  for (const document of documents) if (!(await doesRead(reader, document))) failures.add(document);
  refused.set(reader, failures);
}
const byAll = documents.filter((document) => readers.every((reader) => !refused.get(reader)!.has(document)));
const bySome = documents.filter((document) => !byAll.includes(document));
for (let round = 0; round < WARM_ROUNDS; round++) for (const reader of readers) await readAll(reader, documents);

/** CPU milliseconds of each round: over the feeds that every reader reads, and over all. */
const spent = new Map(readers.map((reader) => [reader.name, { byAll: [] as number[], inAll: [] as number[] }]));
const rounds = Number(values.rounds ?? 21);
for (let round = 0; round < rounds; round++) {
  const first = round % readers.length;
  for (const reader of [...readers.slice(first), ...readers.slice(0, first)]) {
    const common = await cpuMsOf(() => readAll(reader, byAll));
    const rest = await cpuMsOf(() => readAll(reader, bySome));
    spent.get(reader.name)!.byAll.push(common);
    spent.get(reader.name)!.inAll.push(common + rest);
  }
}

const kilobytes = documents.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1000;
console.log(
  `${documents.length} real feeds, ${kilobytes.toFixed(0)} kB, ${rounds} rounds; every reader reads ${byAll.length}`,
);
for (const reader of readers) {
  const ms = median(spent.get(reader.name)!.inAll) / documents.length;
  console.log(`${reader.name.padEnd(11)} ${ms.toFixed(3)} ms CPU a feed, ${refused.get(reader)!.size} refused`);
}
const ours = spent.get('ours');
let missed = false;
for (const { name } of ours === undefined ? [] : readers.slice(1)) {
  const theirs = spent.get(name)!;
  const ratio = median(ours!.inAll.map((ms, round) => ms / theirs.inAll[round]!));
  const common = median(ours!.byAll.map((ms, round) => ms / theirs.byAll[round]!));
  missed ||= ratio > MOST;
  console.log(
    `ours / ${name.padEnd(10)} ${ratio.toFixed(3)}; ${common.toFixed(3)} over the feeds that all read (target ≤ ${MOST}, goal ${GOAL})`,
  );
}
process.exitCode = missed ? 1 : 0;
