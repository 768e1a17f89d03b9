import { LONGEST, openPostingBlocks, PLACE_MASK } from './posting-blocks.ts';
import { longer, openWordNumbers } from './word-numbers.ts';
import { FULL_PROOF, FULL_WEIGHT, stepOfHeaviest, type AskedText, type WeighedText } from './word-weights.ts';

/** An earlier document and how alike it is: a cosine, 0 to 1. */
export type Near = { readonly serial: number; readonly likeness: number };

/** What is asked of the index: the least likeness, and how many documents at most. */
export type NearOptions = {
  readonly least: number;
  readonly most: number;
  /** What becomes of a likeness for other reasons, such as the time in between, or what the shared words prove. Never more than it was. */
  readonly fade?: (likeness: number, serial: number, proof: number) => number;
};

/**
 * The window's texts by their words: an inverted index whose lists are cut, so that a lookup costs the same however
 * many documents there are. Documents go by serial numbers, counted up as they come.
 */
export type WindowIndex = {
  /** The likest documents, the likest first; of equal ones the earliest first. */
  near(text: AskedText, options: NearOptions): Near[];
  /** Adds a text under the next serial number, which is returned. */
  add(text: WeighedText): number;
  /** Forgets everything before this serial number. */
  forgetBefore(serial: number): void;
  size(): number;
  /** How many postings there is room for: what memory goes by. */
  room(): number;
};

/** A posting is a place and a weight in one number of 31 bits. */
const WEIGHT_BITS = 10;
/** A place is the end of a serial number. What is forgotten is swept long before its place is taken again. */
const PLACES_MASK = (1 << 21) - 1;
const LEAST_PLACES = 1024;
/** A word whose list is cut is looked up only if it is among so many heaviest of its text: it costs most and says least. */
const COMMON_ASKED = 48;
/** Lists are cleared of what is forgotten once this share of the window has gone. */
const SWEEP_SHARE = 0.25;

