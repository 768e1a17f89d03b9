import { describe, expect, test } from '@jest/globals';
import { LIMITS, openDuplicateIndex, type PrintedDocument } from '../../../src/curate/duplicates/duplicate-index.ts';
import { LIST_LENGTH } from '../../../src/curate/duplicates/slot-table.ts';
import { printOf, shinglesIn } from '../../../src/curate/duplicates/text-print.ts';
import { openChance } from '../../../tools/duplicates/chance.ts';
import { madeMatter, madeSentence, printed } from '../../../tools/duplicates/made-language.ts';

function madeText(seed: number, sentences = 10): string {
  const chance = openChance(seed);
  const matter = madeMatter(chance);
  return Array.from({ length: sentences }, () => printed(madeSentence(chance, matter))).join(' ');
}

function aDocument(id: string, text: string, atMs = 0): PrintedDocument {
  return { id, sourceId: 'harbour', atMs, print: printOf({ title: `The title of ${id}`, text }) };
}

const candidateIds = (index: ReturnType<typeof openDuplicateIndex>, text: string): string[] =>
  index.lookUp(aDocument('asked', text)).candidates.map(({ document }) => document.id);

describe('the index of duplicates', () => {
  test('what leaves the window leaves no trace', () => {
    const index = openDuplicateIndex();
    for (let at = 0; at < 50; at++) index.add(aDocument(`d${at}`, madeText(at), at));
    expect(index.forgetBefore(30)).toBe(30);
    expect(index.size).toBe(20);
    expect(candidateIds(index, madeText(3))).toEqual([]);
    expect(candidateIds(index, madeText(40))).toEqual(['d40']);
    expect(index.forgetBefore(1000)).toBe(20);
    expect([index.size, index.postings]).toEqual([0, 0]);
  });

  test('what comes late and is old leaves with its time', () => {
    const index = openDuplicateIndex();
    for (const at of [50, 60]) index.add(aDocument(`d${at}`, madeText(at), at));
    expect(index.forgetBefore(40)).toBe(0);
    index.add(aDocument('late', madeText(3), 20));
    expect(index.forgetBefore(40)).toBe(1);
    expect(index.forgetBefore(55)).toBe(1);
    expect([index.size, index.has('d60')]).toEqual([1, true]);
  });

  test('a document that comes again replaces itself', () => {
    const index = openDuplicateIndex();
    index.add(aDocument('a', madeText(1)));
    const { postings } = index;
    index.add(aDocument('a', madeText(1)));
    expect([index.size, index.postings]).toEqual([1, postings]);
    index.add(aDocument('a', madeText(2)));
    expect(candidateIds(index, madeText(1))).toEqual([]);
    expect(candidateIds(index, madeText(2))).toEqual(['a']);
  });

  test('copies that are put together share their lists', () => {
    const index = openDuplicateIndex();
    const text = madeText(1);
    index.add({ ...aDocument('a', text) });
    const { postings } = index;
    for (const id of ['b', 'c', 'd']) index.add({ ...aDocument('a', text), id }, 'a');
    expect(index.postings).toBe(postings);
  });

  test('an index restored from what was stored answers as the one that was filled', () => {
    const stored = Array.from({ length: 40 }, (_, at) => ({
      document: aDocument(`d${at}`, madeText(at % 25), at),
      duplicateOf: at < 25 ? null : `d${at - 25}`,
    }));
    const filled = openDuplicateIndex();
    for (const { document, duplicateOf } of stored) filled.add(document, duplicateOf);
    const restored = openDuplicateIndex();
    restored.restore(stored.values());
    expect([restored.size, restored.postings]).toEqual([filled.size, filled.postings]);
    for (let at = 0; at < 30; at++)
      expect(restored.lookUp(aDocument('asked', madeText(at)))).toEqual(
        filled.lookUp(aDocument('asked', madeText(at))),
      );
  });

  test('when the first of a group leaves, the others are still found', () => {
    const index = openDuplicateIndex();
    index.add(aDocument('a', madeText(1), 0));
    index.add(aDocument('b', madeText(1), 10), 'a');
    index.add(aDocument('c', madeText(1), 20), 'b');
    index.forgetBefore(5);
    expect(candidateIds(index, madeText(1))).toEqual(['b']);
    index.forgetBefore(15);
    expect(candidateIds(index, madeText(1))).toEqual(['c']);
  });

  test('what stands in eight groups is boilerplate', () => {
    const index = openDuplicateIndex();
    const tail = madeText(77, 2);
    const ask = (): number => index.tellingOf(aDocument('tail', tail).print).digests.length;
    const whole = shinglesIn(aDocument('tail', tail).print).length;
    for (let at = 0; at < LIST_LENGTH - 1; at++) index.add(aDocument(`d${at}`, `${madeText(at)} ${tail}`));
    expect(ask()).toBeGreaterThan(whole / 2);
    index.add(aDocument('eighth', `${madeText(50)} ${tail}`));
    // Of long texts not every shingle is kept, so some lists are not full yet.
    expect(ask()).toBeLessThan(whole);
    for (let at = 0; at < 30; at++) index.add(aDocument(`short ${at}`, `${madeText(200 + at, 1)} ${tail}`));
    expect(ask()).toBe(0);
  });

  test('beyond its limits the oldest leave early', () => {
    const index = openDuplicateIndex({ ...LIMITS, mostDocuments: 32 });
    for (let at = 0; at < 33; at++) index.add(aDocument(`d${at}`, madeText(at), at));
    expect(index.size).toBe(30);
    expect(index.has('d0')).toBe(false);
    expect(index.has('d32')).toBe(true);
    const byPostings = openDuplicateIndex({ ...LIMITS, mostPostings: 2000 });
    for (let at = 0; at < 100; at++) byPostings.add(aDocument(`d${at}`, madeText(at), at));
    expect(byPostings.postings).toBeLessThanOrEqual(2000);
    expect(byPostings.has('d99')).toBe(true);
  });
});
