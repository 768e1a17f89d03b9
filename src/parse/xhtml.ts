import { baseWithin } from './addresses.ts';
import { escapeHtml } from '../support/html.ts';
import { tagWithAbsoluteLinks } from './html-links.ts';
import { VOID_ELEMENTS } from './html-names.ts';
import * as markup from './markup.ts';
import { decodeReferences } from './references.ts';

// Markup that stands in a feed as elements (Atom's type="xhtml", and RSS descriptions that nobody escaped), as HTML.

const MOST_OPEN = 512;
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
  let html = '';
  let from = 0;
  let open = text.indexOf('<');
  while (open >= 0) {
    const mark = isTagAt(text, open)
      ? tagAt(text, open, { bases, base: given.base })
      : sectionAt(text, open, given.cdata);
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
type Bases = { current(): string | null; push(written: string | null): void; pop(): void };

function openBases(outermost: string | null): Bases {
  const open: (string | null)[] = [outermost];
  let deeper = 0;
  return {
    current: () => open.at(-1)!,
    push(written) {
      if (open.length === MOST_OPEN) deeper++;
      else open.push(written === null ? open.at(-1)! : baseWithin(decodeReferences(written), open.at(-1)!));
    },
    pop() {
      if (deeper > 0) deeper--;
      else if (open.length > 1) open.pop();
    },
  };
}

function isTagAt(text: string, open: number): boolean {
  const unit = text.charCodeAt(open + 1);
  return markup.isNameStart(unit) || (unit === markup.SLASH && markup.isNameStart(text.charCodeAt(open + 2)));
}

function tagAt(
  text: string,
  open: number,
  given: { readonly bases: Bases | null; readonly base: string | null },
): Mark {
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

function startTag(
  text: string,
  tag: TagPlaces,
  given: { readonly bases: Bases | null; readonly base: string | null },
): Mark {
  const { open, localStart, nameEnd, end } = tag;
  const isEmpty = text.charCodeAt(end - 2) === markup.SLASH;
  const isVoid = VOID_ELEMENTS.has(text.slice(localStart, Math.min(nameEnd, localStart + 16)).toLowerCase());
  let { base } = given;
  if (given.bases !== null) {
    given.bases.push(markup.rawAttribute(markup.readStartTag(text, open).attributes, 'xml:base'));
    base = given.bases.current();
    if (isEmpty || isVoid) given.bases.pop();
  }
  const resolved = base === null ? null : tagWithAbsoluteLinks(text, { open, end }, base);
  const isExpanded = isEmpty && !isVoid;
  if (resolved === null && localStart === open + 1 && !isExpanded) return { html: null, next: end };
  const name = text.slice(localStart, nameEnd);
  const rest = (resolved ?? text.slice(open, end)).slice(nameEnd - open);
  return { html: isExpanded ? `<${name}${rest.slice(0, -2).trimEnd()}></${name}>` : `<${name}${rest}`, next: end };
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
