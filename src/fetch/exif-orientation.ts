import { bigEndian, lettersAt, littleEndian } from './image-bytes.ts';

const ORIENTATION = 0x0112;
const SHORT = 3;
/** Order, a number that is always the same, and where the directory begins. */
const HEADER_BYTES = 8;

/**
 * The orientation in the first directory of a TIFF header in either byte order (TIFF 6.0 §2; Exif 2.2 §4.6.4), which lies
 * between `from` and `to`: 1 to 8, other numbers as they stand, 0 where there is none. No byte is read twice.
 */
export function orientationIn(bytes: Uint8Array, { from, to }: { readonly from: number; readonly to: number }): number {
  if (from + HEADER_BYTES > to) return 0;
  const order = lettersAt(bytes, from, 4);
  if (order !== 'II*\u0000' && order !== 'MM\u0000*') return 0;
  const read = order.startsWith('I') ? littleEndian : bigEndian;
  const directory = from + read(bytes, from + 4, 4);
  // A directory within the header would be read twice.
  if (!(directory >= from + HEADER_BYTES && directory + 2 <= to)) return 0;
  const fields = read(bytes, directory, 2);
  for (let field = 0, at = directory + 2; field < fields && at + 12 <= to; field += 1, at += 12) {
    if (read(bytes, at, 2) !== ORIENTATION) continue;
    const isOneShort = read(bytes, at + 2, 2) === SHORT && read(bytes, at + 4, 4) === 1;
    return isOneShort ? read(bytes, at + 8, 2) : 0;
  }
  return 0;
}

/** Whether rows are shown as columns: 5 to 8 (TIFF 6.0 §8, Orientation). */
export function isOnItsSide(orientation: number | null): boolean {
  return orientation !== null && orientation >= 5 && orientation <= 8;
}
