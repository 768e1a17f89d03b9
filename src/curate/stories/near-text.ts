// What a text was near to when it came, as it is stored: for each neighbour a digest of its id and how alike it is, packed.
// Spelled out as ids it would be a quarter of all that a start reads, and each id a string that is looked up and let go.

/** Packed: this mark, then twelve bytes for each neighbour in base64. Another mark is another form, of which nothing is known. */
const PACKED = '1';
/** Before they were packed, neighbours were stored as JSON. */
const SPELLED_OUT = '[';
const BYTES_EACH = 12;
/** Odd numbers without a pattern. */
const [LOW_FACTOR, HIGH_FACTOR, LAST_FACTOR] = [0x2f6b_9d1d, 0x51c8_64b5, 0x7feb_352d];

/** Makes the stored form of a text's neighbours, the likest first. Of a likeness the window keeps 32 bits, and so does this. */
export function packNear(near: readonly { readonly id: string; readonly likeness: number }[]): string {
  const bytes = Buffer.alloc(near.length * BYTES_EACH);
  const digest = new Uint32Array(2);
  for (const [at, { id, likeness }] of near.entries()) {
    digestInto(digest, id);
    bytes.writeUInt32LE(digest[0]!, at * BYTES_EACH);
    bytes.writeUInt32LE(digest[1]!, at * BYTES_EACH + 4);
    bytes.writeFloatLE(likeness, at * BYTES_EACH + 8);
  }
  return `${PACKED}${bytes.toString('base64')}`;
}

/** Tells each neighbour of a stored text, in the order in which they were packed: the halves of its digest, and how alike it is. */
export type NearReader = (stored: string, take: (low: number, high: number, likeness: number) => void) => void;

/**
 * A start reads many, so all are unpacked into the same bytes, and no object is made for any of them.
 *
 * @param most so many neighbours of a packed text are told
 */
export function openNearReader(most: number): NearReader {
  const bytes = Buffer.from(new ArrayBuffer(most * BYTES_EACH));
  const whole = new Uint32Array(bytes.buffer);
  const broken = new Float32Array(bytes.buffer);
  const digest = new Uint32Array(2);
  return (stored, take) => {
    if (stored.startsWith(PACKED)) {
      const end = Math.floor(bytes.write(stored.slice(PACKED.length), 'base64') / BYTES_EACH) * 3;
      for (let at = 0; at < end; at += 3) take(whole[at]!, whole[at + 1]!, broken[at + 2]!);
    } else if (stored.startsWith(SPELLED_OUT)) {
      const spelledOut = JSON.parse(stored) as readonly { readonly id: string; readonly likeness: number }[];
      for (const { id, likeness } of spelledOut) {
        digestInto(digest, id);
        take(digest[0]!, digest[1]!, likeness);
      }
    }
  };
}

/** The digest of an id, in two halves of 32 bits. It is stored, so it stays as it is for ever. */
export function digestInto(digest: Uint32Array, id: string): void {
  let low = LOW_FACTOR ^ id.length;
  let high = HIGH_FACTOR ^ id.length;
  for (let at = 0; at < id.length; at++) {
    const unit = id.charCodeAt(at);
    // The shifts keep the halves from going the same way.
    low = Math.imul(low ^ unit, LOW_FACTOR);
    low ^= low >>> 15;
    high = Math.imul(high ^ unit, HIGH_FACTOR);
    high ^= high >>> 15;
  }
  low = Math.imul(low, LAST_FACTOR);
  high = Math.imul(high, LAST_FACTOR);
  digest[0] = low ^ (low >>> 13);
  digest[1] = high ^ (high >>> 13);
}
