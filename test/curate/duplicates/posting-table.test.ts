import { expect, test } from '@jest/globals';
import { openPostingTable, type PostingTable } from '../../../src/curate/duplicates/posting-table.ts';
import { LIST_LENGTH } from '../../../src/curate/duplicates/slot-table.ts';
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

test('many documents added at once stand as if their digests were added one by one, whatever is there already', () => {
  const chance = openChance(8);
  // Beyond 1,024 documents, so that both parts in which a document is kept are used.
  const all = 6000;
  const groups = Array.from({ length: all }, (_, document) => document % 1700);
  // Sixteen tables, and a few for all others: both crowded ones and nearly empty ones are filled.
  const aDigest = (): number => (Math.imul(chance.whole(0, 50_000), 0x9e3779b1) & (chance.is(0.8) ? ~0x3f0 : ~0)) >>> 0;
  const digests = Array.from({ length: all }, () => Uint32Array.from({ length: 20 }, aDigest));
  const digestsOf = (document: number, into: Uint32Array): number => {
    into.set(digests[document]!);
    return digests[document]!.length;
  };
  const [slow, quick] = [openPostingTable(), openPostingTable()];
  let next = 0;
  // At first many, then again half as many, and at last so few that nothing is built anew for them.
  for (const end of [2500, 4000, 5950, all]) {
    const documents = Array.from({ length: end - next }, (_, at) => next + at);
    for (const document of documents) for (const digest of digests[document]!) slow.add(digest, document, groups);
    quick.addAll(documents, digestsOf, groups);
    next = end;
    expect(quick.size).toBe(slow.size);
    for (let gone = 0; gone < end; gone += 7) {
      for (const digest of digests[gone]!) for (const table of [slow, quick]) table.remove(digest, gone);
    }
    expect(quick.size).toBe(slow.size);
  }
  expect(quick.size).toBeGreaterThan(20_000);
  const list = new Int32Array(LIST_LENGTH);
  const listIn = (table: PostingTable, digest: number): string =>
    String([...list.subarray(0, table.find(digest, list))].toSorted((a, b) => a - b));
  const asked = [...new Set(digests.flatMap((some) => [...some]))];
  expect(asked.filter((digest) => listIn(quick, digest) !== listIn(slow, digest))).toEqual([]);
});
