import { foldWord } from '../../support/words.ts';
import { NUMBER_WORDS } from './number-words.ts';

/** The words of a text as digests, in order, and what is told by how they are written. */
export type ReadWords = {
  /** One digest a word, in order; of scripts without spaces, one for each two characters. */
  readonly words: readonly number[];
  /** What each of the words is, in bits: `TELLING`, `NUMBER`. */
  readonly kinds: readonly number[];
  /** Digests of the numbers, each once: `1,500` and `1500` are one. */
  readonly numbers: ReadonlySet<number>;
  /** Digests of the words that are only ever written with a capital, each once. None of a text mostly in capitals. */
  readonly names: ReadonlySet<number>;
};

/** Scripts written without spaces: their characters are taken two at a time, since to segment them costs ten times as much. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30fc\u3005]/u;
const BEYOND_ASCII_WORD = /[\p{L}\p{M}\p{N}]/u;
/** A name has more letters than an initial. */
const NAME_LETTERS = 2;

/** A word that says something: it has so many letters that it seldom joins others, or is of a script without spaces. */
export const TELLING = 1;
export const NUMBER = 2;
/** Written with a capital, and longer than an initial. */
const CAPITAL = 4;
const TELLING_LETTERS = 4;
const LONGEST_NUMBER_WORD = 8;
/** Whether a digest may be a written number is told by these bits of it, before it is looked up. */
const MAYBE_BITS = 1023;

/** What stands at a place of a text. */
const NOTHING = 0;
const LETTER = 1;
const DIGIT = 2;
const LONE = 3;

/** It has two small letters: one within a word, and one at its end. */
const CAPITAL_SIGMA = 0x3a3;

/** Latin, Greek and Cyrillic with all that is told of them in a table: others are looked up in those of Unicode. */
const TABLE_END = 0x530;
const KINDS = Uint8Array.from({ length: TABLE_END }, (_, code) => {
  const character = String.fromCharCode(code);
  if (code < 128) return /[a-z]/i.test(character) ? LETTER : /\d/.test(character) ? DIGIT : NOTHING;
  return BEYOND_ASCII_WORD.test(character) ? LETTER : NOTHING;
});
/** What each of these characters is compared as, where that is one and the same in every word; 0: `foldWord` has to be asked. */
const FOLDED = Uint16Array.from({ length: TABLE_END }, (_, code) => {
  const folded = foldWord(String.fromCharCode(code));
  return folded.length === 1 && code !== CAPITAL_SIGMA ? folded.charCodeAt(0) : 0;
});
/** Quotes and dashes, which texts are full of. */
const [FIRST_PUNCTUATION, LAST_PUNCTUATION] = [0x2000, 0x206f];
const [FIRST_HAN, LAST_HAN] = [0x4e00, 0x9fff];

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Reads a plain text once. Apostrophes, hyphens and full stops part words, so that no spelling of them matters. */
export function readWords(text: string): ReadWords {
  const words: number[] = [];
  const kinds: number[] = [];
  const numbers = new Set<number>();
  let before = -1; // the character of an unspaced script that came last
  for (let at = 0; at < text.length;) {
    const first = text.charCodeAt(at);
    const kind = first < TABLE_END ? KINDS[first]! : kindBeyond(text, at);
    if (kind === NOTHING) {
      at++;
      before = -1;
    } else if (kind === LONE) {
      const code = text.codePointAt(at)!;
      if (before >= 0) {
        words.push(mixed(Math.imul(before, FNV_PRIME) ^ code));
        kinds.push(TELLING);
      }
      before = code;
      at += code > 0xffff ? 2 : 1;
    } else {
      before = -1;
      if (kind === LETTER) {
        // Of most words the digest is made on the way.
        let digest = FNV_START;
        let end = at;
        for (; end < text.length; end++) {
          const code = text.charCodeAt(end);
          if (code >= TABLE_END || KINDS[code] === NOTHING || FOLDED[code] === 0) break;
          digest = Math.imul(digest ^ FOLDED[code]!, FNV_PRIME);
        }
        if (end < text.length && text.charCodeAt(end) >= 128 && kindAt(text, end) !== NOTHING) {
          end = wordEnd(text, at);
          digest = digestOf(foldWord(text.slice(at, end)));
        } else digest = mixed(digest);
        const number =
          end - at <= LONGEST_NUMBER_WORD && MAYBE_NUMBERS[digest & MAYBE_BITS] === 1
            ? NUMBERS_BY_WORD.get(digest)
            : undefined;
        if (number !== undefined) {
          words.push(number);
          kinds.push(NUMBER);
          numbers.add(number);
          at = end;
          continue;
        }
        words.push(digest);
        const said = end - at >= TELLING_LETTERS ? TELLING : 0;
        kinds.push(end - at >= NAME_LETTERS && isCapital(text, at) ? said | CAPITAL : said);
        at = end;
        continue;
      }
      const end = numberEnd(text, at);
      const digest = digestOf(plainNumber(text.slice(at, end)));
      words.push(digest);
      kinds.push(NUMBER);
      numbers.add(digest);
      at = end;
    }
  }
  return { words, kinds, numbers, names: namesAmong(words, kinds) };
}

