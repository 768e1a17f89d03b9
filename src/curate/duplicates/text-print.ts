import { mixed, readWords } from './read-words.ts';

/**
 * A document as it is compared, in whole numbers of 32 bits: a header, then seven sorted sets of digests (see `PARTS`).
 * Compact enough to keep 100,000 in memory, and stored as it stands.
 */
export type TextPrint = Uint32Array;

/** The sets of a print, in order. */
export const PARTS = ['shingles', 'lead', 'numbers', 'names', 'leadFacts', 'words', 'title'] as const;
export type Part = (typeof PARTS)[number];

/** Three words in a row: short enough that a reworded copy keeps some, long enough to be chance seldom. */
const SHINGLE_WORDS = 3;
/** One shingle in four is kept: those with the least digests, so that two texts keep the same ones. */
const SAMPLED_BELOW = 2 ** 30;
/** Of a short text more are kept, to compare it with other short ones, and of a long one fewer: those below its own bound. */
const LEAST_SHINGLES = 128;
const MOST_SHINGLES = 512;
const ALL = 2 ** 32 - 1;
/** Of the different words so many are kept. */
const MOST_WORDS = 128;
/** Of the first words every shingle is kept: much that is copied is no more than these. */
const LEAD_WORDS = 48;
const MOST_NUMBERS = 160;
const MOST_NAMES = 160;
const MOST_TITLE_WORDS = 32;
/** A part of a title that is split off must leave a title. */
const LEAST_TITLE_WORDS = 3;
/** " - The Harbour News" behind a title is the publisher's name. */
const PUBLISHER_BEHIND = /\s+[-–—|•·]\s+[^-–—|•·]{2,40}$/u;

/** The header: a version, the number of words, the bounds below which shingles and words were kept, two keys of the title, seven sizes. */
const VERSION = 1;
const HEADER = 6 + PARTS.length;
const [AT_LENGTH, AT_SHINGLE_BOUND, AT_WORD_BOUND, AT_TITLE_KEY, AT_SHORT_TITLE_KEY, AT_SIZES] = [1, 2, 3, 4, 5, 6];

/** Makes the print of a plain title and a plain text. The same text gives the same print for ever, or another version. */
export function printOf({ title, text }: { readonly title: string; readonly text: string }): TextPrint {
  const body = readWords(text);
  const sampled = leastOf(shinglesOf(body.words), { least: LEAST_SHINGLES, most: MOST_SHINGLES, below: SAMPLED_BELOW });
  const different = leastOf(body.words, { least: MOST_WORDS, most: MOST_WORDS, below: 0 });
  const titleWords = readWords(title).words;
  const shortTitle = readWords(title.replace(PUBLISHER_BEHIND, '')).words;
  const lead = body.words.slice(0, LEAD_WORDS);
  const parts: Readonly<Record<Part, Uint32Array>> = {
    shingles: sampled.digests,
    lead: sortedSet(shinglesOf(lead)),
    numbers: sortedSet([...body.numbers].slice(0, MOST_NUMBERS)),
    names: sortedSet([...body.names].slice(0, MOST_NAMES)),
    leadFacts: sortedSet(lead.filter((word) => body.numbers.has(word) || body.names.has(word))),
    words: different.digests,
    title: sortedSet((shortTitle.length >= LEAST_TITLE_WORDS ? shortTitle : titleWords).slice(0, MOST_TITLE_WORDS)),
  };
  const sets = PARTS.map((part) => parts[part]);
  const print = new Uint32Array(HEADER + sets.reduce((sum, set) => sum + set.length, 0));
  print.set([VERSION, body.words.length, sampled.bound, different.bound, titleKey(titleWords), titleKey(shortTitle)]);
  let at = HEADER;
  for (const [index, set] of sets.entries()) {
    print[AT_SIZES + index] = set.length;
    print.set(set, at);
    at += set.length;
  }
  return print;
}

/** Whether stored numbers are a print of this version, whole. */
export function isPrint(numbers: Uint32Array): boolean {
  if (numbers.length < HEADER || numbers[0] !== VERSION) return false;
  let sum = HEADER;
  for (let index = 0; index < PARTS.length; index++) sum += numbers[AT_SIZES + index]!;
  return sum === numbers.length;
}

/** One of the sorted sets of a print; a view, not a copy. */
export function partOf(print: TextPrint, part: Part): Uint32Array {
  let start = HEADER;
  const place = PARTS.indexOf(part);
  for (let before = 0; before < place; before++) start += print[AT_SIZES + before]!;
  return print.subarray(start, start + print[AT_SIZES + place]!);
}

export function sizeOf(print: TextPrint, part: Part): number {
  return print[AT_SIZES + PARTS.indexOf(part)]!;
}

export function wordsOf(print: TextPrint): number {
  return print[AT_LENGTH]!;
}

/** Shingles, or words, at and above it are not in the print, even if they are in the text. */
export function boundOf(print: TextPrint, part: 'shingles' | 'words'): number {
  return print[part === 'shingles' ? AT_SHINGLE_BOUND : AT_WORD_BOUND]!;
}

/** Keys of the whole title, and of the title without the publisher's name; 0: there is no title to speak of. */
export function titleKeysOf(print: TextPrint): readonly number[] {
  const keys = [print[AT_TITLE_KEY]!, print[AT_SHORT_TITLE_KEY]!].filter((key) => key !== 0);
  return [...new Set(keys)];
}

function titleKey(words: readonly number[]): number {
  if (words.length < LEAST_TITLE_WORDS) return 0;
  let key = 0x7171e;
  for (const word of words) key = mixed(Math.imul(key, 31) ^ word);
  return key;
}

function shinglesOf(words: readonly number[]): number[] {
  const shingles: number[] = [];
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at++) shingles.push(shingleAt(words, at));
  return shingles;
}

function shingleAt(words: readonly number[], at: number): number {
  return mixed(Math.imul(Math.imul(words[at]!, 31) + words[at + 1]!, 0x2c1b3c6d) ^ words[at + 2]!);
}

/** The digests in order, each once. */
function sortedSet(digests: readonly number[]): Uint32Array {
  const sorted = new Uint32Array(digests).sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at++)
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at]!;
  return sorted.subarray(0, kept);
}

type Sampling = { readonly least: number; readonly most: number; readonly below: number };

/** The least digests, at least and at most so many, in between those below a number; and the bound that they stay below. */
function leastOf(
  digests: readonly number[],
  { least, most, below }: Sampling,
): { readonly digests: Uint32Array; readonly bound: number } {
  const all = sortedSet(digests);
  let kept = Math.min(least, all.length);
  while (kept < most && kept < all.length && all[kept]! < below) kept++;
  return { digests: all.subarray(0, kept), bound: kept === all.length ? ALL : all[kept]! };
}
