import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseFeed } from '../src/parse/parse-feed.ts';
import { parseCases } from '../test/parse/cases.ts';
import { breachesOf } from '../test/parse/invariants.ts';
import { damaged, seededRandom } from '../test/parse/mutations.ts';

// node bench/fuzz-feeds.ts --rounds 100000 --seed 1 [--feeds FOLDER]
// Damages feeds (those of the test cases, and of a folder) and checks that parsing gives a sound Feed or a StageError.
// Prints each fault with its round, and the slowest round. Exit code 1 if there was a fault.

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' }, feeds: { type: 'string' } },
});
const rounds = Number(values.rounds ?? 100_000);
const seed = Number(values.seed ?? 1);
const random = seededRandom(seed);
const sound = [...parseCases().map(({ bytes }) => bytes), ...(values.feeds === undefined ? [] : filesIn(values.feeds))];

let feeds = 0;
let faults = 0;
let slowest = { ms: 0, round: 0, bytes: 0 };
for (let round = 0; round < rounds; round++) {
  const bytes = damaged(sound[random.whole(sound.length)]!, random);
  const start = process.cpuUsage();
  for (const fault of await faultsOf(bytes)) {
    faults++;
    console.log(`seed ${seed} round ${round}: ${fault}`);
  }
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  if (ms > slowest.ms) slowest = { ms, round, bytes: bytes.length };
}
console.log(`${rounds} rounds: ${feeds} feeds, ${rounds - feeds} refused, ${faults} faults`);
console.log(`slowest: ${slowest.ms.toFixed(1)} ms CPU for ${slowest.bytes} bytes (round ${slowest.round})`);
process.exitCode = faults === 0 ? 0 : 1;

async function faultsOf(bytes: Uint8Array): Promise<string[]> {
  try {
    const feed = await parseFeed(bytes, { url: 'https://feeds.example/all.xml', contentType: null });
    feeds++;
    return breachesOf(feed);
  } catch (error) {
    return Error.isError(error) && error.name === 'StageError'
      ? []
      : [Error.isError(error) ? (error.stack ?? error.name) : String(error)];
  }
}

function filesIn(folder: string): Uint8Array[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => new Uint8Array(readFileSync(join(entry.parentPath, entry.name))))
    .filter(({ length }) => length > 0 && length < 100_000);
}
