import { describe, expect, test } from '@jest/globals';
import { decodePage } from '../../src/extract/page/decode-page.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a page that is cut in the middle of a character', () => {
  const told = 'Die Fähre fährt über den Fluß';

  test.each([
    ['of two bytes', 'é', 1],
    ['of three bytes, after one', '港', 1],
    ['of three bytes, after two', '港', 2],
    ['of four bytes, after one', '🌉', 1],
    ['of four bytes, after three', '🌉', 3],
  ])('(%s) is read up to there', (_which, character, bytes) => {
    const body = utf8(`${told}${character}`).subarray(0, utf8(told).length + bytes);
    expect(decodePage(body, null)).toBe(told);
    expect(decodePage(body, 'text/html; charset=utf-8')).toBe(told);
    // What it says of itself is no truer for the cut.
    expect(decodePage(body, 'text/html; charset=iso-8859-1')).toBe(told);
  });

  test('is no other page for a whole character at its end', () => {
    for (const character of ['é', '港', '🌉']) expect(decodePage(utf8(told + character), null)).toBe(told + character);
  });

  test.each([
    ['shift_jis', Uint8Array.from([0x8d, 0x60, 0x82, 0xcc, 0x8d]), '港の'],
    ['gb18030', Uint8Array.from([0xb8, 0xdb, 0xb8]), '港'],
    ['utf-16 with a mark', Uint8Array.from([0xff, 0xfe, 0x2f, 0x6e, 0x3c, 0xd8]), '港'],
  ])('(%s) is read up to there too', (charset, body, text) => {
    expect(decodePage(body, `text/html; charset=${charset.split(' ')[0]}`)).toBe(text);
  });
});

describe('a page beyond all measure', () => {
  test('is cut between two characters, and stays in its charset', () => {
    const text = decodePage(utf8('港'.repeat(4_000_000)), 'text/html; charset=iso-8859-1');
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(text.length).toBeLessThan(4_000_000);
    expect(text.replaceAll('港', '')).toBe('');
  });

  test('is cut where its bytes mean nothing', () => {
    expect(decodePage(new Uint8Array(20_000_000).fill(0xfe, 2), null).length).toBeLessThanOrEqual(5_000_000);
  });
});
