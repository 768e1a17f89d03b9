import { describe, expect, test } from '@jest/globals';
import { decodeFeed } from '../../src/parse/decode.ts';
import { collectRepairs } from '../../src/parse/repairs.ts';

function decode(bytes: Uint8Array | readonly number[], contentType: string | null = null) {
  const repairs = collectRepairs();
  const text = decodeFeed(Uint8Array.from(bytes), contentType, repairs);
  return { text, codes: repairs.list().map(({ code }) => code) };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const declared = (charset: string, rest: string): string => `<?xml version="1.0" encoding="${charset}"?><a>${rest}</a>`;

/** ISO-8859-7, windows-1251 and Shift_JIS of the letters that the tests use. */
const OMEGA = 0xd9;
const NIHON_SJIS = [0x93, 0xfa, 0x96, 0x7b];

describe('the charset of a document', () => {
  test('is told by a byte order mark before all else, and two marks are one', () => {
    expect(decode([0xef, 0xbb, 0xbf, ...utf8('<a>ö</a>')], 'text/xml; charset=iso-8859-1').text).toBe('<a>ö</a>');
    expect(decode(utf8('\ufeff\ufeff<a>ö</a>')).text).toBe('<a>ö</a>');
    expect(decode([0xff, 0xfe, ...utf16('<a>日</a>')]).text).toBe('<a>日</a>');
    expect(decode([0xfe, 0xff, ...utf16('<a>日</a>').swap16()]).text).toBe('<a>日</a>');
  });

  test('is UTF-16 or UTF-32 without a mark if the first bytes say so', () => {
    expect(decode(utf16('<a>日</a>')).text).toBe('<a>日</a>');
    expect(decode(utf16('<a>日</a>').swap16()).text).toBe('<a>日</a>');
    const utf32 = Buffer.concat(
      Array.from('<a>😀</a>', (one) => Buffer.from(Uint32Array.of(one.codePointAt(0)!).buffer)),
    );
    expect(decode(utf32).text).toBe('<a>😀</a>');
    expect(decode(utf32.swap32()).text).toBe('<a>😀</a>');
  });

  test('is UTF-8 if the bytes are that, whatever is declared, and that is reported', () => {
    expect(decode(utf8(declared('windows-1251', 'Größe')))).toEqual({
      text: declared('windows-1251', 'Größe'),
      codes: ['charset-mislabelled'],
    });
    expect(decode(utf8(declared('utf-8', 'Größe'))).codes).toEqual([]);
  });

  test('is that of the header, then that of the declaration', () => {
    const bytes = [...utf8(declared('iso-8859-1', '')), OMEGA];
    expect(decode(bytes, 'text/xml; charset="ISO-8859-7"; x=y').text.at(-1)).toBe('Ω');
    expect(decode(bytes, 'text/xml').text.at(-1)).toBe('Ù');
    expect(decode([...NIHON_SJIS, 0x0a], 'text/xml; charset=cp932').text).toBe('日本\n');
  });

  test('is another one where the bytes do not fit the header', () => {
    const { text, codes } = decode(latin1(declared('iso-8859-1', 'Größe')), 'text/xml; charset=utf-8');
    expect(text).toContain('Größe');
    expect(codes).toEqual(['charset-mislabelled']);
  });

  test('is UTF-8 but for a bad byte, though the header names a charset that fits any bytes', () => {
    const bytes = [...utf8(declared('utf-8', 'Größe und Maß über alles, für später, müßig, grün')), 0xff];
    const { text, codes } = decode(bytes, 'text/xml; charset=ISO-8859-1');
    expect(text).toContain('Größe und Maß');
    expect(codes).toEqual(['charset-mislabelled', 'bytes-invalid']);
  });

  test('is windows-1252 where nothing is declared, and UTF-8 where only a few bytes are bad', () => {
    expect(decode([...utf8('it'), 0x92, ...utf8('s')]).text).toBe('it’s');
    expect(decode([...utf8('Größe, höher, weiter, schön '), 0xff]).text).toBe('Größe, höher, weiter, schön \ufffd');
  });

  test('may have a name that nobody knows, or one that is not believed', () => {
    expect(decode(latin1(declared('x-nonsense', 'ö'))).codes).toEqual(['charset-unknown', 'bytes-invalid']);
    expect(decode(utf8('<a>+ADw-</a>'), 'text/xml; charset=utf-7').text).toBe('<a>+ADw-</a>');
    expect(decode(utf8(declared('utf-16', 'plain'))).text).toContain('plain');
  });

  test('has other spellings than the standard lists', () => {
    for (const name of ['latin-1', 'cp1252', 'windows1252', 'ISO_8859-1', 'win-1252'])
      expect(decode([...utf8('x'), 0xe9], `text/xml; charset=${name}`).text).toBe('xé');
  });

  test('ISO-2022-JP is read where it is declared, and its escapes are nothing otherwise', () => {
    const bytes = [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42];
    expect(decode(bytes, 'text/xml; charset=iso-2022-jp').text).toBe('日');
    expect(decode(bytes).text).toContain('F|');
  });

  test('gives characters for overlong forms that are no markup', () => {
    expect(decode([...utf8('größer '), 0xc0, 0xbc]).text).not.toContain('<');
  });
});
