import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { imageKindOf } from '../../src/fetch/image-kind.ts';
import {
  avif,
  big,
  box,
  brands,
  bytesOf,
  chunk,
  END_OF_IMAGE,
  exif,
  extendedWebp,
  frame,
  fullBox,
  gif,
  irot,
  ispe,
  JFIF,
  jpeg,
  little,
  losslessWebp,
  lossyWebp,
  png,
  segment,
  tiff,
  times,
  webp,
  type Part,
} from './made-images.ts';

/** "png 640×480", or null; and no byte may be read twice for it. */
function told(bytes: Uint8Array): string | null {
  expectSound(bytes);
  const kind = imageKindOf(bytes);
  return kind === null ? null : `${kind.ending} ${kind.width}×${kind.height}`;
}

type Case = readonly [what: string, bytes: Uint8Array, told: string | null];

const frames = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
const simpleAvif = avif({ properties: [ispe(640, 480)], items: { 1: [1] } });
const idat = chunk('IDAT', big(0, 8));

describe('the kind of a picture', () => {
  test.each([
    [png(640, 480), { type: 'image/png', ending: 'png', width: 640, height: 480 }],
    [gif(640, 480), { type: 'image/gif', ending: 'gif', width: 640, height: 480 }],
    [jpeg(JFIF, frame(640, 480)), { type: 'image/jpeg', ending: 'jpg', width: 640, height: 480 }],
    [lossyWebp(640, 480), { type: 'image/webp', ending: 'webp', width: 640, height: 480 }],
    [simpleAvif, { type: 'image/avif', ending: 'avif', width: 640, height: 480 }],
  ])('is told with its media type and ending', (bytes, kind) => {
    expect(imageKindOf(bytes)).toEqual(kind);
  });

  test.each<Case>([
    ['a PNG of one pixel', png(1, 1), 'png 1×1'],
    ['the longest PNG', png(65_535, 1), 'png 65535×1'],
    ['a PNG that is too wide', png(65_536, 1), null],
    ['a PNG that is too high by far', png(1, 2 ** 32 - 1), null],
    ['a PNG without a width', png(0, 480), null],
    [
      'a PNG whose first chunk is no header',
      bytesOf('\u0089PNG\r\n\u001A\n', big(13, 4), 'CgBI', big(9, 4), big(9, 4)),
      null,
    ],
    [
      'a PNG whose header has a wrong length',
      bytesOf('\u0089PNG\r\n\u001A\n', big(12, 4), 'IHDR', big(9, 4), big(9, 4)),
      null,
    ],
    ['a PNG that was sent as text', bytesOf('\u0089PNG\n\u001A\n', big(13, 4), 'IHDR', big(9, 4), big(9, 4)), null],
    ['a PNG that ends behind its size', png(640, 480).subarray(0, 24), 'png 640×480'],
    ['a PNG that ends within its size', png(640, 480).subarray(0, 23), null],
    ['a PNG on its side', png(640, 480, chunk('eXIf', tiff(6)), idat), 'png 480×640'],
    [
      'a PNG on its side, said behind its colours',
      png(3, 2, chunk('PLTE', big(0, 3)), chunk('eXIf', tiff(8))),
      'png 2×3',
    ],
    ['a PNG upside down', png(640, 480, chunk('eXIf', tiff(3)), idat), 'png 640×480'],
    ['a PNG with Exif behind the pixels', png(640, 480, idat, chunk('eXIf', tiff(6))), 'png 640×480'],
    ['a PNG whose Exif is cut', png(640, 480, chunk('eXIf', tiff(6)).subarray(0, 30)), 'png 640×480'],
  ])('%s', (_, bytes, expected) => {
    expect(told(bytes)).toBe(expected);
  });

  test.each<Case>([
    ['a GIF of 1987', gif(300, 2, 'GIF87a'), 'gif 300×2'],
    ['a GIF of 1989', gif(2, 300), 'gif 2×300'],
    ['the largest GIF', gif(65_535, 65_535), 'gif 65535×65535'],
    ['a GIF of a version that never was', gif(300, 2, 'GIF88a'), null],
    ['a GIF without a screen', gif(0, 0), null],
    ['a GIF that ends behind its size', gif(300, 2).subarray(0, 10), 'gif 300×2'],
    ['a GIF that ends within its size', gif(300, 2).subarray(0, 9), null],
  ])('%s', (_, bytes, expected) => {
    expect(told(bytes)).toBe(expected);
  });
});

