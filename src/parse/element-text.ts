import { foldWhiteSpace } from '../support/html.ts';
import { cappedBody, cappedLine, type Capping } from './capped.ts';
import type { Element, Elements } from './elements.ts';
import { HOLDS_CDATA, HOLDS_COMMENT, HOLDS_MARKUP } from './leaf-end.ts';
import * as markup from './markup.ts';
import { textOfHtml, textOfLine } from './plain-text.ts';
import { decodeReferences } from './references.ts';
import { htmlOfMarkup } from './xhtml.ts';

/** What the texts of one document are read with. */
export type Reading = Capping & { readonly document: Elements; readonly format: 'atom' | 'rss' | 'rdf' };

/** A text with its kind, before its links are made absolute: `text` is plain, `html` a fragment. */
export type TypedText = { readonly type: 'text' | 'html'; readonly value: string };

/** An element’s content as it stands in the document. */
function rawOf(reading: Reading, element: Element): string {
  return reading.document.text.slice(element.from, element.to);
}

/** An element's content as text: CDATA sections opened, references decoded once, tags as they stand; trimmed. */
function contentOf(reading: Reading, element: Element): string {
  const raw = rawOf(reading, element);
  if ((element.holds & (HOLDS_CDATA | HOLDS_COMMENT)) === 0) return decoded(reading, raw).trim();
  const only = onlySection(raw);
  if (only !== null) return inside(reading, only).trim();
  let text = '';
  let at = 0;
  for (;;) {
    const open = raw.indexOf('<!', at);
    const section = open < 0 ? null : sectionAt(raw, open);
    if (open < 0) return (text + outside(reading, raw.slice(at))).trim();
    text += outside(reading, raw.slice(at, open)) + (section === null ? '<!' : inside(reading, section.content));
    at = section === null ? open + 2 : section.next;
  }
}

/** The content of a CDATA section, where a text is that and nothing else; null otherwise. */
function onlySection(raw: string): string | null {
  let from = 0;
  while (markup.isSpace(raw.charCodeAt(from))) from++;
  let to = raw.length;
  while (to > from && markup.isSpace(raw.charCodeAt(to - 1))) to--;
  if (!raw.startsWith('<![CDATA[', from) || raw.indexOf(']]>', from) !== to - 3) return null;
  return raw.slice(from + 9, to - 3);
}

function sectionAt(raw: string, open: number): { readonly content: string; readonly next: number } | null {
  if (raw.startsWith('<![CDATA[', open)) {
    const end = raw.indexOf(']]>', open);
    return { content: raw.slice(open + 9, end < 0 ? raw.length : end), next: end < 0 ? raw.length : end + 3 };
  }
  if (!raw.startsWith('<!--', open)) return null;
  const end = markup.endOfComment(raw, open);
  return { content: '', next: end < 0 ? raw.length : end };
}

function inside(reading: Reading, cdata: string): string {
  if (!cdata.includes('<![CDATA[')) return cdata;
  reading.repairs.note('cdata-nested');
  return cdata.replaceAll('<![CDATA[', '');
}

function outside(reading: Reading, raw: string): string {
  return decoded(reading, raw.includes(']]>') ? raw.replaceAll(']]>', '') : raw);
}

function decoded(reading: Reading, raw: string): string {
  return decodeReferences(raw, reading.repairs, reading.document.entities);
}

/** The value of an attribute, decoded and trimmed; null where it is missing or empty. */
export function attributeOf(reading: Reading, element: Element, name: string): string | null {
  const raw = markup.rawAttribute(element.attributes, name);
  if (raw === null) return null;
  const value = (raw.includes('&') ? decoded(reading, raw) : raw).trim();
  return value === '' ? null : value;
}

/** A word, address or date: the element's content on one line; null where it is empty. */
export function wordOf(reading: Reading, element: Element): string | null {
  if (element.from === element.to) return null;
  const text = contentOf(reading, element);
  const word = (element.holds & HOLDS_MARKUP) === 0 ? text : textOfHtml(text);
  return word === '' ? null : word;
}

/** A title, name or the like as plain text, by the rules of its format; null where it is empty. */
export function lineOf(reading: Reading, element: Element): string | null {
  if (element.from === element.to) return null;
  const isAtom = reading.format === 'atom' || element.name.startsWith('atom:');
  const [written, plain] = isAtom ? atomLine(reading, element) : rssLine(reading, element);
  return cappedLine(reading, written, plain);
}

/** What a line is made from, and how. */
type LineSource = readonly [written: string, plain: (text: string) => string];

function atomLine(reading: Reading, element: Element): LineSource {
  const text = atomText(reading, element);
  return [text?.value ?? '', text?.type === 'html' ? textOfHtml : foldWhiteSpace];
}

