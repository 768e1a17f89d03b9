import { isOnItsSide, orientationIn } from './exif-orientation.ts';
import { bigEndian, lettersAt, turned, type ImageSize } from './image-bytes.ts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;
/** Before the TIFF header of an Exif segment: the length, five letters, and one byte more that is mostly zero. */
const EXIF_HEAD = 8;
/** Among SOF0–SOF15 by their number, but no frames: DHT, JPG and DAC (ITU-T T.81 table B.1). */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);
/** A frame header with one component (ITU-T T.81 §B.2.2). */
const SHORTEST_FRAME_HEADER = 11;

/** A marker segment: where its length stands, which counts itself, and where it ends. */
type Segment = { readonly marker: number; readonly from: number; readonly to: number };

/**
 * The size in the frame header (ITU-T T.81 §B.2.2), turned when the first Exif segment says that the picture lies on its
 * side; that may stand behind the frame header as well as before it. Null without a frame header.
 */
export function jpegSize(bytes: Uint8Array): ImageSize | null {
  let size: ImageSize | null = null;
  let orientation: number | null = null;
  for (const segment of segmentsOf(bytes)) {
    if (size === null && isFrame(segment)) size = sizeIn(bytes, segment);
    if (orientation === null && isExif(bytes, segment))
      orientation = orientationIn(bytes, { from: segment.from + EXIF_HEAD, to: segment.to });
  }
  return size !== null && isOnItsSide(orientation) ? turned(size) : size;
}

/** The segments before the first scan. Bytes between two of them are passed over, as decoders do; FF is one too (§B.1.1.2). */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  let previous = 0;
  let at = 2;
  while (at < bytes.length) {
    const marker = bytes[at] ?? 0;
    const isMarker = previous === 0xff && marker !== 0xff && !standsAlone(marker);
    previous = marker;
    at += 1;
    if (!isMarker) continue;
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return;
    const length = bigEndian(bytes, at, 2);
    if (!(length >= 2)) return;
    yield { marker, from: at, to: at + length };
    at += length;
  }
}

/** Without a length behind it: TEM, RST0–RST7 and SOI (§B.1.1.3); 0 is no marker at all, but a stuffed byte. */
function standsAlone(marker: number): boolean {
  return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function isFrame({ marker }: Segment): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);
}

/** Length, precision, height, width. A height of 0, which only the end of the scan would tell (§B.2.5), stays 0. */
function sizeIn(bytes: Uint8Array, { from, to }: Segment): ImageSize | null {
  if (to - from < SHORTEST_FRAME_HEADER) return null;
  return { height: bigEndian(bytes, from + 3, 2), width: bigEndian(bytes, from + 5, 2) };
}

/** Exif 2.2 §4.7.2. */
function isExif(bytes: Uint8Array, { marker, from, to }: Segment): boolean {
  return marker === APP1 && to - from >= EXIF_HEAD && lettersAt(bytes, from + 2, 5) === 'Exif\u0000';
}
