// One part of the posting table: where its entries stand, and how they are put there and taken away.

/** A list so long is full: what stands in so many groups tells nothing apart. */
export const LIST_LENGTH = 8;
/** So many tables, by the lowest bits of the digest: each grows by itself, so that no growth takes long or much. */
export const TABLES = 1024;
/** Within a table these bits of a digest are known, so the lower bits of the document stand in their place. */
export const OWN_BITS = TABLES - 1;
export const LEAST_SLOTS = 16;
/** Homes are told apart by 16 bits, so more slots would not help. */
export const MOST_SLOTS = 65_536;
/** Beyond this share of slots in use a table grows; open addressing with linear steps is slow when it is fuller. */
export const FULLEST = 0.6;
export const GROWTH = 1.25;

/**
 * Slots of six bytes with open addressing (Knuth, volume 3, 6.4, algorithm L); those of one digest stand near each other.
 * `words`: the upper 22 bits of the digest, which are never 0 (`keptOf`), and the lower 10 of the document; 0: empty.
 * `rests`: the rest of the document. Most of what is looked for is not there, and then `words` alone are looked at.
 */
export type Table = { words: Int32Array; rests: Uint16Array; used: number };

export function emptyTable(slots: number): Table {
  return { words: new Int32Array(slots), rests: new Uint16Array(slots), used: 0 };
}

export function documentIn(word: number, rest: number): number {
  return (rest << 10) | (word & OWN_BITS);
}

/** The bits of a digest that its slot keeps. One in four million digests is taken for another. */
export function keptOf(digest: number): number {
  return digest & ~OWN_BITS || OWN_BITS + 1;
}

/** The slot where a digest is looked for first: its mixed upper half as a share of all slots. */
export function homeOf(kept: number, slots: number): number {
  return Math.imul(mixOf(kept) >>> 16, slots) >>> 16;
}

/** What homes are in order of, whatever the size of the table. */
export function mixOf(kept: number): number {
  return Math.imul(kept, 0x9e3779b1);
}

export function next(slot: number, slots: number): number {
  return slot + 1 === slots ? 0 : slot + 1;
}

/** Puts an entry into a table that has room, unless its list is full or holds one of the group. */
export function put(table: Table, asked: number, document: number, groups: ArrayLike<number>): boolean {
  const { words, rests } = table;
  const kept = keptOf(asked);
  const slots = words.length;
  const home = homeOf(kept, slots);
  let length = 0;
  let slot = home;
  for (; words[slot] !== 0; slot = next(slot, slots))
    if ((words[slot]! & ~OWN_BITS) === kept && ++length === LIST_LENGTH) return false;
  // Looked at only now: groups lie far apart in memory, and full lists are met most often.
  const group = groups[document];
  for (let at = home; length > 0; at = next(at, slots)) {
    if ((words[at]! & ~OWN_BITS) !== kept) continue;
    if (groups[documentIn(words[at]!, rests[at]!)] === group) return false;
    length--;
  }
  words[slot] = kept | (document & OWN_BITS);
  rests[slot] = document >>> 10;
  table.used++;
  return true;
}

export function place({ words, rests }: Table, word: number, rest: number): void {
  let slot = homeOf(word & ~OWN_BITS, words.length);
  while (words[slot] !== 0) slot = next(slot, words.length);
  words[slot] = word;
  rests[slot] = rest;
}

/** Gives a table room for so many slots; false: it has all that it may have. */
export function grow(table: Table, slots: number): boolean {
  const { words, rests } = table;
  if (words.length === MOST_SLOTS) return false;
  const larger = emptyTable(Math.min(MOST_SLOTS, Math.ceil(slots)));
  for (let slot = 0; slot < words.length; slot++) if (words[slot] !== 0) place(larger, words[slot]!, rests[slot]!);
  table.words = larger.words;
  table.rests = larger.rests;
  return true;
}

/** Moves back what stood behind a removed slot because of it, so that nothing marks where something was (algorithm R). */
export function closeGap({ words, rests }: Table, removed: number): void {
  const slots = words.length;
  let gap = removed;
  for (let slot = next(gap, slots); words[slot] !== 0; slot = next(slot, slots)) {
    const home = homeOf(words[slot]! & ~OWN_BITS, slots);
    const staysBehindGap = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
    if (staysBehindGap) continue;
    words[gap] = words[slot]!;
    rests[gap] = rests[slot]!;
    gap = slot;
  }
  words[gap] = 0;
}
