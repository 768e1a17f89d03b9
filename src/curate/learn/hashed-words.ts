import { foldWord, wordSpans } from '../../support/words.ts';

/** What a topic is learnt from, and told of: plain texts. */
export type LearntText = { readonly title: string; readonly text: string };

/** A word or pair of words of a text, as it is written there, and how often it stands. */
export type HashedWord = { count: number; readonly written: string };

/** So many different words and pairs are told apart; two that fall together seldom both matter. */
export const BUCKETS = 1 << 18;
/** Words are compared by their beginnings: the rest is inflection, in many languages. */
const STEM_LETTERS = 6;
/** A text says within these what it is about. */
const MOST_WORDS = 400;
const TITLE_COUNTS = 2;

/** The words of a text, and its pairs of neighbouring words, by their hash: no dictionary has to be kept. */
export function hashedWords({ title, text }: LearntText): Map<number, HashedWord> {
  const found = new Map<number, HashedWord>();
  const count = (key: string, written: string, times: number): void => {
    const bucket = bucketOf(key);
    const known = found.get(bucket);
    if (known === undefined) found.set(bucket, { count: times, written });
    else known.count += times;
  };
  const read = (from: string, times: number): void => {
    let left = MOST_WORDS;
    let before: { readonly stem: string; readonly written: string } | null = null;
    for (const { start, end } of wordSpans(from)) {
      if (left-- === 0) return;
      const written = from.slice(start, end);
      const stem = foldWord(written).slice(0, STEM_LETTERS);
      count(stem, written, times);
      if (before !== null) count(`${before.stem} ${stem}`, `${before.written} ${written}`, times);
      before = { stem, written };
    }
  };
  read(title, TITLE_COUNTS);
  read(text, 1);
  return found;
}

/** FNV-1a, stirred once more so that the upper bits depend on every letter. */
function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) & (BUCKETS - 1);
}
