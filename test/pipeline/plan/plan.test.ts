import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { EDITS, type EditKind, type Step } from './list-edits.ts';
import { openPlanWorld, type PlanWorld } from './plan-world.ts';
import { blindToChangedRules } from './planted-faults.ts';

// A plan is what applying the list comes to, file by file, and changes nothing. bench/plan.ts looks at many more edits.

let room: string;
let world: PlanWorld;
beforeAll(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-plan-test-'));
  world = await openPlanWorld(room);
}, 120_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(room, { recursive: true, force: true });
});

const someEdits: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...(Object.keys(EDITS) as EditKind[])), pick: fc.nat({ max: 100_000 }) }),
  { minLength: 2, maxLength: 4 },
);
const ofKind = (kind: Step['kind'], pick = 0): Step[] => [{ kind, pick }];

test('a plan equals what applying the list does', async () => {
  await fc.assert(
    fc.asyncProperty(someEdits, async (steps) => {
      expect((await world.tryEdit(steps)).wrong).toEqual([]);
    }),
    { numRuns: 6, seed: 20_261_125 },
  );
}, 180_000);

test('that is found not to be so where the rehearsal does not see changed rules', async () => {
  const { wrong } = await world.tryEdit(ofKind('a topic takes less', 4), blindToChangedRules);
  expect(wrong.join('\n')).toContain('otherwise than it was planned');
}, 60_000);

test('the same list changes nothing', async () => {
  const { outcome, plan, wrong } = await world.tryEdit(ofKind('things stand in another order, with notes', 1));
  const same = await world.tryEdit([]);
  expect([same.outcome, same.wrong, same.plan!.lists]).toEqual([
    'nothing',
    [],
    {
      sources: { added: [], removed: [], enabled: [], disabled: [], changed: [], forEntriesToCome: [] },
      topics: { added: [], removed: [], closed: [], renamed: [], merged: [], changed: [] },
      settings: [],
      others: [],
    },
  ]);
  expect([outcome, wrong]).toEqual([expect.any(String), []]);
  expect(plan!.entries).toEqual([]);
}, 60_000);

test('of a source that was never asked it is said that nobody knows what it brings', async () => {
  const { asked, plan, wrong } = await world.tryEdit(ofKind('a source is added that was never asked'));
  expect([asked, wrong]).toEqual([true, []]);
  expect(plan!.lists!.sources.added).toEqual(['brightfield-science']);
  expect(plan!.askedNow.length).toBeGreaterThan(0);
  expect(plan!.unknown).toEqual({ sources: [], takenAsUnchanged: [], withheld: [], pages: [] });
  expect(plan!.entries.filter(({ fate }) => fate === 'appears').length).toBeGreaterThan(0);
}, 60_000);

test('a source that was asked before comes back out of the history', async () => {
  const { asked, plan, wrong } = await world.tryEdit(ofKind('a source is added that was asked before'));
  expect([asked, wrong]).toEqual([false, []]);
  expect(plan!.lists!.sources.added).toEqual(['lantern-review']);
}, 60_000);

test('a renamed topic is told as one, and its addresses lead on', async () => {
  const { plan, wrong } = await world.tryEdit(ofKind('a topic is renamed', 2));
  expect(wrong).toEqual([]);
  const [renamed] = plan!.lists!.topics.renamed;
  expect(plan!.feeds.find(({ topicId }) => topicId === renamed!.to)).toMatchObject({ formerly: renamed!.from });
  expect(plan!.fates).toContainEqual({
    path: `feeds/${renamed!.from}.atom`,
    fate: { kind: 'moved', to: `feeds/${renamed!.to}.atom` },
  });
  expect(plan!.entries).toEqual([]);
}, 60_000);

test('a topic that goes on in another is told as that, and the other as what it was and what it gains', async () => {
  const { plan, wrong } = await world.tryEdit(ofKind('a topic goes on in another', 1));
  expect(wrong).toEqual([]);
  const { renamed, merged, added, removed } = plan!.lists!.topics;
  expect([renamed, added, removed, merged.length]).toEqual([[], [], [], 1]);
  const [{ from, to }] = merged as [{ readonly from: string; readonly to: string }];
  const feedOf = (id: string) => plan!.feeds.find(({ topicId }) => topicId === id)!;
  expect(feedOf(from)).toMatchObject({ is: 'gone', appear: [] });
  expect(feedOf(to)).toMatchObject({ is: 'there', formerly: null });
  const moved = plan!.entries.filter(({ fate, from: was }) => fate === 'moves' && was.includes(from));
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.filter((entry) => entry.to.includes(from))).toEqual([]);
  expect(moved.filter((entry) => entry.to.includes(to)).length).toBeGreaterThan(0);
  const came = feedOf(to).appear.map(({ id }) => id);
  expect(feedOf(to).entries).toBeGreaterThan(came.length);
  expect(plan!.fates).toContainEqual({
    path: `feeds/${from}.atom`,
    fate: { kind: 'moved', to: `feeds/${to}.atom` },
  });
}, 60_000);

test('what leaves a topic is told with what becomes of it', async () => {
  const { plan, wrong } = await world.tryEdit(ofKind('a topic is removed', 4));
  expect(wrong).toEqual([]);
  const gone = plan!.entries.filter(({ fate }) => fate === 'vanishes');
  expect(gone.length).toBeGreaterThan(0);
  for (const { to, state, reason } of gone) expect([to, state, reason]).toEqual([[], 'dropped', 'no topic takes it']);
  const feed = plan!.feeds.find(({ is }) => is === 'gone')!;
  expect(feed.vanish.length).toBeGreaterThan(0);
  expect(plan!.feeds.find(({ topicId }) => topicId === null)!.vanish.map(({ why }) => why)).toContain(
    'dropped: no topic takes it',
  );
}, 60_000);
