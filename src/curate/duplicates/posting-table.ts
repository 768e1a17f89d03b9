import { byTable, openTableFiller, type DigestsOf } from './fill-tables.ts';
import {
  closeGap,
  documentIn,
  emptyTable,
  FULLEST,
  GROWTH,
  grow,
  homeOf,
  keptOf,
  LEAST_SLOTS,
  LIST_LENGTH,
  next,
  OWN_BITS,
  put,
  TABLES,
  type Table,
} from './slot-table.ts';

/** Which documents hold a digest. Lists are short, and a list that is full grows no more. */
export type PostingTable = {
  /** Writes the documents of a digest into `into`, and gives their number. */
  find(digest: number, into: Int32Array): number;
  /**
   * Looks at the place where each digest would stand first, and writes what is there into `into`: 0, and no document has
   * it. Each lies somewhere else in memory, and a processor waits for many places at once if none depends on another:
   * asked one by one, digests take three times as long.
   */
  peek(digests: Uint32Array, into: Int32Array): void;
  /** How many documents a digest has: told without looking at them. */
  lengthOf(digest: number): number;
  /** Adds a document, unless the list is full or holds one of the same group (`groups` gives each document's). */
  add(digest: number, document: number, groups: readonly number[]): void;
  /**
   * Adds documents with all their digests, as if one by one: several times as fast, since it goes table by table, and one
   * table fits into the processor's cache.
   */
  addAll(documents: readonly number[], digestsOf: DigestsOf, groups: readonly number[]): void;
  remove(digest: number, document: number): void;
  readonly size: number;
};

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

  function peek(digests: Uint32Array, into: Int32Array): void {
    for (let at = 0; at < digests.length; at++) {
      const { words } = tables[digests[at]! & OWN_BITS]!;
      into[at] = words[homeOf(keptOf(digests[at]!), words.length)]!;
    }
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
    if (hasRoom(table) && put(table, asked, document, groups)) size++;
  }

  function addAll(documents: readonly number[], digestsOf: DigestsOf, groups: readonly number[]): void {
    const { entries, ends } = byTable(documents, digestsOf);
    const filler = openTableFiller(groups);
    let from = 0;
    for (let which = 0; which < TABLES; which++) {
      const table = tables[which]!;
      const end = ends[which]!;
      size -= table.used;
      const isFilled = filler.fill(table, { entries, from, end });
      for (let at = isFilled ? end : from; at < end && hasRoom(table); at++)
        put(table, entries[2 * at]!, entries[2 * at + 1]!, groups);
      size += table.used;
      from = end;
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
    peek,
    lengthOf,
    add,
    addAll,
    remove,
    get size() {
      return size;
    },
  };
}

/** Whether one more finds room; the table grows if it must and may. */
function hasRoom(table: Table): boolean {
  return table.used + 1 <= table.words.length * FULLEST || grow(table, table.words.length * GROWTH);
}
