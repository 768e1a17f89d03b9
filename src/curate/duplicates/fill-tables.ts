import {
  documentIn,
  emptyTable,
  FULLEST,
  homeOf,
  keptOf,
  mixOf,
  LIST_LENGTH,
  MOST_SLOTS,
  OWN_BITS,
  place,
  type Table,
  TABLES,
} from './slot-table.ts';

/** Writes a document's digests into `into`, no more than `MOST_DIGESTS`, and gives their number; the same each time. */
export type DigestsOf = (document: number, into: Uint32Array) => number;

export const MOST_DIGESTS = 65_536 + 2;

/** Digests, each with its document behind it, in order of their tables; within one as they came. */
export type Incoming = { readonly entries: Uint32Array; readonly ends: Uint32Array };

/** A part of what comes: from one entry to before another. */
export type Part = { readonly entries: Uint32Array; readonly from: number; readonly end: number };

/** A table that is built has so much more room than it needs, or the next entry would make it grow. */
const MORE_ROOM = 17 / 16;
/** To build a table anew is worth it if this part of what it holds comes, or more. */
const LEAST_PART = 0.25;

export function byTable(documents: readonly number[], digestsOf: DigestsOf): Incoming {
  const digests = new Uint32Array(MOST_DIGESTS);
  const ends = new Uint32Array(TABLES + 1);
  for (let which = 0; which < documents.length; which++) {
    const count = digestsOf(documents[which]!, digests);
    for (let at = 0; at < count; at++) ends[(digests[at]! & OWN_BITS) + 1]!++;
  }
  for (let table = 0; table < TABLES; table++) ends[table + 1]! += ends[table]!;
  const entries = new Uint32Array(2 * ends[TABLES]!);
  for (let which = 0; which < documents.length; which++) {
    const document = documents[which]!;
    const count = digestsOf(document, digests);
    for (let at = 0; at < count; at++) {
      const to = 2 * ends[digests[at]! & OWN_BITS]!++;
      entries[to] = digests[at]!;
      entries[to + 1] = document;
    }
  }
  return { entries, ends };
}

/** Builds tables anew from what they hold and what comes. */
export type TableFiller = {
  /** False, and nothing is done, where that is not worth it, or where not all may have room. */
  fill(table: Table, part: Part): boolean;
};

/**
 * Lists are made and cut beside the table, where a digest is found at once, and then the table is written from its
 * beginning to its end.
 *
 * @param groups each document's
 */
export function openTableFiller(groups: ArrayLike<number>): TableFiller {
  /**
   * Two numbers a slot, side by side for one look into memory, with open addresses of a power of two: the kept bits of a
   * digest with the length of its list in the lower ones (0: empty), and the number of the list.
   */
  let slots = new Int32Array(0);
  let lists = 0;
  let documents = new Uint32Array(0);
  let documentGroups = new Uint32Array(0);

  const empty = (entries: number): void => {
    const bits = 33 - Math.clz32(entries + (entries >> 3));
    if (slots.length < 1 << bits) {
      slots = new Int32Array(1 << bits);
      documents = new Uint32Array(LIST_LENGTH << (bits - 1));
      documentGroups = new Uint32Array(LIST_LENGTH << (bits - 1));
    } else slots.fill(0);
    lists = 0;
  };

  /** Lists entries, unless a list is full or holds one of the same group; gives how many are listed. */
  const list = ({ entries, from, end }: Part): number => {
    const last = slots.length - 1;
    const shift = Math.clz32(last) + 1;
    let listed = 0;
    for (let at = from; at < end; at++) {
      const kept = keptOf(entries[2 * at]!);
      let slot = 2 * (mixOf(kept) >>> shift);
      while (slots[slot] !== 0 && (slots[slot]! & ~OWN_BITS) !== kept) slot = (slot + 2) & last;
      if (slots[slot] === 0) {
        slots[slot] = kept;
        slots[slot + 1] = lists++;
      }
      const length = slots[slot]! & OWN_BITS;
      if (length === LIST_LENGTH) continue;
      const document = entries[2 * at + 1]!;
      const group = groups[document]!;
      const start = slots[slot + 1]! * LIST_LENGTH;
      let which = start;
      while (which < start + length && documentGroups[which] !== group) which++;
      if (which < start + length) continue;
      documents[which] = document;
      documentGroups[which] = group;
      slots[slot]!++;
      listed++;
    }
    return listed;
  };

  /** Writes the lists in order of their homes, about: mostly each goes behind the last one, and nothing is looked for. */
  const write = (table: Table): void => {
    const { words, rests } = table;
    /** From here to `free` no slot is empty. */
    let from = 0;
    let free = 0;
    for (let slot = 0; slot < slots.length; slot += 2) {
      const length = slots[slot]! & OWN_BITS;
      if (length === 0) continue;
      const kept = slots[slot]! & ~OWN_BITS;
      const home = homeOf(kept, words.length);
      if (home > free) from = free = home;
      const start = slots[slot + 1]! * LIST_LENGTH;
      const isBehind = home >= from && free + length <= words.length;
      for (let at = start; at < start + length; at++) {
        const word = kept | (documents[at]! & OWN_BITS);
        const rest = documents[at]! >>> 10;
        if (isBehind) {
          words[free] = word;
          rests[free++] = rest;
        } else place(table, word, rest);
      }
      while (words[free] !== 0 && free < words.length) free++;
    }
  };

  return {
    fill(table, part) {
      const coming = part.end - part.from;
      const all = table.used + coming;
      if (coming === 0 || coming < table.used * LEAST_PART || all > MOST_SLOTS * FULLEST) return false;
      empty(all);
      const used = list(heldIn(table)) + list(part);
      const needed = Math.min(MOST_SLOTS, Math.ceil((used / FULLEST) * MORE_ROOM));
      const filled = emptyTable(Math.max(needed, table.words.length));
      write(filled);
      table.words = filled.words;
      table.rests = filled.rests;
      table.used = used;
      return true;
    },
  };
}

function heldIn({ words, rests, used }: Table): Part {
  const entries = new Uint32Array(2 * used);
  let end = 0;
  for (let slot = 0; slot < words.length; slot++) {
    if (words[slot] === 0) continue;
    entries[2 * end] = words[slot]! & ~OWN_BITS;
    entries[2 * end++ + 1] = documentIn(words[slot]!, rests[slot]!);
  }
  return { entries, from: 0, end };
}
