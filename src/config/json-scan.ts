/** What a scan comes upon, in the order of the text. Offsets count UTF-16 units, as texts do. */
export type JsonVisitor = {
  /** A value begins: a member of an object (with the offset of its name), an element of a list, or the whole (null). */
  begins(step: string | number | null, offsets: { readonly nameAt: number | null; readonly valueAt: number }): void;
  /** The innermost list or object that is open ends; other values end where the next thing begins. */
  closes(): void;
  /** The value that began last is a list or an object. */
  opens(): void;
};

const WORD = /[^\s,:[\]{}"]+/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y; // oxlint-disable-line no-control-regex
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SPACE = /[ \t\r\n]*/y;

/** What may stand next: a value, a value or the end of an empty list, a name, what follows a value … */
type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or end';

type Open = { readonly bracket: '[' | '{'; count: number };

const nobody: JsonVisitor = { begins: () => undefined, opens: () => undefined, closes: () => undefined };

/**
 * Goes through a JSON text once, and never deeper into the stack for what is nested.
 * Null where it is JSON; else the offset of the first character that cannot stand where it stands (RFC 8259), which is the
 * text's length if it ends too early.
 */
export function scanJson(text: string, visitor: JsonVisitor = nobody): number | null {
  const open: Open[] = [];
  let expected: Expected = 'value';
  let name: { readonly text: string; readonly at: number } | null = null;
  let at = 0;
  const begins = (valueAt: number): void => {
    const inside = open.at(-1);
    const step = inside === undefined ? null : inside.bracket === '[' ? inside.count++ : name!.text;
    visitor.begins(step, { nameAt: name?.at ?? null, valueAt });
    name = null;
  };
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const character = text[at];
    if (character === undefined) return open.length === 0 && expected === 'comma or end' ? null : text.length;
    const inside = open.at(-1)?.bracket;
    if (expected === 'comma or end') {
      if (inside === undefined) return at;
      if (character === ',') expected = inside === '[' ? 'value' : 'name';
      else if (character === (inside === '[' ? ']' : '}')) {
        open.pop();
        visitor.closes();
      } else return at;
      at++;
    } else if (expected === 'colon') {
      if (character !== ':') return at;
      expected = 'value';
      at++;
    } else if (closesEmpty(expected, character)) {
      open.pop();
      visitor.closes();
      expected = 'comma or end';
      at++;
    } else if (expected === 'name' || expected === 'name or }') {
      const end = character === '"' ? endOfString(text, at) : { fault: at };
      if (typeof end !== 'number') return end.fault;
      name = { text: unquoted(text.slice(at, end)), at };
      expected = 'colon';
      at = end;
    } else if (character === '[' || character === '{') {
      begins(at);
      open.push({ bracket: character, count: 0 });
      visitor.opens();
      expected = character === '[' ? 'value or ]' : 'name or }';
      at++;
    } else {
      const end = character === '"' ? endOfString(text, at) : endOfWord(text, at);
      if (typeof end !== 'number') return end.fault;
      begins(at);
      expected = 'comma or end';
      at = end;
    }
  }
}

function unquoted(written: string): string {
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
}

function closesEmpty(expected: Expected, character: string): boolean {
  return (expected === 'value or ]' && character === ']') || (expected === 'name or }' && character === '}');
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

type NoEnd = { readonly fault: number };

function endOfWord(text: string, at: number): number | NoEnd {
  const end = endOf(WORD, text, at);
  const word = end === null ? '' : text.slice(at, end);
  return end !== null && (['true', 'false', 'null'].includes(word) || NUMBER.test(word)) ? end : { fault: at };
}

/** Piece by piece: one expression for the whole would need room for every escape. A string ends on its line, or is none. */
function endOfString(text: string, start: number): number | NoEnd {
  for (let at = start + 1; ;) {
    at = endOf(PLAIN, text, at) ?? at;
    if (text[at] === '"') return at + 1;
    const end = endOf(ESCAPE, text, at);
    if (end === null) return { fault: at };
    at = end;
  }
}
