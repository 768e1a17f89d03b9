import { expect, test } from '@jest/globals';
import { LIST_LENGTH, openPostingTable } from '../../../src/curate/duplicates/posting-table.ts';
import { openChance } from '../../../tools/duplicates/chance.ts';

test('a table of postings holds what a plain map would, whatever is added and removed', () => {
  const chance = openChance(7);
  const table = openPostingTable();
  const plain = new Map<number, number[]>();
  const groups = Array.from({ length: 3000 }, (_, document) => document % 900);
  const list = new Int32Array(LIST_LENGTH);
  const steps = { added: 0, full: 0, sameGroup: 0, removed: 0, removedInVain: 0 };
  for (let step = 0; step < 40_000; step++) {
    // Many digests share their lowest bits, and so a table and its neighbourhood.
    const digest = (Math.imul(chance.whole(0, 4000), 0x9e3779b1) & ~0xff) >>> 0;
    const document = chance.whole(0, 2999);
    const held = plain.get(digest) ?? [];
    if (chance.is(0.6)) {
      table.add(digest, document, groups);
      if (held.length === LIST_LENGTH) steps.full++;
      else if (held.some((other) => groups[other] === groups[document])) steps.sameGroup++;
      else {
        plain.set(digest, [...held, document]);
        steps.added++;
      }
    } else {
      const gone = chance.is(0.8) && held.length > 0 ? chance.pick(held) : document;
      table.remove(digest, gone);
      steps[held.includes(gone) ? 'removed' : 'removedInVain']++;
      plain.set(
        digest,
        held.filter((other) => other !== gone),
      );
    }
  }
  for (const [digest, held] of plain) {
    const length = table.find(digest, list);
    expect([...list.subarray(0, length)].toSorted((a, b) => a - b)).toEqual(held.toSorted((a, b) => a - b));
  }
  expect(table.size).toBe([...plain.values()].reduce((sum, held) => sum + held.length, 0));
  for (const count of Object.values(steps)) expect(count).toBeGreaterThan(10);
});
