// JSON that is nearly JSON: controls within strings, commas too many, a document that ends in the middle.

const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const BACKSLASH = 92;

/** Deeper than any JSON Feed. */
const MOST_OPEN = 200;

/** A value out of faulty JSON, and whether its end is missing; null where it cannot be mended. */
export function mendJson(text: string): { readonly value: unknown; readonly isCut: boolean } | null {
  const { mended, isCut, whole } = rewritten(text);
  for (const attempt of [mended, whole]) {
    if (attempt === null) continue;
    try {
      return { value: JSON.parse(attempt) as unknown, isCut };
    } catch {
      // The next, shorter attempt may be sound.
    }
  }
  return null;
}

type Rewritten = {
  /** The text with what could be mended, closed where it ends. */
  readonly mended: string;
  readonly isCut: boolean;
  /** The same up to the last value that is whole, if the text is cut. */
  readonly whole: string | null;
};

/** Goes through the text once, with a stack of what is open. */
function rewritten(text: string): Rewritten {
  const open: string[] = [];
  let mended = '';
  let from = 0;
  let whole: string | null = null;
  // Where a comma stands that nothing has followed yet.
  let comma = -1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === COMMA) comma = at;
    else if (unit === OPEN_OBJECT || unit === OPEN_LIST) {
      if (open.length === MOST_OPEN) return { mended: '', isCut: true, whole };
      open.push(unit === OPEN_OBJECT ? '}' : ']');
      comma = -1;
    } else if (unit === CLOSE_OBJECT || unit === CLOSE_LIST) {
      mended += text.slice(from, comma < 0 ? at : comma) + text[at]!;
      from = at + 1;
      comma = -1;
      open.pop();
      if (open.length === 0) return { mended, isCut: false, whole: null };
      if (open.length === 2 && open[1] === ']') whole = `${mended}]}`;
    } else if (unit === QUOTE) {
      const end = endOfString(text, at);
      const string = escapedControls(text.slice(at, end));
      if (string !== null) {
        mended += text.slice(from, at) + string;
        from = end;
      }
      at = end - 1;
      comma = -1;
    } else if (unit > 32) comma = -1;
  }
  const rest = mended + text.slice(from);
  return { mended: rest.slice(0, endOfValues(rest)) + open.toReversed().join(''), isCut: true, whole };
}

/** Where a text ends but for the commas, colons and white space after its last value. */
function endOfValues(text: string): number {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) <= 32 || text[end - 1] === ',' || text[end - 1] === ':')) end--;
  return end;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === QUOTE) return at + 1;
  }
  return text.length;
}

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f]/g;

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A string with its controls escaped; null where it has none. */
function escapedControls(string: string): string | null {
  let holdsOne = false;
  for (let at = 0; at < string.length && !holdsOne; at++) holdsOne = string.charCodeAt(at) < 32;
  if (!holdsOne) return null;
  return string.replace(
    CONTROLS,
    (control) => ESCAPES[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