describe('the kind of a JPEG', () => {
  test.each(frames)('is told from frame header %i', (marker) => {
    expect(told(jpeg(JFIF, frame(640, 480, marker)))).toBe('jpg 640×480');
  });

  test.each<Case>([
    ['the largest', jpeg(frame(65_535, 65_535)), 'jpg 65535×65535'],
    ['tables, arithmetic and JPG are no frames', jpeg(...[0xc4, 0xc8, 0xcc].map((no) => frame(9, 9, no))), null],
    ['one behind its tables', jpeg(segment(0xdb, big(0, 65)), frame(9, 9, 0xc4), frame(640, 480)), 'jpg 640×480'],
    ['one whose thumbnail has a frame too', jpeg(segment(0xe1, jpeg(frame(8, 6))), frame(640, 480)), 'jpg 640×480'],
    ['fill bytes before a marker', jpeg(JFIF, [0xff, 0xff, 0xff], frame(640, 480)), 'jpg 640×480'],
    ['stray bytes between segments', jpeg(JFIF, [7, 0xff, 0, 9], frame(640, 480)), 'jpg 640×480'],
    ['markers that stand alone', jpeg([0xff, 0x01, 0xff, 0xd0, 0xff, 0xd7], frame(640, 480)), 'jpg 640×480'],
    ['a second frame', jpeg(frame(640, 480), frame(9, 9)), 'jpg 640×480'],
    ['no frame before the scan', jpeg(JFIF, segment(0xda, big(0, 10)), frame(640, 480)), null],
    ['no frame before the end', jpeg(JFIF, END_OF_IMAGE, [0, 2], frame(640, 480)), null],
    ['no frame at all', jpeg(JFIF), null],
    ['a height that only the end would tell', jpeg(frame(640, 0)), null],
    ['no width', jpeg(frame(0, 480)), null],
    ['a frame header that is too short', jpeg(segment(0xc0, [8, 1, 224, 2, 128, 0])), null],
    ['a segment shorter than its own length', jpeg([0xff, 0xe0, 0, 1], frame(640, 480)), null],
    ['a segment longer than the file', jpeg([0xff, 0xe0, 255, 255], frame(640, 480)), null],
    ['the end behind the size', jpeg(frame(640, 480)).subarray(0, 11), 'jpg 640×480'],
    ['the end within the size', jpeg(frame(640, 480)).subarray(0, 10), null],
    ['nothing but its first letters', bytesOf([0xff, 0xd8, 0xff]), null],
  ])('%s', (_, bytes, expected) => {
    expect(told(bytes)).toBe(expected);
  });

  for (const order of ['II', 'MM'] as const)
    test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x0600])(
      `is turned by orientation %i of Exif in order ${order}`,
      (value) => {
        const expected = value >= 5 && value <= 8 ? 'jpg 480×640' : 'jpg 640×480';
        expect(told(jpeg(exif(value, { order }), JFIF, frame(640, 480)))).toBe(expected);
      },
    );

  const upright = 'jpg 640×480';
  const exifOf = (...parts: readonly Part[]): Uint8Array => segment(0xe1, 'Exif\u0000\u0000', ...parts);
  // Its directory begins within its own address, which is also the number of its fields; the second is an orientation.
  const field = [little(0x0112, 2), little(3, 2), little(1, 4), little(6, 4)];
  const inHeader = bytesOf('II*\u0000', little(4, 4), big(0, 10), ...field);
  test.each<Case>([
    ['behind the frame', jpeg(frame(640, 480), exif(6)), 'jpg 480×640'],
    ['behind the scan', jpeg(frame(640, 480), segment(0xda, big(0, 10)), exif(6)), upright],
    ['twice, of which the first counts', jpeg(exif(6), exif(1), frame(640, 480)), 'jpg 480×640'],
    ['twice, the second on its side', jpeg(exif(1), exif(6), frame(640, 480)), upright],
    ['with a directory further behind', jpeg(exif(6, { directoryAt: 20 }), frame(640, 480)), 'jpg 480×640'],
    ['with a directory within its header', jpeg(exif(6, { directoryAt: 4 }), frame(640, 480)), upright],
    ['with a directory outside', jpeg(exif(6).with(17, 200), frame(640, 480)), upright],
    ['as a long number', jpeg(exif(6, { type: 4, order: 'II' }), frame(640, 480)), upright],
    ['as two numbers', jpeg(exif(6, { count: 2 }), frame(640, 480)), upright],
    ['in no order', jpeg(exif(6).with(10, 0x49), frame(640, 480)), upright],
    ['in a TIFF of another kind', jpeg(exif(6).with(13, 43), frame(640, 480)), upright],
    ['in a segment of another kind', jpeg(exif(6).with(1, 0xe2), frame(640, 480)), upright],
    [
      'in XMP, which does not count',
      jpeg(segment(0xe1, 'http://ns.adobe.com/xap/1.0/\u0000', tiff(6)), frame(640, 480)),
      upright,
    ],
    ['whose directory, within its header, would be turned', jpeg(exifOf(inHeader), frame(640, 480)), upright],
    ['whose directory begins at its last byte', jpeg(exifOf('II*\u0000', little(8, 4), [1]), frame(640, 480)), upright],
    ['cut off before its number', jpeg(exifOf(tiff(6).subarray(0, 30)), [0, 6, 0, 0], frame(640, 480)), upright],
    ['with nothing behind its name', jpeg(segment(0xe1, 'Exif\u0000\u0000'), frame(640, 480)), upright],
  ])('is turned by Exif %s', (_, bytes, expected) => {
    expect(told(bytes)).toBe(expected);
  });
});

