import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { imageKindOf } from '../../src/fetch/image-kind.ts';
import {
  avif,
  big,
  box,
  bytesOf,
  chunk,
  exif,
  fullBox,
  gif,
  irot,
  ispe,
  little,
  tiff,
  webp,
} from '../fetch/made-images.ts';
import { findChromium, openChromium } from '../support/chromium.ts';
import { encodedCanvas, naturalSize } from './in-image.ts';

// What we say of a picture's size, and what a browser says, of pictures that it encoded itself and of those we made.

/** A browser is a slow reader where others use the machine too. */
jest.setTimeout(120_000);

const found = findChromium();

const SIZES = [
  [1, 1],
  [2, 3],
  [17, 1023],
  [640, 480],
  [4097, 5],
  [9, 16_000],
] as const;

(found === null ? describe.skip : describe)('the size of a picture in a browser', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await openChromium(found!);
    page = await browser.newPage();
  });
  afterAll(async () => browser?.close());

  async function encoded(width: number, height: number, type: string, quality = 0.8): Promise<Uint8Array> {
    const url = await page.evaluate(encodedCanvas, { width, height, type, quality });
    expect(url.slice(0, url.indexOf(';'))).toBe(`data:${type}`);
    return Uint8Array.from(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  }

  /** What we say and what the browser shows; "none" where one of them knows no picture. */
  async function bothSay(bytes: Uint8Array): Promise<{ readonly ours: string; readonly shown: string }> {
    const kind = imageKindOf(bytes);
    const type = kind?.type ?? 'image/png';
    const shown = await page.evaluate(naturalSize, `data:${type};base64,${Buffer.from(bytes).toString('base64')}`);
    return { ours: kind === null ? 'none' : `${kind.width}×${kind.height}`, shown };
  }

  async function expectBoth(bytes: Uint8Array, size: string): Promise<void> {
    expect(await bothSay(bytes)).toEqual({ ours: size, shown: size });
  }

  for (const type of ['image/png', 'image/jpeg', 'image/webp'])
    for (const [width, height] of SIZES)
      test(`is ours for ${type} of ${width} by ${height}`, async () => {
        const bytes = await encoded(width, height, type);
        expect(imageKindOf(bytes)?.type).toBe(type);
        await expectBoth(bytes, `${width}×${height}`);
      });

  test.each([
    ['VP8 ', 0.5],
    ['VP8L', 1],
  ])('is ours for a WebP that has nothing but %j', async (name, quality) => {
    const bytes = await encoded(321, 123, 'image/webp', quality);
    const at = Buffer.from(bytes).indexOf(name, 12, 'latin1');
    const length = Buffer.from(bytes).readUInt32LE(at + 4);
    await expectBoth(webp(name, bytes.subarray(at + 8, at + 8 + length)), '321×123');
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('is turned by Exif of orientation %i', async (orientation) => {
    const size = orientation >= 5 && orientation <= 8 ? '40×60' : '60×40';
    const photo = await encoded(60, 40, 'image/jpeg');
    for (const order of ['II', 'MM'] as const) await expectBoth(inserted(photo, 2, exif(orientation, { order })), size);
    const drawing = await encoded(60, 40, 'image/png');
    await expectBoth(inserted(drawing, 33, chunk('eXIf', tiff(orientation))), size);
  });

  test('is turned by the first Exif alone, and only by one that is in order', async () => {
    const photo = await encoded(60, 40, 'image/jpeg');
    const behindFrame = behindFrameOf(photo);
    const turned = [
      inserted(photo, 2, exif(6), exif(1)),
      inserted(photo, behindFrame, exif(6)),
      inserted(photo, behindFrame, bytesOf([1, 2, 0xff, 0, 0xff, 0xff]), exif(6)),
      inserted(photo, 2, exif(6, { directoryAt: 20 })),
    ];
    const upright = [
      inserted(photo, 2, exif(1), exif(6)),
      inserted(photo, 2, exif(6, { type: 4, order: 'II' })),
      inserted(photo, 2, exif(6, { count: 2 })),
      inserted(photo, 2, exif(6, { directoryAt: 4 })),
    ];
    for (const bytes of turned) await expectBoth(bytes, '40×60');
    for (const bytes of upright) await expectBoth(bytes, '60×40');
  });

  test('of a WebP is not turned by Exif', async () => {
    const bytes = await encoded(60, 40, 'image/webp', 1);
    const at = Buffer.from(bytes).indexOf('VP8L', 12, 'latin1');
    const canvas = bytesOf([0x08, 0, 0, 0], little(59, 3), little(39, 3));
    const metadata = tiff(6);
    const behind = bytesOf(bytes.subarray(at), 'EXIF', little(metadata.length, 4), metadata);
    const extended = webp('VP8X', canvas, behind);
    extended.set(little(canvas.length, 4), 16);
    await expectBoth(extended, '60×40');
  });

  test('is ours for a GIF', () => expectBoth(gif(300, 200), '300×200'));

  const configuration = box('av1C', [0x81, 0x00, 0x0c, 0x00]);
  const channels = fullBox('pixi', [0, 0], [3, 8, 8, 8]);
  const needed = [configuration, channels];

  test.each([0, 1, 2, 3])('is ours for an AVIF turned by %i quarters', async (quarters) => {
    const properties = [...needed, ispe(300, 200), irot(quarters)];
    await expectBoth(avif({ properties, items: { 1: [1, 2, 3, 4] } }), quarters % 2 === 1 ? '200×300' : '300×200');
  });

  test('is ours for an AVIF with long ids, and with a larger item beside the primary one', async () => {
    const properties = [...needed, ispe(300, 200), ispe(900, 600)];
    const items = { 1: [1, 2, 4], 2: [1, 2, 3] };
    await expectBoth(avif({ properties, items, primary: 2 }), '300×200');
    await expectBoth(avif({ properties, items, primary: 2, wide: true }), '300×200');
    await expectBoth(avif({ properties, items, primary: 1 }), '900×600');
  });

  test('is neither ours nor shown where the size is 0', async () => {
    const properties = [...needed, ispe(0, 200)];
    for (const bytes of [gif(0, 0), avif({ properties, items: { 1: [1, 2, 3] } })])
      expect(await bothSay(bytes)).toEqual({ ours: 'none', shown: 'none' });
  });
});

function inserted(bytes: Uint8Array, at: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return bytesOf(bytes.subarray(0, at), ...parts, bytes.subarray(at));
}

/** Where the segment behind the frame header of a baseline JPEG begins. */
function behindFrameOf(photo: Uint8Array): number {
  const from = Buffer.from(photo).indexOf(Buffer.from([0xff, 0xc0, ...big(17, 2)]));
  expect(from).toBeGreaterThan(0);
  return from + 19;
}
