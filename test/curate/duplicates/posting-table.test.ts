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

test('many entries added at once stand as if they were added one by one', () => {
  const chance = openChance(8);
  // Beyond 1,024 documents, so that both parts in which a document is kept are used.
  const documents = Uint32Array.from({ length: 20_000 }, () => chance.whole(0, 5000));
  const digests = Uint32Array.from(documents, () => Math.imul(chance.whole(0, 4000), 0x9e3779b1) >>> 0);
  const groups = Array.from({ length: 5001 }, (_, document) => document % 1700);
  const [slow, quick] = [openPostingTable(), openPostingTable()];
  for (const [at, digest] of digests.entries()) slow.add(digest, documents[at]!, groups);
  quick.addAll((use) => digests.forEach((digest, at) => use(digest, documents[at]!)), groups);
  expect(quick.size).toBe(slow.size);
  expect(quick.size).toBeGreaterThan(10_000);
  const [one, other] = [new Int32Array(LIST_LENGTH), new Int32Array(LIST_LENGTH)];
  for (const digest of new Set(digests)) {
    const [here, there] = [one.subarray(0, slow.find(digest, one)), other.subarray(0, quick.find(digest, other))];
    expect([...there].toSorted((a, b) => a - b)).toEqual([...here].toSorted((a, b) => a - b));
  }
});
