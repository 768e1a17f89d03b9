// The marks of XML and HTML in a text, found by their code units. Every function goes forward only, and none looks
// further than it reports, so that reading a document is linear whatever is in it.

export const LESS_THAN = 60;
export const GREATER_THAN = 62;
export const SLASH = 47;
export const BANG = 33;
export const QUESTION = 63;
const EQUALS = 61;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;

const MOST_ATTRIBUTES = 64;
/**
 * Quoted values of one tag that hold a `<`. Where quotes and tags are out of step a tag would reach to the end of the
 * document, and so would the next.
 */
const MOST_WITH_MARKUP = 16;

/** Names and values in turn. Names are in lower case, values as written. */
export type RawAttributes = readonly string[];

export type StartTag = {
  /** As written. */
  readonly name: string;
  readonly attributes: RawAttributes;
  readonly selfClosed: boolean;
  /** Where the text after the tag begins. */
  readonly end: number;
  readonly faults: TagFaults;
};

/** What was wrong with a tag. */
export type TagFaults = { unquoted: boolean; broken: boolean; capped: boolean };

const NO_ATTRIBUTES: RawAttributes = [];
const NO_FAULTS: Readonly<TagFaults> = { unquoted: false, broken: false, capped: false };

export function isNameStart(unit: number): boolean {
  const letter = unit | 32;
  return (letter >= 97 && letter <= 122) || unit === 95 || unit >= 0xc0;
}

export function isSpace(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9 || unit === 12;
}

/** Where a tag's name ends that begins at `start`. */
export function endOfName(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 32 || unit === SLASH || unit === GREATER_THAN || unit === LESS_THAN || unit === EQUALS) break;
  }
  return at;
}

/** The start tag whose `<` is at `at`. A tag that does not end before the next `<` ends there. */
export function readStartTag(text: string, at: number): StartTag {
  const nameEnd = endOfName(text, at + 1);
  const name = text.slice(at + 1, nameEnd);
  if (text.charCodeAt(nameEnd) === GREATER_THAN)
    return { name, attributes: NO_ATTRIBUTES, selfClosed: false, end: nameEnd + 1, faults: NO_FAULTS };
  return readAttributes(text, name, nameEnd);
}

function readAttributes(text: string, name: string, start: number): StartTag {
  const attributes: string[] = [];
  const faults = { unquoted: false, broken: false, capped: false };
  const into = { attributes, faults, withMarkup: 0 };
  let at = start;
  for (;;) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    const unit = text.charCodeAt(at);
    if (unit === GREATER_THAN) return { name, attributes, selfClosed: false, end: at + 1, faults };
    if (unit === SLASH && text.charCodeAt(at + 1) === GREATER_THAN)
      return { name, attributes, selfClosed: true, end: at + 2, faults };
    if (at >= text.length || unit === LESS_THAN || into.withMarkup > MOST_WITH_MARKUP) {
      faults.broken = true;
      return { name, attributes, selfClosed: false, end: at, faults };
    }
    at = readAttribute(text, at, into);
  }
}

/** Reads one attribute, or steps over one stray character. */
function readAttribute(text: string, start: number, into: Attributes & { withMarkup: number }): number {
  const nameEnd = endOfName(text, start);
  if (nameEnd === start) {
    into.faults.broken = true;
    return start + 1;
  }
  let at = nameEnd;
  while (isSpace(text.charCodeAt(at))) at++;
  const name = text.slice(start, nameEnd).toLowerCase();
  if (text.charCodeAt(at) !== EQUALS) {
    keep(into, name, '');
    return nameEnd;
  }
  at++;
  while (isSpace(text.charCodeAt(at))) at++;
  const quote = text.charCodeAt(at);
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) into.faults.unquoted = true;
  const value = quotedOrBare(text, at, quote);
  if (value.broken) into.faults.broken = true;
  if (value.holdsMarkup) into.withMarkup++;
  keep(into, name, text.slice(value.from, value.to));
  return value.next;
}

