// Whether a plan is what applying the list does: so many random edits of the demo's list, each planned on a copy of the world
// and then applied there, and all published files compared. Faulty edits are counted as such. At the end the same
// with a fault planted into the rehearsal, which has to be found.
//   node bench/plan.ts [EDITS] [SEED]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { EDITS, FAULTS, type EditKind, type FaultKind, type Step } from '../test/pipeline/plan/list-edits.ts';
import { openPlanWorld } from '../test/pipeline/plan/plan-world.ts';
import { blindToChangedRules } from '../test/pipeline/plan/planted-faults.ts';

const [edits = '200', seed = '20261124'] = process.argv.slice(2);
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...(Object.keys(EDITS) as EditKind[])) },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(FAULTS) as FaultKind[])) },
  ),
  pick: fc.nat({ max: 100_000 }),
});
const all = fc.sample(fc.array(step, { minLength: 1, maxLength: 3 }), { numRuns: Number(edits), seed: Number(seed) });

const room = mkdtempSync(join(tmpdir(), 'tributary-bench-plan-'));
let failed = 0;
try {
  await using world = await openPlanWorld(room);
  const kinds = new Map<string, number>();
  const outcomes = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const started = performance.now();
  for (const steps of all) {
    const { done, outcome, asked, wrong } = await world.tryEdit(steps);
    for (const kind of done) count(kinds, kind);
    count(outcomes, outcome);
    if (asked) count(outcomes, 'not all known, asked then');
    if (wrong.length === 0) continue;
    failed++;
    console.log(JSON.stringify({ steps, wrong: wrong.slice(0, 5), more: Math.max(0, wrong.length - 5) }));
  }
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  for (const [kind, times] of [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${String(times).padStart(4)}  ${kind}`);
  console.log(
    JSON.stringify({ edits: all.length, ...Object.fromEntries(outcomes), planIsNotWhatCame: failed, seconds }),
  );
  let found = 0;
  const few = all.slice(0, 20);
  for (const steps of few) if ((await world.tryEdit(steps, blindToChangedRules)).wrong.length > 0) found++;
  console.log(JSON.stringify({ plantedFault: 'changed rules are not seen', edits: few.length, found }));
  if (found === 0) failed++;
} finally {
  rmSync(room, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
