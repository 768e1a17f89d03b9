import { bigEndian, lettersAt, turned, type ImageSize } from './image-bytes.ts';

const BRANDS = new Set(['avif', 'avis']);

/** The content of a box: where it begins and ends. */
type Box = { readonly type: string; readonly from: number; readonly to: number };

/**
 * The size of the primary item (ISO/IEC 14496-12 §8.11.4) as its `ispe` has it, turned by its `irot` (ISO/IEC 23008-12
 * §6.5.3, §6.5.10); other items, such as thumbnails, tiles and masks, do not count. Null when no brand says AVIF, and when
 * the boxes up to the end of `meta` are not whole. A clean aperture (`clap`) is left aside.
 */
export function avifSize(bytes: Uint8Array): ImageSize | null {
  let isAvif = false;
  for (const box of boxesIn(bytes, 0, bytes.length)) {
    // The brands come first (ISO/IEC 14496-12 §4.3).
    if (!isAvif && !(box.type === 'ftyp' && isBranded(bytes, box))) return null;
    isAvif = true;
    if (box.type === 'meta') return primarySize(bytes, box);
  }
  return null;
}

/** One box behind the other (ISO/IEC 14496-12 §4.2), up to the first that is not whole. */
function* boxesIn(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  let at = from;
  while (at + 8 <= to) {
    const short = bigEndian(bytes, at, 4);
    const head = short === 1 ? 16 : 8;
    const size = short === 1 ? bigEndian(bytes, at + 8, 8) : short;
    const end = size === 0 ? to : at + size;
    if (!(end >= at + head && end <= to)) return;
    yield { type: lettersAt(bytes, at + 4, 4), from: at + head, to: end };
    at = end;
  }
}

/** The major brand, its version, and the compatible ones. */
function isBranded(bytes: Uint8Array, { from, to }: Box): boolean {
  if (from + 8 > to) return false;
  if (BRANDS.has(lettersAt(bytes, from, 4))) return true;
  for (let at = from + 8; at + 4 <= to; at += 4) if (BRANDS.has(lettersAt(bytes, at, 4))) return true;
  return false;
}

function primarySize(bytes: Uint8Array, meta: Box): ImageSize | null {
  let item: number | null = null;
  let properties: Box | null = null;
  const associations: Box[] = [];
  for (const box of aboutItems(bytes, meta)) {
    if (box.type === 'pitm') item ??= itemIn(bytes, box);
    else if (box.type === 'ipco') properties ??= box;
    else if (box.type === 'ipma') associations.push(box);
  }
  if (item === null || properties === null) return null;
  for (const box of associations) {
    const numbers = numbersOf(item, bytes, box);
    if (numbers !== null) return sizeAmong(bytes, properties, numbers);
  }
  return null;
}

/** The boxes in `meta`, which has a version and flags before them, and those in its `iprp` (ISO/IEC 23008-12 §9.3). */
function* aboutItems(bytes: Uint8Array, meta: Box): Generator<Box> {
  for (const box of boxesIn(bytes, meta.from + 4, meta.to)) {
    if (box.type === 'iprp') yield* boxesIn(bytes, box.from, box.to);
    else yield box;
  }
}

/** Two bytes in version 0, four in later ones. */
function itemIn(bytes: Uint8Array, { from, to }: Box): number | null {
  const count = bytes[from] === 0 ? 2 : 4;
  return from + 4 + count <= to ? bigEndian(bytes, from + 4, count) : null;
}

/**
 * The numbers of an item's properties, counted from 1, as `ipma` lists them (ISO/IEC 23008-12 §9.3.1). The version tells
 * how long an item's id is, the lowest flag how long a number, whose highest bit says that the property is essential.
 */
function numbersOf(item: number, bytes: Uint8Array, { from, to }: Box): ReadonlySet<number> | null {
  if (from + 8 > to) return null;
  const idBytes = bytes[from] === 0 ? 2 : 4;
  const numberBytes = bigEndian(bytes, from + 3, 1) % 2 === 1 ? 2 : 1;
  const items = bigEndian(bytes, from + 4, 4);
  for (let seen = 0, at = from + 8; seen < items && at + idBytes < to; seen += 1) {
    const id = bigEndian(bytes, at, idBytes);
    const list = at + idBytes + 1;
    at = list + bigEndian(bytes, list - 1, 1) * numberBytes;
    if (id !== item) continue;
    const numbers = new Set<number>();
    for (let one = list; one + numberBytes <= Math.min(at, to); one += numberBytes)
      numbers.add(bigEndian(bytes, one, numberBytes) % 2 ** (8 * numberBytes - 1));
    return numbers;
  }
  return null;
}

/** The first `ispe` among the numbered properties; turned, if an `irot` of 90 or 270 degrees is among them too. */
function sizeAmong(bytes: Uint8Array, { from, to }: Box, numbers: ReadonlySet<number>): ImageSize | null {
  let size: ImageSize | null = null;
  let isTurned = false;
  let number = 0;
  for (const box of boxesIn(bytes, from, to)) {
    number += 1;
    if (!numbers.has(number)) continue;
    if (box.type === 'ispe' && box.to - box.from >= 12)
      size ??= { width: bigEndian(bytes, box.from + 4, 4), height: bigEndian(bytes, box.from + 8, 4) };
    if (box.type === 'irot' && box.to > box.from) isTurned = bigEndian(bytes, box.from, 1) % 2 === 1;
  }
  return size !== null && isTurned ? turned(size) : size;
}
