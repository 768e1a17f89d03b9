import { avifSize } from './avif-size.ts';
import { bigEndian, lettersAt, littleEndian, type ImageSize } from './image-bytes.ts';
import { jpegSize } from './jpeg-size.ts';
import { pngSize } from './png-size.ts';

const TYPES = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
} as const satisfies Record<string, string>;

/** What JPEG can say of a side at most, and more than any page shows. */
const LONGEST_SIDE = 65_535;

/** What a picture is by its own bytes: media type, the usual ending of its name, and its size in pixels as it is shown. */
export type ImageKind = {
  readonly type: 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif';
  readonly ending: 'jpg' | 'png' | 'gif' | 'webp' | 'avif';
  readonly width: number;
  readonly height: number;
};

/**
 * What kind of picture some bytes are, by their first letters and the format's own header; no name and no media type is
 * asked. The beginning of a file will do, as long as the header is whole. Width and height are 1 to 65,535, and those of
 * the picture as browsers show it: a JPEG and a PNG are turned as Exif says, an AVIF as its `irot` says; in a WebP,
 * which Chromium does not turn either, Exif does not count.
 * Null: no picture of these kinds (SVG, HTML, BMP, TIFF, ICO and HEIC are none), or one whose size cannot be read.
 * Never throws. Apart from the first twelve bytes no byte is read twice, and pixels are not read at all.
 *
 * PNG: ISO/IEC 15948 §5.2, §11.2.2. GIF: GIF89a §17, §18. JPEG: ITU-T T.81 §B.1.1, §B.2.2; Exif 2.2 §4.6.4, §4.7.2.
 * WebP: RFC 9649 §2.5–§2.7, §3.4; RFC 6386 §9.1. AVIF: AV1 Image File Format 1.1.0 §6; ISO/IEC 14496-12 §4.2, §4.3, §8.11;
 * ISO/IEC 23008-12 §6.5.3, §6.5.10, §9.3.
 */
export function imageKindOf(bytes: Uint8Array): ImageKind | null {
  const head = lettersAt(bytes, 0, 12);
  if (head.startsWith('\u0089PNG\r\n\u001A\n')) return kindOf('png', pngSize(bytes));
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return kindOf('gif', gifSize(bytes));
  if (head.startsWith('\u00FF\u00D8\u00FF')) return kindOf('jpg', jpegSize(bytes));
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return kindOf('webp', webpSize(bytes));
  if (head.slice(4, 8) === 'ftyp') return kindOf('avif', avifSize(bytes));
  return null;
}

function kindOf(ending: keyof typeof TYPES, size: ImageSize | null): ImageKind | null {
  if (size === null || !isSide(size.width) || !isSide(size.height)) return null;
  return { type: TYPES[ending], ending, width: size.width, height: size.height };
}

function isSide(pixels: number): boolean {
  return pixels >= 1 && pixels <= LONGEST_SIDE;
}

/** The logical screen (GIF89a §18), on which the single pictures lie. */
function gifSize(bytes: Uint8Array): ImageSize {
  return { width: littleEndian(bytes, 6, 2), height: littleEndian(bytes, 8, 2) };
}

/** The first chunk tells: one plain picture, or the canvas for several (RFC 9649 §2.5–§2.7). */
function webpSize(bytes: Uint8Array): ImageSize | null {
  switch (lettersAt(bytes, 12, 4)) {
    case 'VP8 ':
      return lossyWebpSize(bytes);
    case 'VP8L':
      return losslessWebpSize(bytes);
    case 'VP8X':
      return { width: littleEndian(bytes, 24, 3) + 1, height: littleEndian(bytes, 27, 3) + 1 };
    default:
      return null;
  }
}

/** A key frame: its lowest bit is 0, a start code follows, then twice fourteen bits below two of scale (RFC 6386 §9.1). */
function lossyWebpSize(bytes: Uint8Array): ImageSize | null {
  if (bigEndian(bytes, 20, 1) % 2 !== 0 || lettersAt(bytes, 23, 3) !== '\u009D\u0001\u002A') return null;
  return { width: littleEndian(bytes, 26, 2) % 2 ** 14, height: littleEndian(bytes, 28, 2) % 2 ** 14 };
}

/** A signature; then, from the lowest bit: width and height less one, the hint of alpha, the version 0 (RFC 9649 §3.4). */
function losslessWebpSize(bytes: Uint8Array): ImageSize | null {
  const bits = littleEndian(bytes, 21, 4);
  if (bigEndian(bytes, 20, 1) !== 0x2f || bits >= 2 ** 29) return null;
  return { width: (bits % 2 ** 14) + 1, height: (Math.floor(bits / 2 ** 14) % 2 ** 14) + 1 };
}
