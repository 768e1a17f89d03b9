import { foldWord, wordSpans } from '../../support/words.ts';

/** Takes the words of a text one by one: the digest of what is compared of a word, and how it is written (`CAPITAL`, `NUMBER`). */
export type WordTaker = (digest: number, written: number) => void;

/** The word begins with a capital. */
export const CAPITAL = 1;
/** It begins with a digit. */
export const NUMBER = 2;

/** Words are compared by their beginnings: the rest is inflection, in many languages. */
const STEM_LETTERS = 6;
/** A single letter says nothing in Latin script; beyond it, one may be a whole word. */
const LAST_LATIN = 0x24f;
const JOINED = /['.-]/;
/** Letters, marks and digits that hang together, as `wordSpans` finds them; here from a given place on. */
const WORD_HERE = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/uy;
/** Scripts written without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const FIRST_UNSPACED = 0x0e00;

const NOTHING = 0;
const LETTER = 1;
const DIGIT = 2;
const JOINT = 3;
/** Not to be read without the tables of Unicode. */
const BEYOND_ASCII = 4;
const RIGHT_QUOTE = 0x2019;

/** What each ASCII character is. */
const ASCII_KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/i.test(character)) return LETTER;
  if (/\d/.test(character)) return DIGIT;
  return JOINED.test(character) ? JOINT : NOTHING;
});

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Reads the first words of a text, in order, and tells how many. Parts of "U.N.-backed" count each; a lone letter does not. */
export function readWords(text: string, most: number, take: WordTaker): number {
  const reader = { read: 0, most, take };
  let wordHere: RegExp | null = null;
  let isSpaced = false;
  for (let at = 0; at < text.length && reader.read < most;) {
    const kind = kindAt(text, at);
    if (kind !== LETTER && kind !== DIGIT && kind !== BEYOND_ASCII) {
      at++;
      continue;
    }
    const end = kind === BEYOND_ASCII ? -1 : readPlainWord(text, at, reader);
    if (end !== -1) {
      at = end;
      continue;
    }
    if (!isSpaced && text.charCodeAt(at) >= FIRST_UNSPACED) {
      const rest = text.slice(at);
      if (UNSPACED.test(rest)) return readSegments(rest, reader);
      isSpaced = true;
    }
    wordHere ??= new RegExp(WORD_HERE);
    wordHere.lastIndex = at;
    const word = wordHere.exec(text)?.[0] ?? '';
    if (word !== '') readParts(word, reader);
    at += Math.max(1, word.length);
  }
  return reader.read;
}

/** The digest under which a word is compared. */
export function digestOfWord(word: string): number {
  return digestOfStem(foldWord(word));
}

type Reader = { read: number; readonly most: number; readonly take: WordTaker };

/** Reads a word of ASCII letters and digits alone and tells where it ends; -1 if it is not such a word. */
function readPlainWord(text: string, start: number, reader: Reader): number {
  let digest = FNV_START;
  let end = start;
  let isJoined = false;
  for (; end < text.length; end++) {
    const kind = kindAt(text, end);
    if (kind === BEYOND_ASCII) return -1;
    if (kind === NOTHING) break;
    if (kind === JOINT) {
      const next = end + 1 < text.length ? kindAt(text, end + 1) : NOTHING;
      if (next === BEYOND_ASCII) return -1;
      if (next !== LETTER && next !== DIGIT) break;
      isJoined = true;
    } else if (end - start < STEM_LETTERS) digest = stirred(digest, smallLetter(text.charCodeAt(end)));
  }
  if (isJoined) readParts(text.slice(start, end), reader);
  else {
    const first = text.charCodeAt(start);
    if (ASCII_KINDS[first] === DIGIT) takeWord(mixed(digest), NUMBER, reader);
    else if (end - start > 1) takeWord(mixed(digest), first <= 90 ? CAPITAL : 0, reader);
  }
  return end;
}

/** Scripts without spaces: to find their words takes a dictionary. */
function readSegments(text: string, reader: Reader): number {
  for (const { start, end } of wordSpans(text)) {
    if (reader.read >= reader.most) break;
    readParts(text.slice(start, end), reader);
  }
  return reader.read;
}

function readParts(word: string, reader: Reader): void {
  const first = String.fromCodePoint(word.codePointAt(0)!);
  const capital = first === first.toLowerCase() ? 0 : CAPITAL;
  const folded = foldWord(word);
  for (const part of JOINED.test(folded) ? folded.split(JOINED) : [folded]) {
    if (part === '') continue;
    const code = part.charCodeAt(0);
    const isNumber = code < 128 && ASCII_KINDS[code] === DIGIT;
    if (part.length < 2 && !isNumber && code <= LAST_LATIN) continue;
    takeWord(digestOfStem(part), isNumber ? capital | NUMBER : capital, reader);
  }
}

function takeWord(digest: number, written: number, reader: Reader): void {
  if (reader.read >= reader.most) return;
  reader.read++;
  reader.take(digest, written);
}

/** What stands here: general punctuation parts words, but for the apostrophe that is not ASCII. */
function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return ASCII_KINDS[code]!;
  if (code === RIGHT_QUOTE) return JOINT;
  return code >= 0x2000 && code <= 0x206f ? NOTHING : BEYOND_ASCII;
}

function digestOfStem(folded: string): number {
  let digest = FNV_START;
  const end = Math.min(folded.length, STEM_LETTERS);
  for (let at = 0; at < end; at++) digest = stirred(digest, folded.charCodeAt(at));
  return mixed(digest);
}

function smallLetter(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}

/** FNV-1a. */
function stirred(digest: number, code: number): number {
  return Math.imul(digest ^ code, FNV_PRIME);
}

/** Spreads what differs over all 32 bits (signed: the engine is quick with those). */
function mixed(digest: number): number {
  const half = Math.imul(digest ^ (digest >>> 15), 0x2c1b3c6d);
  return half ^ (half >>> 13);
}
