import { expect, test } from '@jest/globals';
import { CAPITAL, digestOfWord, NUMBER, readWords } from '../../../src/curate/stories/text-words.ts';
import { foldWord, wordSpans } from '../../../src/support/words.ts';
import { numbersFrom } from './numbers-from.ts';

type Word = { readonly digest: number; readonly written: number };

function read(text: string, most = 1000): Word[] {
  const words: Word[] = [];
  readWords(text, most, (digest, written) => words.push({ digest, written }));
  return words;
}

/** The same said plainly: each word of the text, its parts, and what is compared of each. */
function plainly(text: string): Word[] {
  return [...wordSpans(text)].flatMap(({ start, end }) => {
    const first = String.fromCodePoint(text.codePointAt(start)!);
    const capital = first === first.toLowerCase() ? 0 : CAPITAL;
    return foldWord(text.slice(start, end))
      .split(/['.-]/)
      .filter((part) => part.length > 1 || /[\d\u0250-\uffff]/.test(part))
      .map((part) => ({ digest: digestOfWord(part), written: /^[0-9]/.test(part) ? capital | NUMBER : capital }));
  });
}

const PIECES = [
  ['port', 'Harbour', 'U', 'a', 'N', 'ID', 'x9', '7', '1,500', '2.5', 'Meridian', 'meridians', 'backed'],
  ['Zoë', 'Søndergaard', 'élan', 'e\u0301lan', 'ÉTÉ', 'Забастовка', 'паромов', 'й', 'ω', '٣', '한국어', '𝒳y'],
  ["'", '’', '.', '-', '–', '“', '”', ' ', ' ', '\u00a0', '\n', '…', '&', '_', '\u200b', '😀', '\u0301'],
].flat();

test('words are read as they are found one by one, whatever stands between them', () => {
  const random = numbersFrom(7);
  let words = 0;
  for (let round = 0; round < 4000; round++) {
    const text = Array.from({ length: 1 + random(14) }, () => PIECES[random(PIECES.length)]!).join('');
    const expected = plainly(text);
    expect({ text, words: read(text) }).toEqual({ text, words: expected });
    words += expected.length;
  }
  expect(words).toBeGreaterThan(5000);
});

test.each<readonly [string, string, readonly string[]]>([
  ['parts of a joined word count each, a lone letter does not', 'U.N.-backed plan', ['backed', 'plan']],
  ['the end of a word is not compared', 'meridians', ['meridian']],
  ['accents and case are not compared', 'ÉTÉ', ['ete']],
  ['a digit is a word', 'Top 5', ['top', '5']],
  ['words are found where none are parted by spaces', '東京の選挙', ['東京', 'の', '選挙']],
  ['a text may begin in one script and go on in another', 'Café: 東京の選挙', ['cafe', '東京', 'の', '選挙']],
])('%s', (_says, text, words) => {
  expect(read(text).map(({ digest }) => digest)).toEqual(words.map(digestOfWord));
});

test('no more words are read than wanted, whatever the script', () => {
  expect(read('one two-three four', 2)).toHaveLength(2);
  expect(read('東京の選挙', 2)).toHaveLength(2);
});
