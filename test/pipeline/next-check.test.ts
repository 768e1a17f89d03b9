import { describe, expect, test } from '@jest/globals';
import {
  isDue,
  isHeldOff,
  nextCheckAfterFailure,
  nextCheckAfterSuccess,
  retryAfterEnd,
} from '../../src/pipeline/next-check.ts';
import { newState, stateFor } from '../../src/pipeline/source-state.ts';
import { nextRun, scheduleFault } from '../../src/pipeline/schedule.ts';
import { aSource } from '../support/an-entry.ts';

const now = '2026-11-24T06:02:30Z';
const none = {
  freshForSeconds: null,
  retryAfterSeconds: null,
  skipHours: [],
  skipDays: [],
  rhythm: null,
  isPushed: false,
};

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

  const FIVE = 'right would be five fields, as "*/15 * * * *"';
  test.each([
    ['', `is no cron expression (pattern includes illegal characters); ${FIVE}`],
    ['x', `is no cron expression (expected 5 or 6 fields but got 1); ${FIVE}`],
    ['* * * *', `is no cron expression (expected 5 or 6 fields but got 4); ${FIVE}`],
    ['*/5 * * * * *', 'has six fields; seconds are not used, five are right, as "*/15 * * * *"'],
    ['60 * * * *', `is no cron expression (60 is a invalid expression for minute); ${FIVE}`],
    ['0 0 31 2 *', `is no cron expression (31 2 is an impossible day of month for the given month); ${FIVE}`],
    ['15m', 'is no cron expression; right would be "*/15 * * * *"'],
    ['every 2 hours', 'is no cron expression; right would be "0 */2 * * *"'],
    ['1h', 'is no cron expression; right would be "0 */1 * * *"'],
    ['@Daily', 'is no cron expression; right would be "0 6 * * *"'],
    ['7m', `is no cron expression (expected 5 or 6 fields but got 1); ${FIVE}`],
    ['0 0 L * *', 'uses "L", which is not supported; name the days by numbers'],
  ])('"%s" is refused with a reason', (expression, reason) => {
    expect(scheduleFault(expression)).toBe(reason);
  });

  test.each(['* * * * *', '*/15 * * * *', '0 6 * * 1-5', '0 0 29 2 *'])('"%s" is right', (expression) => {
    expect(scheduleFault(expression)).toBeNull();
  });
});

describe('a source that answered', () => {
  test('is asked at its schedule’s next time', () => {
    expect(nextCheckAfterSuccess(aSource(), none, now).at).toBe('2026-11-24T06:15:00Z');
  });

  test('is left alone while its answer is fresh, but never for years', () => {
    expect(nextCheckAfterSuccess(aSource(), { ...none, freshForSeconds: 1800 }, now).at).toBe('2026-11-24T06:45:00Z');
    expect(nextCheckAfterSuccess(aSource(), { ...none, freshForSeconds: 1e10 }, now).at).toBe('2026-11-24T07:15:00Z');
  });
});

describe('a feed that tells when it has nothing new', () => {
  // The 24th of November 2026 is a Tuesday.
  const next = (skip: { skipHours?: number[]; skipDays?: number[] }, schedule = '*/15 * * * *', at = now): string =>
    nextCheckAfterSuccess(aSource({ schedule }), { ...none, ...skip }, at).at;

  test('is not asked at the hours to skip, and at the first time after them', () => {
    expect(next({ skipHours: [5, 7, 8] })).toBe('2026-11-24T06:15:00Z');
    expect(next({ skipHours: [8, 7, 6] })).toBe('2026-11-24T09:00:00Z');
    expect(next({ skipHours: [6, 8] }, '20 * * * *')).toBe('2026-11-24T07:20:00Z');
  });

  test('is not asked over midnight either', () => {
    const late = '2026-11-24T21:59:00Z';
    expect(next({ skipHours: [22, 23, 0, 1] }, '*/15 * * * *', late)).toBe('2026-11-25T02:00:00Z');
  });

  test('is not asked on the days to skip', () => {
    expect(next({ skipDays: [2] })).toBe('2026-11-25T00:00:00Z');
    expect(next({ skipDays: [2], skipHours: [0] })).toBe('2026-11-25T01:00:00Z');
  });

  test('is asked once a day all the same', () => {
    expect(next({ skipDays: [2, 3] })).toBe('2026-11-25T06:00:00Z');
    expect(next({ skipDays: [2, 3] }, '*/15 * * * *', '2026-11-25T06:00:10Z')).toBe('2026-11-26T00:00:00Z');
  });

  test('is asked by its schedule where all times of that would be skipped', () => {
    expect(next({ skipHours: [7] }, '30 7 * * *')).toBe('2026-11-24T07:30:00Z');
    expect(next({ skipDays: [3] }, '0 6 * * 3')).toBe('2026-11-25T06:00:00Z');
  });

  test('and would skip every hour or every day is not believed', () => {
    const everyHour = Array.from({ length: 24 }, (_, hour) => hour);
    expect(next({ skipHours: everyHour })).toBe('2026-11-24T06:15:00Z');
    expect(next({ skipDays: [0, 1, 2, 3, 4, 5, 6] })).toBe('2026-11-24T06:15:00Z');
  });
});

