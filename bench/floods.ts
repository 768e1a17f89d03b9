// Inputs made to be dear to read (bench/parse/attacks.ts), 1 MB each, and what they cost: the worst ten in CPU milliseconds.
// Then the memory that the like of them takes at the cap on bytes, each in a process of its own with a small heap.
//   node bench/floods.ts [--only PART_OF_A_NAME] [--size 1000000] [--skip-memory]
// Ends with 1 if one takes more than 200 ms, does not end in a Feed or a StageError, or needs more than the small heap.
import { parseArgs } from 'node:util';
import { parseFeed } from '../src/parse/parse-feed.ts';
import { ATTACKS, type Attack } from './parse/attacks.ts';
import { HEAP_MB, peaksAtTheCap } from './parse/peaks.ts';
import { cpuMsOf } from './support/cpu-time.ts';

const MOST_MS = 200;
/** What takes longer is tried again, and the best counts: the machine may have been busy. */
const SURE_MS = 50;

const { values } = parseArgs({
  options: { only: { type: 'string' }, size: { type: 'string' }, 'skip-memory': { type: 'boolean' } },
});
const size = Number(values.size ?? 1_000_000);
const chosen = ATTACKS.filter(({ name }) => values.only === undefined || name.includes(values.only));
const faults: string[] = [];

const oneLine = (name: string): string =>
  name.replaceAll('\n', '\\n').replaceAll('\u0000', '\\0').replaceAll('\t', '\\t');

async function cost(attack: Attack): Promise<number> {
  const document = attack.bytes(size);
  let best = Infinity;
  for (let attempt = 0; attempt < 5 && best > SURE_MS; attempt++) {
    const ms = await cpuMsOf(async () => {
      try {
        await parseFeed(document, { url: 'https://feeds.example/all.xml', contentType: null });
      } catch (error) {
        if (!Error.isError(error) || error.name !== 'StageError') faults.push(`${attack.name}: ${String(error)}`);
      }
    });
    best = Math.min(best, ms);
  }
  return best;
}

const costs: { readonly name: string; readonly ms: number }[] = [];
for (const attack of chosen) costs.push({ name: attack.name, ms: await cost(attack) });
const worst = costs.toSorted((a, b) => b.ms - a.ms);
console.log(`${costs.length} inputs of ${size} bytes; the worst ten, CPU ms (target ≤ ${MOST_MS}):`);
for (const { name, ms } of worst.slice(0, 10)) console.log(`${ms.toFixed(0).padStart(6)}  ${oneLine(name)}`);
for (const fault of faults) console.log(`FAULT  ${oneLine(fault)}`);

let outgrown = 0;
if (values['skip-memory'] !== true) {
  console.log(
    `at the cap of 10 MB, in a heap of at most ${HEAP_MB} MB; the ten that need most, peak MB beyond the input:`,
  );
  const peaks = await peaksAtTheCap(values.only ?? '');
  outgrown = peaks.filter(({ megabytes }) => megabytes === null).length;
  for (const { name, megabytes } of peaks.slice(0, Math.max(10, outgrown)))
    console.log(`${(megabytes === null ? 'DIED' : megabytes.toFixed(0)).padStart(6)}  ${oneLine(name)}`);
}
process.exitCode = worst.some(({ ms }) => ms > MOST_MS) || faults.length > 0 || outgrown > 0 ? 1 : 0;
