import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Rhythm } from '../../src/model/source.ts';
import { nextCheckAfterFailure, nextCheckAfterSuccess, type Hints } from '../../src/pipeline/next-check.ts';
import { epochMsOf, instantFrom, plusSeconds, type Instant } from '../../src/support/instant.ts';
import { aSource } from '../support/an-entry.ts';

const NOW = '2026-11-24T06:02:30Z';
const HOUR = 3600;
const DAY = 86_400;
const bounds = { minSeconds: 900, maxSeconds: 6 * HOUR };
const nothing: Hints = {
  freshForSeconds: null,
  retryAfterSeconds: null,
  skipHours: [],
  skipDays: [],
  rhythm: null,
  isPushed: false,
};
const aRhythm = (given: Partial<Rhythm> = {}): Rhythm => ({
  pauseSeconds: 2 * HOUR,
  newestAt: NOW,
  ttlMinutes: null,
  ...given,
});

const secondsUntil = (at: Instant, now: Instant = NOW): number => (epochMsOf(at) - epochMsOf(now)) / 1000;
const check = (given: Partial<Hints>, adaptive = bounds, id = 'harbour') =>
  nextCheckAfterSuccess(aSource({ id, adaptive }), { ...nothing, ...given }, NOW);
/** Within a tenth of what is expected, since sources are spread. */
const near = (at: Instant, seconds: number): boolean => Math.abs(secondsUntil(at) - seconds) <= seconds / 10 + 1;

describe('an adaptive source that answered', () => {
  test.each([
    ['after half of its pauses', { rhythm: aRhythm() }, HOUR, 'it brings something new every 2 hours or so'],
    [
      'ever later while it is silent',
      { rhythm: aRhythm({ newestAt: plusSeconds(NOW, -16 * HOUR) }) },
      2 * HOUR,
      'it has brought nothing for 16 hours',
    ],
    ['after an hour while its rhythm is not known', {}, HOUR, 'its rhythm is not known yet'],
    [
      'no sooner than its feed says',
      { rhythm: aRhythm({ ttlMinutes: 180 }) },
      3 * HOUR,
      'its feed says that it holds for 3 hours',
    ],
    [
      'no sooner than its server says',
      { rhythm: aRhythm({ pauseSeconds: 1200 }), freshForSeconds: 3000 },
      3000,
      'its server says that the answer holds for 50 minutes',
    ],
    [
      'no sooner than its operator says',
      { rhythm: aRhythm({ pauseSeconds: 600 }) },
      900,
      'it brings something new every 10 minutes or so; it is not asked more often than its bounds say',
    ],
    [
      'no later than its operator says',
      { rhythm: aRhythm({ ttlMinutes: 5000 }) },
      6 * HOUR,
      'its feed says that it holds for 3 days',
    ],
    [
      'as seldom as can be while its hub pushes',
      { rhythm: aRhythm(), isPushed: true },
      6 * HOUR,
      'its hub pushes what is new',
    ],
  ])('is asked again %s', (_how, given, seconds, why) => {
    const next = check(given);
    expect(near(next.at, seconds) ? seconds : secondsUntil(next.at)).toBe(seconds);
    expect(next.why).toBe(why);
  });

  test('is left alone for as long as its server asks, also beyond its bounds', () => {
    expect(check({ rhythm: aRhythm(), retryAfterSeconds: 9 * HOUR })).toEqual({
      at: plusSeconds(NOW, 9 * HOUR),
      why: 'its server asked us to wait',
    });
  });

  test('is not asked at the hours that its feed has us skip, if its bounds allow a time after them', () => {
    const skipHours = [7, 8];
    const { at } = check({ rhythm: aRhythm({ pauseSeconds: 3 * HOUR }), skipHours });
    expect(at >= '2026-11-24T09:00:00Z' && at < '2026-11-24T09:15:00Z').toBe(true);
    const tight = { minSeconds: 900, maxSeconds: 2 * HOUR };
    expect(
      secondsUntil(check({ rhythm: aRhythm({ pauseSeconds: 3 * HOUR }), skipHours }, tight).at),
    ).toBeLessThanOrEqual(2 * HOUR);
  });
});

