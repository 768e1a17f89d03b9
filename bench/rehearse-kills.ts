// Kills the demo's refresh with SIGKILL at twenty moments, runs it again, and compares with an undisturbed run.
//   node bench/rehearse-kills.ts
// A moment is the n-th line of a kind in the log: so the evidence of where each kill fell is what the log, the database and
// output/ held at that moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../src/store/open-store.ts';
import { stoppedClock } from '../src/support/clock.ts';
import { differences, digestOf, treeOf } from './support/output-tree.ts';
import { startTributary } from './support/run-program.ts';

const NOW = '2026-11-24T06:00:00Z';
/** The n-th line of a kind, and so many milliseconds later: into a transaction, between a temporary file and its rename. */
type Moment = { readonly says: string; readonly nth: number; readonly afterMs?: number };

const momentsOf = (filesWritten: number): readonly Moment[] => [
  ...[1, 3, 6, 9, 12].map((nth) => ({ says: 'source refreshed', nth })),
  { says: 'source failed', nth: 1 },
  { says: 'source refreshed', nth: 7, afterMs: 3 },
  ...[0, 5, 15, 40].map((afterMs) => ({ says: 'curation begins', nth: 1, afterMs })),
  { says: 'curated', nth: 1 },
  { says: 'publication begins', nth: 1, afterMs: 8 },
  { says: 'file written', nth: 1 },
  ...[20, 40, 60, 80].map((nth, at) => ({ says: 'file written', nth, afterMs: at })),
  { says: 'file written', nth: filesWritten - 1, afterMs: 1 },
  { says: 'file written', nth: filesWritten },
];

type World = { readonly output: string; readonly data: string };
const room = mkdtempSync(join(tmpdir(), 'tributary-kills-'));
const world = (name: string): World => ({ output: join(room, name, 'output'), data: join(room, name, 'data') });
const args = ({ output, data }: World): string[] => [
  'demo',
  '--once',
  '--slow-ms',
  '20',
  '--output',
  output,
  '--data',
  data,
  '--log-level',
  'debug',
];
const environment = { TRIBUTARY_NOW: NOW };

async function run(where: World): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { code, stderr } = await startTributary(args(where), { environment }).ended;
    if (code === 0) return;
    // The newsroom of a killed run may hold its ports for a moment longer.
    if (attempt === 20 || !stderr.some((line) => line.includes('newsroom') || line.includes('in use')))
      throw new Error(stderr.slice(-5).join('\n'));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function killAt(where: World, moment: Moment): Promise<string> {
  let seen = 0;
  let last = '';
  const running = startTributary(args(where), {
    environment,
    onLine: (line) => {
      last = line;
      if (!line.includes(`"says":"${moment.says}"`) || ++seen !== moment.nth) return;
      if (moment.afterMs === undefined) running.child.kill('SIGKILL');
      else setTimeout(() => running.child.kill('SIGKILL'), moment.afterMs);
    },
  });
  const { signal } = await running.ended;
  return signal === 'SIGKILL' ? last : `not killed: only ${seen} of ${moment.nth}`;
}

async function contents({ data }: World): Promise<string> {
  await using store = await openStore({ databaseUrl: null, dataDir: data }, { clock: stoppedClock(NOW) });
  const stories = await store.publishedStories(null, null, 10_000);
  return JSON.stringify([await store.standings(null), stories, await store.entryCounts()]);
}

function firstDifference(expected: string, found: string): string {
  let at = 0;
  while (expected[at] === found[at]) at++;
  return `…${expected.slice(Math.max(0, at - 60), at + 40)}… was ${found.slice(at, at + 40)}`;
}

async function evidence({ data, output }: World): Promise<string> {
  await using store = await openStore({ databaseUrl: null, dataDir: data }, { clock: stoppedClock(NOW) });
  const counts = await store.entryCounts();
  const of = (state: string): number =>
    counts.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0);
  let files = 0;
  try {
    files = treeOf(output).size;
  } catch {
    // Killed before the folder was made.
  }
  return `${of('awaiting')} awaiting, ${of('published')} published, ${files} files`;
}

let failed = 0;
const calm = world('calm');
await run(calm);
const expected = { tree: treeOf(calm.output), contents: await contents(calm) };
console.log(`undisturbed: ${await evidence(calm)}; tree ${digestOf(expected.tree).slice(0, 16)}`);
const moments = momentsOf(treeOf(calm.output).size);
for (const [at, moment] of moments.entries()) {
  const where = world(`kill-${at}`);
  const last = await killAt(where, moment);
  const left = await evidence(where);
  await run(where);
  const different = differences(expected.tree, treeOf(where.output));
  const found = await contents(where);
  if (found !== expected.contents) different.push(`database: ${firstDifference(expected.contents, found)}`);
  const same = different.length === 0 && !last.startsWith('not killed');
  if (!same) failed++;
  console.log(
    `${same ? 'equal' : 'DIFFERENT'}  kill ${at + 1} at ${moment.says} ${moment.nth}${moment.afterMs === undefined ? '' : ` + ${moment.afterMs} ms`}: ${left}${same ? '' : `; ${last}; ${different.slice(0, 5).join(', ')}`}`,
  );
}
rmSync(room, { recursive: true });
console.log(`${moments.length} kills, ${failed} ended otherwise than the undisturbed run`);
process.exit(failed === 0 ? 0 : 1);