type Attributes = { readonly attributes: string[]; readonly faults: TagFaults };

function keep({ attributes, faults }: Attributes, name: string, value: string): void {
  if (attributes.length < MOST_ATTRIBUTES * 2) attributes.push(name, value);
  else faults.capped = true;
}

type Value = {
  readonly from: number;
  readonly to: number;
  readonly next: number;
  readonly broken: boolean;
  readonly holdsMarkup: boolean;
};

function quotedOrBare(text: string, at: number, quote: number): Value {
  const from = at + 1;
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) {
    const end = endOfBare(text, at);
    return { from: at, to: end, next: end, broken: false, holdsMarkup: false };
  }
  let close = -1;
  let holdsMarkup = false;
  for (let place = from; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit === quote) return { from, to: place, next: place + 1, broken: false, holdsMarkup };
    if (unit === GREATER_THAN && close < 0) close = place;
    if (unit !== LESS_THAN) continue;
    // A value that holds the end of its tag and then another tag was never closed. Markup within (`title="<b>"`,
    // `a < b`) does not count.
    if (close < 0) holdsMarkup = true;
    else if (!holdsMarkup) break;
  }
  const stop = close < 0 || holdsMarkup ? endOfBare(text, from) : close;
  return { from, to: text.charCodeAt(stop - 1) === SLASH ? stop - 1 : stop, next: stop, broken: true, holdsMarkup };
}

function endOfBare(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 32 || unit === GREATER_THAN || unit === LESS_THAN) break;
  }
  return at;
}

/** The value of an attribute as written; null where there is none. The first of a doubled one counts. */
export function rawAttribute(attributes: RawAttributes, name: string): string | null {
  for (let at = 0; at < attributes.length; at += 2) if (attributes[at] === name) return attributes[at + 1]!;
  return null;
}

/** Where the text after a comment begins whose `<!--` is at `at`; -1 where it is not closed. */
export function endOfComment(text: string, at: number): number {
  const end = text.indexOf('-->', at + 4);
  return end < 0 ? -1 : end + 3;
}

/** Where the text after `<!…>` or `<?…>` begins: after the next `>`, or at the end of the text. */
export function endOfDeclaration(text: string, at: number): number {
  const close = text.indexOf('>', at);
  return close < 0 ? text.length : close + 1;
}

/**
 * Where the tag ends whose `<` is at `at`: after its `>`, quotes respected. A tag that does not end before the next `<`
 * or the end of the text gives -1.
 */
export function endOfTag(text: string, at: number): number {
  let withMarkup = 0;
  for (let place = at + 1; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit === GREATER_THAN) return place + 1;
    if (unit === LESS_THAN) return -1;
    if (unit !== EQUALS) continue;
    const value = quotedValueAt(text, place + 1);
    if (value === null) continue;
    if (value.holdsMarkup && ++withMarkup > MOST_WITH_MARKUP) return -1;
    place = value.next - 1;
  }
  return -1;
}

/** The value that begins at `start`, white space before it apart; null where it is not quoted. */
function quotedValueAt(text: string, start: number): Value | null {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  const quote = text.charCodeAt(at);
  return quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE ? quotedOrBare(text, at, quote) : null;
}

/** The value of the attribute whose name ends at `nameEnd`; null where it has none. Quotes are not part of it. */
export function attributeValueAt(
  text: string,
  nameEnd: number,
): { readonly from: number; readonly to: number; readonly next: number; readonly isQuoted: boolean } | null {
  let at = nameEnd;
  while (isSpace(text.charCodeAt(at))) at++;
  if (text.charCodeAt(at) !== EQUALS) return null;
  at++;
  while (isSpace(text.charCodeAt(at))) at++;
  const quote = text.charCodeAt(at);
  const isQuoted = quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE;
  const { from, to, next } = quotedOrBare(text, at, quote);
  return { from, to, next, isQuoted };
}
