import { mixed, NUMBER, readWords, TELLING, type ReadWords } from './read-words.ts';
import { sortSpread } from './sort-spread.ts';

/**
 * A document as it is compared, in whole numbers of 32 bits: a header (see `AT_…`), the sampled shingles, the number
 * slots, and then, two in each number, the sets of 16 bits (`SETS`) and the places of the shingles. About a kilobyte,
 * stored as it stands.
 */
export type TextPrint = Uint32Array;

/** The sorted sets of 16 bits of a print, in order. Two of 65,536 are the same by chance too seldom to matter. */
export const SETS = ['lead', 'leadWords', 'leadFacts', 'numbers', 'names', 'words', 'title', 'titleWords'] as const;
export type SetName = (typeof SETS)[number];

/** Three words in a row: short enough that a reworded copy keeps some, long enough to be chance seldom. */
const SHINGLE_WORDS = 3;
/** One shingle in four is kept: those with the least digests, so that two texts keep the same ones. */
const SAMPLED_BELOW = 2 ** 30;
/** Of a short text more are kept, to compare it with other short ones, and of a long one fewer: those below its own bound. */
const LEAST_SHINGLES = 80;
const MOST_SHINGLES = 160;
const ALL = 2 ** 32 - 1;
const ALL_WORDS = 2 ** 16;
/** Of the different words that say something so many are kept. */
const MOST_WORDS = 128;
/** Of the first words every shingle is kept: much that is copied is no more than these. */
const LEAD_WORDS = 48;
const MOST_NUMBERS = 64;
const MOST_SLOTS = 48;
const MOST_NAMES = 80;
const MOST_TITLE_WORDS = 32;
/** A part of a title that is split off must leave a title. */
const LEAST_TITLE_WORDS = 3;
/** " - The Harbour News" behind a title is the publisher's name. */
const PUBLISHER_BEHIND = /\s+[-–—|•·]\s+[^-–—|•·]{2,40}$/u;