describe('many sources that are alike', () => {
  const spreadOf = (given: Partial<Hints>): number =>
    new Set(Array.from({ length: 200 }, (_, at) => check(given, bounds, `source-${at}`).at.slice(0, 16))).size;

  test.each([
    ['in the middle of their bounds', { rhythm: aRhythm() }, 9],
    ['at the lower one', { rhythm: aRhythm({ pauseSeconds: 60 }) }, 2],
    ['at the upper one', { isPushed: true }, 30],
  ])('do not come all in one minute, %s', (_where, given, minutes) => {
    expect(spreadOf(given)).toBeGreaterThanOrEqual(minutes);
  });
});

describe('an adaptive source that failed', () => {
  const after = (failures: number, retryAfterSeconds: number | null = null) =>
    nextCheckAfterFailure(
      aSource({ adaptive: bounds }),
      { failures, retryAfterSeconds, skipHours: [], skipDays: [] },
      NOW,
    );

  test('is asked later and later, within its bounds', () => {
    const expected = [
      [1, 900],
      [7, 64 * 60],
      [100, 6 * HOUR],
    ] as const;
    for (const [failures, seconds] of expected)
      expect([failures, near(after(failures).at, seconds)]).toEqual([failures, true]);
    expect(after(3).why).toBe('it failed 3 times in a row');
  });

  test('is left alone for as long as its server asks', () => {
    expect(after(1, 5 * HOUR)).toEqual({ at: plusSeconds(NOW, 5 * HOUR), why: 'its server asked us to wait' });
  });
});

describe('whatever is known of a source', () => {
  const instants = fc
    .integer({ min: epochMsOf('2025-01-01T00:00:00Z'), max: epochMsOf('2027-12-31T00:00:00Z') })
    .map(instantFrom);
  const seconds = (max: number) => fc.option(fc.integer({ min: 0, max }));
  const given = fc.record({
    adaptive: fc
      .tuple(fc.integer({ min: 1, max: 10_080 }), fc.integer({ min: 1, max: 10_080 }))
      .map(([a, b]) => ({ minSeconds: Math.min(a, b) * 60, maxSeconds: Math.max(a, b) * 60 })),
    id: fc.stringMatching(/^[a-z]{1,9}$/),
    now: instants,
    freshForSeconds: seconds(10 * DAY),
    retryAfterSeconds: seconds(2 * DAY),
    skipHours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { maxLength: 24 }),
    skipDays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 }),
    isPushed: fc.boolean(),
    rhythm: fc.option(
      fc.record({
        pauseSeconds: seconds(60 * DAY),
        newestAt: fc.option(instants),
        ttlMinutes: seconds(1_000_000),
      }),
    ),
    failures: fc.integer({ min: 1, max: 1000 }),
  });

  /** Within the bounds, or as late as its server asks. */
  const isRight = (
    at: Instant,
    { adaptive, retryAfterSeconds, now }: { adaptive: typeof bounds; retryAfterSeconds: number | null; now: Instant },
  ): boolean => {
    const asked = Math.min(retryAfterSeconds ?? 0, DAY);
    const after = secondsUntil(at, now);
    return after >= Math.max(adaptive.minSeconds, asked) && after <= Math.max(adaptive.maxSeconds, asked);
  };

  test('its bounds hold, and never is it asked before Retry-After', () => {
    fc.assert(
      fc.property(given, ({ adaptive, id, now, failures, ...hints }) => {
        const source = aSource({ id, adaptive });
        const where = { adaptive, now, retryAfterSeconds: hints.retryAfterSeconds };
        const [well, failed] = [
          nextCheckAfterSuccess(source, hints, now),
          nextCheckAfterFailure(source, { failures, ...hints }, now),
        ];
        expect([well, failed].map(({ at }) => isRight(at, where))).toEqual([true, true]);
        expect([well, failed].every(({ why }) => why.length > 5)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('the same is answered when the same is asked', () => {
    fc.assert(
      fc.property(given, ({ adaptive, id, now, failures: _failures, ...hints }) => {
        const source = aSource({ id, adaptive });
        expect(nextCheckAfterSuccess(source, hints, now)).toEqual(nextCheckAfterSuccess(source, hints, now));
      }),
      { numRuns: 100 },
    );
  });
});
