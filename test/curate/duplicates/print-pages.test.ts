import { expect, test } from '@jest/globals';
import { openPrintPages } from '../../../src/curate/duplicates/print-pages.ts';
import { openChance } from '../../../tools/duplicates/chance.ts';

const PAGE = 2 ** 18;

test('pages hold what a plain map would, whatever is added and removed, and empty pages go', () => {
  const chance = openChance(5);
  const pages = openPrintPages();
  const plain = new Map<number, Uint32Array>();
  const steps = { added: 0, removed: 0, takenTwice: 0 };
  for (let step = 0; step < 6000; step++) {
    if (chance.is(0.6)) {
      const print = new Uint32Array(chance.whole(10, 900)).fill(chance.whole(0, 2 ** 32 - 1));
      const where = pages.add(print);
      if (plain.has(where)) steps.takenTwice++;
      plain.set(where, print);
      steps.added++;
    } else if (plain.size > 0) {
      // The oldest leave, mostly.
      const where = chance.is(0.9) ? plain.keys().next().value! : chance.pick([...plain.keys()]);
      pages.remove(where);
      plain.delete(where);
      steps.removed++;
    }
  }
  const wrong = [...plain].filter(([where, print]) => {
    const kept = pages.at(where);
    return kept.length !== print.length || kept.some((number, at) => number !== print[at]);
  });
  expect(wrong).toEqual([]);
  const held = [...plain.values()].reduce((sum, print) => sum + print.length + 1, 0);
  expect(held).toBeGreaterThan(PAGE);
  // Left alone, with what was removed, it were three times as much.
  expect(pages.length).toBeLessThan(held + 4 * PAGE);
  expect(Math.min(steps.added, steps.removed)).toBeGreaterThan(1000);
  expect(steps.takenTwice).toBe(0);
  for (const where of plain.keys()) pages.remove(where);
  expect(pages.length).toBe(PAGE);
});

test('a print that is longer than a page has one of its own', () => {
  const pages = openPrintPages();
  const [short, long] = [new Uint32Array(10).fill(1), new Uint32Array(PAGE + 5).fill(2)];
  const where = [short, long, short].map((print) => pages.add(print));
  expect(where.map((at) => pages.at(at).length)).toEqual([10, PAGE + 5, 10]);
  expect(pages.at(where[1]!).at(-1)).toBe(2);
});
