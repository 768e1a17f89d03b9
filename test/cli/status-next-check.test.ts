import { expect, test } from '@jest/globals';
import { gatherStatus } from '../../src/cli/gather-status.ts';
import { statusLines } from '../../src/cli/status.ts';
import type { Source, SourceState } from '../../src/model/source.ts';
import { scheduleMark } from '../../src/pipeline/next-check.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { aState } from '../store/records.ts';
import { aSource } from '../support/an-entry.ts';

const NOON = '2026-11-24T12:00:00Z';
const ONE = '2026-11-24T13:00:00Z';
const TWO = '2026-11-24T14:00:00Z';
const adaptive = { minSeconds: 900, maxSeconds: 21_600 };

async function told(known: readonly (readonly [Partial<Source>, Partial<SourceState>])[]) {
  await using store = await openMemoryStore();
  const sources = known.map(([given], at) => aSource({ id: `source-${at}`, ...given }));
  for (const [at, [, state]] of known.entries())
    await store.saveSourceState(
      aState({
        sourceId: `source-${at}`,
        schedule: scheduleMark(sources[at]!),
        checkedAt: NOON,
        nextCheckAt: ONE,
        ...state,
      }),
    );
  const status = await gatherStatus(store, { sources });
  return { status, lines: statusLines(status) };
}

test('status tells of each source when it is asked next and why then', async () => {
  const { status, lines } = await told([
    [{ adaptive }, { nextCheckWhy: 'it has brought nothing for 4 days' }],
    [{}, { nextCheckWhy: 'its schedule, */15 * * * *', retryAfterUntil: TWO }],
    [{ enabled: false }, { nextCheckWhy: 'it failed' }],
    [{}, { nextCheckAt: null, nextCheckWhy: 'it failed' }],
  ]);
  expect(status.sources.map(({ nextCheckAt, nextCheckWhy }) => [nextCheckAt, nextCheckWhy])).toEqual([
    [ONE, 'it has brought nothing for 4 days'],
    [TWO, 'its server asked us to wait'],
    [null, null],
    [null, null],
  ]);
  expect(lines.slice(0, 5).map((line) => /because$|it has .*$|its server .*$/.exec(line)?.[0] ?? null)).toEqual([
    'because',
    'it has brought nothing for 4 days',
    'its server asked us to wait',
    null,
    null,
  ]);
});

test('status has no column for reasons where all sources go by their schedules', async () => {
  const { lines } = await told([[{}, { nextCheckWhy: 'its schedule, */15 * * * *' }]]);
  expect(lines[0]).not.toContain('because');
  expect(lines[1]).toContain(ONE);
});
