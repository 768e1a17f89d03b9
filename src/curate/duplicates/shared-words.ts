// What two prints share of words, names and numbers.
import { setIn, slotsIn, wordBound, type SetName, type TextPrint } from './text-print.ts';

/** Few names and numbers prove little when they are missing. */
const FEW_FACTS = 3;

export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** How many of a sorted list stay below a bound. */
export function endBelow(sorted: Uint32Array | Uint16Array, bound: number): number {
  let end = sorted.length;
  while (end > 0 && sorted[end - 1]! >= bound) end--;
  return end;
}

/** How many digests two sorted sets share. */
function sharedOf(a: Uint16Array, b: Uint16Array, aEnd: number = a.length, bEnd: number = b.length): number {
  let [shared, i, j] = [0, 0, 0];
  while (i < aEnd && j < bEnd) {
    const [left, right] = [a[i]!, b[j]!];
    if (left === right) shared++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return shared;
}

/** The share of the beginnings' shingles, of the one that has fewer. */
export function leadShared(a: TextPrint, b: TextPrint): number {
  const [ours, theirs] = [setIn(a, 'lead'), setIn(b, 'lead')];
  return shareOf(sharedOf(ours, theirs), Math.min(ours.length, theirs.length));
}

/** Dice's measure over the words of the titles. */
export function titleLikeness(a: TextPrint, b: TextPrint): number {
  const [ours, theirs] = [setIn(a, 'title'), setIn(b, 'title')];
  return shareOf(2 * sharedOf(ours, theirs), ours.length + theirs.length);
}

/** The share of one side's numbers, or names, that the other lacks. */
export function missing(of: TextPrint, from: TextPrint, name: SetName): number {
  const digests = setIn(of, name);
  return digests.length === 0 ? 0 : 1 - sharedOf(digests, setIn(from, name)) / digests.length;
}

/** The share of the names and numbers in one's first words that the other lacks altogether. */
export function leadFactsMissing(of: TextPrint, from: TextPrint): number {
  const facts = setIn(of, 'leadFacts');
  const found = sharedOf(facts, setIn(from, 'numbers')) + sharedOf(facts, setIn(from, 'names'));
  return facts.length === 0 ? 0 : Math.max(0, 1 - found / facts.length);
}

/** The share of the telling words in one's first words that the other lacks altogether. */
export function leadWordsMissing(of: TextPrint, from: TextPrint): number {
  const words = setIn(of, 'leadWords');
  const end = endBelow(words, wordBound(from));
  return end === 0 ? 0 : 1 - sharedOf(words, setIn(from, 'words'), end) / end;
}

/** The share of the telling words of one's title that the other has neither in its title nor in its text. */
export function titleWordsMissing(of: TextPrint, from: TextPrint): number {
  const [theirTitle, theirWords] = [setIn(from, 'titleWords'), setIn(from, 'words')];
  const bound = wordBound(from);
  let [all, lacking] = [0, 0];
  for (const word of setIn(of, 'titleWords')) {
    if (theirTitle.includes(word)) all++;
    else if (word < bound) {
      all++;
      if (!theirWords.includes(word)) lacking++;
    }
  }
  return shareOf(lacking, all);
}

/** The share of one's names and numbers that the other lacks; few of them prove little. */
export function factsMissing(of: TextPrint, from: TextPrint): number {
  let [all, lacking] = [0, 0];
  for (const name of ['numbers', 'names'] as const) {
    const facts = setIn(of, name);
    all += facts.length;
    lacking += facts.length - sharedOf(facts, setIn(from, name));
  }
  return lacking / (all + FEW_FACTS);
}

/** The share of the shorter text's different words that the longer one has. */
export function wordsContained(shorter: TextPrint, longer: TextPrint): number {
  const bound = Math.min(wordBound(shorter), wordBound(longer));
  const [few, many] = [setIn(shorter, 'words'), setIn(longer, 'words')];
  const end = endBelow(few, bound);
  return shareOf(sharedOf(few, many, end, endBelow(many, bound)), end);
}

/** How far the numbers of two texts that both have some differ. */
export function numbersConflict(a: TextPrint, b: TextPrint): number {
  const [ours, theirs] = [setIn(a, 'numbers'), setIn(b, 'numbers')];
  const least = Math.min(ours.length, theirs.length);
  return least < FEW_FACTS ? 0 : 1 - sharedOf(ours, theirs) / least;
}

/** Behind the same words: how many numbers are the same, and how many others. A form filled in anew has many others. */
export function slotsShared(a: TextPrint, b: TextPrint): { readonly agree: number; readonly differ: number } {
  const [ours, theirs] = [slotsIn(a), slotsIn(b)];
  let [agree, differ, i, j] = [0, 0, 0, 0];
  while (i < ours.length && j < theirs.length) {
    const [left, right] = [ours[i]! >>> 16, theirs[j]! >>> 16];
    if (left === right) {
      if (ours[i] === theirs[j]) agree++;
      else differ++;
    }
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return { agree, differ };
}
