import { foldWhiteSpace } from '../../support/html.ts';
import { guessCharset } from './guess-charset.ts';

/** How far into a page its declaration of a charset is looked for. HTML asks for 1,024 bytes; pages take more. */
const PRESCAN_BYTES = 8192;
/** What is beyond is never an article, and to decode tens of megabytes that mean nothing takes seconds. */
const MOST_BYTES = 5_000_000;

/**
 * A page's bytes as text. Byte order mark, then the Content-Type header, then the page's own declaration, then UTF-8 if
 * it is valid, else what its bytes look like. Never UTF-7. What cannot be read becomes U+FFFD. A page beyond all measure
 * is cut first, and a character that is cut at the end of a page is none.
 */
export function decodePage(whole: Uint8Array, contentType: string | null): string {
  const body = whole.length > MOST_BYTES ? whole.subarray(0, MOST_BYTES) : whole;
  const marked = byteOrderMark(body);
  if (marked !== null) return decode(body, marked);
  const head = new TextDecoder('latin1').decode(body.subarray(0, PRESCAN_BYTES));
  const labels = [charsetOf(contentType ?? ''), declaredCharset(head)].map((label) =>
    label === null ? null : known(label),
  );
  const charset = labels.find((label) => label !== null) ?? 'utf-8';
  if (charset === 'iso-2022-jp') return decode(body, charset);
  // A page that calls itself anything else but is valid UTF-8 is UTF-8, and one that says nothing mostly is.
  const unicode = decodeStrictly(body);
  if (unicode !== null) return unicode;
  if (charset !== 'utf-8' && charset !== 'windows-1252') return decode(body, charset);
  // Latin-1 is declared by servers that were never told otherwise.
  if (charset === 'windows-1252') return decode(body, guessCharset(body, head) ?? charset);
  const mended = decode(body, 'utf-8');
  return isMostlySound(mended) ? mended : decode(body, guessCharset(body, head) ?? 'windows-1252');
}

function byteOrderMark(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  // `<` in two bytes: no mark, and no other way to read it.
  if (body[0] === 0x3c && body[1] === 0) return 'utf-16le';
  if (body[0] === 0 && body[1] === 0x3c) return 'utf-16be';
  return null;
}

function charsetOf(contentType: string): string | null {
  return /charset\s*=\s*["']?([\w:.-]{2,40})/i.exec(contentType.slice(0, 500))?.[1] ?? null;
}

function declaredCharset(head: string): string | null {
  for (const [tag] of head.matchAll(/<meta\b[^>]{0,500}>|<\?xml[^>]{0,200}>/gi)) {
    const found = /\bcharset\s*=\s*["']?\s*([\w:.-]{2,40})|\bencoding\s*=\s*["']([\w:.-]{2,40})/i.exec(
      foldWhiteSpace(tag),
    );
    const label = found?.[1] ?? found?.[2];
    if (label !== undefined) return label;
  }
  return null;
}

/** The name that TextDecoder knows a label by. UTF-16 in a declaration that was read as ASCII cannot be true. */
function known(label: string): string | null {
  try {
    const { encoding } = new TextDecoder(label.toLowerCase());
    return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
  } catch {
    return null;
  }
}

/** The text if it is valid UTF-8, cut in the middle of a character perhaps, else null. */
function decodeStrictly(body: Uint8Array): string | null {
  const text = validUtf8(body);
  const shorter = text === null ? withoutHalfCharacter(body) : body;
  if (shorter === body) return text;
  const begun = validUtf8(shorter);
  // The beginning of a character at the end of plain ASCII is rather a letter of another charset.
  return begun !== null && begun.length < shorter.length ? begun : null;
}

function validUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

/** UTF-8 that was cut, or has a broken character here and there. */
function isMostlySound(text: string): boolean {
  let broken = 0;
  let beyondAscii = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) broken++;
    else if (code > 0x7f) beyondAscii++;
  }
  return broken * 20 < beyondAscii;
}

function decode(body: Uint8Array, charset: string): string {
  if (charset === 'utf-8') return new TextDecoder().decode(withoutHalfCharacter(body));
  // As if more were to come: of a character that is cut, nothing is told.
  return new TextDecoder(charset).decode(body, { stream: true });
}

/** UTF-8 without the beginning of a character at its end. By hand: decoding as a stream takes ten times as long. */
function withoutHalfCharacter(body: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= body.length; back++) {
    const byte = body[body.length - back]!;
    // The first byte tells how many there are: 110xxxxx two, 1110xxxx three, 11110xxx four; the others are 10xxxxxx.
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : byte >= 0x80 ? 0 : 1;
    if (length > 0) return length > back ? body.subarray(0, body.length - back) : body;
  }
  return body;
}
