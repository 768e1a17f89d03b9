import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { foldWhiteSpace, withoutForbiddenCharacters } from '../../src/support/html.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/hostile/strings.jsonl', import.meta.url));

/** Parsing cuts longer lines. */
const LONGEST = 1900;

/** Strings that break careless programs, of the corpus beside the repository; none where that is not there. */
export function hostileStrings(): readonly string[] {
  if (!existsSync(corpus)) return [];
  const lines = readFileSync(corpus, 'utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { readonly text: string }).text.slice(0, LONGEST));
}

/** As a reader sees a line: without what XML forbids, white space folded. Null where nothing is left. */
export function lineOf(text: string | null): string | null {
  const line = foldWhiteSpace(withoutForbiddenCharacters(text ?? ''));
  return line === '' ? null : line;
}

/** Pieces that have a meaning somewhere. */
export const SCRAPS: readonly string[] = [
  ']]>', '<![CDATA[', '&amp;', '&', '<', '>', '"', "'", '&lt;b&gt;', '<b>bold</b>', '<script>', '<!--', '&nbsp', '&#8211;',
  '\u0000', '\ufffd', '\uffff', '\ud800', '\r\n', '\t', '\u00a0', '\u2028', '\u202e', 'mark:entry.id;', '$&', '__proto__',
  'شارع', 'мост', '橋 🌉', '𝔘', '</entry><entry>', '</item>', '%zz', '\\u003c', '{"a":1}', 'a@b.example (Bo)', '  ', '1 < 2',
]; // prettier-ignore

/** Any text: words, scraps that have a meaning somewhere, and the strings of the corpus. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 })
    .map((parts) => parts.join('')),
  fc.constantFrom('The bridge is open', ...hostileStrings()),
);

/** A text of which something can be seen, whether or not it is read as HTML. */
export const visible: fc.Arbitrary<string> = text.map((some) => madeVisible(some));

export function madeVisible(some: string): string {
  return /^[^<&]/.test(lineOf(some) ?? '') ? some : `A ${some}`;
}

/** The one address for e-mail: names that look like one are tested for themselves. */
export const MAIL = 'desk@harbour.example';

export const orNull = <Value>(one: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(one, { nil: null });
