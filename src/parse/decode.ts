import { isAscii, isUtf8 } from 'node:buffer';
import * as markup from './markup.ts';
import type { Repairs } from './repairs.ts';

// Bytes → text. The first of these that fits the bytes: byte order mark, valid UTF-8 with a byte above 127 (which
// hardly ever occurs by accident, so whatever is declared), the charset of Content-Type, that of the XML declaration.

/** Names that servers use and the Encoding Standard (§4.2) does not list. */
const ALIASES: Readonly<Record<string, string>> = {
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  cp936: 'gbk',
  ms936: 'gbk',
  cp950: 'big5',
  cp932: 'shift_jis',
  'euc-jis': 'euc-jp',
  'euc-jisx0213': 'euc-jp',
  'shift-jisx0213': 'shift_jis',
  'latin-1': 'windows-1252',
  'latin-9': 'iso-8859-15',
  latin9: 'iso-8859-15',
  'mac-roman': 'macintosh',
  macroman: 'macintosh',
  'utf-8n': 'utf-8',
  unicode: 'utf-16le',
};

/** Declared, but never believed: they are no charset of this web, or the bytes would look otherwise. */
const DISBELIEVED = new Set(['utf-7', 'utf-16le', 'utf-16be', 'replacement', 'x-user-defined']);

type Declared = { readonly http: string | null; readonly xml: string | null };

/** The text of a document. Never throws; bytes that are no characters become U+FFFD. */
export function decodeFeed(bytes: Uint8Array, contentType: string | null, repairs: Repairs): string {
  const marked = byMark(bytes);
  if (marked !== null) return withoutMarks(marked);
  if (isAscii(bytes)) return asciiText(bytes, contentType, repairs);
  const declared = declarations(bytes, contentType);
  if (isUtf8(bytes)) {
    if (disagrees(declared, 'utf-8')) repairs.note('charset-mislabelled', `it is UTF-8, not ${nameOf(declared)}`);
    return withoutMarks(bufferOf(bytes).toString('utf8'));
  }
  return withoutMarks(
    nearlyUtf8(bytes, declared, repairs) ??
      byDeclaration(bytes, declared, repairs) ??
      byGuess(bytes, declared, repairs),
  );
}

/** UTF-8 but for a few bytes, under another charset's name: one that fits any bytes would spoil all the others. */
function nearlyUtf8(bytes: Uint8Array, declared: Declared, repairs: Repairs): string | null {
  if (!disagrees(declared, 'utf-8')) return null;
  const text = loosely('utf-8', bytes);
  const { unread, read } = charactersAbove127(text);
  if (read === 0 || unread * FEW > read) return null;
  repairs.note('charset-mislabelled', `it is UTF-8, not ${nameOf(declared)}`);
  repairs.note('bytes-invalid', null, unread);
  return text;
}

/** Plain ASCII, unless it switches charsets by escape sequences as ISO-2022-JP does and declares that. */
function asciiText(bytes: Uint8Array, contentType: string | null, repairs: Repairs): string {
  const declared = bytes.includes(0x1b) ? byDeclaration(bytes, declarations(bytes, contentType), repairs) : null;
  return declared ?? bufferOf(bytes).toString('latin1');
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Byte order marks, and the first `<` or space of UTF-16 and UTF-32 without one (XML 1.0, appendix F). */
function byMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return loosely('utf-8', bytes);
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return fromUtf32(bytes, 'little');
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return fromUtf32(bytes, 'big');
  if (a === 0xff && b === 0xfe) return loosely('utf-16le', bytes);
  if (a === 0xfe && b === 0xff) return loosely('utf-16be', bytes);
  if (a === 0x3c && b === 0) return c === 0 && d === 0 ? fromUtf32(bytes, 'little') : loosely('utf-16le', bytes);
  if (a === 0 && b === 0x3c) return loosely('utf-16be', bytes);
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return fromUtf32(bytes, 'big');
  if (markup.isSpace(a!) && b === 0 && c !== 0 && d === 0) return loosely('utf-16le', bytes);
  if (a === 0 && markup.isSpace(b!) && c === 0 && d !== 0) return loosely('utf-16be', bytes);
  return null;
}

