/** Where and why a text is not JSON, for people: line and column counted from 1, and what would help. */
export type JsonFault = { readonly line: number; readonly column: number; readonly message: string };

/** Null when the text is JSON. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    // The engine's own messages name a place only now and then, so the place is looked for.
    const position = firstFault(text);
    const before = text.slice(0, position);
    return {
      line: before.split('\n').length,
      column: position - before.lastIndexOf('\n'),
      message: reason(text, position),
    };
  }
}

const WORD = /[^\s,:[\]{}"]+/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y; // oxlint-disable-line no-control-regex
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SPACE = /[ \t\r\n]*/y;

/** What may stand next: a value, a value or the end of an empty list, a name, what follows a value … */
type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end';

/** The offset of the first character that cannot stand where it stands (RFC 8259); the text's length if it ends too early. */
function firstFault(text: string): number {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const character = text[at];
    if (character === undefined) return text.length;
    const inside = open.at(-1);
    if (expected === 'comma or end') {
      if (inside === undefined) return at;
      if (character === ',') expected = inside === '[' ? 'value' : 'name';
      else if (character === (inside === '[' ? ']' : '}')) open.pop();
      else return at;
      at++;
    } else if (expected === 'colon') {
      if (character !== ':') return at;
      expected = 'value';
      at++;
    } else if (closesEmpty(expected, character)) {
      open.pop();
      expected = 'comma or end';
      at++;
    } else if (expected === 'name' || expected === 'name or }') {
      const end = endOf(STRING, text, at);
      if (end === null) return character === '"' ? faultInString(text, at) : at;
      expected = 'colon';
      at = end;
    } else if (character === '[' || character === '{') {
      open.push(character);
      expected = character === '[' ? 'value or ]' : 'name or }';
      at++;
    } else {
      const end = character === '"' ? endOf(STRING, text, at) : endOfWord(text, at);
      if (end === null) return character === '"' ? faultInString(text, at) : at;
      expected = 'comma or end';
      at = end;
    }
  }
}

function closesEmpty(expected: Expected, character: string): boolean {
  return (expected === 'value or ]' && character === ']') || (expected === 'name or }' && character === '}');
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function endOfWord(text: string, at: number): number | null {
  const end = endOf(WORD, text, at);
  const word = end === null ? '' : text.slice(at, end);
  return ['true', 'false', 'null'].includes(word) || NUMBER.test(word) ? end : null;
}

/** A string ends at its line's end at the latest, or at an escape that is none. */
function faultInString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character < ' ') return at;
    if (character === '\\') {
      if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at, at + 6))) return at;
      at++;
    }
  }
  return text.length;
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
