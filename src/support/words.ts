// Words of plain text, in any script.

/** Letters, marks and digits that hang together; apostrophes and hyphens within. */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
/** The same in text that is ASCII throughout: most of it, and found several times as fast. */
const ASCII_WORD = /[a-z0-9]+(?:['.-][a-z0-9]+)*/gi;
/** Scripts written without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

// oxlint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/;

/** Where each word of a text begins and ends (UTF-16 offsets). */
export function* wordSpans(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const plain = ASCII.test(text);
  if (!plain && UNSPACED.test(text)) {
    const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
    for (const { segment, index, isWordLike } of segmenter.segment(text)) {
      if (isWordLike === true) yield { start: index, end: index + segment.length };
    }
    return;
  }
  for (const match of text.matchAll(plain ? ASCII_WORD : WORD))
    yield { start: match.index, end: match.index + match[0].length };
}

export function countWords(text: string): number {
  let count = 0;
  for (const _ of wordSpans(text)) count++;
  return count;
}

/** A word as it is compared: lower case, without diacritics (NFKD, marks dropped), one kind of apostrophe. */
export function foldWord(word: string): string {
  // Most words: there is nothing to fold but their case.
  if (ASCII.test(word)) return word.toLowerCase();
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('’', "'")
    .toLowerCase();
}

/** The words of a text as they are compared, in order. */
export function foldedWords(text: string): string[] {
  const folded: string[] = [];
  for (const { start, end } of wordSpans(text)) folded.push(foldWord(text.slice(start, end)));
  return folded;
}

/** The first words of a text, cut between words, with an ellipsis if anything was cut. White space is as in the text. */
export function firstWords(text: string, most: number): string {
  let count = 0;
  let cut = 0;
  for (const { end } of wordSpans(text)) {
    if (count === most) return `${text.slice(0, cut).trimEnd()}…`;
    count++;
    cut = end;
  }
  return text;
}
