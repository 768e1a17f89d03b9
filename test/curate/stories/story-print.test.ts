import { expect, test } from '@jest/globals';
import {
  COUNT,
  FIGURE,
  isStoryPrint,
  languageOf,
  SMALL,
  storyPrintOf,
  wordsOf,
  wordsRead,
} from '../../../src/curate/stories/story-print.ts';
import { digestOfWord } from '../../../src/curate/stories/text-words.ts';

function printOf(title: string, text = '', language: string | null = null): Uint32Array {
  return storyPrintOf({ title, text, language });
}

/** How a word stands in a text: its count, and its marks. */
function markOf(print: Uint32Array, word: string): { count: number; small: boolean; figure: boolean } | null {
  const { digests, marks } = wordsOf(print);
  const at = digests.indexOf(digestOfWord(word));
  if (at === -1) return null;
  const mark = marks[at]!;
  return { count: mark & COUNT, small: (mark & SMALL) !== 0, figure: (mark & FIGURE) !== 0 };
}

test('a word counts more in the title and in the first sentences than further on', () => {
  const print = printOf('Ferries return', `The crews are back. ${'So it is. '.repeat(20)} Bread is dear.`);
  expect(['ferries', 'crews', 'bread'].map((word) => markOf(print, word)?.count)).toEqual([3, 2, 1]);
});

test('a title made of the beginning of the text says nothing more', () => {
  const print = printOf('Crews are back…', 'Crews are back at work.');
  expect(markOf(print, 'crews')?.count).toBe(2);
  expect(wordsRead(print)).toBe(5);
});

test('capitals, and figures in running text, are marked', () => {
  const print = printOf('7 of Oldport', 'In Oldport 91 people sing. People dance.');
  expect(markOf(print, 'oldport')).toEqual({ count: 5, small: false, figure: false });
  expect(markOf(print, 'people')).toEqual({ count: 4, small: true, figure: false });
  expect(markOf(print, '91')).toEqual({ count: 2, small: true, figure: true });
  expect(markOf(print, '7')?.figure).toBe(false);
});

test('of a long text the beginning is read, and no count overflows', () => {
  const print = printOf('Again', `${'again '.repeat(100)} ${'more '.repeat(100)} ${'late '.repeat(5)}`);
  expect(markOf(print, 'again')?.count).toBe(COUNT);
  expect(markOf(print, 'more')?.count).toBe(COUNT);
  expect(markOf(print, 'late')).toBeNull();
  expect(wordsRead(print)).toBe(151);
});

test('the language that was named is kept; of one that is not written with two letters nothing is claimed', () => {
  expect(['de', 'en-GB', 'PT', null].map((language) => languageOf(printOf('x', '', language)))).toEqual([
    'de',
    'en',
    'pt',
    null,
  ]);
  expect(languageOf(printOf('x', '', 'fil'))).not.toBe('fi');
});

test('a stored print is known again, and what is cut off or of another version is not', () => {
  const print = printOf('Ferries return', 'The crews are back.', 'en');
  expect(isStoryPrint(print)).toBe(true);
  expect(isStoryPrint(new Uint32Array(print))).toBe(true);
  expect(isStoryPrint(print.slice(0, -1))).toBe(false);
  expect(isStoryPrint(new Uint32Array(0))).toBe(false);
  expect(isStoryPrint(print.with(0, print[0]! + (1 << 16)))).toBe(false);
});

test('a text without a word has a print', () => {
  expect(isStoryPrint(printOf('…'))).toBe(true);
  expect(wordsRead(printOf('…'))).toBe(0);
});
