// JSON that is nearly JSON: controls within strings, commas too many, a document that ends in the middle.

const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const BACKSLASH = 92;

/** What stands before the list of items, with some white space. */
const ITEMS = /"items"\s*:\s*$/;
const LONGEST_KEY = 40;

/** Deeper than any JSON Feed. */
const MOST_OPEN = 200;

export type MendedJson = {
  readonly value: unknown;
  /** Its end is missing. */
  readonly isCut: boolean;
  /** Whether the item that it ends in the middle of is the last of the value's, or is none of them; null for no such. */
  readonly cutItem: 'kept' | 'left-out' | null;
};

/** A value out of faulty JSON; null where it cannot be mended. */
export function mendJson(text: string): MendedJson | null {
  const { mended, whole, isCut, endsInItem } = rewritten(text);
  const value = parsed(mended);
  if (value !== undefined) return { value, isCut, cutItem: endsInItem ? 'kept' : null };
  const shorter = whole === null ? undefined : parsed(whole);
  return shorter === undefined ? null : { value: shorter, isCut, cutItem: endsInItem ? 'left-out' : null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

type Rewritten = {
  /** The text with what could be mended, closed where it ends. */
  readonly mended: string;
  readonly isCut: boolean;
  /** It ends in the middle of one of its items. */
  readonly endsInItem: boolean;
  /** The same up to the last item that is whole, if the text is cut. */
  readonly whole: string | null;
};

/** Goes through the text once, with a stack of what is open. */
function rewritten(text: string): Rewritten {
  const open: string[] = [];
  let mended = '';
  let from = 0;
  let whole: string | null = null;
  let isInItems = false;
  // Where a comma stands that nothing has followed yet.
  let comma = -1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === COMMA) comma = at;
    else if (unit === OPEN_OBJECT || unit === OPEN_LIST) {
      if (open.length === MOST_OPEN) return { mended: '', isCut: true, endsInItem: isInItems, whole };
      if (open.length === 1 && ITEMS.test(text.slice(Math.max(0, at - LONGEST_KEY), at))) {
        isInItems = true;
        whole = `${mended}${text.slice(from, at)}[]}`;
      }
      open.push(unit === OPEN_OBJECT ? '}' : ']');
      comma = -1;
    } else if (unit === CLOSE_OBJECT || unit === CLOSE_LIST) {
      mended += text.slice(from, comma < 0 ? at : comma) + text[at]!;
      from = at + 1;
      comma = -1;
      open.pop();
      if (open.length === 0) return { mended, isCut: false, endsInItem: false, whole: null };
      if (open.length === 1) isInItems = false;
      else if (open.length === 2 && isInItems) whole = `${mended}]}`;
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
  const endsInItem = isInItems && open.length > 2;
  return { mended: rest.slice(0, endOfValues(rest)) + open.toReversed().join(''), isCut: true, endsInItem, whole };
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