describe('the kind of a WebP', () => {
  test.each<Case>([
    ['lossy', lossyWebp(640, 480), 'webp 640×480'],
    ['lossy, as large as can be', lossyWebp(16_383, 16_383), 'webp 16383×16383'],
    ['lossy, with a scale that browsers leave aside', lossyWebp(640, 480, 3), 'webp 640×480'],
    ['lossy, without a width', lossyWebp(0, 480), null],
    ['lossy, no key frame', webp('VP8 ', [0x11, 0, 0, 0x9d, 0x01, 0x2a, 9, 0, 9, 0]), null],
    ['lossy, without a start code', webp('VP8 ', [0x10, 0, 0, 0x9d, 0x01, 0x2b, 9, 0, 9, 0]), null],
    ['lossy, cut within its size', lossyWebp(640, 480).subarray(0, 29), null],
    ['lossless', losslessWebp(640, 480), 'webp 640×480'],
    ['lossless, one pixel', losslessWebp(1, 1), 'webp 1×1'],
    ['lossless, as large as can be', losslessWebp(16_384, 16_384), 'webp 16384×16384'],
    ['lossless, of a later version', losslessWebp(640, 480, 1), null],
    ['lossless, without its signature', webp('VP8L', [0x2e, 0, 0, 0, 0]), null],
    ['lossless, cut within its size', losslessWebp(640, 480).subarray(0, 24), null],
    ['extended', extendedWebp(640, 480), 'webp 640×480'],
    ['extended, as wide as we take', extendedWebp(65_535, 1), 'webp 65535×1'],
    ['extended, too wide', extendedWebp(65_536, 1), null],
    ['extended, cut behind its size', bytesOf(extendedWebp(7, 5), [0]).subarray(0, 30), 'webp 7×5'],
    ['extended, cut within its size', extendedWebp(7, 5).subarray(0, 29), null],
    ['with another first chunk', webp('ALPH', big(0, 20)), null],
    ['a sound in the same wrapping', bytesOf('RIFF', big(0, 4), 'WAVEVP8X', big(0, 20)), null],
  ])('%s', (_, bytes, expected) => {
    expect(told(bytes)).toBe(expected);
  });
});

