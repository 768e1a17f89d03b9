/**
 * Room for lists of whole numbers of 32 bits: blocks of 1, 2, 4 … `LONGEST` numbers. A block is known by its address; a freed
 * one is used again. The last is what keeps memory level while the window moves.
 */
export type PostingBlocks = {
  /** A block of 2^size numbers, whatever they are. */
  take(size: number): number;
  free(address: number, size: number): void;
  /** The array in which the block lies, from `address & PLACE_MASK` on. */
  arrayOf(address: number): Uint32Array;
  /** How many numbers there is room for. */
  room(): number;
};

/** A block of the largest size. */
export const LARGEST = 7;
export const LONGEST = 1 << LARGEST;
const CHUNK_BITS = 16;
/** An address is the number of an array, and a place in it. */
export const PLACE_MASK = (1 << CHUNK_BITS) - 1;

export function openPostingBlocks(): PostingBlocks {
  const chunks: Uint32Array[] = [];
  /** The first free block of each size, and in each free block the next one; one more than the address, 0 is none. */
  const free = new Uint32Array(LARGEST + 1);

  const take = (size: number): number => {
    const first = free[size]!;
    if (first !== 0) {
      free[size] = chunks[(first - 1) >>> CHUNK_BITS]![(first - 1) & PLACE_MASK]!;
      return first - 1;
    }
    if (size < LARGEST) {
      const whole = take(size + 1);
      give(whole + (1 << size), size);
      return whole;
    }
    const start = chunks.length << CHUNK_BITS;
    chunks.push(new Uint32Array(1 << CHUNK_BITS));
    // Given back from the end, so that they are taken from the beginning.
    for (let place = (1 << CHUNK_BITS) - LONGEST; place >= LONGEST; place -= LONGEST) give(start + place, LARGEST);
    return start;
  };

  const give = (address: number, size: number): void => {
    chunks[address >>> CHUNK_BITS]![address & PLACE_MASK] = free[size]!;
    free[size] = address + 1;
  };

  return {
    take,
    free: give,
    arrayOf: (address) => chunks[address >>> CHUNK_BITS]!,
    room: () => chunks.length << CHUNK_BITS,
  };
}
