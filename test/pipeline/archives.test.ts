import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { PublishedEntry } from '../../src/model/published-entry.ts';
import { faultsOf, newMemory } from './archive-checks.ts';
import { KINDS, openArchiveWorld, publish, take, type Fault, type Kind, type Step } from './archive-world.ts';

// Whatever becomes of articles, rules and rights: who walks from a subscription document through the archives finds exactly
// what is published; closed archives stay as they are; and what was taken back is nowhere.

/** Each kind of step comes so often in a history. */
const EACH = 2;
const anySteps: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.shuffledSubarray(
      KINDS.flatMap((kind) => Array.from({ length: kind === 'new entries' ? 10 : EACH }, () => kind)),
      { minLength: KINDS.length * EACH + 8 },
    ),
    fc.array(fc.nat({ max: 100_000 }), { minLength: 60, maxLength: 60 }),
  )
  .map(([kinds, picks]) => kinds.map((kind, at) => ({ kind, pick: picks[at]! })));

const BEGINNING: readonly Step[] = Array.from({ length: 3 }, (_, at) => ({ kind: 'new entries', pick: 4 + at * 5 }));

const holds = (fault: Fault, tally: Map<string, number>): fc.IAsyncProperty<[Step[]]> =>
  fc.asyncProperty(anySteps, async (steps) => {
    const noted = (what: string, times = 1): void => void tally.set(what, (tally.get(what) ?? 0) + times);
    const world = await openArchiveWorld(fault);
    const memory = newMemory();
    try {
      for (const step of [...BEGINNING, ...steps]) {
        if (!(await take(world, step))) continue;
        await publish(world, step);
        noted(step.kind);
        expect([step.kind, ...(await faultsOf(world, memory))]).toEqual([step.kind]);
      }
      noted('archives', memory.archives.size);
      for (const { state } of await world.store.standings(null)) noted(state);
      noted('archives that were rebuilt', memory.gone.size);
    } finally {
      await world.store[Symbol.asyncDispose]();
    }
  });

test('walking the archives gives what is published, closed archives stay, and what is taken back is nowhere', async () => {
  const tally = new Map<string, number>();
  await fc.assert(holds({}, tally), { numRuns: 3, seed: 20_261_124, endOnFailure: true });
  for (const kind of KINDS) expect([kind, (tally.get(kind) ?? 0) >= 3]).toEqual([kind, true]);
  expect(tally.get('archives')).toBeGreaterThan(60);
  expect(tally.get('archives that were rebuilt')).toBeGreaterThan(100);
  expect(tally.get('expired')).toBeGreaterThan(20);
}, 300_000);

const blind = (entry: PublishedEntry): PublishedEntry => ({ ...entry, takenBack: [] });

const RETRACTION: readonly Kind[] = ['new entries', 'new entries', 'a story is retracted', 'new entries'];
const EXPIRY: readonly Kind[] = [
  ...Array.from({ length: 4 }, () => 'a late arrival' as const),
  ...Array.from({ length: 6 }, () => 'new entries' as const),
  'a source is kept for a day, or for good',
];
const ODD_JOBS: readonly Kind[] = ['a late arrival', 'the program starts anew, in another version', 'new entries'];

test.each<readonly [string, RegExp, readonly Kind[], Fault]>([
  [
    'what was retracted stays in archives',
    /is in a file|no word of it/,
    RETRACTION,
    { store: (store) => ({ ...store, publishedOf: async (ids) => (await store.publishedOf(ids)).map(blind) }) },
  ],
  [
    'nobody is told of a retraction',
    /was taken back, and no word of it/,
    RETRACTION,
    { store: (store) => ({ ...store, savePlaced: (placed) => store.savePlaced({ ...placed, tombstones: [] }) }) },
  ],
  [
    'an archive keeps its address when something is taken out of it',
    /closed archive was changed|is in a file/,
    RETRACTION,
    { store: (store) => ({ ...store, savePlaced: (placed) => store.savePlaced({ ...placed, reopened: [] }) }) },
  ],
  [
    'changed stories are looked at but once in a while',
    /is not found|is found as of/,
    ['new entries', 'a correction', 'new entries', 'a late arrival', 'new entries'],
    {
      store: (store) => ({
        ...store,
        savePlaced: (placed) => store.savePlaced({ ...placed, opened: placed.opened.filter((_, at) => at % 2 === 0) }),
      }),
    },
  ],
  [
    'archives are made again by a new version',
    /closed archive was changed|never/,
    ['new entries', 'a correction', ...ODD_JOBS, 'a correction', ...ODD_JOBS],
    {
      store: (store) => ({
        ...store,
        outputs: async () =>
          new Map([...(await store.outputs())].map(([path, record]) => [path, { ...record, inputKey: 'other' }])),
      }),
    },
  ],
  [
    'nobody looks at archives when rights are tightened',
    /is in a file/,
    ['new entries', 'new entries', 'rights are tightened'],
    { store: (store) => ({ ...store, archivedEntries: async () => [], lookAgain: async () => {} }) },
  ],
  [
    'archives go on holding what has expired',
    /is in a file/,
    EXPIRY,
    {
      store: (store) => ({ ...store, upkeep: { ...store.upkeep, archivesToMend: async () => [] } }),
    },
  ],
  [
    'nothing expires',
    /is kept too long/,
    EXPIRY,
    {
      store: (store) => ({ ...store, upkeep: { ...store.upkeep, oldEntries: async () => [] } }),
    },
  ],
  [
    'files that are gone are forgotten',
    /nobody knows|no word of what became of it/,
    RETRACTION,
    { store: (store) => ({ ...store, saveOutputs: (change) => store.saveOutputs({ ...change, removed: [] }) }) },
  ],
])('it is found when %s', async (_, says, kinds, fault) => {
  const world = await openArchiveWorld(fault);
  const memory = newMemory();
  const faults: string[] = [];
  for (const step of [...BEGINNING, ...kinds.map((kind, at) => ({ kind, pick: 4 + at }))]) {
    await take(world, step);
    await publish(world, step);
    faults.push(...(await faultsOf(world, memory)));
  }
  await world.store[Symbol.asyncDispose]();
  expect(faults.filter((one) => says.test(one))).not.toEqual([]);
});
