import { baseWithin } from './addresses.ts';
import { endOfLeaf, HOLDS_CDATA, type LeafEnd } from './leaf-end.ts';
import type { ParseLimits } from './limits.ts';
import * as markup from './markup.ts';
import { homeOf, isDeclaration, knownName, outermostScope, scopeWithin, type Scope } from './namespaces.ts';
import type { Places } from './places.ts';
import { decodeReferences, type DefinedEntities } from './references.ts';
import type { Repairs } from './repairs.ts';
import { kindOf, type Kind } from './vocabulary.ts';

/** An element of a feed that we know; what it holds is a stretch of the document, read when it is asked for. */
export type Element = {
  /** See namespaces.ts. */
  readonly name: string;
  readonly kind: Kind | null;
  readonly attributes: markup.RawAttributes;
  /** Those that we know, in document order; empty for fields. */
  readonly children: Element[];
  readonly scope: Scope;
  /** Absolute; null where neither xml:base nor the document's address tells one. */
  readonly base: string | null;
  /** xml:base was given here or above. */
  readonly hasOwnBase: boolean;
  /** xml:lang, given here or above. */
  readonly language: string | null;
  readonly from: number;
  to: number;
  /** Bits of what stands in it: see leaf-end.ts. */
  holds: number;
  /** The document ends before it does. */
  isCut: boolean;
};

/** A feed's elements: its own fields in `head`, its entries wherever they stood. */
export type Elements = {
  readonly text: string;
  readonly root: Element;
  readonly head: readonly Element[];
  readonly entries: readonly Element[];
  /** The document ends before its outermost element does. */
  readonly isCut: boolean;
  /** Entries beyond the limit. */
  readonly entriesLeftOut: number;
  readonly entities: DefinedEntities | null;
  /** xml:lang of the outermost elements. */
  readonly language: string | null;
};

/** Elements of a document that may declare namespaces; what is declared beyond is passed over. */
const MOST_SCOPES = 20_000;

type Frame = { readonly element: Element; readonly written: string; readonly kind: Kind };

type Reader = {
  readonly text: string;
  readonly limits: ParseLimits;
  readonly repairs: Repairs;
  readonly stack: Frame[];
  readonly head: Element[];
  readonly entries: Element[];
  readonly places: Places;
  home: string;
  at: number;
  scopes: number;
  /** How far elements without an end may still be searched again, in characters. */
  patience: number;
  isFull: boolean;
  language: string | null;
};

/** What readElements is given: where the outermost start tag is, and the document's own address if it is known. */
export type ElementsAt = {
  readonly start: number;
  readonly base: string | null;
  readonly entities: DefinedEntities | null;
  readonly limits: ParseLimits;
};

/**
 * Reads a document from its outermost start tag on, forgiving whatever is wrong with it: what is not closed is closed
 * by what follows, what closes nothing is passed over. Goes through the text once, without recursion.
 */
export function readElements(text: string, given: ElementsAt, repairs: Repairs): Elements {
  const { limits, entities } = given;
  const reader: Reader = {
    text,
    limits,
    repairs,
    stack: [],
    head: [],
    entries: [],
    places: new Map(),
    home: '',
    at: given.start,
    scopes: 0,
    patience: text.length,
    isFull: false,
    language: null,
  };
  const root = openRoot(reader, given);
  while (reader.stack.length > 0 && !reader.isFull) {
    const open = text.indexOf('<', reader.at);
    if (open < 0) break;
    readMark(reader, open);
  }
  const isCut = reader.stack.length > 0 && !reader.isFull;
  if (isCut) markCut(reader);
  while (reader.stack.length > 0) closeTop(reader, text.length);
  if (isCut) repairs.note('document-cut');
  else if (!reader.isFull && text.length > reader.at && !/^\s*(?:<!--|$)/.test(text.slice(reader.at, reader.at + 200)))
    repairs.note('text-after-root');
  const { undeclared, isCapped } = root.scope.faults;
  if (isCapped) repairs.note('attributes-capped');
  if (undeclared.size > 0) repairs.note('prefix-undeclared', [...undeclared].join(', '), undeclared.size);
  const language = root.language ?? reader.language;
  const entriesLeftOut = reader.isFull ? countStarts(text, reader.at) : 0;
  return { text, root, head: reader.head, entries: reader.entries, isCut, entriesLeftOut, entities, language };
}

