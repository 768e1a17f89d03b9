/** Which documents hold a digest. Lists are short, and a list that is full grows no more. */
export type PostingTable = {
  /** Writes the documents of a digest into `into`, and gives their number. */
  find(digest: number, into: Int32Array): number;
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

/** Digests, and beside each its document. */
export type Entries = { readonly digests: Uint32Array; readonly documents: Uint32Array };

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
 * `words`: the upper 22 bits of the digest and the lower 10 of the document; `rests`: the rest of the document, and one; 0: empty.
 */
type Table = { words: Int32Array; rests: Uint16Array; used: number };

/** Opens an empty table. Documents are whole numbers from 0, below 67 million. */
export function openPostingTable(): PostingTable {
  const tables = Array.from({ length: TABLES }, () => emptyTable(LEAST_SLOTS));
  const listed = new Int32Array(LIST_LENGTH);
  let size = 0;

  function find(asked: number, into: Int32Array): number {
    const { words, rests } = tables[asked & OWN_BITS]!;
    const kept = asked & ~OWN_BITS;
    const slots = words.length;
    let found = 0;
    for (let slot = homeOf(kept, slots); rests[slot] !== 0; slot = next(slot, slots)) {
      const word = words[slot]!;
      if ((word & ~OWN_BITS) !== kept) continue;
      into[found++] = documentIn(word, rests[slot]!);
      if (found === into.length) break;
    }
    return found;
  }

  function add(asked: number, document: number, groups: readonly number[]): void {
    const table = tables[asked & OWN_BITS]!;
    if (table.used + 1 > table.words.length * FULLEST && !grow(table)) return;
    const { words, rests } = table;
    const kept = asked & ~OWN_BITS;
    const slots = words.length;
    let length = 0;
    let slot = homeOf(kept, slots);
    for (; rests[slot] !== 0; slot = next(slot, slots)) {
      const word = words[slot]!;
      if ((word & ~OWN_BITS) !== kept) continue;
      listed[length++] = documentIn(word, rests[slot]!);
      if (length === LIST_LENGTH) return;
    }
    const group = groups[document];
    for (let at = 0; at < length; at++) if (groups[listed[at]!] === group) return;
    words[slot] = kept | (document & OWN_BITS);
    rests[slot] = (document >>> 10) + 1;
    table.used++;
    size++;
  }

  function addAll({ digests, documents }: Entries, groups: readonly number[]): void {
    const count = digests.length;
    const starts = new Uint32Array(TABLES + 1);
    for (let at = 0; at < count; at++) starts[(digests[at]! & OWN_BITS) + 1]!++;
    for (let table = 0; table < TABLES; table++) starts[table + 1]! += starts[table]!;
    const [sortedDigests, sortedDocuments] = [new Uint32Array(count), new Uint32Array(count)];
    for (let at = 0; at < count; at++) {
      const digest = digests[at]!;
      const to = starts[digest & OWN_BITS]!++;
      sortedDigests[to] = digest;
      sortedDocuments[to] = documents[at]!;
    }
    for (let at = 0; at < count; at++) add(sortedDigests[at]!, sortedDocuments[at]!, groups);
  }

  function remove(asked: number, document: number): void {
    const table = tables[asked & OWN_BITS]!;
    const { words, rests } = table;
    const kept = asked & ~OWN_BITS;
    const slots = words.length;
    const sought = kept | (document & OWN_BITS);
    const rest = (document >>> 10) + 1;
    for (let slot = homeOf(kept, slots); rests[slot] !== 0; slot = next(slot, slots)) {
      if (words[slot] !== sought || rests[slot] !== rest) continue;
      closeGap(table, slot);
      table.used--;
      size--;
      return;
    }
  }

  return {
    find,
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
  return ((rest - 1) << 10) | (word & OWN_BITS);
}

/** The slot where a digest is looked for first: its mixed upper half as a share of all slots. */
function homeOf(kept: number, slots: number): number {
  return Math.imul(Math.imul(kept, 0x9e3779b1) >>> 16, slots) >>> 16;
}

function next(slot: number, slots: number): number {
  return slot + 1 === slots ? 0 : slot + 1;
}

function place({ words, rests }: Table, word: number, rest: number): void {
  let slot = homeOf(word & ~OWN_BITS, words.length);
  while (rests[slot] !== 0) slot = next(slot, words.length);
  words[slot] = word;
  rests[slot] = rest;
}

/** Gives a table more room; false: it has all that it may have. */
function grow(table: Table): boolean {
  const { words, rests } = table;
  if (words.length === MOST_SLOTS) return false;
  const larger = emptyTable(Math.min(MOST_SLOTS, Math.ceil(words.length * GROWTH)));
  for (let slot = 0; slot < words.length; slot++) if (rests[slot] !== 0) place(larger, words[slot]!, rests[slot]!);
  table.words = larger.words;
  table.rests = larger.rests;
  return true;
}

/** Moves back what stood behind a removed slot because of it, so that nothing marks where something was (algorithm R). */
function closeGap({ words, rests }: Table, removed: number): void {
  const slots = words.length;
  let gap = removed;
  for (let slot = next(gap, slots); rests[slot] !== 0; slot = next(slot, slots)) {
    const home = homeOf(words[slot]! & ~OWN_BITS, slots);
    const staysBehindGap = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
    if (staysBehindGap) continue;
    words[gap] = words[slot]!;
    rests[gap] = rests[slot]!;
    gap = slot;
  }
  rests[gap] = 0;
}
