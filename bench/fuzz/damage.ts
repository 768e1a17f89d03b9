import type { Random } from './random.ts';

/**
 * What is promised of a sound feed's entries after a damage. `kept`: all of them are read. `named`: all are read, or told
 * among the skipped. `beginning`: no more than there were, and the feed counts as cut. Null: nothing.
 */
export type Promised = 'kept' | 'named' | 'beginning' | null;

/** One kind of damage. */
export type Damage = {
  readonly kind: string;
  readonly promises: Promised;
  /** `text` has one character for each byte. Null where there is nothing that could be damaged so. */
  readonly apply: (text: string, random: Random) => string | null;
};

/** Bytes as text of one character each, and back. */
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** UTF-8, each byte as a character. */
export const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Text with `put` in the place of `cut` characters at `at`. */
export function splice(text: string, at: number, cut: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + cut);
}

/** Whether it is XML in which ASCII is ASCII. */
export function isXml(text: string): boolean {
  return /^(?:\xef\xbb\xbf)?\s*<[?!a-zA-Z]/.test(text.slice(0, 200));
}

/** Where a piece stands: the first time after a random place, else the first time at all. -1 if nowhere. */
export function somewhere(text: string, piece: string, random: Random): number {
  const after = text.indexOf(piece, random.whole(text.length));
  return after < 0 ? text.indexOf(piece) : after;
}

/** The inside of an element of one of these names, chosen at random: where it begins and ends. Null where there is none. */
export function insideOf(
  text: string,
  names: readonly string[],
  random: Random,
): { readonly open: number; readonly from: number; readonly to: number; readonly end: number } | null {
  const first = random.whole(names.length);
  for (const name of [...names.slice(first), ...names.slice(0, first)]) {
    const pattern = new RegExp(`<${name}(?:\\s[^<>]*)?(?<!/)>`, 'g');
    pattern.lastIndex = random.whole(text.length);
    let found = pattern.exec(text);
    if (found === null) {
      pattern.lastIndex = 0;
      found = pattern.exec(text);
    }
    if (found === null) continue;
    const from = found.index + found[0].length;
    const to = text.indexOf(`</${name}>`, from);
    // An end tag that lies behind another start tag is not this one's: that has suffered already.
    const next = text.indexOf(`<${name}`, from);
    if (to >= 0 && (next < 0 || next > to)) return { open: found.index, from, to, end: to + name.length + 3 };
  }
  return null;
}

/** As insideOf, of an element within an entry alone. */
export function insideOfEntry(text: string, names: readonly string[], random: Random): ReturnType<typeof insideOf> {
  const first = /<(?:\w{1,20}:)?(?:item|entry)[\s>]/.exec(text)?.index ?? -1;
  if (first < 0) return null;
  const found = insideOf(text.slice(first), names, random);
  if (found === null) return null;
  const { open, from, to, end } = found;
  return { open: open + first, from: from + first, to: to + first, end: end + first };
}

/** The outermost start tag. Null where there is none of a feed in XML. */
export function rootTag(text: string): { readonly at: number; readonly tag: string; readonly name: string } | null {
  const found = /<((?:\w{1,20}:)?(?:rss|feed|RDF))(?=[\s>])[^>]*>/i.exec(text);
  return found === null ? null : { at: found.index, tag: found[0], name: found[1]! };
}
