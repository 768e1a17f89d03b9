import type { ChangeKind } from '../model/article.ts';
import { foldedWords, foldWord, wordSpans } from '../support/words.ts';

// What kind of change leads from one version of a text to the next, by the difference of their words.

/** A text has one word that may be a corrected misspelling for so many; and never more than a few. */
const WORDS_FOR_A_MISSPELLING = 40;
const MOST_MISSPELLINGS = 3;
/** Shorter words are too like each other ("not" and "now"). */
const SHORTEST_MISSPELT = 4;
/** From this length on, two letters may be wrong. */
const LONG_WORD = 9;

/** Signs that are no letters, and change what a figure says. */
const FIGURE_SIGNS = /[\p{Sc}%‰°]|(?<![\p{L}\p{N}])[-−–](?=\p{N})/gu;

/**
 * The kind of change; null where there is none. Case, punctuation, markup, diacritics and where words are parted are
 * cosmetic, and so are a few words of a long text that only a misspelling told from what they are now. An extension adds
 * whole sentences and changes none; whatever else changes words is a correction.
 */
export function changeBetween(before: string, after: string): ChangeKind | null {
  if (before === after) return null;
  const [old, now] = [foldedWords(before), foldedWords(after)];
  if (signsOf(before) === signsOf(after)) {
    if (sameList(old, now) || isPartedOtherwise(old, now)) return 'cosmetic';
    if (old.length === now.length && areMisspellings(wordsOf(before), wordsOf(after))) return 'cosmetic';
  }
  return isWithin(sentencesOf(before), sentencesOf(after)) ? 'extension' : 'correction';
}

/** Whether two texts have the same words, whatever their case, punctuation and diacritics. */
export function hasSameWords(one: string, other: string): boolean {
  return sameList(foldedWords(one), foldedWords(other));
}

function sameList(old: readonly string[], now: readonly string[]): boolean {
  return old.length === now.length && old.every((word, index) => word === now[index]);
}

function signsOf(text: string): string {
  return (text.match(FIGURE_SIGNS) ?? []).map((sign) => (/[-−–]/.test(sign) ? '-' : sign)).join('');
}

/** The same letters in other words ("e-mail" and "email"), none of them a digit: "1.5" is not "15". */
function isPartedOtherwise(old: readonly string[], now: readonly string[]): boolean {
  const [rest, rests] = differing(old, now);
  const joined = (words: readonly string[]): string => words.join('').replaceAll(/[-'.]/g, '');
  return !/\p{N}/u.test(rest.join('') + rests.join('')) && joined(rest) === joined(rests);
}

/** What is left of two lists without their common beginning and end. */
function differing(old: readonly string[], now: readonly string[]): readonly [readonly string[], readonly string[]] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  return [old.slice(start, old.length - end), now.slice(start, now.length - end)];
}

function wordsOf(text: string): string[] {
  return [...wordSpans(text)].map(({ start, end }) => text.slice(start, end));
}

function areMisspellings(old: readonly string[], now: readonly string[]): boolean {
  const changed = old.flatMap((word, index) =>
    foldWord(word) === foldWord(now[index]!) ? [] : [[word, now[index]!] as const],
  );
  const most = Math.min(MOST_MISSPELLINGS, Math.floor(old.length / WORDS_FOR_A_MISSPELLING));
  return changed.length <= most && changed.every(([was, is]) => isMisspelling(was, is));
}

/**
 * Whether a word may be another, misspelt: a letter or two are wrong within it. The first and the last letter are seldom
 * wrong, and often make another word ("million" and "billion"); names and figures are never mere spelling.
 */
function isMisspelling(was: string, is: string): boolean {
  const [old, now] = [foldWord(was), foldWord(is)];
  if (Math.min(old.length, now.length) < SHORTEST_MISSPELT) return false;
  if (!/^\p{L}+$/u.test(old + now) || /\p{Lu}/u.test(was + is)) return false;
  if (old[0] !== now[0] || old.at(-1) !== now.at(-1)) return false;
  return editDistance(old, now) <= (Math.min(old.length, now.length) >= LONG_WORD ? 2 : 1);
}

/** Letters that are wrong, missing, too many or changed places with their neighbour (restricted Damerau-Levenshtein). */
function editDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return Infinity;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[other.length]!;
}

/** A text's sentences as they are compared: their words. Where abbreviations cut one, they cut it in both versions. */
function sentencesOf(text: string): string[] {
  return text
    .split(/\n|(?<=[.!?…])\s+|(?<=[。！？])/u)
    .map((sentence) => `${foldedWords(sentence).join(' ')} ${signsOf(sentence)}`)
    .filter((sentence) => sentence.trim() !== '');
}

/** Whether all are there, in their order. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const one of all) if (one === some[at]) at++;
  return at === some.length;
}
