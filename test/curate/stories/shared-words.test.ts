import { expect, test } from '@jest/globals';
import { noChance, proofOf } from '../../../src/curate/stories/shared-words.ts';

test('a word proves the more the rarer it is, and nothing if most texts have it', () => {
  expect(proofOf(0.001)).toBeGreaterThan(proofOf(0.01));
  expect(proofOf(0.01)).toBeGreaterThan(0);
  expect(proofOf(0.6)).toBe(0);
});

test.each([100, 1000, 100_000])(
  'among %d news one word is never proof, and three that no other news has are',
  (news) => {
    const rarest = proofOf(1 / news);
    expect(noChance(rarest, { news })).toBeLessThan(0.5);
    expect(noChance(3 * rarest, { news })).toBeGreaterThan(0.99);
  },
);

test('two names that stand in the news every day prove nothing, however large the window is', () => {
  for (const news of [100, 10_000]) expect(noChance(2 * proofOf(0.1), { news })).toBeLessThan(0.15);
});
