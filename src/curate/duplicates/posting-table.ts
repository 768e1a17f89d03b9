/** Which documents hold a digest. Lists are short, and a list that is full grows no more. */
export type PostingTable = {
  /** Writes the documents of a digest into `into`, and gives their number. */
  find(digest: number, into: Int32Array): number;
  /** How many documents a digest has: told without looking at them. */
  lengthOf(digest: number): number;
  /** Adds a document, unless the list is full or holds one of the same group (`groups` gives each document's). */
  add(digest: number, document: number, groups: readonly number[]): void;
  /**
   * Adds all of a list, as if one by one: several times as fast, since it goes table by table, and one table fits into
   * the processor's cache.
   */
  addAll(entries: Entries, groups: readonly number[]): void;
  remove(digest: number, document: number): void;
  readonly size: number;
};

/** Tells all digests of a list, each with its document; the same each time it is asked. */
export type Entries = (use: (digest: number, document: number) => void) => void;

/** A list so long is full: what stands in so many groups tells nothing apart. */
export const LIST_LENGTH = 8;
/** So many tables, by the lowest bits of the digest: each grows by itself, so that no growth takes long or much. */
const TABLES = 1024;
/** Within a table these bits of a digest are known, so the lower bits of the document stand in their place. */
const OWN_BITS = TABLES - 1;
const LEAST_SLOTS = 16;
/** Homes are told apart by 16 bits, so more slots would not help. */
const MOST_SLOTS = 65_536;
/** Beyond this share of slots in use a table grows; open addressing with linear steps is slow when it is fuller. */
const FULLEST = 0.75;
const GROWTH = 1.25;

/**
 * Slots of six bytes with open addressing (Knuth, volume 3, 6.4, algorithm L); those of one digest stand near each other.
 * `words`: the upper 22 bits of the digest, which are never 0 (`keptOf`), and the lower 10 of the document; 0: empty.
 * `rests`: the rest of the document. Most of what is looked for is not there, and then `words` alone are looked at.
 */
type Table = { words: Int32Array; rests: Uint16Array; used: number };

/** Opens an empty table. Documents are whole numbers from 0, below 67 million. */
export function openPostingTable(): PostingTable {
  const tables = Array.from({ length: TABLES }, () => emptyTable(LEAST_SLOTS));
  let size = 0;

  function find(asked: number, into: Int32Array): number {
    const { words, rests } = tables[asked & OWN_BITS]!;
    const kept = keptOf(asked);
    const slots = words.length;
    let found = 0;
    for (let slot = homeOf(kept, slots); words[slot] !== 0; slot = next(slot, slots)) {
      const word = words[slot]!;
      if ((word & ~OWN_BITS) !== kept) continue;
      into[found++] = documentIn(word, rests[slot]!);
      if (found === into.length) break;
    }
    return found;
  }

  function lengthOf(asked: number): number {
    const { words } = tables[asked & OWN_BITS]!;
    const kept = keptOf(asked);
    const slots = words.length;
    let length = 0;
    for (let slot = homeOf(kept, slots); words[slot] !== 0; slot = next(slot, slots))
      if ((words[slot]! & ~OWN_BITS) === kept && ++length === LIST_LENGTH) break;
    return length;
  }

  function add(asked: number, document: number, groups: readonly number[]): void {
    const table = tables[asked & OWN_BITS]!;
    if (table.used + 1 > table.words.length * FULLEST && !grow(table, table.words.length * GROWTH)) return;
    if (put(table, asked, document, groups)) size++;
  }

  function addAll(entries: Entries, groups: readonly number[]): void {
    const ends = new Uint32Array(TABLES + 1);
    entries((digest) => ends[(digest & OWN_BITS) + 1]!++);
    for (let table = 0; table < TABLES; table++) ends[table + 1]! += ends[table]!;
    const [digests, documents] = [new Uint32Array(ends[TABLES]!), new Uint32Array(ends[TABLES]!)];
    entries((digest, document) => {
      const to = ends[digest & OWN_BITS]!++;
      digests[to] = digest;
      documents[to] = document;
    });
    let at = 0;
    for (let which = 0; which < TABLES; which++) {
      const table = tables[which]!;
      const needed = Math.ceil((table.used + ends[which]! - at) / FULLEST);
      // Room for all at once; where a table may not grow so far, each that still finds room is added.
      if (needed > table.words.length) grow(table, needed);
      for (; at < ends[which]!; at++) {
        if (table.used + 1 > table.words.length * FULLEST) continue;
        if (put(table, digests[at]!, documents[at]!, groups)) size++;
      }
    }
  }

  function remove(asked: number, document: number): void {
    const table = tables[asked & OWN_BITS]!;
    const { words, rests } = table;
    const kept = keptOf(asked);
    const slots = words.length;
    const sought = kept | (document & OWN_BITS);
    const rest = document >>> 10;
    for (let slot = homeOf(kept, slots); words[slot] !== 0; slot = next(slot, slots)) {
      if (words[slot] !== sought || rests[slot] !== rest) continue;
      closeGap(table, slot);
      table.used--;
      size--;
      return;
    }
  }

  return {
    find,
    lengthOf,
    add,
    addAll,
    remove,
    get size() {
      return size;
    },
  };
}

function emptyTable(slots: number): Table {
  return { words: new Int32Array(slots), rests: new Uint16Array(slots), used: 0 };
}

function documentIn(word: number, rest: number): number {
  return (rest << 10) | (word & OWN_BITS);
}

/** The bits of a digest that its slot keeps. One in four million digests is taken for another. */
function keptOf(digest: number): number {
  return digest & ~OWN_BITS || OWN_BITS + 1;
}

/** The slot where a digest is looked for first: its mixed upper half as a share of all slots. */
function homeOf(kept: number, slots: number): number {
  return Math.imul(Math.imul(kept, 0x9e3779b1) >>> 16, slots) >>> 16;
}

function next(slot: number, slots: number): number {
  return slot + 1 === slots ? 0 : slot + 1;
}

/** Puts an entry into a table that has room, unless its list is full or holds one of the group. */
function put(table: Table, asked: number, document: number, groups: readonly number[]): boolean {
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

function place({ words, rests }: Table, word: number, rest: number): void {
  let slot = homeOf(word & ~OWN_BITS, words.length);
  while (words[slot] !== 0) slot = next(slot, words.length);
  words[slot] = word;
  rests[slot] = rest;
}

/** Gives a table room for so many slots; false: it has all that it may have. */
function grow(table: Table, slots: number): boolean {
  const { words, rests } = table;
  if (words.length === MOST_SLOTS) return false;
  const larger = emptyTable(Math.min(MOST_SLOTS, Math.ceil(slots)));
  for (let slot = 0; slot < words.length; slot++) if (words[slot] !== 0) place(larger, words[slot]!, rests[slot]!);
  table.words = larger.words;
  table.rests = larger.rests;
  return true;
}

/** Moves back what stood behind a removed slot because of it, so that nothing marks where something was (algorithm R). */
function closeGap({ words, rests }: Table, removed: number): void {
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
