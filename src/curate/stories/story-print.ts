import { CAPITAL, NUMBER, readWords } from './text-words.ts';

/** What is compared of an article: its plain texts, and its language if that is known (BCP 47). */
export type ComparedText = { readonly title: string; readonly text: string; readonly language: string | null };

/**
 * A text as counted words, in whole numbers of 32 bits: a header (version and number of different words; words read and
 * language), the words' digests in the order of the text, then a byte for each, four to a number: how often it stands
 * there, and how it is written. About half a kilobyte, stored as it stands.
 */
export type StoryPrint = Uint32Array;

/** The word stands with a small letter somewhere. */
export const SMALL = 0x20;
/** It is a number in running text. */
export const FIGURE = 0x40;
export const COUNT = 0x1f;

/** Words beyond these say little of the event: who, what and where stand at the beginning. */
const MOST_WORDS = 150;
/** A title is written to say what the text is about. */
const TITLE_COUNTS = 3;
/** And so are a text's first sentences. */
const LEAD_WORDS = 40;
const LEAD_COUNTS = 2;

const VERSION = 1;
const HEADER = 2;
/** A power of two, and twice the words that can come. */
const SLOTS = 1024;

/** Makes the print of a text. The same text gives the same print for ever, or another version. */
export function storyPrintOf({ title, text, language }: ComparedText): StoryPrint {
  const counted = openCount();
  let place = 0;
  const body = readWords(text, MOST_WORDS, (digest, written) =>
    counted.take(digest, written | IN_TEXT, place++ < LEAD_WORDS ? LEAD_COUNTS : 1),
  );
  const times = body === 0 ? 1 : TITLE_COUNTS;
  // A title made of the text's own beginning says nothing more.
  const headline =
    body > 0 && text.startsWith(title.replace(/…$/, ''))
      ? 0
      : readWords(title, MOST_WORDS, (digest, written) => counted.take(digest, written, times));
  const { digests, marks } = counted.all();
  const print = new Uint32Array(HEADER + digests.length + Math.ceil(digests.length / 4));
  print[0] = (VERSION << 16) | digests.length;
  print[1] = ((body + headline) << 16) | tagNumber(language);
  print.set(digests, HEADER);
  new Uint8Array(print.buffer, (HEADER + digests.length) * 4).set(marks);
  return print;
}

/** Whether stored numbers are a print of this version. */
export function isStoryPrint(stored: Uint32Array): boolean {
  if (stored.length < HEADER || stored[0]! >>> 16 !== VERSION) return false;
  return stored.length === HEADER + differentWords(stored) + Math.ceil(differentWords(stored) / 4);
}

/** How many different words a print tells. */
export function differentWords(print: StoryPrint): number {
  return print[0]! & 0xffff;
}

/** How many words were read. */
export function wordsRead(print: StoryPrint): number {
  return print[1]! >>> 16;
}

/** The digests of the words, and beside each how it stands there (`COUNT`, `SMALL`, `FIGURE`). */
export function wordsOf(print: StoryPrint): { readonly digests: Int32Array; readonly marks: Uint8Array } {
  const count = differentWords(print);
  const start = print.byteOffset + HEADER * 4;
  return {
    digests: new Int32Array(print.buffer, start, count),
    marks: new Uint8Array(print.buffer, start + count * 4, count),
  };
}

/** The primary tag of the text's language, if it was named. */
export function languageOf(print: StoryPrint): string | null {
  const tag = print[1]! & 0xffff;
  return tag === 0 ? null : String.fromCharCode(tag >>> 8, tag & 0xff);
}

/** Two letters in 16 bits. Longer tags are known by their first two and a mark that no language has: nothing is known of them. */
function tagNumber(language: string | null): number {
  if (language === null) return 0;
  const tag = language.toLowerCase().split('-', 1)[0]!;
  return (tag.charCodeAt(0) << 8) | (tag.length === 2 ? tag.charCodeAt(1) : 63);
}

const IN_TEXT = 0x80;

type Count = {
  take(digest: number, written: number, times: number): void;
  all(): { readonly digests: Int32Array; readonly marks: Uint8Array };
};

/** Counts the different words of one text, in a table of open addresses. */
function openCount(): Count {
  const slots = new Int16Array(SLOTS);
  const digests = new Int32Array(2 * MOST_WORDS);
  const marks = new Uint8Array(2 * MOST_WORDS);
  let size = 0;
  return {
    take(digest, written, times) {
      let slot = digest & (SLOTS - 1);
      while (slots[slot] !== 0 && digests[slots[slot]! - 1] !== digest) slot = (slot + 1) & (SLOTS - 1);
      if (slots[slot] === 0) {
        digests[size] = digest;
        slots[slot] = ++size;
      }
      const word = slots[slot]! - 1;
      const mark = marks[word]!;
      const count = Math.min(COUNT, (mark & COUNT) + times);
      const small = (written & CAPITAL) === 0 ? SMALL : 0;
      const figure = (written & (NUMBER | IN_TEXT)) === (NUMBER | IN_TEXT) ? FIGURE : 0;
      marks[word] = (mark & ~COUNT) | count | small | figure;
    },
    all: () => ({ digests: digests.subarray(0, size), marks: marks.subarray(0, size) }),
  };
}