describe('the kind of an AVIF', () => {
  const ordinary = { properties: [ispe(640, 480)], items: { 1: [1] } };
  const branded = (...names: [string, ...string[]]): Uint8Array => avif({ ...ordinary, ftyp: brands(...names) });
  const meta = simpleAvif.subarray(brands('avif', 'mif1', 'miaf').length);
  const described = (...boxes: Uint8Array[]): Uint8Array => bytesOf(brands('avif'), fullBox('meta', [0, 0], ...boxes));
  const primary = (id: number): Uint8Array => fullBox('pitm', [0, 0], big(id, 2));
  const listed = (id: number, rest: number[]): Uint8Array => fullBox('ipma', [0, 0], big(3, 4), big(id, 2), rest);
  const oneProperty = (...lists: Uint8Array[]): Uint8Array => box('iprp', box('ipco', ispe(640, 480)), ...lists);
  const long = (box: Uint8Array): Uint8Array =>
    bytesOf(big(1, 4), box.subarray(4, 8), big(box.length + 8, 8), box.subarray(8));
  const ownMeta = meta.subarray(0, -72);

  test.each<Case>([
    ['turned by a quarter', avif({ properties: [ispe(640, 480), irot(1)], items: { 1: [1, 2] } }), 'avif 480×640'],
    ['turned by half', avif({ properties: [ispe(640, 480), irot(2)], items: { 1: [1, 2] } }), 'avif 640×480'],
    ['turned by three quarters', avif({ properties: [irot(3), ispe(640, 480)], items: { 1: [2, 1] } }), 'avif 480×640'],
    ['a turn of another item', avif({ properties: [ispe(3, 2), irot(1)], items: { 1: [1], 2: [1, 2] } }), 'avif 3×2'],
    [
      'with a larger item beside the primary one',
      avif({ properties: [ispe(4000, 3000), ispe(640, 480)], items: { 1: [1], 2: [2] }, primary: 2 }),
      'avif 640×480',
    ],
    [
      'with long ids and numbers',
      avif({ ...ordinary, items: { 1: [], 70_000: [1] }, primary: 70_000, wide: true }),
      'avif 640×480',
    ],
    ['with a primary item that has no properties', avif({ ...ordinary, primary: 2 }), null],
    ['with a property that is not there', avif({ ...ordinary, items: { 1: [2] } }), null],
    ['with a size that is too short', avif({ ...ordinary, properties: [fullBox('ispe', [0, 0], big(640, 4))] }), null],
    ['with an empty turn', avif({ properties: [box('irot'), ispe(3, 2)], items: { 1: [1, 2] } }), 'avif 3×2'],
    ['with two sizes', avif({ properties: [ispe(3, 2), ispe(9, 9)], items: { 1: [2, 1] } }), 'avif 3×2'],
    [
      'whose meta is cut off behind all that we ask for',
      described(primary(1), oneProperty(listed(1, [1, 1])), box('free', big(0, 9))).subarray(0, -1),
      null,
    ],
    ['with two primary items', described(primary(1), primary(2), oneProperty(listed(1, [1, 1]))), 'avif 640×480'],
    ['with fewer items than are counted', described(primary(1), oneProperty(listed(9, [0]), listed(2, []))), null],
    [
      'with fewer numbers than are counted',
      described(primary(1), oneProperty(listed(1, [9, 1]), listed(2, [0]))),
      'avif 640×480',
    ],
    [
      'with properties of the primary item in the second list',
      described(oneProperty(listed(2, [1, 1]), listed(1, [1, 1])), primary(1)),
      'avif 640×480',
    ],
    ['too wide', avif({ ...ordinary, properties: [ispe(65_536, 480)] }), null],
    ['without a height', avif({ ...ordinary, properties: [ispe(640, 0)] }), null],
    ['a sequence', branded('avis', 'msf1'), 'avif 640×480'],
    ['of another brand that is compatible', branded('mif1', 'miaf', 'avif'), 'avif 640×480'],
    ['with a compatible sequence', branded('msf1', 'avis'), 'avif 640×480'],
    ['HEIC', branded('heic', 'mif1', 'heic'), null],
    ['a film', branded('isom', 'mp41'), null],
    ['a film whose version looks like a brand', bytesOf(box('ftyp', 'isomavif', 'mp41'), meta), null],
    ['all in long boxes', bytesOf(long(brands('mif1', 'avif')), long(ownMeta)), 'avif 640×480'],
    ['a film in long boxes whose version looks like a brand', bytesOf(long(box('ftyp', 'isomavif')), meta), null],
    ['with a box of four bytes before meta', bytesOf(brands('avif'), big(4, 4), meta), null],
    ['brands that are no brands', bytesOf(box('ftyp', 'avi'), meta), null],
    ['with boxes before meta', bytesOf(brands('avif'), box('free', big(0, 9)), meta), 'avif 640×480'],
    ['with a box before meta that is smaller than itself', bytesOf(brands('avif'), big(7, 4), 'free', meta), null],
    ['with a box before meta that goes to the end', bytesOf(brands('avif'), big(0, 4), 'free', meta), null],
    ['with a meta that goes to the end', bytesOf(brands('avif'), meta.with(3, 0).with(2, 0)), 'avif 640×480'],
    ['with nothing but brands', brands('avif'), null],
    ['with an empty meta', bytesOf(brands('avif'), box('meta')), null],
    [
      'without a primary item',
      bytesOf(brands('avif'), fullBox('meta', [0, 0], box('iprp', box('ipco', ispe(3, 2))))),
      null,
    ],
    ['whose picture is cut off', simpleAvif.subarray(0, -60), 'avif 640×480'],
    ['whose picture is not there', simpleAvif.subarray(0, -72), 'avif 640×480'],
    ['whose meta is cut off', simpleAvif.subarray(0, -73), null],
  ])('%s', (_, bytes, expected) => {
    expect(told(bytes)).toBe(expected);
  });
});

