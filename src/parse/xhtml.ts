import { baseWithin } from './addresses.ts';
import { escapeHtml } from '../support/html.ts';
import { roomFor, tagWithAbsoluteLinks, type Room } from './html-links.ts';
import { VOID_ELEMENTS } from './html-names.ts';
import { linkBase, type LinkBase } from './link-base.ts';
import * as markup from './markup.ts';
import { decodeReferences } from './references.ts';

// Markup that stands in a feed as elements (Atom's type="xhtml", and RSS descriptions that nobody escaped), as HTML.

const MOST_OPEN = 512;
/** Bases that one body may change to; those beyond are passed over. */
const MOST_BASES = 1000;
const COLON = 58;

/** What holds for a body of markup: the base of its links, and how its CDATA sections are meant. */
export type MarkupAt = { readonly base: string | null; readonly cdata: 'text' | 'html' };

/**
 * The HTML of a stretch of elements: no prefixes, empty elements with an end tag, CDATA sections dissolved, comments and
 * processing instructions left out, links absolute (xml:base within counts), the div around it all taken off
 * (RFC 4287 §3.1.1.3).
 */
export function htmlOfMarkup(text: string, given: MarkupAt): string {
  const bases = text.includes('xml:base') ? openBases(given.base) : null;
  const around: Around = { bases, base: given.base === null ? null : linkBase(given.base), room: roomFor(text) };
  let html = '';
  let from = 0;
  let open = text.indexOf('<');
  while (open >= 0) {
    const mark = isTagAt(text, open) ? tagAt(text, open, around) : sectionAt(text, open, given.cdata);
    if (mark.html !== null) {
      html += text.slice(from, open) + mark.html;
      from = mark.next;
    }
    open = text.indexOf('<', mark.next);
  }
  return withoutOuterDiv((html + text.slice(from)).trim());
}

/** What stands at a `<`: where the text goes on behind it, and the HTML in its place; null where it stays as it is. */
type Mark = { readonly html: string | null; readonly next: number };

/** The bases of the elements that are open, the innermost last. */
type Bases = { current(): LinkBase | null; push(written: string | null): void; pop(): void };

/** What tags are read with: `base` counts where no xml:base is given within. */
type Around = { readonly bases: Bases | null; readonly base: LinkBase | null; readonly room: Room };

function openBases(outermost: string | null): Bases {
  const open: (LinkBase | null)[] = [outermost === null ? null : linkBase(outermost)];
  let deeper = 0;
  let given = 0;
  return {
    current: () => open.at(-1)!,
    push(written) {
      if (open.length === MOST_OPEN) deeper++;
      else if (written === null || given++ >= MOST_BASES) open.push(open.at(-1)!);
      else open.push(within(written, open.at(-1)!));
    },
    pop() {
      if (deeper > 0) deeper--;
      else if (open.length > 1) open.pop();
    },
  };
}

function within(written: string, outer: LinkBase | null): LinkBase | null {
  const base = baseWithin(decodeReferences(written), outer?.href ?? null);
  return base === null || base === outer?.href ? outer : linkBase(base);
}

function isTagAt(text: string, open: number): boolean {
  const unit = text.charCodeAt(open + 1);
  return markup.isNameStart(unit) || (unit === markup.SLASH && markup.isNameStart(text.charCodeAt(open + 2)));
}

function tagAt(text: string, open: number, given: Around): Mark {
  const end = markup.endOfTag(text, open);
  if (end < 0) return { html: null, next: open + 1 };
  const isEnd = text.charCodeAt(open + 1) === markup.SLASH;
  const nameStart = isEnd ? open + 2 : open + 1;
  const nameEnd = markup.endOfName(text, nameStart);
  const localStart = afterPrefix(text, nameStart, nameEnd);
  if (!isEnd) return startTag(text, { open, localStart, nameEnd, end }, given);
  given.bases?.pop();
  return { html: localStart === nameStart ? null : `</${text.slice(localStart, end)}`, next: end };
}

function afterPrefix(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === COLON) return at + 1;
  return start;
}

type TagPlaces = { readonly open: number; readonly localStart: number; readonly nameEnd: number; readonly end: number };

function startTag(text: string, tag: TagPlaces, given: Around): Mark {
  const { open, localStart, nameEnd, end } = tag;
  const isEmpty = text.charCodeAt(end - 2) === markup.SLASH;
  const isVoid = (isEmpty || given.bases !== null) && isVoidName(text, localStart, nameEnd);
  let { base } = given;
  if (given.bases !== null) {
    given.bases.push(markup.rawAttribute(markup.readStartTag(text, open).attributes, 'xml:base'));
    base = given.bases.current();
    if (isEmpty || isVoid) given.bases.pop();
  }
  const resolved = base === null ? null : tagWithAbsoluteLinks(text, { open, end }, { base, room: given.room });
  const isExpanded = isEmpty && !isVoid;
  if (resolved === null && localStart === open + 1 && !isExpanded) return { html: null, next: end };
  const name = text.slice(localStart, nameEnd);
  const rest = (resolved ?? text.slice(open, end)).slice(nameEnd - open);
  return { html: isExpanded ? `<${name}${rest.slice(0, -2).trimEnd()}></${name}>` : `<${name}${rest}`, next: end };
}

function isVoidName(text: string, start: number, end: number): boolean {
  return VOID_ELEMENTS.has(text.slice(start, Math.min(end, start + 16)).toLowerCase());
}

function sectionAt(text: string, open: number, cdata: 'text' | 'html'): Mark {
  if (text.startsWith('<!--', open)) {
    const end = markup.endOfComment(text, open);
    return { html: '', next: end < 0 ? text.length : end };
  }
  if (text.startsWith('<![CDATA[', open)) {
    const end = text.indexOf(']]>', open);
    const inside = text.slice(open + 9, end < 0 ? text.length : end);
    return { html: cdata === 'html' ? inside : escapeHtml(inside), next: end < 0 ? text.length : end + 3 };
  }
  if (text.charCodeAt(open + 1) === markup.QUESTION) return { html: '', next: markup.endOfDeclaration(text, open) };
  return { html: null, next: open + 1 };
}

function withoutOuterDiv(html: string): string {
  if (!/^<div[\s>]/i.test(html) || !/<\/div\s*>$/i.test(html.slice(-16))) return html;
  const start = markup.endOfTag(html, 0);
  const last = html.lastIndexOf('</');
  if (start < 0 || !isOneElement(html, start, last)) return html;
  return html.slice(start, last).trim();
}

/** Whether the div that is open at `start` stays open until `last`. */
function isOneElement(html: string, start: number, last: number): boolean {
  let depth = 1;
  for (const [tag] of html.slice(start, last).matchAll(/<(\/?)div[\s>]/gi)) {
    depth += tag.startsWith('</') ? -1 : 1;
    if (depth === 0) return false;
  }
  return true;
}
