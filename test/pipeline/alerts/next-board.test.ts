import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  ALERT_KINDS,
  DEFAULT_ALERTS,
  type AlertEvent,
  type AlertState,
  type Trouble,
} from '../../../src/model/alert.ts';
import type { Absence } from '../../../src/pipeline/alerts/find-troubles.ts';
import { nextBoard } from '../../../src/pipeline/alerts/next-board.ts';
import { plusSeconds, type Instant } from '../../../src/support/instant.ts';

const START = '2026-11-25T06:00:00Z';
const at = (minutes: number): Instant => plusSeconds(START, minutes * 60);
const trouble = (kind: Trouble['kind'], subject: string | null = null): Trouble => ({
  key: `${kind} ${subject ?? ''}`,
  kind,
  subject,
  says: `${kind} it is`,
});

/** What is told, as each minute that is named has these troubles. */
function told(
  minutes: readonly (readonly [number, readonly Trouble[]])[],
  absence: (state: AlertState) => Absence = () => 'over',
): string[] {
  let states: readonly AlertState[] = [];
  const events: AlertEvent[] = [];
  for (const [minute, troubles] of minutes) {
    // As after a restart: nothing is remembered but what was stored.
    const stored = JSON.parse(JSON.stringify(states)) as AlertState[];
    const next = nextBoard(stored, troubles, { settings: DEFAULT_ALERTS, absence, now: at(minute) });
    states = next.states;
    events.push(...next.events);
  }
  return events.map(({ happened, key, at: then, since }) => `${happened} ${key} ${then} ${since}`);
}

describe('an alert', () => {
  test('is raised once its trouble has held for as long as the operator says, and its end is told once', () => {
    const failing = [trouble('failing', 'fen')];
    expect(
      told([
        [0, failing],
        [24 * 60 - 1, failing],
        [24 * 60, failing],
        [24 * 60 + 1, failing],
        [30 * 60, failing],
        [30 * 60 + 1, []],
        [30 * 60 + 2, []],
      ]),
    ).toEqual([`raised failing fen ${at(24 * 60)} ${START}`, `ended failing fen ${at(30 * 60 + 1)} ${START}`]);
  });

  test('is not raised by what comes and goes', () => {
    const list = [trouble('list')];
    expect(
      told(
        [0, 3, 6, 9].flatMap(
          (minute) =>
            [
              [minute, list],
              [minute + 2, []],
            ] as const,
        ),
      ),
    ).toEqual([]);
  });

  test('that is raised is not told again while its trouble flickers', () => {
    const disk = [trouble('disk')];
    const flicker = [10, 20, 30, 40, 50].flatMap(
      (minute) =>
        [
          [minute, []],
          [minute + 5, disk],
        ] as const,
    );
    expect(told([[0, disk], [5, disk], ...flicker, [60, []], [84, []], [85, []]])).toEqual([
      `raised disk  ${at(5)} ${START}`,
      `ended disk  ${at(85)} ${START}`,
    ]);
  });
});

describe('a trouble that is not found', () => {
  const failing = [trouble('failing', 'fen')];
  const day = 24 * 60;

  test('is not over where nobody can tell, and goes on as it was', () => {
    const minutes = [
      [0, failing],
      [day - 60, []],
      [day, failing],
      [day + 60, []],
    ] as const;
    expect(told(minutes, () => 'unknown')).toEqual([`raised failing fen ${at(day)} ${START}`]);
  });

  test('is dropped without a word where nobody looks for it any more', () => {
    expect(
      told(
        [
          [0, failing],
          [day, failing],
          [day + 1, []],
          [day + 2, []],
        ],
        () => 'dropped',
      ),
    ).toEqual([`raised failing fen ${at(day)} ${START}`]);
  });

  test('of a clock that was ahead is counted from when it was set right', () => {
    expect(
      told([
        [40 * day, failing],
        [0, failing],
        [day - 1, failing],
        [day, failing],
      ]),
    ).toEqual([`raised failing fen ${at(day)} ${START}`]);
  });
});

test('whatever happens, beginning and end of each trouble take turns', () => {
  const kinds = fc.uniqueArray(fc.constantFrom(...ALERT_KINDS), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 2000 }), kinds), { maxLength: 40 }), (steps) => {
      let minute = 0;
      const events = told(steps.map(([later, of]) => [(minute += later), of.map((kind) => trouble(kind))] as const));
      const last = new Map<string, string>();
      for (const event of events) {
        const [happened, key] = event.split(' ') as [string, string];
        expect(last.get(key) ?? 'ended').toBe(happened === 'raised' ? 'ended' : 'raised');
        last.set(key, happened);
      }
    }),
    { numRuns: 200 },
  );
});