describe('no picture that we know', () => {
  test.each<readonly [string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['one byte', bytesOf([0x89])],
    ['zeros', new Uint8Array(100)],
    ['SVG', bytesOf('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"/>')],
    ['HTML', bytesOf('<!doctype html><img width=640 height=480>')],
    ['HTML with the letters of a picture in it', bytesOf('<!doctype html>\u0089PNG\r\n\u001A\n', png(640, 480))],
    ['BMP', bytesOf('BM', big(0, 12), [40, 0, 0, 0, 128, 2, 0, 0, 224, 1, 0, 0])],
    ['TIFF', tiff(1)],
    ['TIFF in the other order', tiff(1, { order: 'II' })],
    ['ICO', bytesOf([0, 0, 1, 0, 1, 0, 16, 16], big(0, 40))],
    ['ICO with a PNG in it', bytesOf([0, 0, 1, 0, 1, 0, 16, 16], big(0, 14), png(16, 16))],
    ['JPEG 2000', bytesOf(big(12, 4), 'jP  ', [13, 10, 0x87, 10], brands('jp2 '))],
    ['a picture behind a byte order mark', bytesOf([0xef, 0xbb, 0xbf], png(640, 480))],
  ])('is %s', (_, bytes) => {
    expect(imageKindOf(bytes)).toBeNull();
  });
});

/** Whole pictures of every kind, to be spoilt. */
const whole: readonly Uint8Array[] = [
  png(640, 480, chunk('tEXt', 'Title\u0000River'), chunk('eXIf', tiff(6)), idat),
  gif(640, 480),
  jpeg(JFIF, exif(6), exif(3, { order: 'II' }), segment(0xdb, big(0, 65)), frame(640, 480), segment(0xda, big(0, 10))),
  lossyWebp(640, 480),
  losslessWebp(640, 480),
  extendedWebp(640, 480),
  avif({ properties: [ispe(640, 480), irot(1), ispe(80, 60)], items: { 1: [1, 2], 2: [3] } }),
  avif({ properties: [ispe(640, 480), irot(3)], items: { 7: [1, 2] }, primary: 7, wide: true }),
];