/** Of a word in more documents than a block holds only the newest are listed, in a ring. */
export function openWindowIndex(): WindowIndex {
  const words = openWordNumbers();
  const blocks = openPostingBlocks();
  /** Two numbers a word: where its list's block is, and what is known of the list (`listOf`). */
  let lists = new Uint32Array(8192);
  let next = 0;
  let oldest = 0;
  let swept = 0;
  /** Two numbers a place: how much its document shares with the text asked about, and what that proves; all 0 in between. */
  let sums = new Uint32Array(2 * LEAST_PLACES);
  let touched = new Uint32Array(LEAST_PLACES);

  /** How far behind the oldest kept document a place is; at least `next - oldest` if its document is forgotten. */
  const beyondOldest = (place: number): number => (place - oldest) & PLACES_MASK;

  const post = (digest: number, posting: number): void => {
    const place = 2 * words.numberOf(digest);
    if (place >= lists.length) lists = longer(lists, place + 2);
    const known = lists[place + 1]!;
    const count = known & COUNT_MASK;
    if (count === LONGEST) {
      const { next: at, size } = listOf(known);
      blocks.arrayOf(lists[place]!)[(lists[place]! & PLACE_MASK) + at] = posting;
      lists[place + 1] = packed({ count, next: (at + 1) % LONGEST, size });
      return;
    }
    let size = known >>> 16;
    if (count === 0) lists[place] = blocks.take((size = 0));
    else if (count === 1 << size) lists[place] = moved(lists[place]!, { count, next: 0, size }, ++size);
    blocks.arrayOf(lists[place]!)[(lists[place]! & PLACE_MASK) + count] = posting;
    lists[place + 1] = packed({ count: count + 1, next: 0, size });
  };

  /** Moves a list to a block of another size, whose address it tells. */
  const moved = (from: number, { count, size }: List, newSize: number): number => {
    const to = blocks.take(newSize);
    const start = from & PLACE_MASK;
    blocks.arrayOf(to).set(blocks.arrayOf(from).subarray(start, start + count), to & PLACE_MASK);
    blocks.free(from, size);
    return to;
  };

  /** Drops what is forgotten of a word's list, and gives back the room that it no longer needs. */
  const sweepList = (place: number): void => {
    const { count, next: first, size } = listOf(lists[place + 1]!);
    const list = blocks.arrayOf(lists[place]!).subarray(lists[place]! & PLACE_MASK);
    const all = Array.from({ length: count }, (_, at) => list[(first + at) % count]!);
    const kept = all.filter((posting) => beyondOldest(posting >>> WEIGHT_BITS) < next - oldest);
    list.set(kept);
    const swept = { count: kept.length, next: 0, size: kept.length === 0 ? 0 : Math.ceil(Math.log2(kept.length)) };
    if (kept.length === 0) blocks.free(lists[place]!, size);
    else if (swept.size < size) lists[place] = moved(lists[place]!, { ...swept, size }, swept.size);
    lists[place + 1] = packed(swept);
  };

  const sweep = (): void => {
    for (let word = 0; word < words.size(); word++) sweepList(2 * word);
    words.keep(
      (word) => lists[2 * word + 1] !== 0,
      (from, to) => lists.copyWithin(2 * to, 2 * from, 2 * from + 2),
    );
    lists.fill(0, 2 * words.size());
    swept = oldest;
  };

  /** Adds up what each listed document shares with a text, and tells how many share anything (`touched`). */
  const addUp = ({ digests, weights, proofs }: AskedText): number => {
    const leastOfCommon = stepOfHeaviest(weights, COMMON_ASKED);
    let count = 0;
    for (let at = 0; at < digests.length; at++) {
      const weight = weights[at]!;
      const proof = proofs[at]!;
      const word = weight === 0 ? -1 : words.find(digests[at]!);
      if (word === -1) continue;
      const length = lists[2 * word + 1]! & COUNT_MASK;
      if (length === LONGEST && weight < leastOfCommon) continue;
      const list = blocks.arrayOf(lists[2 * word]!);
      const from = lists[2 * word]! & PLACE_MASK;
      const end = from + length;
      for (let which = from; which < end; which++) {
        const posting = list[which]!;
        const place = posting >>> WEIGHT_BITS;
        const sum = sums[2 * place]!;
        if (sum === 0) touched[count++] = place;
        sums[2 * place] = sum + weight * (posting & FULL_WEIGHT);
        sums[2 * place + 1]! += proof;
      }
    }
    return count;
  };

  return {
    near(text, { least, most, fade = (likeness) => likeness }) {
      const count = addUp(text);
      const leastSum = least * FULL_WEIGHT ** 2;
      const found: Near[] = [];
      for (let at = 0; at < count; at++) {
        const place = touched[at]!;
        const sum = sums[2 * place]!;
        const proof = sums[2 * place + 1]!;
        sums[2 * place] = 0;
        sums[2 * place + 1] = 0;
        if (sum < leastSum) continue;
        const serial = oldest + beyondOldest(place);
        if (serial >= next) continue;
        const likeness = fade(sum / FULL_WEIGHT ** 2, serial, proof / FULL_PROOF);
        if (likeness >= least) insert(found, { serial, likeness }, most);
      }
      return found;
    },
    add({ digests, weights }) {
      const serial = next++;
      if (serial >= touched.length && touched.length <= PLACES_MASK) {
        touched = new Uint32Array(Math.min(PLACES_MASK + 1, 2 * touched.length));
        sums = new Uint32Array(2 * touched.length);
      }
      const place = (serial & PLACES_MASK) << WEIGHT_BITS;
      for (let at = 0; at < digests.length; at++) {
        if (weights[at] !== 0) post(digests[at]!, place | weights[at]!);
      }
      return serial;
    },
    forgetBefore(serial) {
      oldest = Math.min(next, Math.max(oldest, serial));
      if (oldest - swept > SWEEP_SHARE * (next - oldest)) sweep();
    },
    size: () => next - oldest,
    room: () => blocks.room(),
  };
}

/** What is known of a list: how many postings it holds, where a full ring goes on, and the size of its block. */
type List = { readonly count: number; readonly next: number; readonly size: number };

const COUNT_MASK = 0xff;

function listOf(numbers: number): List {
  return { count: numbers & COUNT_MASK, next: (numbers >>> 8) & 0xff, size: numbers >>> 16 };
}

function packed({ count, next, size }: List): number {
  return count | (next << 8) | (size << 16);
}

/** Keeps the likest, in order. Few pass the last of a full list, so to put one in costs little. */
function insert(found: Near[], one: Near, most: number): void {
  if (found.length === most) {
    if (most === 0 || !isLiker(one, found[most - 1]!)) return;
    found.pop();
  }
  let at = found.length;
  while (at > 0 && isLiker(one, found[at - 1]!)) at--;
  found.splice(at, 0, one);
}

function isLiker(one: Near, other: Near): boolean {
  return one.likeness > other.likeness || (one.likeness === other.likeness && one.serial < other.serial);
}
