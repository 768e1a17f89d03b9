import { Refusal } from './refusal.ts';

/** A tag of an HTML page, with the text that stands before it. Names in lower case, values and text decoded. */
export type Tag = {
  readonly name: string;
  readonly kind: 'start' | 'end' | 'empty';
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly textBefore: string;
  readonly line: number;
};

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)/y;
const ATTRIBUTE = /\s+([^\s"'<>/=]+)(?:="([^"]*)")?/y;
const TAG_END = /\s*(\/?)>/y;

/** The tags of a page, from `from` on, and at last one without a name that holds the text behind them. */
export function* tagsIn(html: string, from: number): Generator<Tag> {
  let at = from;
  let line = html.slice(0, from).split('\n').length;
  for (;;) {
    const start = html.indexOf('<', at);
    const raw = html.slice(at, start < 0 ? undefined : start);
    line += raw.split('\n').length - 1;
    if (start < 0) {
      yield { name: '', kind: 'end', attributes: [], textBefore: decoded(raw), line };
      return;
    }
    const { end, ...tag } = readTag(html, start, line);
    yield { ...tag, textBefore: decoded(raw), line };
    line += html.slice(start, end).split('\n').length - 1;
    at = end;
  }
}

function readTag(
  html: string,
  from: number,
  line: number,
): Omit<Tag, 'textBefore' | 'line'> & { readonly end: number } {
  const start = matchAt(TAG, html, from);
  if (start === null) throw new Refusal(`a "<" that begins no tag, in line ${line}`);
  const [opening, slash, name] = start;
  const attributes: (readonly [string, string])[] = [];
  let end = from + opening.length;
  for (;;) {
    const attribute = matchAt(ATTRIBUTE, html, end);
    if (attribute === null) break;
    attributes.push([attribute[1]!.toLowerCase(), decoded(attribute[2] ?? '')]);
    end += attribute[0].length;
  }
  const close = matchAt(TAG_END, html, end);
  if (close === null) throw new Refusal(`<${name}> is not a proper tag, in line ${line}`);
  const kind = slash === '/' ? 'end' : close[1] === '/' ? 'empty' : 'start';
  return { name: name!.toLowerCase(), kind, attributes, end: end + close[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi;

function decoded(html: string): string {
  return html.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
