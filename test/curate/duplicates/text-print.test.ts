import { describe, expect, test } from '@jest/globals';
import { readWords } from '../../../src/curate/duplicates/read-words.ts';
import {
  isPrint,
  placesIn,
  printOf,
  setIn,
  shingleBound,
  shinglesIn,
  slotsIn,
  titleKeysOf,
  wordsOf,
} from '../../../src/curate/duplicates/text-print.ts';
import { foldWord } from '../../../src/support/words.ts';
import { openChance } from '../../../tools/duplicates/chance.ts';
import { madeMatter, madeSentence, printed } from '../../../tools/duplicates/made-language.ts';

function madeText(seed: number, sentences: number): string {
  const chance = openChance(seed);
  const matter = madeMatter(chance);
  return Array.from({ length: sentences }, () => printed(madeSentence(chance, matter))).join(' ');
}

describe('the words of a text', () => {
  test('case, diacritics, quotes and marks of thousands do not matter', () => {
    const plain = readWords("The cafe's 1500 guests left at 9.5 per cent");
    const dressed = readWords('THE CAFÉ’S 1,500 guests — left, at 9,5 per cent.');
    expect(dressed.words).toEqual(plain.words);
    expect(dressed.numbers).toEqual(plain.numbers);
  });

  test('a word of any script is read as its folded form is', () => {
    const chance = openChance(11);
    const letters = Array.from('aeznSTQ7àÉñçßøÆŒłİıŉǆΣσςάЖёїҐאبहกｱﬁ½²한é');
    let folded = 0;
    for (let times = 0; times < 3000; times++) {
      const word = Array.from({ length: chance.whole(2, 9) }, () => chance.pick(letters)).join('');
      if (/[ก一]/u.test(word) || readWords(foldWord(word)).words.length !== 1) continue;
      if (foldWord(word) !== word) folded++;
      expect({ word, words: readWords(word).words }).toEqual({ word, words: readWords(foldWord(word)).words });
    }
    expect(folded).toBeGreaterThan(1000);
  });

  test('a name is what is only ever written with a capital', () => {
    const { names, words } = readWords(
      'The ferry to Marlin was late. Yesterday the ferry left Marlin early, said the port.',
    );
    expect(names.has(words[3]!)).toBe(true);
    expect(names.has(words[0]!)).toBe(false);
  });

  test('a number that is written out is that number', () => {
    const [written, figures] = [readWords('seven ships, zwölf boats'), readWords('7 ships, 12 boats')];
    expect(written.words).toEqual(figures.words);
    expect(written.numbers).toEqual(figures.numbers);
  });

  test('a text in capitals has no names', () => {
    expect(readWords('HARBOUR BRIDGE OPENS TO TRAFFIC').names.size).toBe(0);
  });

  test('scripts without spaces are read two characters at a time', () => {
    expect(readWords('港の橋が開通').words).toHaveLength(5);
    expect(readWords('港の橋が開通').words.slice(1)).toEqual(readWords('の橋が開通').words);
  });
});

describe('the print of a text', () => {
  test('the same words give the same print, and one word makes another', () => {
    const text = madeText(3, 12);
    expect(printOf({ title: 'The bridge opens', text })).toEqual(printOf({ title: 'The bridge opens', text }));
    expect(printOf({ title: 'The bridge opens', text: `${text} Late.` })).not.toEqual(
      printOf({ title: 'The bridge opens', text }),
    );
  });

  test('a short text keeps all its shingles, a long one those below its bound, never more than 160', () => {
    const [short, long] = [madeText(4, 3), madeText(5, 300)].map((text) => printOf({ title: '', text }));
    expect(shinglesIn(short!).length).toBeGreaterThan(wordsOf(short!) - 8);
    expect(shinglesIn(long!)).toHaveLength(160);
    expect(shinglesIn(long!).at(-1)!).toBeLessThan(shingleBound(long!));
  });

  test('each shingle has its place in the text', () => {
    const text = madeText(9, 20);
    const [whole, end] = [text, text.split(' ').slice(-30).join(' ')].map((part) => printOf({ title: '', text: part }));
    const last = new Set(shinglesIn(end!));
    const places = [...shinglesIn(whole!)].flatMap((shingle, at) => (last.has(shingle) ? [placesIn(whole!)[at]!] : []));
    expect(places.length).toBeGreaterThan(3);
    expect(Math.min(...places)).toBeGreaterThan(200);
  });

  test('the dateline before a text is the outlet’s, not the text’s', () => {
    const text = 'The bridge opens at noon on Monday after 12 days of repairs.';
    for (const dateline of ['MARLIN, Nov 20 (Wire) - ', 'Marlin (Agency) — ', 'Bad Salz, 3. Mai (dpa) – '])
      expect(printOf({ title: 'The bridge opens', text: dateline + text })).toEqual(
        printOf({ title: 'The bridge opens', text }),
      );
  });

  test('a number stands in the same slot, whatever its value', () => {
    const slots = (ships: string): number[] =>
      [...slotsIn(printOf({ title: '', text: `The port counted ${ships} ships on Monday.` }))].map(
        (slot) => slot >>> 16,
      );
    expect(slots('12')).toHaveLength(1);
    expect(slots('seven')).toEqual(slots('12'));
  });

  test('the words of a title are those that say something', () => {
    const print = printOf({ title: 'The bridge is to open at 9', text: '' });
    expect(setIn(print, 'titleWords')).toHaveLength(3);
    expect(setIn(print, 'title')).toHaveLength(7);
  });

  test('the publisher behind a title makes a second key', () => {
    const plain = titleKeysOf(printOf({ title: 'Bridge opens after delay', text: '' }));
    const signed = titleKeysOf(printOf({ title: 'Bridge opens after delay - The Harbour News', text: '' }));
    expect(plain).toHaveLength(1);
    expect(signed).toContain(plain[0]);
  });

  test('a title of two words is no key: too many articles have it', () => {
    expect(titleKeysOf(printOf({ title: 'Weather forecast', text: '' }))).toEqual([]);
  });

  test('what was cut short or is of another version is no print', () => {
    const print = printOf({ title: 'The bridge opens', text: madeText(6, 5) });
    expect(isPrint(print)).toBe(true);
    expect(isPrint(print.slice(0, -1))).toBe(false);
    expect(isPrint(Uint32Array.from([0, ...print.slice(1)]))).toBe(false);
  });
});
