import { isUtf8 } from 'node:buffer';
import { windows1252Of } from './references.ts';
import type { Repairs } from './repairs.ts';

/** Everything that XML 1.0 §2.2 forbids; lone surrogates cannot come out of the decoder. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]+/g;
/** Controls that are allowed, but by which windows-1252 is meant. */
const LATIN_CONTROLS = /[\u0080-\u009f]/g;

/** A document's text without control characters. `bytes` are those that it was decoded from. */
export function withoutControls(text: string, bytes: Uint8Array, repairs: Repairs): string {
  if (isUtf8(bytes) && !holdControls(bytes)) return text;
  const allowed = text.replace(FORBIDDEN, '');
  let mapped = 0;
  const clean = allowed.replace(LATIN_CONTROLS, (control) => {
    mapped++;
    return windows1252Of(control.charCodeAt(0)) ?? '';
  });
  const count = text.length - allowed.length + mapped;
  if (count > 0) repairs.note('control-characters', null, count);
  return clean;
}

/**
 * Whether bytes of UTF-8 hold a control: four at a time, and one by one only where one of them is below 32, or begins
 * the sequence of a character of which some are forbidden.
 */
function holdControls(bytes: Uint8Array): boolean {
  const head = (4 - (bytes.byteOffset % 4)) % 4;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, Math.max(0, (bytes.length - head) >> 2));
  if (anyControl(bytes, 0, head)) return true;
  for (let place = 0; place < words.length; place++) {
    const word = words[place]!;
    if ((((word - 0x20202020) | word) & HIGH_BITS) === 0) continue;
    const mayHold =
      ((word - 0x20202020) & ~word & HIGH_BITS) !== 0 || holdsZero(word ^ EACH_C2) || holdsZero(word ^ EACH_EF);
    if (mayHold && anyControl(bytes, head + place * 4, head + place * 4 + 4)) return true;
  }
  return anyControl(bytes, head + words.length * 4, bytes.length);
}

const HIGH_BITS = 0x80808080;
const EACH_C2 = 0xc2c2c2c2;
const EACH_EF = 0xefefefef;

/** Whether one of a word's four bytes is zero. */
function holdsZero(word: number): boolean {
  return ((word - 0x01010101) & ~word & HIGH_BITS) !== 0;
}

function anyControl(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to && at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte < 32) {
      if (byte !== 9 && byte !== 10 && byte !== 13) return true;
    } else if (byte === 0xc2) {
      if (bytes[at + 1]! < 0xa0) return true;
    } else if (byte === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2]! >= 0xbe) return true;
  }
  return false;
}
