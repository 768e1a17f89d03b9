import { crc32 } from 'node:zlib';

// Pictures made byte by byte: headers that say what a test wants, mostly without a single pixel behind them.

/** Letters (ISO 8859-1), numbers below 256, or bytes. */
export type Part = string | readonly number[] | Uint8Array;

/** The parts one behind the other. */
export function bytesOf(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : [...part])),
  );
}

/** The same bytes so many times. */
export function times(count: number, bytes: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: count * bytes.length }, (_, index) => bytes[index % bytes.length]!);
}

/** A number in so many bytes, the most significant first. */
export function big(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(value / 256 ** (count - 1 - index)) % 256);
}

/** The same, the least significant first. */
export function little(value: number, count: number): number[] {
  return big(value, count).toReversed();
}

/** A chunk of a PNG, with its check sum. */
export function chunk(name: string, ...content: readonly Part[]): Uint8Array {
  const bytes = bytesOf(name, ...content);
  return bytesOf(big(bytes.length - 4, 4), bytes, big(crc32(bytes), 4));
}

/** Signature and header; then what is given. */
export function png(width: number, height: number, ...chunks: readonly Uint8Array[]): Uint8Array {
  const header = chunk('IHDR', big(width, 4), big(height, 4), [8, 6, 0, 0, 0]);
  return bytesOf('\u0089PNG\r\n\u001A\n', header, ...chunks);
}

/** Logical screen of two colours, then the end. */
export function gif(width: number, height: number, version = 'GIF89a'): Uint8Array {
  return bytesOf(version, little(width, 2), little(height, 2), [0x80, 0, 0], [0, 0, 0, 255, 255, 255], ';');
}

/** A marker segment of a JPEG: the length counts itself. */
export function segment(marker: number, ...content: readonly Part[]): Uint8Array {
  const bytes = bytesOf(...content);
  return bytesOf([0xff, marker], big(bytes.length + 2, 2), bytes);
}