/** What is told, and how often each byte was looked at. Bytes in disguise: only their numbers and their length can be read. */
function watched(bytes: Uint8Array): { readonly told: ReturnType<typeof imageKindOf>; readonly looks: Uint32Array } {
  const looks = new Uint32Array(bytes.length);
  let outside = 0;
  const disguised = new Proxy(bytes, {
    get(target, name) {
      if (name === 'length') return target.length;
      const index = Number(name);
      if (!Number.isInteger(index)) throw new TypeError(`asked for ${String(name)}`);
      if (index < target.length) looks[index]! += 1;
      else if ((outside += 1) > 64) throw new RangeError('looked too often behind the end');
      return target[index];
    },
  });
  return { told: imageKindOf(disguised), looks };
}

/** Null or sizes within bounds, and no byte behind the first twelve read twice. */
function expectSound(bytes: Uint8Array): void {
  const { told, looks } = watched(bytes);
  expect(looks.subarray(12).findIndex((count) => count > 1)).toBe(-1);
  expect(looks.subarray(0, 12).every((count) => count <= 4)).toBe(true);
  if (told === null) return;
  for (const side of [told.width, told.height])
    expect(Number.isInteger(side) && side >= 1 && side <= 65_535).toBe(true);
  expect(told.type).toBe(`image/${told.ending === 'jpg' ? 'jpeg' : told.ending}`);
}

describe('whatever the bytes', () => {
  const beginnings = [...whole.map((bytes) => bytes.subarray(0, 12)), brands('avif'), bytesOf([0xff, 0xd8, 0xff])];
  const spoilt = fc
    .tuple(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat(400), fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff), fc.nat(255))), {
        maxLength: 4,
      }),
      fc.nat(400),
    )
    .map(([bytes, changes, kept]) => {
      const copy = bytes.slice(0, kept < 100 ? kept : bytes.length);
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy;
    });

  test('any bytes are null or a picture within bounds', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectSound));
  });

  test('any bytes behind the beginning of a picture are, too', () => {
    const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(bytes, ([head, rest]) => expectSound(bytesOf(head, rest))),
      { numRuns: 300 },
    );
  });

  test('pictures with some bytes changed or cut off are, too', () => {
    fc.assert(fc.property(spoilt, expectSound), { numRuns: 1000 });
  });

  test('every beginning of a picture is null or tells what the whole tells, but for a turn that is not there yet', () => {
    for (const bytes of whole) {
      const { width, height } = imageKindOf(bytes)!;
      for (let kept = 0; kept <= bytes.length; kept += 1) {
        expectSound(bytes.subarray(0, kept));
        const kind = imageKindOf(bytes.subarray(0, kept));
        if (kind !== null)
          expect([`${width}×${height}`, `${height}×${width}`]).toContain(`${kind.width}×${kind.height}`);
      }
    }
  });

  const noneOfPrimary = fullBox('ipma', [0, 0], big(1, 4), big(2, 2), [1, 1]);
  const manyLists = box('iprp', box('ipco', ispe(640, 480)), times(2500, noneOfPrimary));

  test.each<readonly [string, Uint8Array]>([
    ['stray bytes in a JPEG', jpeg(JFIF, new Uint8Array(40_000).fill(0xff))],
    ['empty segments in a JPEG', jpeg(times(10_000, segment(0xe0)))],
    ['Exif in a JPEG, as often as it fits', jpeg(times(700, exif(1)))],
    ['empty chunks in a PNG', png(3, 2, times(4000, chunk('teXt')))],
    ['brands in an AVIF', brands('mif1', 'miaf'.repeat(10_000))],
    ['empty boxes in an AVIF', bytesOf(brands('avif'), times(5000, box('free')))],
    [
      'numbers in an AVIF',
      bytesOf(brands('avif'), fullBox('meta', [0, 0], fullBox('pitm', [0, 0], [0, 1]), manyLists)),
    ],
  ])('no byte is read twice among many %s', (_, bytes) => {
    expect(bytes.length).toBeGreaterThan(30_000);
    expectSound(bytes);
  });
});
