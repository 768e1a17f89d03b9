import { isOnItsSide, orientationIn } from './exif-orientation.ts';
import { bigEndian, lettersAt, turned, type ImageSize } from './image-bytes.ts';

/** Where the first chunk behind the header begins: signature, and the header with its length, name and check sum. */
const BEHIND_HEADER = 33;

/**
 * The size in the header, which comes first and is thirteen bytes long (ISO/IEC 15948 §5.6, §11.2.2); turned when an
 * `eXIf` before the pixels says that the picture lies on its side (PNG 3rd edition §11.3.4.5). Null without a header.
 */
export function pngSize(bytes: Uint8Array): ImageSize | null {
  if (bigEndian(bytes, 8, 4) !== 13 || lettersAt(bytes, 12, 4) !== 'IHDR') return null;
  const size = { width: bigEndian(bytes, 16, 4), height: bigEndian(bytes, 20, 4) };
  return isOnItsSide(orientationBeforePixels(bytes)) ? turned(size) : size;
}

/** Each chunk has its length, its name and a check sum around it. */
function orientationBeforePixels(bytes: Uint8Array): number | null {
  let at = BEHIND_HEADER;
  while (at + 8 <= bytes.length) {
    const from = at + 8;
    const to = from + bigEndian(bytes, at, 4);
    const name = lettersAt(bytes, at + 4, 4);
    if (name === 'IDAT' || to > bytes.length) return null;
    if (name === 'eXIf') return orientationIn(bytes, { from, to });
    at = to + 4;
  }
  return null;
}
