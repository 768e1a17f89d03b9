import { foldWhiteSpace } from '../../support/html.ts';
import { guessCharset } from './guess-charset.ts';

/** How far into a page its declaration of a charset is looked for. HTML asks for 1,024 bytes; pages take more. */
const PRESCAN_BYTES = 8192;

/**
 * A page's bytes as text. Byte order mark, then the Content-Type header, then the page's own declaration, then UTF-8 if
 * it is valid, else what its bytes look like. Never UTF-7. What cannot be read becomes U+FFFD.
 */
export function decodePage(body: Uint8Array, contentType: string | null): string {
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

/** The text if it is valid UTF-8, else null. */
function decodeStrictly(body: Uint8Array): string | null {
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
  return new TextDecoder(charset).decode(body);
}
