import { baseWithin } from './addresses.ts';
import { escapeHtml } from '../support/html.ts';
import { tagWithAbsoluteLinks } from './html-links.ts';
import { VOID_ELEMENTS } from './html-names.ts';
import * as markup from './markup.ts';
import { decodeReferences } from './references.ts';

// Markup that stands in a feed as elements (Atom's type="xhtml", and RSS descriptions that nobody escaped), as HTML.

const MOST_OPEN = 512;

/** What holds for a body of markup: the base of its links, and how its CDATA sections are meant. */
export type MarkupAt = { readonly base: string | null; readonly cdata: 'text' | 'html' };

/**
 * The HTML of a stretch of elements: no prefixes, empty elements with an end tag, CDATA sections dissolved, comments and
 * processing instructions left out, links absolute (xml:base within counts), the div around it all taken off
 * (RFC 4287 §3.1.1.3).
 */
export function htmlOfMarkup(text: string, given: MarkupAt): string {
  const bases: (string | null)[] = [];
  const hasBases = text.includes('xml:base');
  let base = given.base;
  let html = '';
  let from = 0;
  let open = text.indexOf('<');
  while (open >= 0) {
    const mark = markAt(text, open, { base, cdata: given.cdata });
    if (mark !== null) {
      html += text.slice(from, open) + mark.html;
      from = mark.next;
      if (hasBases && mark.kind === 'start' && bases.length < MOST_OPEN) {
        bases.push(base);
        base = mark.base;
      } else if (hasBases && mark.kind === 'end' && bases.length > 0) base = bases.pop()!;
    }
    open = text.indexOf('<', mark === null ? open + 1 : from);
  }
  return withoutOuterDiv((html + text.slice(from)).trim());
}

type Mark = {
  readonly kind: 'start' | 'end' | 'other';
  readonly html: string;
  readonly next: number;
  /** What xml:base says on a start tag. */
  readonly base: string | null;
};

function markAt(text: string, open: number, given: MarkupAt): Mark | null {
  const unit = text.charCodeAt(open + 1);
  const other = (html: string, next: number): Mark => ({ kind: 'other', html, next, base: given.base });
  if (unit === markup.BANG) return sectionAt(text, open, given.cdata, other);
  if (unit === markup.QUESTION) return other('', markup.endOfDeclaration(text, open));
  const nameStart = unit === markup.SLASH ? open + 2 : open + 1;
  if (!markup.isNameStart(text.charCodeAt(nameStart))) return null;
  const nameEnd = markup.endOfName(text, nameStart);
  const written = text.slice(nameStart, nameEnd);
  const name = written.slice(written.indexOf(':') + 1);
  const end = markup.endOfTag(text, open);
  if (end < 0) return null;
  if (unit === markup.SLASH) return { kind: 'end', html: `</${name}>`, next: end, base: given.base };
  return startTag(text, { open, nameEnd, end, name }, given.base);
}

function sectionAt(
  text: string,
  open: number,
  cdata: 'text' | 'html',
  other: (html: string, next: number) => Mark,
): Mark | null {
  if (text.startsWith('<!--', open)) {
    const end = markup.endOfComment(text, open);
    return other('', end < 0 ? text.length : end);
  }
  if (!text.startsWith('<![CDATA[', open)) return null;
  const end = text.indexOf(']]>', open);
  const inside = text.slice(open + 9, end < 0 ? text.length : end);
  return other(cdata === 'html' ? inside : escapeHtml(inside), end < 0 ? text.length : end + 3);
}

function startTag(
  text: string,
  tag: { readonly open: number; readonly nameEnd: number; readonly end: number; readonly name: string },
  outer: string | null,
): Mark {
  const { open, end, name } = tag;
  const source = text.slice(open, end);
  const base = source.includes('xml:base') ? baseOf(source, outer) : outer;
  const resolved = (base === null ? null : tagWithAbsoluteLinks(text, { open, end }, base)) ?? source;
  const rest = resolved.slice(tag.nameEnd - open);
  const isEmpty = rest.endsWith('/>');
  const isVoid = VOID_ELEMENTS.has(name.toLowerCase());
  const html = isEmpty && !isVoid ? `<${name}${rest.slice(0, -2).trimEnd()}></${name}>` : `<${name}${rest}`;
  return { kind: isEmpty || isVoid ? 'other' : 'start', html, next: end, base };
}

function baseOf(source: string, outer: string | null): string | null {
  const written = markup.rawAttribute(markup.readStartTag(source, 0).attributes, 'xml:base');
  return written === null ? outer : baseWithin(decodeReferences(written), outer);
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