/** Opens the outermost element. Where that is a channel or an entry itself, its root is made up. */
function openRoot(reader: Reader, given: ElementsAt): Element {
  const tag = markup.readStartTag(reader.text, given.start);
  const scope = scopeWithin(outermostScope(), tag.attributes);
  reader.home = homeOf(tag.name, scope);
  const name = knownName(tag.name, scope, reader.home);
  const outer = elementOf({
    name: 'rss',
    kind: 'structure',
    tag: { ...tag, attributes: [] },
    scope,
    base: given.base,
    outer: null,
  });
  if (kindOf(name) === 'structure' && name !== 'channel') {
    const root = elementOf({ name, kind: 'structure', tag, scope, base: given.base, outer: null });
    reader.at = tag.end;
    if (!tag.selfClosed) reader.stack.push({ element: root, written: tag.name, kind: 'structure' });
    return root;
  }
  reader.repairs.note('root-odd', `<${tag.name.slice(0, 40)}>`);
  reader.stack.push({ element: outer, written: 'rss', kind: 'structure' });
  return outer;
}

function readMark(reader: Reader, open: number): void {
  const { text } = reader;
  const unit = text.charCodeAt(open + 1);
  if (unit === markup.SLASH) readEndTag(reader, open);
  else if (markup.isNameStart(unit)) readStart(reader, open);
  else if (text.startsWith('<!--', open)) {
    const end = markup.endOfComment(text, open);
    if (end < 0) reader.repairs.note('comment-unclosed');
    reader.at = end < 0 ? text.length : end;
  } else if (text.startsWith('<![CDATA[', open)) {
    const end = text.indexOf(']]>', open);
    reader.stack.at(-1)!.element.holds |= HOLDS_CDATA;
    reader.at = end < 0 ? text.length : end + 3;
  } else if (unit === markup.BANG || unit === markup.QUESTION) reader.at = markup.endOfDeclaration(text, open);
  else reader.at = open + 1;
}

function readStart(reader: Reader, open: number): void {
  const { text, stack, places } = reader;
  const tag = markup.readStartTag(text, open);
  const parent = stack.at(-1)!.element;
  const scope = scopeOf(reader, parent.scope, tag);
  const name = knownName(tag.name, scope, reader.home);
  const kind = kindOf(name);
  noteFaults(reader, tag);
  reader.at = tag.end;
  if (kind === 'entry') return openEntry(reader, { name, tag, scope, open });
  if (kind === null || stack.length >= reader.limits.maxDepth) return passOver(reader, tag, kind);
  const element = elementOf({ name, kind, tag, scope, base: parent.base, outer: parent });
  if (kind === 'structure') reader.language ??= element.language;
  else addChild(reader, element);
  if (tag.selfClosed) return;
  if (kind === 'structure' || kind === 'parts') stack.push({ element, written: tag.name, kind });
  else
    finishLeaf(
      reader,
      element,
      endOfLeaf(text, { name: tag.name, from: tag.end, field: kind, parent: stack.at(-1)!.written, places }),
    );
}

function scopeOf(reader: Reader, outer: Scope, { attributes }: markup.StartTag): Scope {
  if (attributes.length === 0) return outer;
  if (reader.scopes >= MOST_SCOPES) {
    outer.faults.isCapped ||= attributes.some((name, at) => at % 2 === 0 && isDeclaration(name));
    return outer;
  }
  const scope = scopeWithin(outer, attributes);
  if (scope !== outer) reader.scopes++;
  return scope;
}

function openEntry(
  reader: Reader,
  given: { readonly name: string; readonly tag: markup.StartTag; readonly scope: Scope; readonly open: number },
): void {
  const { stack, entries, limits, repairs } = reader;
  const inner = stack.findIndex(({ kind }) => kind === 'entry');
  if (inner >= 0) {
    repairs.note('element-unclosed', `<${stack[inner]!.written}>`);
    while (stack.length > inner) closeTop(reader, given.open);
  }
  if (entries.length >= limits.maxEntries) {
    reader.isFull = true;
    reader.at = given.open;
    return;
  }
  const parent = stack.at(-1)!.element;
  const element = elementOf({ ...given, kind: 'entry', base: parent.base, outer: parent });
  entries.push(element);
  if (!given.tag.selfClosed) stack.push({ element, written: given.tag.name, kind: 'entry' });
}

function finishLeaf(reader: Reader, element: Element, end: LeafEnd): void {
  element.to = end.to;
  element.holds = end.holds;
  reader.at = end.next;
  if (end.isClosed) return;
  if (end.next < reader.text.length) reader.repairs.note('element-unclosed', `<${element.name}>`);
}

/**
 * The document ends in the middle of all that is open. Even where that is between two fields of an entry, its guid may
 * be among those that are missing.
 */
