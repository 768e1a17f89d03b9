// Addresses written so that nobody can read them: in base64 or hex, alone, in JSON, or among the bytes of a message.
// Read only where the letters of "http" shine through, so that nothing else is ever decoded.

import { isPublicHost } from './public-host.ts';

/** "http" in base64, at each of the three places in a group of letters where it can begin, and in hex. */
const SHINES_THROUGH = /aHR0c|h0dH[AB]|odHRw|68747470/;
const LONGEST = 4000;
/** What a message's or a program's names for an address may be, the surest first. */
const ADDRESS_NAMES = ['url', 'href', 'target', 'link', 'dest', 'destination', 'to', 'u', 'e', 'l', 'r'];
const OF_A_PICTURE = /\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|mp4|mp3|woff2?)$/i;

/** Whether an address may be hidden in the text: cheap, and wrong only now and then. */
export function mayHideAddress(text: string): boolean {
  return SHINES_THROUGH.test(text);
}

/**
 * The whole http or https address of a public host that a text hides, in base64 (either alphabet) or hex; else null.
 * Signed tokens of several parts are looked through part by part. Addresses of pictures and the like are none.
 */
export function hiddenAddress(text: string): string | null {
  if (text.length > LONGEST || !SHINES_THROUGH.test(text)) return null;
  for (const part of text.split(/[.~!|:,]/, 8)) {
    if (!SHINES_THROUGH.test(part)) continue;
    const bytes = bytesOf(part);
    const address = bytes === null ? null : isJson(bytes) ? addressInJson(bytes) : addressInBytes(bytes);
    const url = address === null ? null : URL.parse(address);
    if (url !== null && isPublicHost(url.hostname) && !OF_A_PICTURE.test(url.pathname)) return address;
  }
  return null;
}

function bytesOf(text: string): Uint8Array | null {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return new Uint8Array(Buffer.from(text, 'hex'));
  if (!/^[\w+/-]+={0,2}$/.test(text)) return null;
  return new Uint8Array(Buffer.from(text, text.includes('-') || text.includes('_') ? 'base64url' : 'base64'));
}

function isJson(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b || bytes[0] === 0x5b;
}

function addressInJson(bytes: Uint8Array): string | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  const found: { name: string; address: string }[] = [];
  const waiting: { name: string; value: unknown }[] = [{ name: '', value }];
  for (let steps = 0; waiting.length > 0 && steps < 200; steps++) {
    const { name, value: inner } = waiting.shift()!;
    if (typeof inner === 'string') {
      const address = wholeAddress(inner);
      if (address !== null) found.push({ name: name.toLowerCase(), address });
    } else if (typeof inner === 'object' && inner !== null)
      for (const [key, item] of Object.entries(inner)) waiting.push({ name: key, value: item });
  }
  for (const wanted of ADDRESS_NAMES) {
    const named = found.find(({ name }) => name === wanted);
    if (named !== undefined) return named.address;
  }
  return found.length === 1 ? found[0]!.address : null;
}

/** An address among other bytes: as long as the length before it says (so messages write it), else to its last letter. */
function addressInBytes(bytes: Uint8Array): string | null {
  const letters = Buffer.from(bytes).toString('latin1');
  const at = letters.search(/https?(?::\/\/|%3a)/i);
  if (at < 0) return null;
  if (at === 0) {
    const text = new TextDecoder().decode(bytes);
    return wholeAddress(/^[^\s\p{Cc}"<>\ufffd]+/u.exec(text)?.[0] ?? '');
  }
  const length = lengthBefore(bytes, at);
  const told = length === null ? null : letters.slice(at, at + length);
  if (told !== null && /^[!#-;=?-[\]_a-z~]+$/.test(told)) return wholeAddress(told);
  return wholeAddress(/^[!#-;=?-[\]_a-z~]+/.exec(letters.slice(at))?.[0] ?? '');
}

/** The length that stands in the one or two bytes before a string (a protocol buffer's varint), if it fits. */
function lengthBefore(bytes: Uint8Array, at: number): number | null {
  const last = bytes[at - 1]!;
  const first = at > 1 ? bytes[at - 2]! : 0;
  const length = first > 0x7f && last < 0x40 ? (first & 0x7f) | (last << 7) : last;
  return length > 10 && length <= bytes.length - at ? length : null;
}

function wholeAddress(text: string): string | null {
  let address = text.trim();
  if (/^https?%3a/i.test(address)) {
    try {
      address = decodeURIComponent(address);
    } catch {
      return null;
    }
  }
  return /^https?:\/\/[^/?#\s]/i.test(address) && URL.canParse(address) ? address : null;
}
