/** Which documents hold a digest. Lists are short, and a list that is full grows no more. */
export type PostingTable = {
  /** Writes the documents of a digest into `into`, and gives their number. */
  find(digest: number, into: Int32Array): number;
  /** Adds a document, unless the list is full or holds one of the same group (`groups` gives each document's). */
  add(digest: number, document: number, groups: readonly number[]): void;
  remove(digest: number, document: number): void;
  /** Makes room for so many entries at once, if the table is empty. */
  reserve(entries: number): void;
  readonly size: number;
};

/** A list so long is full: what stands in so many groups tells nothing apart. */
export const LIST_LENGTH = 8;
/** So many tables, by the lowest bits of the digest: each grows by itself, so that no growth takes long or much. */
const TABLES = 1024;
const LEAST_SLOTS = 16;
/** Homes are told apart by 16 bits, so more slots would not help. */
const MOST_SLOTS = 65_536;
/** Beyond this share of slots in use a table grows; open addressing with linear steps is slow when it is fuller. */
const FULLEST = 0.7;
const GROWTH = 1.5;
const EMPTY = -1;

/** Slots with open addressing (Knuth, volume 3, 6.4, algorithm L); those of one digest stand near each other. */
type Table = { digests: Int32Array; documents: Int32Array; used: number };

/** Opens an empty table. Documents are whole numbers from 0. */
export function openPostingTable(): PostingTable {
  const tables = Array.from({ length: TABLES }, () => emptyTable(LEAST_SLOTS));
  let size = 0;

  function find(asked: number, into: Int32Array): number {
    const digest = asked | 0;
    const { digests, documents } = tables[digest & (TABLES - 1)]!;
    let found = 0;
    for (let slot = homeOf(digest, digests.length); documents[slot] !== EMPTY; slot = next(slot, digests.length)) {
      if (digests[slot] !== digest) continue;
      into[found++] = documents[slot]!;
      if (found === into.length) break;
    }
    return found;
  }

  function add(asked: number, document: number, groups: readonly number[]): void {
    const digest = asked | 0;
    const table = tables[digest & (TABLES - 1)]!;
    if (table.used + 1 > table.digests.length * FULLEST && !grow(table)) return;
    const { digests, documents } = table;
    const group = groups[document];
    let length = 0;
    let slot = homeOf(digest, digests.length);
    for (; documents[slot] !== EMPTY; slot = next(slot, digests.length)) {
      if (digests[slot] !== digest) continue;
      if (++length === LIST_LENGTH || groups[documents[slot]!] === group) return;
    }
    digests[slot] = digest;
    documents[slot] = document;
    table.used++;
    size++;
  }

  function remove(asked: number, document: number): void {
    const digest = asked | 0;
    const table = tables[digest & (TABLES - 1)]!;
    const { digests, documents } = table;
    for (let slot = homeOf(digest, digests.length); documents[slot] !== EMPTY; slot = next(slot, digests.length)) {
      if (digests[slot] !== digest || documents[slot] !== document) continue;
      closeGap(table, slot);
      table.used--;
      size--;
      return;
    }
  }

  function reserve(entries: number): void {
    const slots = Math.min(MOST_SLOTS, Math.ceil(entries / TABLES / FULLEST));
    if (size === 0 && slots > LEAST_SLOTS) tables.forEach((table) => Object.assign(table, emptyTable(slots)));
  }

  return {
    find,
    add,
    remove,
    reserve,
    get size() {
      return size;
    },
  };
}

function emptyTable(slots: number): Table {
  return { digests: new Int32Array(slots), documents: new Int32Array(slots).fill(EMPTY), used: 0 };
}

/** The slot where a digest is looked for first: its mixed upper half as a share of all slots. */
function homeOf(digest: number, slots: number): number {
  return Math.imul(Math.imul(digest, 0x9e3779b1) >>> 16, slots) >>> 16;
}

function next(slot: number, slots: number): number {
  return slot + 1 === slots ? 0 : slot + 1;
}

function place({ digests, documents }: Table, digest: number, document: number): void {
  let slot = homeOf(digest, digests.length);
  while (documents[slot] !== EMPTY) slot = next(slot, digests.length);
  digests[slot] = digest;
  documents[slot] = document;
}

/** Gives a table more room; false: it has all that it may have. */
function grow(table: Table): boolean {
  const { digests, documents } = table;
  if (digests.length === MOST_SLOTS) return false;
  const larger = emptyTable(Math.min(MOST_SLOTS, Math.ceil(digests.length * GROWTH)));
  for (let slot = 0; slot < digests.length; slot++)
    if (documents[slot] !== EMPTY) place(larger, digests[slot]!, documents[slot]!);
  table.digests = larger.digests;
  table.documents = larger.documents;
  return true;
}

/** Moves back what stood behind a removed slot because of it, so that nothing marks where something was (algorithm R). */
function closeGap({ digests, documents }: Table, removed: number): void {
  const slots = digests.length;
  let gap = removed;
  for (let slot = next(gap, slots); documents[slot] !== EMPTY; slot = next(slot, slots)) {
    const home = homeOf(digests[slot]!, slots);
    const staysBehindGap = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
    if (staysBehindGap) continue;
    digests[gap] = digests[slot]!;
    documents[gap] = documents[slot]!;
    gap = slot;
  }
  documents[gap] = EMPTY;
}