/** "HAMBURG, Nov 20 (Agency) - " before a text is the outlet's, and its day another one in each copy. */
const DATELINE = /^\s*\p{Lu}[\p{L}\p{M}\p{N}\s.,'’/()]{1,56}?\s?[-–—]{1,2}\s+/u;

const VERSION = 2;
const [AT_VERSION, AT_LENGTH, AT_SHINGLE_BOUND, AT_WORD_BOUND, AT_TITLE_KEY, AT_SHORT_TITLE_KEY] = [0, 1, 2, 3, 4, 5];
/** Two sizes in each number: of shingles, of slots, and of the sets. */
const AT_SIZES = 6;
const SIZES = 2 + SETS.length;
const HEADER = AT_SIZES + SIZES / 2;

/** Makes the print of a plain title and a plain text. The same text gives the same print for ever, or another version. */
export function printOf({ title, text }: { readonly title: string; readonly text: string }): TextPrint {
  const body = readWords(text.replace(DATELINE, ''));
  const titled = readWords(title);
  const shortTitle = title.replace(PUBLISHER_BEHIND, '');
  const short = shortTitle === title ? titled : readWords(shortTitle);
  const shingles = shinglesOf(body.words);
  const sampled = sampleOf(shingles);
  const words = leastWords(body);
  const leadEnd = Math.min(LEAD_WORDS, body.words.length);
  const lead = body.words.slice(0, leadEnd);
  const ofTitle = short.words.length >= LEAST_TITLE_WORDS ? short : titled;
  const sets: Readonly<Record<SetName, readonly number[]>> = {
    lead: sortedSet(shingles.slice(0, Math.max(0, leadEnd - SHINGLE_WORDS + 1))),
    leadWords: sortedSet(tellingWords(body, LEAD_WORDS)),
    leadFacts: sortedSet(lead.filter((word) => body.numbers.has(word) || body.names.has(word))),
    numbers: sortedSet(firstOf(body.numbers, MOST_NUMBERS)),
    names: sortedSet(firstOf(body.names, MOST_NAMES)),
    words: words.digests,
    title: sortedSet(ofTitle.words.slice(0, MOST_TITLE_WORDS)),
    titleWords: sortedSet(tellingWords(ofTitle, MOST_TITLE_WORDS)),
  };
  const slots = numberSlots(body);
  return assembled({
    sampled,
    slots,
    sets,
    header: [VERSION, body.words.length, sampled.bound, words.bound, titleKey(titled.words), titleKey(short.words)],
  });
}

/** Plain lists, as all that is made on the way: many small typed arrays take most of the time. */
type Sampled = { readonly digests: readonly number[]; readonly places: readonly number[]; readonly bound: number };

function assembled({
  sampled,
  slots,
  sets,
  header,
}: {
  readonly sampled: Sampled;
  readonly slots: readonly number[];
  readonly sets: Readonly<Record<SetName, readonly number[]>>;
  readonly header: readonly number[];
}): TextPrint {
  const sizes = [sampled.digests.length, slots.length, ...SETS.map((name) => sets[name].length)];
  const ofSets = SETS.reduce((sum, name) => sum + sets[name].length, 0);
  const print = new Uint32Array(lengthFor(sampled.digests.length, slots.length, ofSets));
  print.set(header);
  const halves = new Uint16Array(print.buffer);
  halves.set(sizes, AT_SIZES * 2);
  print.set(sampled.digests, HEADER);
  print.set(slots, HEADER + sampled.digests.length);
  let at = 2 * (HEADER + sampled.digests.length + slots.length);
  for (const name of SETS) {
    halves.set(sets[name], at);
    at += sets[name].length;
  }
  new Uint8Array(print.buffer).set(sampled.places, at * 2);
  return print;
}

/** How many numbers of 32 bits a print of so many shingles, slots and digests of 16 bits takes. */
function lengthFor(shingles: number, slots: number, halves: number): number {
  return HEADER + shingles + slots + Math.ceil((halves * 2 + shingles) / 4);
}

/** Whether stored numbers are a print of this version, whole. */
export function isPrint(numbers: Uint32Array): boolean {
  if (numbers.length < HEADER || numbers[AT_VERSION] !== VERSION) return false;
  let halves = 0;
  for (let at = 2; at < SIZES; at++) halves += sizeAt(numbers, at);
  return lengthFor(sizeAt(numbers, 0), sizeAt(numbers, 1), halves) === numbers.length;
}

function sizeAt(print: TextPrint, at: number): number {
  const pair = print[AT_SIZES + (at >> 1)]!;
  return (at & 1) === 0 ? pair & 0xffff : pair >>> 16;
}

/** The sampled shingles, sorted; a view, not a copy. */
export function shinglesIn(print: TextPrint): Uint32Array {
  return print.subarray(HEADER, HEADER + sizeAt(print, 0));
}

export function shinglesSize(print: TextPrint): number {
  return sizeAt(print, 0);
}

/** Where in the text each of the shingles stands first: 0 at its beginning, 255 at its end. */
export function placesIn(print: TextPrint): Uint8Array {
  const shingles = sizeAt(print, 0);
  let halves = 2 * (HEADER + shingles + sizeAt(print, 1));
  for (let at = 2; at < SIZES; at++) halves += sizeAt(print, at);
  return new Uint8Array(print.buffer, print.byteOffset + halves * 2, shingles);
}

/** Where numbers stand, sorted: in the upper 16 bits the words before one, in the lower its value. */
export function slotsIn(print: TextPrint): Uint32Array {
  const start = HEADER + sizeAt(print, 0);
  return print.subarray(start, start + sizeAt(print, 1));
}

/** One of the sorted sets of the print; a view, not a copy. */
export function setIn(print: TextPrint, name: SetName): Uint16Array {
  const place = 2 + SETS.indexOf(name);
  let start = 2 * (HEADER + sizeAt(print, 0) + sizeAt(print, 1));
  for (let before = 2; before < place; before++) start += sizeAt(print, before);
  return new Uint16Array(print.buffer, print.byteOffset + start * 2, sizeAt(print, place));
}

export function wordsOf(print: TextPrint): number {
  return print[AT_LENGTH]!;
}

/** Shingles at and above it are not in the print, even if they are in the text. */
export function shingleBound(print: TextPrint): number {
  return print[AT_SHINGLE_BOUND]!;
}

/** Words at and above it are not in the print, even if they are in the text. */
export function wordBound(print: TextPrint): number {
  return print[AT_WORD_BOUND]!;
}

/** Keys of the whole title, and of the title without the publisher's name; 0: there is no title to speak of. */
export function titleKeysOf(print: TextPrint): readonly number[] {
  const [whole, short] = [print[AT_TITLE_KEY]!, print[AT_SHORT_TITLE_KEY]!];
  if (whole === 0) return short === 0 ? [] : [short];
  return short === 0 || short === whole ? [whole] : [whole, short];
}

function titleKey(words: readonly number[]): number {
  if (words.length < LEAST_TITLE_WORDS) return 0;
  let key = 0x7171e;
  for (const word of words) key = mixed(Math.imul(key, 31) ^ word);
  return key >>> 0;
}

function shinglesOf(words: readonly number[]): number[] {
  const shingles: number[] = [];
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at++) shingles.push(shingleAt(words, at));
  return shingles;
}