describe('a source that failed', () => {
  test('is asked later and later, to six hours', () => {
    const at = (failures: number): string =>
      nextCheckAfterFailure(aSource({ schedule: '* * * * *' }), { ...none, failures }, now).at;
    expect([1, 2, 5, 100].map(at)).toEqual([
      '2026-11-24T06:03:30Z',
      '2026-11-24T06:04:30Z',
      '2026-11-24T06:18:30Z',
      '2026-11-24T12:02:30Z',
    ]);
  });

  test('is never asked before Retry-After, which is capped at a day', () => {
    expect(nextCheckAfterFailure(aSource(), { ...none, failures: 1, retryAfterSeconds: 7200 }, now).at).toBe(
      '2026-11-24T08:02:30Z',
    );
    expect(nextCheckAfterFailure(aSource(), { ...none, failures: 1, retryAfterSeconds: 1e9 }, now).at).toBe(
      '2026-11-25T06:02:30Z',
    );
  });

  test('is not asked again at hours that its feed has us skip', () => {
    const skipHours = [6, 7];
    expect(nextCheckAfterFailure(aSource(), { ...none, failures: 1, skipHours }, now).at).toBe('2026-11-24T08:00:00Z');
  });
});

test('a source is due when it was never asked or its time has come', () => {
  const never = newState(aSource());
  const state = { ...never, nextCheckAt: '2026-11-24T06:02:30Z' };
  expect([isDue(never, now), isDue(state, now), isDue(state, '2026-11-24T06:02:29Z')]).toEqual([true, true, false]);
});

test('a server that asks to be left alone holds off every refresh until then, and no longer', () => {
  const state = { ...newState(aSource()), retryAfterUntil: '2026-11-24T07:00:00Z' };
  const then = '2026-11-24T07:00:00Z';
  expect([isHeldOff(state, now), isDue(state, now)]).toEqual([true, false]);
  expect([isHeldOff(state, then), isDue(state, then)]).toEqual([false, true]);
  expect(isHeldOff({ ...state, retryAfterUntil: null, nextCheckAt: then }, now)).toBe(false);
});

test('a wish to be left alone is followed for a day at most', () => {
  expect([null, 0, 60, 1e9].map((seconds) => retryAfterEnd(seconds, now))).toEqual([
    null,
    now,
    '2026-11-24T06:03:30Z',
    '2026-11-25T06:02:30Z',
  ]);
});

describe('after an edit of its operator', () => {
  const asked = {
    ...newState(aSource()),
    etag: '"1"',
    lastModified: 'Tue, 24 Nov 2026 05:00:00 GMT',
    bodyDigest: 'f'.repeat(64),
    checkedAt: now,
    nextCheckAt: '2026-11-24T12:02:30Z',
    retryAfterUntil: '2026-11-24T07:00:00Z',
    failures: 9,
    lastFailure: { code: 'fetch-not-found', message: 'gone', at: now },
    feedTitle: 'Harbour',
    skipHours: [4],
    skipDays: [0],
  };

  test('of nothing, all is as it was', () => {
    expect(stateFor(aSource(), asked)).toEqual(asked);
    expect(stateFor(aSource(), undefined)).toEqual(newState(aSource()));
  });

  test('of the address, a source is new but for its name, and a wish of the same server still holds', () => {
    const url = 'https://harbour.example/new.xml';
    const expected = { ...newState(aSource({ url })), checkedAt: now, feedTitle: 'Harbour' };
    expect(stateFor(aSource({ url }), asked)).toEqual({ ...expected, retryAfterUntil: '2026-11-24T07:00:00Z' });
    const elsewhere = 'https://quay.example/new.xml';
    expect(stateFor(aSource({ url: elsewhere }), asked)).toEqual({ ...expected, url: elsewhere });
  });

  test('of the schedule, the hours to skip still count', () => {
    const schedule = '*/5 * * * *';
    const well = { ...asked, failures: 0, lastFailure: null, skipHours: [6] };
    expect(stateFor(aSource({ schedule }), well).nextCheckAt).toBe('2026-11-24T07:00:00Z');
  });

  test('of the schedule, the next check is that of the new one, and later after failures', () => {
    const schedule = '*/5 * * * *';
    const well = { ...asked, failures: 0, lastFailure: null };
    expect(stateFor(aSource({ schedule }), well)).toEqual({
      ...well,
      schedule,
      nextCheckAt: '2026-11-24T06:05:00Z',
      nextCheckWhy: 'its schedule, */5 * * * *',
    });
    expect(stateFor(aSource({ schedule }), asked).nextCheckAt).toBe('2026-11-24T10:18:30Z');
    expect(stateFor(aSource({ schedule }), { ...well, nextCheckAt: null }).nextCheckAt).toBeNull();
  });
});

test('a minute that begins in the very second until which a server asks us to wait, or its answer holds, is late enough', () => {
  const source = aSource({ schedule: '* * * * *' });
  const full = '2026-11-24T06:02:00Z';
  for (const hints of [{ retryAfterSeconds: 120 }, { freshForSeconds: 120 }])
    expect(nextCheckAfterSuccess(source, { ...none, ...hints }, full).at).toBe('2026-11-24T06:04:00Z');
  for (const hints of [{ retryAfterSeconds: 121 }, { freshForSeconds: 121 }])
    expect(nextCheckAfterSuccess(source, { ...none, ...hints }, full).at).toBe('2026-11-24T06:05:00Z');
});
