import { foldWord, wordSpans } from '../../support/words.ts';

/** A word of a text as it is compared: folded, without its ending. */
export type TextWord = { readonly stem: string; readonly capital: boolean };

/** Words are compared by their beginnings: the rest is inflection, in many languages. */
const STEM_LETTERS = 6;
/** A single letter says nothing in Latin script; beyond it, one may be a whole word. */
const LAST_LATIN = 0x24f;
const DIGIT = /\d/;
const JOINED = /['.-]/;

export function stemOf(folded: string): string {
  return folded.slice(0, STEM_LETTERS);
}

/** The first words of a text, in order. Parts of "U.N.-backed" count each; a lone letter does not. */
export function textWords(text: string, most: number): TextWord[] {
  const words: TextWord[] = [];
  for (const { start, end } of wordSpans(text)) {
    const first = text[start]!;
    const capital = first !== first.toLowerCase();
    const folded = foldWord(text.slice(start, end));
    for (const part of partsOf(folded)) {
      if (part.length < 2 && !(part.charCodeAt(0) > LAST_LATIN || DIGIT.test(part))) continue;
      if (words.length === most) return words;
      words.push({ stem: stemOf(part), capital });
    }
  }
  return words;
}

function partsOf(folded: string): string[] {
  // Most words have one part, and to see that is cheaper than to split them.
  if (!JOINED.test(folded)) return [folded];
  return (folded.endsWith("'s") ? folded.slice(0, -2) : folded).split(JOINED);
}
