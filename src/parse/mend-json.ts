// JSON that is nearly JSON: controls within strings, commas too many, a document that ends in the middle.

const QUOTE = 34;
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
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      mended += text.slice(from, at) + escapedControls(text.slice(at, end));
      from = end;
      at = end - 1;
    } else if (unit === 123 || unit === 91) {
      if (open.length === MOST_OPEN) return { mended: '', isCut: true, whole };
      open.push(unit === 123 ? '}' : ']');
    } else if (unit === 125 || unit === 93) {
      mended = (mended + text.slice(from, at)).replace(/,\s{0,1000}$/, '');
      from = at;
      open.pop();
      if (open.length === 0) return { mended: `${mended}${text[at]!}`, isCut: false, whole: null };
      if (open.length === 2 && open[1] === ']') whole = `${mended}${text[at]!}]}`;
    }
  }
  const rest = (mended + text.slice(from)).replace(/[,:\s]{1,1000}$/, '');
  return { mended: rest + open.toReversed().join(''), isCut: true, whole };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === QUOTE) return at + 1;
  }
  return text.length;
}

function escapedControls(string: string): string {
  // oxlint-disable-next-line no-control-regex
  return string.replace(/[\u0000-\u001f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
