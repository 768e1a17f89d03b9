import * as markup from './markup.ts';
import { placeOf, type Places } from './places.ts';
import { endsField } from './vocabulary.ts';

/** What stands in an element: bits of Element.holds. */
export const HOLDS_CDATA = 1;
export const HOLDS_MARKUP = 2;
export const HOLDS_COMMENT = 4;

export type LeafEnd = {
  /** Where its content ends, and where the text after it begins. */
  readonly to: number;
  readonly next: number;
  readonly holds: number;
  /** Its own end tag was found. */
  readonly isClosed: boolean;
};

export type Leaf = {
  /** As written. */
  readonly name: string;
  /** Where its content begins. */
  readonly from: number;
  /** A known field ends where the next field begins; null for an element that we do not know. */
  readonly field: 'line' | 'body' | null;
  /** The element around it, as written. */
  readonly parent: string;
  /** Of the document. */
  readonly places: Places;
};

/** End tags that no markup of a body has: whatever is open within ends there. */
const ENDS = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf:rdf']);

/**
 * Where an element ends whose content is text: at its end tag; else, where that was forgotten, before what cannot stand
 * in it: the next entry, the end of this one, or the next field. Elements of the same name within are counted. A body
 * whose end tag is there may hold elements of any name: XML of another kind, or a drawing with its metadata.
 */
export function endOfLeaf(text: string, leaf: Leaf): LeafEnd {
  let at = leaf.from;
  let depth = 0;
  let holds = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return { to: text.length, next: text.length, holds, isClosed: false };
    const unit = text.charCodeAt(open + 1);
    at = open + 2;
    if (unit === markup.SLASH) {
      if (isNameAt(text, open + 2, leaf.name)) {
        if (depth === 0)
          return { to: open, next: afterEndTag(text, open + 2 + leaf.name.length), holds, isClosed: true };
        depth--;
      } else if (endsAround(text, open + 2, leaf)) return { to: open, next: open, holds, isClosed: false };
      else holds |= HOLDS_MARKUP;
    } else if (unit === markup.BANG) {
      const section = sectionAt(text, open);
      if (section.end < 0) return { to: text.length, next: text.length, holds: holds | section.holds, isClosed: false };
      holds |= section.holds;
      at = section.end;
    } else if (markup.isNameStart(unit)) {
      if (isNameAt(text, open + 1, leaf.name)) {
        if (!isSelfClosed(text, open, leaf.name)) depth++;
      } else if (beginsNext(text, open + 1, leaf)) return { to: open, next: open, holds, isClosed: false };
      holds |= HOLDS_MARKUP;
    } else at = open + 1;
  }
}

/** A CDATA section or comment; `end` is -1 where it has none. Other declarations count as text. */
function sectionAt(text: string, open: number): { readonly end: number; readonly holds: number } {
  if (text.startsWith('<![CDATA[', open)) {
    const end = text.indexOf(']]>', open + 9);
    return { end: end < 0 ? -1 : end + 3, holds: HOLDS_CDATA };
  }
  if (text.startsWith('<!--', open)) return { end: markup.endOfComment(text, open), holds: HOLDS_COMMENT };
  return { end: open + 2, holds: 0 };
}

function isNameAt(text: string, at: number, name: string): boolean {
  const end = at + name.length;
  const after = text.charCodeAt(end);
  if (after > 32 && after !== markup.GREATER_THAN && after !== markup.SLASH && after !== markup.LESS_THAN) return false;
  if (text.startsWith(name, at)) return true;
  for (let place = 0; place < name.length; place++)
    if (inLowerCase(text.charCodeAt(at + place)) !== inLowerCase(name.charCodeAt(place))) return false;
  return true;
}

/** Of a letter of ASCII; others are as they stand. */
function inLowerCase(unit: number): number {
  return unit >= 65 && unit <= 90 ? unit | 32 : unit;
}

function afterEndTag(text: string, start: number): number {
  let at = start;
  while (markup.isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === markup.GREATER_THAN ? at + 1 : at;
}

function endsAround(text: string, at: number, leaf: Leaf): boolean {
  if (isNameAt(text, at, leaf.parent)) return true;
  return ENDS.has(nameAt(text, at)) && !isClosedBody(text, at, leaf);
}

function beginsNext(text: string, at: number, leaf: Leaf): boolean {
  const name = nameAt(text, at);
  if (name === 'item' || name === 'entry') return true;
  return leaf.field !== null && endsField(name, leaf.field) && !isClosedBody(text, at, leaf);
}

/** Marks that are looked for in one document: a name in ever new spellings would cost a search each. */
const MOST_MARKS = 32;

/** Whether a body's end tag comes before whatever ends the entry around it. */
function isClosedBody(text: string, at: number, { field, name, parent, places }: Leaf): boolean {
  if (field !== 'body' || places.size > MOST_MARKS) return false;
  const end = placeOf(text, `</${name}`, at, places);
  if (end < 0) return false;
  return [`</${parent}`, '<item', '<entry'].every((mark) => {
    const place = placeOf(text, mark, at, places);
    return place < 0 || place > end;
  });
}

/** The name at a place in lower case; '' for one that is longer or shorter than any that we know. */
function nameAt(text: string, at: number): string {
  const end = markup.endOfName(text, at);
  return end - at > 24 || end - at < 2 ? '' : text.slice(at, end).toLowerCase();
}

function isSelfClosed(text: string, open: number, name: string): boolean {
  if (text.charCodeAt(open + 1 + name.length) === markup.GREATER_THAN) return false;
  const end = markup.endOfTag(text, open);
  return end >= 0 && text.charCodeAt(end - 2) === markup.SLASH;
}
