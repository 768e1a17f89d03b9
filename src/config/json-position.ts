import { scanJson } from './json-scan.ts';

/** A place in a text for people: line and column counted from 1, the column in UTF-16 units as editors do. */
export type TextPlace = { readonly line: number; readonly column: number };

/** Where and why a text is not JSON, for people, and what would help. */
export type JsonFault = TextPlace & { readonly message: string };

/** Null when the text is JSON. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    // The engine's own messages name a place only now and then, so the place is looked for.
    const position = scanJson(text) ?? text.length;
    return { ...placeAt(text, position), message: reason(text, position) };
  }
}

function placeAt(text: string, offset: number): TextPlace {
  return placesAt(text, [offset])[0]!;
}

/** The places of some offsets, in their order; the text is gone through once for all of them. */
export function placesAt(text: string, offsets: readonly number[]): TextPlace[] {
  const places: TextPlace[] = [];
  let line = 1;
  let lineAt = 0;
  for (const [index, offset] of [...offsets.entries()].toSorted(([, a], [, b]) => a - b)) {
    for (let end = text.indexOf('\n', lineAt); end !== -1 && end < offset; end = text.indexOf('\n', lineAt)) {
      line++;
      lineAt = end + 1;
    }
    places[index] = { line, column: offset - lineAt + 1 };
  }
  return places;
}

function reason(text: string, position: number): string {
  if (text.trim() === '') return 'the file is empty';
  if (position >= text.length) return 'the file ends in the middle: a bracket or quotation mark is not closed';
  const character = text[position]!;
  const before = text.slice(0, position).trimEnd().at(-1);
  if (before === ',' && (character === ']' || character === '}')) return 'there is a comma before the closing bracket';
  if (character === '/' || character === '#') return 'JSON has no comments; use a "note"';
  if (character === "'" || character === '“' || character === '”')
    return 'texts stand in straight double quotation marks';
  if (character === '\n' || character === '\r') return 'a quotation mark is missing at the end of this line';
  if (character === '\\') return 'this escape is none; a backslash is written "\\\\"';
  if (character === '"') return 'a comma or colon is missing before this text';
  const word = /^[\p{L}\p{N}_.$-]+/u.exec(text.slice(position, position + 40))?.[0];
  if (word !== undefined) return `${JSON.stringify(word)} stands without quotation marks`;
  return `the character ${JSON.stringify(character)} cannot stand here`;
}