function markCut(reader: Reader): void {
  for (const frame of reader.stack) frame.element.isCut = true;
}

/** Passes over an element that we do not read. Where it has no end tag, only its start tag is passed over. */
function passOver(reader: Reader, tag: markup.StartTag, kind: Kind | null): void {
  if (kind !== null) reader.repairs.note('depth-capped');
  if (tag.selfClosed || kind === 'structure' || kind === 'parts') return;
  const parent = reader.stack.at(-1)!.written;
  const end = endOfLeaf(reader.text, { name: tag.name, from: tag.end, field: null, parent, places: reader.places });
  if (end.isClosed || reader.patience <= 0) reader.at = end.next;
  else {
    reader.patience -= end.next - tag.end;
    reader.repairs.note('element-unclosed', `<${tag.name.slice(0, 40)}>`);
  }
}

function readEndTag(reader: Reader, open: number): void {
  const { text, stack } = reader;
  const nameEnd = markup.endOfName(text, open + 2);
  let end = nameEnd;
  while (markup.isSpace(text.charCodeAt(end))) end++;
  reader.at = text.charCodeAt(end) === markup.GREATER_THAN ? end + 1 : Math.max(end, open + 2);
  const written = text.slice(open + 2, nameEnd);
  const place = stack.findLastIndex((frame) => isSameName(frame.written, written));
  if (place < 0) return reader.repairs.note('end-tag-stray', `</${written.slice(0, 40)}>`);
  if (place < stack.length - 1) reader.repairs.note('element-unclosed', `<${stack.at(-1)!.written.slice(0, 40)}>`);
  while (stack.length > place) closeTop(reader, open);
}

function isSameName(a: string, b: string): boolean {
  if (a === b) return true;
  // Most names differ in their first letter, and lower case is dear where end tags come by the thousand.
  if (a.length !== b.length || (a.charCodeAt(0) | 32) !== (b.charCodeAt(0) | 32)) return false;
  return (a.charCodeAt(a.length - 1) | 32) === (b.charCodeAt(b.length - 1) | 32) && a.toLowerCase() === b.toLowerCase();
}

function closeTop(reader: Reader, to: number): void {
  reader.stack.pop()!.element.to = to;
}

function addChild(reader: Reader, element: Element): void {
  const frame = reader.stack.at(-1)!;
  const siblings = frame.kind === 'structure' ? reader.head : frame.element.children;
  if (siblings.length < reader.limits.maxFields) siblings.push(element);
  else reader.repairs.note('fields-capped');
}

const NO_CHILDREN: Element[] = [];

function elementOf(given: {
  readonly name: string;
  readonly kind: Kind | null;
  readonly tag: markup.StartTag;
  readonly scope: Scope;
  readonly base: string | null;
  readonly outer: Element | null;
}): Element {
  const { name, kind, tag, scope, outer } = given;
  const ownBase = tag.attributes.length === 0 ? null : markup.rawAttribute(tag.attributes, 'xml:base');
  const ownLanguage = tag.attributes.length === 0 ? null : markup.rawAttribute(tag.attributes, 'xml:lang');
  return {
    name,
    kind,
    attributes: tag.attributes,
    children: kind === 'entry' || kind === 'parts' ? [] : NO_CHILDREN,
    scope,
    base: ownBase === null ? given.base : baseWithin(decodeReferences(ownBase), given.base),
    hasOwnBase: ownBase !== null || (outer?.hasOwnBase ?? false),
    language: ownLanguage === null ? (outer?.language ?? null) : languageIn(ownLanguage),
    from: tag.end,
    to: tag.end,
    holds: 0,
    isCut: false,
  };
}

/** An empty xml:lang takes the outer one back (XML 1.0 §2.12). */
function languageIn(written: string): string | null {
  const language = decodeReferences(written).trim();
  return language === '' ? null : language;
}

function noteFaults(reader: Reader, tag: markup.StartTag): void {
  if (tag.faults.unquoted) reader.repairs.note('attribute-unquoted', `<${tag.name.slice(0, 40)}>`);
  if (tag.faults.capped) reader.repairs.note('attributes-capped', `<${tag.name.slice(0, 40)}>`);
  if (tag.faults.broken) reader.repairs.note('tag-broken', `<${tag.name.slice(0, 40)}>`);
}

/** How many entries begin after a place, by their start tags alone. */
function countStarts(text: string, start: number): number {
  return (text.slice(start).match(/<(?:\w{1,20}:)?(?:item|entry)[\s>]/gi) ?? []).length;
}
