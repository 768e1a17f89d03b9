import { decodeHTMLStrict } from 'entities';
import type { Repairs } from './repairs.ts';

// Character and entity references, as feeds write them: those of XML, all names of HTML without any declaration, and
// what is left when the semicolon or the escaping of the ampersand is forgotten.

const HASH = 35;
const SEMICOLON = 59;

/** The longest name that HTML has, `CounterClockwiseContourIntegral`, and some room for digits. */
const LONGEST_NAME = 32;

const COMMON: Readonly<Record<string, string>> = {
  __proto__: null as unknown as string,
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** What &#128; to &#159; mean in HTML, where windows-1252 is meant. Holes are controls. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Entities that the document itself defines: see document-entities.ts. */
export type DefinedEntities = { valueOf(name: string): string | null };

type Found = { readonly value: string; readonly next: number };

/**
 * A text with its references replaced, one layer of them. What is no reference stays as it is. References to
 * characters that XML 1.0 forbids give nothing, impossible numbers U+FFFD.
 */
export function decodeReferences(
  text: string,
  repairs: Repairs | null = null,
  defined: DefinedEntities | null = null,
): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let decoded = '';
  let from = 0;
  while (at >= 0) {
    const length = lengthOfUsual(text, at + 1);
    if (length > 0) {
      decoded += text.slice(from, at) + usualCharacter(text.charCodeAt(at + 1));
      from = at + 1 + length;
      at = text.indexOf('&', from);
      continue;
    }
    const found = unusual(text, at + 1, { repairs, defined });
    if (found !== null) {
      decoded += text.slice(from, at) + found.value;
      from = found.next;
    }
    at = text.indexOf('&', found === null ? at + 1 : from);
  }
  return from === 0 ? text : decoded + text.slice(from);
}

/** The four that escaped markup is full of, told without cutting their names out; 0 for all else. */
function lengthOfUsual(text: string, at: number): number {
  const second = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 108:
    case 103:
      return second === 116 && text.charCodeAt(at + 2) === SEMICOLON ? 3 : 0;
    case 113:
      return second === 117 && text.startsWith('ot;', at + 2) ? 5 : 0;
    case 97:
      return second === 109 && text.charCodeAt(at + 2) === 112 && text.charCodeAt(at + 3) === SEMICOLON ? 4 : 0;
    default:
      return 0;
  }
}

/** By the first letter of its name. */
function usualCharacter(letter: number): string {
  return letter === 108 ? '<' : letter === 103 ? '>' : letter === 113 ? '"' : '&';
}

type Given = { readonly repairs: Repairs | null; readonly defined: DefinedEntities | null };

function unusual(text: string, at: number, given: Given): Found | null {
  return text.charCodeAt(at) === HASH ? numeric(text, at + 1) : named(text, at, given);
}

/** A number after `&#`. The semicolon may be missing. */
function numeric(text: string, start: number): Found | null {
  const isHex = (text.charCodeAt(start) | 32) === 120;
  let at = isHex ? start + 1 : start;
  let code = 0;
  const first = at;
  for (; at < text.length; at++) {
    const digit = digitValue(text.charCodeAt(at));
    if (digit < 0 || (digit > 9 && !isHex)) break;
    code = Math.min(code * (isHex ? 16 : 10) + digit, 0x110000);
  }
  if (at === first) return null;
  return { value: characterOf(code), next: text.charCodeAt(at) === SEMICOLON ? at + 1 : at };
}

function digitValue(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The character that windows-1252 has in the place of a control from U+0080 to U+009F; null for other codes. */
export function windows1252Of(code: number): string | null {
  return WINDOWS_1252[code - 128] ?? null;
}

function characterOf(code: number): string {
  if (code >= 128 && code <= 159) return WINDOWS_1252[code - 128]!;
  if (code === 9 || code === 10 || code === 13) return String.fromCharCode(code);
  if (code < 32) return '';
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return (code & 0xfffe) === 0xfffe && code < 0x10000 ? '' : String.fromCodePoint(code);
}

function named(text: string, start: number, { repairs, defined }: Given): Found | null {
  let end = start;
  while (end < text.length && end - start < LONGEST_NAME && isAlphanumeric(text.charCodeAt(end))) end++;
  const name = text.slice(start, end);
  if (text.charCodeAt(end) === SEMICOLON && end > start) {
    const value = COMMON[name] ?? defined?.valueOf(name) ?? htmlEntity(name);
    if (value === null) repairs?.note('reference-unknown', `&${name};`);
    return value === null ? null : { value, next: end + 1 };
  }
  repairs?.note('reference-bare');
  // `&amp` and the like without a semicolon; not in an address (`?a=1&lt=2`), nor at the front of a longer name.
  const forgotten = text.charCodeAt(end) === 61 ? undefined : COMMON[name];
  return forgotten === undefined ? null : { value: forgotten, next: end };
}

function htmlEntity(name: string): string | null {
  const reference = `&${name};`;
  const value = decodeHTMLStrict(reference);
  return value === reference ? null : value;
}

function isAlphanumeric(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || ((unit | 32) >= 97 && (unit | 32) <= 122);
}
