import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCases } from '../test/parse/cases.ts';
import { drawDamages, type Damaged } from './fuzz/draw-damages.ts';
import { seededRandom } from './fuzz/random.ts';
import { soundOf, tryDamaged, type Sound, type Trial } from './fuzz/try-damaged.ts';
import { cpuMsOf } from './support/cpu-time.ts';
import { root } from './support/run-program.ts';

// node bench/fuzz-feeds.ts [--rounds 100000] [--seed 1] [--feeds FOLDER]
// Damages feeds (those of the test cases, and of a folder: the corpus's real ones where they lie beside the repository)
// in one to four ways each, and checks that parsing gives a sound Feed, with the entries that the damages left alone, or a
// StageError of its own, and soon. Prints each fault with its round and kinds of damage. Exit code 1 if there was one.
// With --show ROUND it writes the damaged document of that round instead (a case more or less makes other rounds).

const MOST_MS = 200;
const REAL_FEEDS = join(root, '../shared/corpus/feeds/files/real');

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string' },
    feeds: { type: 'string' },
    show: { type: 'string' },
  },
});
const rounds = Number(values.rounds ?? 100_000);
const seed = Number(values.seed ?? 1);
const random = seededRandom(seed);
const folder = values.feeds ?? (existsSync(REAL_FEEDS) ? REAL_FEEDS : null);
const documents = [
  ...parseCases().map(({ sentence, bytes }) => ({ name: sentence, bytes })),
  ...(folder === null ? [] : filesIn(folder)),
];
const sound = await Promise.all(
  documents.filter(({ bytes }) => bytes.length > 0).map(({ name, bytes }) => soundOf(name, bytes)),
);

const refusals = new Map<string, number>();
let feeds = 0;
let promises = 0;
let faults = 0;
let slowest = { ms: 0, round: 0, bytes: 0, kinds: '', name: '' };
for (let round = 0; round < rounds; round++) {
  const base = random.oneOf(sound);
  const damaged = drawDamages(base.bytes, random);
  const kinds = damaged.kinds.join(', ');
  if (values.show !== undefined) {
    if (round < Number(values.show)) continue;
    process.stdout.write(damaged.bytes);
    process.exit();
  }
  const { trial, ms } = await timed(damaged, base);
  const faultsHere = [...trial.faults, ...(ms > MOST_MS ? [`took ${ms.toFixed(0)} ms CPU`] : [])];
  faults += faultsHere.length;
  for (const fault of faultsHere) console.log(`seed ${seed} round ${round} (${base.name}; ${kinds}): ${fault}`);
  if (trial.refusal === null) feeds++;
  else refusals.set(trial.refusal, (refusals.get(trial.refusal) ?? 0) + 1);
  if (damaged.promises !== null && base.entries !== null) promises++;
  if (ms > slowest.ms) slowest = { ms, round, bytes: damaged.bytes.length, kinds, name: base.name };
}
const refused = [...refusals].toSorted(([, a], [, b]) => b - a).map(([code, count]) => `${count} ${code}`);
console.log(`seed ${seed}, ${sound.length} documents, ${rounds} rounds: ${feeds} feeds, ${rounds - feeds} refused`);
console.log(`refused: ${refused.join(', ')}`);
console.log(`${promises} rounds with a promise of entries; ${faults} faults`);
console.log(
  `slowest: ${slowest.ms.toFixed(1)} ms CPU for ${slowest.bytes} bytes (round ${slowest.round}, ${slowest.name}; ${slowest.kinds})`,
);
process.exitCode = faults === 0 ? 0 : 1;

/** One trial, with its CPU time; a slow one is measured thrice, and the best counts: the machine has other things to do. */
async function timed(damaged: Damaged, base: Sound): Promise<{ readonly trial: Trial; readonly ms: number }> {
  const start = process.cpuUsage();
  const trial = await tryDamaged(damaged, base);
  const { user, system } = process.cpuUsage(start);
  let ms = (user + system) / 1000;
  for (let again = 0; again < 2 && ms > MOST_MS; again++)
    ms = Math.min(ms, await cpuMsOf(() => tryDamaged(damaged, base)));
  return { trial, ms };
}

function filesIn(path: string): { readonly name: string; readonly bytes: Uint8Array }[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: entry.name,
      bytes: new Uint8Array(readFileSync(join(entry.parentPath, entry.name))),
    }));
}
