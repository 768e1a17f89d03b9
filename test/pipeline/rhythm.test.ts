import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { learnRhythm } from '../../src/pipeline/rhythm.ts';
import { epochMsOf, instantFrom, plusSeconds, type Instant } from '../../src/support/instant.ts';

const NOW = '2026-11-24T12:00:00Z';
const HOUR = 3600;
const before = (hours: number): Instant => plusSeconds(NOW, -hours * HOUR);
const first = (dates: readonly (Instant | null)[]) =>
  learnRhythm(null, { dates, since: null, now: NOW, ttlMinutes: null });

describe('the rhythm of a source', () => {
  test('is told by the dates of its first reading, in whatever order', () => {
    expect(first([before(2), before(8), before(6), before(4)])).toEqual({
      pauseSeconds: 2 * HOUR,
      newestAt: before(2),
      ttlMinutes: null,
    });
  });

  test('is not known by one entry, none, or entries without a date or with one to come', () => {
    expect(first([before(1)])).toMatchObject({ pauseSeconds: null, newestAt: before(1) });
    expect(first([null, null, before(-5), before(-50)])).toMatchObject({ pauseSeconds: null, newestAt: null });
  });

  test('takes what comes at once for one arrival', () => {
    const batch = (hours: number): Instant[] => [0, 10, 250].map((seconds) => plusSeconds(before(hours), seconds));
    expect(first([...batch(48), ...batch(24), ...batch(1)])).toMatchObject({ newestAt: before(1) });
    expect(first([...batch(72), ...batch(48), ...batch(24)]).pauseSeconds).toBe(24 * HOUR);
  });

  test('follows a source that becomes busy, and one that tires', () => {
    let rhythm = first([before(96), before(72), before(48), before(24)]);
    const feed = (pause: number, count: number, from: Instant): Instant => {
      let now = from;
      for (let at = 0; at < count; at++) {
        const since = now;
        now = plusSeconds(now, pause);
        rhythm = learnRhythm(rhythm, { dates: [now], since, now, ttlMinutes: null });
      }
      return now;
    };
    const busy = feed(HOUR, 20, NOW);
    expect(Math.round(rhythm.pauseSeconds! / HOUR)).toBe(1);
    feed(12 * HOUR, 20, busy);
    expect(Math.round(rhythm.pauseSeconds! / HOUR)).toBe(12);
  });

  test('believes no date of a later entry that it could have seen before, or that is still to come', () => {
    const known = first([before(8), before(4)]);
    const later = learnRhythm(known, { dates: [before(90), before(-9)], since: before(3), now: NOW, ttlMinutes: 60 });
    expect(later).toEqual({ pauseSeconds: 4 * HOUR, newestAt: NOW, ttlMinutes: 60 });
  });

  test('stays what it was where nothing came', () => {
    const known = first([before(8), before(4)]);
    expect(learnRhythm(known, { dates: [], since: before(3), now: NOW, ttlMinutes: null })).toEqual(known);
  });

  test('is between the shortest and the longest pause, whatever the dates', () => {
    const dates = fc.array(
      fc.option(
        fc.integer({ min: epochMsOf('2024-01-01T00:00:00Z'), max: epochMsOf('2028-01-01T00:00:00Z') }).map(instantFrom),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(dates, (given) => {
        const { pauseSeconds, newestAt } = first(given);
        if (newestAt !== null) expect(newestAt <= NOW).toBe(true);
        if (pauseSeconds !== null) expect(pauseSeconds >= 300 && pauseSeconds <= 30 * 24 * HOUR).toBe(true);
      }),
    );
  });
});
