import { expect, test } from '@jest/globals';
import { sortSpread } from '../../../src/curate/duplicates/sort-spread.ts';
import { openChance } from '../../../tools/duplicates/chance.ts';

const sizes = [0, 1, 2, 24, 25, 300, 1024, 1025, 3000];

test.each(sizes)('%d numbers are sorted, however they lie', (size) => {
  const chance = openChance(size + 1);
  const made = (one: () => number): number[] => Array.from({ length: size }, one);
  const spread = made(() => chance.whole(0, 2 ** 30 - 1) + chance.whole(0, 255) / 256);
  const close = made(() => chance.whole(5, 8) + chance.whole(0, 255) / 256);
  const atTheEnds = made(() => (chance.is(0.5) ? 0 : 2 ** 30 - 1 / 256));
  for (const numbers of [spread, close, atTheEnds]) {
    const expected = numbers.toSorted((a, b) => a - b);
    sortSpread(numbers, 2 ** 30);
    expect(numbers).toEqual(expected);
  }
});