/** A frame header with three components; `marker` says which process. */
export function frame(width: number, height: number, marker = 0xc0): Uint8Array {
  const components = [1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
  return segment(marker, [8], big(height, 2), big(width, 2), [3], components);
}

/** What most JPEGs begin with. */
export const JFIF = segment(0xe0, 'JFIF\u0000', [1, 1, 0], big(1, 2), big(1, 2), [0, 0]);

export const END_OF_IMAGE = [0xff, 0xd9];

export function jpeg(...segments: readonly Part[]): Uint8Array {
  return bytesOf([0xff, 0xd8], ...segments);
}

export type TiffOptions = {
  readonly order?: 'II' | 'MM';
  readonly type?: number;
  readonly count?: number;
  readonly directoryAt?: number;
};

/** A TIFF header whose directory holds a maker's name and then the orientation. */
export function tiff(orientation: number, options: TiffOptions = {}): Uint8Array {
  const { order = 'MM', type = 3, count = 1, directoryAt = 8 } = options;
  const number = order === 'MM' ? big : little;
  const field = (tag: number, type: number, count: number, value: readonly number[]): Uint8Array =>
    bytesOf(number(tag, 2), number(type, 2), number(count, 4), value);
  return bytesOf(
    order,
    number(42, 2),
    number(directoryAt, 4),
    Array.from({ length: Math.max(0, directoryAt - 8) }, () => 0),
    number(2, 2),
    field(0x010f, 2, 4, [...Buffer.from('Cam\u0000')]),
    field(0x0112, type, count, [...number(orientation, 2), 0, 0]),
    number(0, 4),
  );
}

/** An Exif segment of a JPEG. */
export function exif(orientation: number, options: TiffOptions = {}): Uint8Array {
  return segment(0xe1, 'Exif\u0000\u0000', tiff(orientation, options));
}

/** One chunk of a WebP in its RIFF. */
export function webp(chunk: string, ...content: readonly Part[]): Uint8Array {
  const bytes = bytesOf(...content);
  return bytesOf('RIFF', little(bytes.length + 12, 4), 'WEBP', chunk, little(bytes.length, 4), bytes);
}

/** A key frame of VP8; the two highest bits of each side are a scale. */
export function lossyWebp(width: number, height: number, scale = 0): Uint8Array {
  const side = (pixels: number): number[] => little(pixels + scale * 2 ** 14, 2);
  return webp('VP8 ', [0x10, 0, 0], [0x9d, 0x01, 0x2a], side(width), side(height));
}

export function losslessWebp(width: number, height: number, version = 0): Uint8Array {
  return webp('VP8L', [0x2f], little(width - 1 + (height - 1) * 2 ** 14 + 2 ** 28 + version * 2 ** 29, 4));
}

export function extendedWebp(width: number, height: number): Uint8Array {
  return webp('VP8X', [0x10, 0, 0, 0], little(width - 1, 3), little(height - 1, 3));
}

/** A box of ISO/IEC 14496-12. */
export function box(type: string, ...content: readonly Part[]): Uint8Array {
  const bytes = bytesOf(...content);
  return bytesOf(big(bytes.length + 8, 4), type, bytes);
}

/** A box with a version and flags. */
export function fullBox(
  type: string,
  [version, flags]: readonly [number, number],
  ...content: readonly Part[]
): Uint8Array {
  return box(type, [version], big(flags, 3), ...content);
}

export function brands(major: string, ...compatible: readonly string[]): Uint8Array {
  return box('ftyp', major, big(0, 4), ...compatible);
}

export function ispe(width: number, height: number): Uint8Array {
  return fullBox('ispe', [0, 0], big(width, 4), big(height, 4));
}

export function irot(quarters: number): Uint8Array {
  return box('irot', [quarters]);
}

type AvifOptions = {
  /** The boxes of `ipco`, numbered from 1. */
  readonly properties: readonly Uint8Array[];
  /** Which of them belong to which item. */
  readonly items: Readonly<Record<number, readonly number[]>>;
  readonly primary?: number;
  /** Ids of four bytes, and numbers of two. */
  readonly wide?: boolean;
  readonly ftyp?: Uint8Array;
};

/** Brands and `meta`, with all that an AVIF needs there, and some bytes of a picture that is none. */
export function avif(options: AvifOptions): Uint8Array {
  const { properties, items, primary = 1, wide = false, ftyp = brands('avif', 'mif1', 'miaf') } = options;
  const idBytes = wide ? 4 : 2;
  const ids = Object.keys(items).map(Number);
  const associations = ids.map((id) => {
    const numbers = items[id] ?? [];
    const essential = wide ? 0x8000 : 0x80;
    return bytesOf(big(id, idBytes), [numbers.length], ...numbers.map((one) => big(one + essential, wide ? 2 : 1)));
  });
  const itemInfo = (id: number): Uint8Array =>
    fullBox('infe', [wide ? 3 : 2, 0], big(id, idBytes), big(0, 2), 'av01', 'Color\u0000');
  const itemPlace = (id: number): Uint8Array =>
    bytesOf(big(id, idBytes), big(0, wide ? 4 : 2), big(1, 2), big(0, 4), big(8, 4));
  const meta = fullBox(
    'meta',
    [0, 0],
    fullBox('hdlr', [0, 0], big(0, 4), 'pict', big(0, 12), [0]),
    fullBox('pitm', [wide ? 1 : 0, 0], big(primary, idBytes)),
    fullBox('iloc', [wide ? 2 : 0, 0], [0x44, 0], big(ids.length, idBytes), ...ids.map(itemPlace)),
    fullBox('iinf', [0, 0], big(ids.length, 2), ...ids.map(itemInfo)),
    box(
      'iprp',
      box('ipco', ...properties),
      fullBox('ipma', [wide ? 1 : 0, wide ? 1 : 0], big(ids.length, 4), ...associations),
    ),
  );
  return bytesOf(ftyp, meta, box('mdat', big(0, 64)));
}