function rssLine(reading: Reading, element: Element): LineSource {
  if ((element.holds & HOLDS_MARKUP) === 0)
    return [contentOf(reading, element), isPlain(reading, element) ? foldWhiteSpace : textOfLine];
  reading.repairs.note('markup-bare', `<${element.name}>`);
  return [rawOf(reading, element), textOfMarkup];
}

function textOfMarkup(raw: string): string {
  return textOfHtml(htmlOfMarkup(raw, { base: null, cdata: 'html' }));
}

/** A body or summary; null where it is empty or no text. */
export function bodyOf(reading: Reading, element: Element): TypedText | null {
  if (element.from === element.to) return null;
  const isAtom = reading.format === 'atom' || element.name.startsWith('atom:');
  const body = unwrapped(isAtom && !isRssName(element.name) ? atomText(reading, element) : rssBody(reading, element));
  return body === null || body.value === '' ? null : { type: body.type, value: cappedBody(reading, body.value) };
}

/** HTML in a CDATA section that was escaped with it: within HTML it is none, and would be taken for a comment. */
function unwrapped(body: TypedText | null): TypedText | null {
  if (body === null || body.type === 'text' || !body.value.startsWith('<![CDATA[')) return body;
  return { type: 'html', value: (onlySection(body.value) ?? body.value.slice(9)).trim() };
}

function isRssName(name: string): boolean {
  return name.includes(':') && !name.startsWith('atom:');
}

/** Media RSS (§ media:title, media:description): a text may say that it is no HTML. */
function isPlain(reading: Reading, element: Element): boolean {
  return element.attributes.length > 0 && attributeOf(reading, element, 'type')?.toLowerCase() === 'plain';
}

/** RSS and its modules: HTML, escaped or not. */
function rssBody(reading: Reading, element: Element): TypedText {
  if (isPlain(reading, element)) return { type: 'text', value: contentOf(reading, element) };
  if ((element.holds & HOLDS_MARKUP) === 0) return { type: 'html', value: contentOf(reading, element) };
  if (!element.name.startsWith('xhtml:')) reading.repairs.note('markup-bare', `<${element.name}>`);
  return { type: 'html', value: htmlOfMarkup(rawOf(reading, element), { base: element.base, cdata: 'html' }) };
}

/** An Atom text construct or content (RFC 4287 §3.1 and §4.1.3, and Atom 0.3's `mode`); null for what is no text. */
function atomText(reading: Reading, element: Element): TypedText | null {
  const type = attributeOf(reading, element, 'type')?.toLowerCase() ?? null;
  const mode = attributeOf(reading, element, 'mode')?.toLowerCase() ?? null;
  const isXhtml = type !== null && (type === 'xhtml' || type.endsWith('xml'));
  const isHtml = type === 'html' || type === 'text/html';
  if (mode === 'base64' || isBinary(type)) return fromBase64(contentOf(reading, element));
  if ((element.holds & HOLDS_MARKUP) !== 0 && mode !== 'escaped') {
    if (isHtml && mode === null) return { type: 'html', value: contentOf(reading, element) };
    return { type: 'html', value: htmlOfMarkup(rawOf(reading, element), { base: element.base, cdata: 'text' }) };
  }
  if (isHtml) return { type: 'html', value: contentOf(reading, element) };
  if (isXhtml && (element.holds & HOLDS_CDATA) !== 0) return { type: 'html', value: contentOf(reading, element) };
  if (isXhtml) return { type: 'html', value: rawOf(reading, element).trim() };
  const value = contentOf(reading, element);
  return { type: type === null && looksLikeHtml(value) ? 'html' : 'text', value };
}

/** A media type whose content is neither text nor XML: RFC 4287 §4.1.3.3 has it in Base64. */
function isBinary(type: string | null): boolean {
  return type !== null && type.includes('/') && !type.startsWith('text/') && !type.endsWith('xml');
}

function fromBase64(text: string): TypedText | null {
  if (!/^[\w+/=\s-]*$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  // oxlint-disable-next-line no-control-regex
  const isText = !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(bytes.toString('utf8'));
  return isText ? { type: 'html', value: bytes.toString('utf8').trim() } : null;
}

/** A text without a type is plain (RFC 4287 §3.1.1), but many who leave it out mean HTML, and show it by their tags. */
function looksLikeHtml(text: string): boolean {
  return (
    text.includes('<') && /<\/(?:p|a|div|b|i|em|strong|ul|ol|h[1-6]|blockquote|span)>|<(?:p|br|hr) ?\/?>/i.test(text)
  );
}
