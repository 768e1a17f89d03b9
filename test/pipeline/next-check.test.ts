import { describe, expect, test } from '@jest/globals';
import { isDue, isHeldOff, nextCheckAfterFailure, nextCheckAfterSuccess } from '../../src/pipeline/next-check.ts';
import { newState } from '../../src/pipeline/source-state.ts';
import { nextRun, scheduleFault } from '../../src/pipeline/schedule.ts';
import { aSource } from '../support/an-entry.ts';

const now = '2026-11-24T06:02:30Z';
const none = { freshForSeconds: null, retryAfterSeconds: null };

describe('the next run of a cron expression', () => {
  test.each([
    ['*/15 * * * *', '2026-11-24T06:15:00Z'],
    ['2 * * * *', '2026-11-24T07:02:00Z'],
    ['0 0 29 2 *', '2028-02-29T00:00:00Z'],
    ['30 2 * * 0', '2026-11-29T02:30:00Z'],
  ])('%s', (expression, expected) => {
    expect(nextRun(expression, now)).toBe(expected);
  });

  test('comes every hour also when a time zone would lose one', () => {
    expect(nextRun('30 * * * *', '2026-10-25T00:45:00Z')).toBe('2026-10-25T01:30:00Z');
    expect(nextRun('30 2 * * *', '2026-03-29T00:00:00Z')).toBe('2026-03-29T02:30:00Z');
  });

  test.each(['', 'x', '* * * *', '*/5 * * * * *', '60 * * * *', '0 0 31 2 *', '0 0 L * *'])(
    '"%s" is refused with a reason',
    (expression) => {
      expect(scheduleFault(expression)).toMatch(/is|has|uses|names/);
    },
  );
});

describe('a source that answered', () => {
  test('is asked at its schedule’s next time', () => {
    expect(nextCheckAfterSuccess(aSource(), none, now)).toBe('2026-11-24T06:15:00Z');
  });

  test('is left alone while its answer is fresh, but never for years', () => {
    expect(nextCheckAfterSuccess(aSource(), { ...none, freshForSeconds: 1800 }, now)).toBe('2026-11-24T06:45:00Z');
    expect(nextCheckAfterSuccess(aSource(), { ...none, freshForSeconds: 1e10 }, now)).toBe('2026-11-24T07:15:00Z');
  });
});

describe('a source that failed', () => {
  test('is asked later and later, to six hours', () => {
    const at = (failures: number): string =>
      nextCheckAfterFailure(aSource({ schedule: '* * * * *' }), failures, null, now);
    expect([1, 2, 5, 100].map(at)).toEqual([
      '2026-11-24T06:03:30Z',
      '2026-11-24T06:04:30Z',
      '2026-11-24T06:18:30Z',
      '2026-11-24T12:02:30Z',
    ]);
  });

  test('is never asked before Retry-After, which is capped at a day', () => {
    expect(nextCheckAfterFailure(aSource(), 1, 7200, now)).toBe('2026-11-24T08:02:30Z');
    expect(nextCheckAfterFailure(aSource(), 1, 1e9, now)).toBe('2026-11-25T06:02:30Z');
  });
});

test('a source is due when it was never asked or its time has come', () => {
  const state = { ...newState(aSource()), nextCheckAt: '2026-11-24T06:02:30Z' };
  expect([isDue(undefined, now), isDue(state, now), isDue(state, '2026-11-24T06:02:29Z')]).toEqual([true, true, false]);
});

test('a server that asked for fewer requests holds off even a refresh of everything', () => {
  const failed = { code: 'fetch-too-many-requests', message: '', at: now };
  const state = { ...newState(aSource()), nextCheckAt: '2026-11-24T07:00:00Z', lastFailure: failed };
  expect([isHeldOff(state, now), isHeldOff({ ...state, lastFailure: null }, now)]).toEqual([true, false]);
});