function fromUtf32(bytes: Uint8Array, order: 'little' | 'big'): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % 4));
  const units = new Uint16Array(view.byteLength / 2);
  let length = 0;
  for (let at = 0; at < view.byteLength; at += 4) {
    const code = view.getUint32(at, order === 'little');
    if (code < 0x10000) units[length++] = code;
    else if (code > 0x10ffff) units[length++] = 0xfffd;
    else {
      units[length++] = 0xd7c0 + (code >> 10);
      units[length++] = 0xdc00 + (code & 0x3ff);
    }
  }
  return loosely('utf-16le', new Uint8Array(units.buffer, 0, length * 2));
}

/** What the header and the declaration say, as names of the Encoding Standard; null where nothing usable is said. */
function declarations(bytes: Uint8Array, contentType: string | null): Declared {
  const http = /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1] ?? null;
  const head = bufferOf(bytes.subarray(0, 1024)).toString('latin1');
  const xml = /<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1] ?? null;
  return { http, xml };
}

function byDeclaration(bytes: Uint8Array, declared: Declared, repairs: Repairs): string | null {
  for (const name of inOrder(declared)) {
    const label = labelOf(name);
    if (label === null) repairs.note('charset-unknown', name);
    else if (!DISBELIEVED.has(label)) {
      const text = strictly(label, bytes);
      if (text !== null) return text;
      repairs.note('charset-mislabelled', `it is not ${name}`);
    }
  }
  return null;
}

/** The header's charset first; US-ASCII last, which servers put in themselves (RFC 2046 §4.1.2) and the bytes are not. */
function inOrder({ http, xml }: Declared): string[] {
  const names = http !== null && /^(?:us-)?ascii$/i.test(http) ? [xml, http] : [http, xml];
  return names.filter((name) => name !== null);
}

/**
 * UTF-8 or else a declared charset that fits but for a few bytes, as those where a document is cut. If none does, UTF-8
 * where it has any character above 127, and windows-1252 where it has none.
 */
function byGuess(bytes: Uint8Array, declared: Declared, repairs: Repairs): string {
  const utf8 = loosely('utf-8', bytes);
  const { unread, read } = charactersAbove127(utf8);
  repairs.note('bytes-invalid', null, unread);
  if (bytes.includes(0) || unread * FEW <= read) return utf8;
  for (const name of inOrder(declared)) {
    const label = labelOf(name);
    if (label === null || DISBELIEVED.has(label) || label === 'utf-8') continue;
    const text = loosely(label, bytes);
    const counted = charactersAbove127(text);
    if (counted.unread * FEW <= counted.read) return text;
  }
  if (read > 0) return utf8;
  return loosely('windows-1252', bytes);
}

/** A charset fits if for each character that cannot be read there are so many that can. */
const FEW = 9;

function charactersAbove127(text: string): { readonly unread: number; readonly read: number } {
  let [unread, read] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) unread++;
    else if (unit > 127) read++;
  }
  return { unread, read };
}

function labelOf(name: string): string | null {
  const plain = name.toLowerCase().replaceAll('_', '-');
  for (const label of [
    name.toLowerCase(),
    ALIASES[plain] ?? plain,
    plain.replace(/^(?:cp|win|windows)-?(?=\d{4}$)/, 'windows-'),
  ]) {
    try {
      return new TextDecoder(label).encoding;
    } catch {
      // Not a name of the Encoding Standard: the next spelling is tried.
    }
  }
  return null;
}

function disagrees(declared: Declared, label: string): boolean {
  const name = declared.http ?? declared.xml;
  return name !== null && labelOf(name) !== label;
}

function nameOf(declared: Declared): string {
  return declared.http ?? declared.xml ?? 'anything that is declared';
}

function strictly(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function loosely(label: string, bytes: Uint8Array): string {
  return new TextDecoder(label).decode(bytes);
}

/** Some servers put one byte order mark before another. */
function withoutMarks(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.replace(/^\ufeff+/, '') : text;
}