function shingleAt(words: readonly number[], at: number): number {
  return mixed(Math.imul(Math.imul(words[at]!, 31) + words[at + 1]!, 0x2c1b3c6d) ^ words[at + 2]!);
}

function firstOf(digests: ReadonlySet<number>, most: number): number[] {
  const first: number[] = [];
  for (const digest of digests) if (first.push(digest) === most) break;
  return first;
}

/** The upper halves of the digests in order, each once. */
function sortedSet(digests: readonly number[]): number[] {
  const sorted: number[] = [];
  for (let at = 0; at < digests.length; at++) sorted.push(digests[at]! >>> 16);
  sortSpread(sorted, ALL_WORDS);
  let kept = 0;
  for (let at = 0; at < sorted.length; at++)
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at]!;
  sorted.length = kept;
  return sorted;
}

/** Those below a number, or the least of all if they are few, with their places. */
function sampleOf(shingles: readonly number[]): Sampled {
  const sampled = leastBelow(shingles, { below: SAMPLED_BELOW, most: MOST_SHINGLES });
  if (sampled.digests.length >= LEAST_SHINGLES) return sampled;
  return leastBelow(shingles, { below: ALL, most: LEAST_SHINGLES });
}

/** The least of the digests below a number, at most so many. */
function leastBelow(
  shingles: readonly number[],
  { below, most }: { readonly below: number; readonly most: number },
): Sampled {
  const count = shingles.length;
  // A digest and, in the part behind the point, its place: so both are sorted at once.
  const values: number[] = [];
  for (let at = 0; at < count; at++) {
    const digest = shingles[at]! >>> 0;
    if (digest < below) values.push(digest + Math.floor((at * 256) / count) / 256);
  }
  sortSpread(values, below);
  const digests: number[] = [];
  const places: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const digest = Math.floor(values[at]!);
    if (digests.length > 0 && digest === digests[digests.length - 1]) continue;
    if (digests.length === most) return { digests, places, bound: digest };
    digests.push(digest);
    places.push((values[at]! - digest) * 256);
  }
  return { digests, places, bound: below };
}

function tellingWords({ words, kinds }: ReadWords, most: number): number[] {
  const telling: number[] = [];
  const end = Math.min(most, words.length);
  for (let at = 0; at < end; at++) if ((kinds[at]! & (TELLING | NUMBER)) !== 0) telling.push(words[at]!);
  return telling;
}

function leastWords(body: ReadWords): { readonly digests: readonly number[]; readonly bound: number } {
  const all = sortedSet(tellingWords(body, body.words.length));
  return { digests: all.slice(0, MOST_WORDS), bound: all[MOST_WORDS] ?? ALL_WORDS };
}

/** What stands before each number, and its value. Of the same words before several numbers each time counts by itself. */
function numberSlots({ words, kinds }: ReadWords): number[] {
  const slots: number[] = [];
  const times = new Map<number, number>();
  let [before, farther, inRow] = [0, 0, 0];
  for (let at = 0; at < words.length && slots.length < MOST_SLOTS; at++) {
    if ((kinds[at]! & NUMBER) === 0) {
      [before, farther, inRow] = [words[at]!, before, 0];
      continue;
    }
    const context = mixed(Math.imul(Math.imul(before, 31) ^ farther, 0x2c1b3c6d) + inRow++);
    const time = times.get(context) ?? 0;
    times.set(context, time + 1);
    slots.push((((mixed(context + time) >>> 16) << 16) | (words[at]! >>> 16)) >>> 0);
  }
  sortSpread(slots, ALL + 1);
  return slots;
}
