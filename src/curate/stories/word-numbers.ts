/** Gives each word a number, counted up from 0, so that what is known of words can lie in plain columns. */
export type WordNumbers = {
  /** The number of a word; -1 if it has none. */
  find(digest: number): number;
  /** The number of a word, which it gets if it has none. */
  numberOf(digest: number): number;
  /**
   * Forgets the words that are not kept. The kept ones are numbered anew from 0 in their old order, so that a column
   * may be moved in place: `moved` is told each kept word's old number and its new one, which is never higher.
   */
  keep(isKept: (word: number) => boolean, moved: (from: number, to: number) => void): void;
  size(): number;
};

const LEAST_SLOTS = 4096;
/** Beyond this share of slots in use the table grows (open addresses with linear steps). */
const FULLEST = 0.7;

export function openWordNumbers(): WordNumbers {
  /** Two numbers a slot, side by side for one look into memory: a digest, and one more than its number; 0 is empty. */
  let slots = new Int32Array(2 * LEAST_SLOTS);
  let digests = new Int32Array(LEAST_SLOTS);
  let size = 0;

  /** Where the digest stands, or would stand. */
  const slotOf = (digest: number): number => {
    const last = slots.length - 1;
    let slot = (2 * digest) & last;
    while (slots[slot + 1] !== 0 && slots[slot] !== digest) slot = (slot + 2) & last;
    return slot;
  };

  const put = (slot: number, word: number): void => {
    slots[slot] = digests[word]!;
    slots[slot + 1] = word + 1;
  };

  const fill = (length: number): void => {
    slots = new Int32Array(2 * length);
    for (let word = 0; word < size; word++) put(slotOf(digests[word]!), word);
  };

  return {
    find: (digest) => slots[slotOf(digest) + 1]! - 1,
    numberOf(digest) {
      let slot = slotOf(digest);
      if (slots[slot + 1] !== 0) return slots[slot + 1]! - 1;
      if (size + 1 > (slots.length / 2) * FULLEST) {
        fill(slots.length);
        slot = slotOf(digest);
      }
      if (size === digests.length) digests = longer(digests, size + 1);
      digests[size] = digest;
      put(slot, size);
      return size++;
    },
    keep(isKept, moved) {
      let kept = 0;
      for (let word = 0; word < size; word++) {
        if (!isKept(word)) continue;
        digests[kept] = digests[word]!;
        moved(word, kept++);
      }
      size = kept;
      let length = LEAST_SLOTS;
      while (size + 1 > length * FULLEST) length *= 2;
      fill(length);
    },
    size: () => size,
  };
}

/** Columns grow by so much at once: what is copied stays little, and so does what lies idle. */
const GROWTH = 1.5;

/** A column with room for so many and more, and with all that the old one held. */
export function longer<
  Column extends Int32Array | Uint32Array | Uint16Array | Uint8Array | Float32Array | Float64Array,
>(column: Column, least: number): Column {
  const Kind = column.constructor as new (length: number) => Column;
  const grown = new Kind(Math.max(least, Math.ceil(column.length * GROWTH)));
  grown.set(column);
  return grown;
}
