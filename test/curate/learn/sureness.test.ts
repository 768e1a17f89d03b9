import { expect, test } from '@jest/globals';
import { fitSureness, probabilityOf } from '../../../src/curate/learn/sureness.ts';

test('probabilities follow how often texts at a distance belong', () => {
  const distances = new Float64Array(1000);
  const belongs: boolean[] = [];
  for (let at = 0; at < 1000; at++) {
    distances[at] = at < 500 ? 1 : -1;
    belongs.push(at < 500 ? at % 5 !== 0 : at % 10 === 0);
  }
  const sureness = fitSureness(distances, belongs);
  expect(probabilityOf(1, sureness)).toBeCloseTo(0.8, 1);
  expect(probabilityOf(-1, sureness)).toBeCloseTo(0.1, 1);
});

test('a few examples never make anything certain', () => {
  const sureness = fitSureness(Float64Array.from([2, 2, 2, -2, -2, -2]), [true, true, true, false, false, false]);
  expect(probabilityOf(2, sureness)).toBeLessThan(0.9);
  expect(probabilityOf(2, sureness)).toBeGreaterThan(0.7);
});

test('distances that say nothing give the share of those that belong, whichever way they point', () => {
  const belongs = Array.from({ length: 400 }, (_, at) => at % 4 === 0);
  const sureness = fitSureness(
    Float64Array.from(belongs, (yes) => (yes ? -1 : 1)),
    belongs,
  );
  expect(sureness.slope).toBe(0);
  expect(probabilityOf(1, sureness)).toBeCloseTo(0.25, 1);
});