const NO_BITS: readonly number[] = Array.from({ length: 32 }, () => 0);

function namesAmong(words: readonly number[], kinds: readonly number[]): ReadonlySet<number> {
  const names = new Set<number>();
  /** A bit for each ending of a digest: whether a name may have it. Asked first, it spares most of the looking up. */
  const maybe = NO_BITS.slice();
  let capitals = 0;
  for (let at = 0; at < words.length; at++) {
    if ((kinds[at]! & CAPITAL) === 0) continue;
    names.add(words[at]!);
    maybe[(words[at]! >>> 5) & 31]! |= 1 << (words[at]! & 31);
    capitals++;
  }
  if (capitals > words.length / 2) return new Set();
  for (let at = 0; at < words.length; at++)
    if ((kinds[at]! & CAPITAL) === 0 && ((maybe[(words[at]! >>> 5) & 31]! >>> (words[at]! & 31)) & 1) === 1)
      names.delete(words[at]!);
  return names;
}

/** 32 bits, signed (engines are quick with those), in which each depends on all that went in (the last step of MurmurHash3; Appleby, 2011). */
export function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < TABLE_END ? KINDS[code]! : kindBeyond(text, at);
}

function kindBeyond(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= FIRST_PUNCTUATION && code <= LAST_PUNCTUATION) return NOTHING;
  if (code >= FIRST_HAN && code <= LAST_HAN) return LONE;
  const character = code >= 0xd800 && code < 0xdc00 ? String.fromCodePoint(text.codePointAt(at)!) : text[at]!;
  if (!BEYOND_ASCII_WORD.test(character)) return NOTHING;
  return code >= 0x0e00 && UNSPACED.test(character) ? LONE : LETTER;
}

function wordEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length) {
    const kind = kindAt(text, end);
    if (kind !== LETTER && kind !== DIGIT && !isLowSurrogate(text, end)) break;
    end++;
  }
  return end;
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000;
}

/** Digits, and points and commas between digits. */
function numberEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const parts = (code === 44 || code === 46) && end + 1 < text.length && kindAt(text, end + 1) === DIGIT;
    if (!parts && kindAt(text, end) !== DIGIT) break;
    end++;
  }
  return end;
}

/** A number as it is compared: without marks of thousands, and with a point for a decimal comma. */
function plainNumber(written: string): string {
  if (!/[.,]/.test(written)) return written;
  return written.replace(/[.,](?=\d{3}(?!\d))/g, '').replaceAll(',', '.');
}

function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return code < 97;
  const character = String.fromCodePoint(text.codePointAt(at)!);
  return character !== character.toLowerCase();
}

function digestOf(word: string): number {
  let digest = FNV_START;
  for (let at = 0; at < word.length; at++) digest = Math.imul(digest ^ word.charCodeAt(at), FNV_PRIME);
  return mixed(digest);
}

/** The digest of each written number by that of its word. */
const NUMBERS_BY_WORD: ReadonlyMap<number, number> = new Map(
  Object.entries(NUMBER_WORDS).map(([word, number]) => [digestOf(foldWord(word)), digestOf(String(number))]),
);

/** By the last bits of a digest: whether a written number may have them. Most words are told to be none by it. */
const MAYBE_NUMBERS = new Uint8Array(MAYBE_BITS + 1);
for (const digest of NUMBERS_BY_WORD.keys()) MAYBE_NUMBERS[digest & MAYBE_BITS] = 1;
