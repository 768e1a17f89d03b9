import type { XmlElement } from './xml-element.ts';

// The one way in which our XML may be written: a declaration, one element a line, four spaces for each step in, double
// quotes, an empty element closed at once, references by number but for HTML. So there is nothing in a document that
// two readers could take for different things.

/** The document with that root, which browsers show with that style sheet, if any. */
export function writeXml(root: XmlElement, styleSheet: string | null = null): string {
  const instruction = styleSheet === null ? '' : `${styleSheetInstruction(styleSheet)}\n`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${instruction}${written(root, '')}`;
}

/** An element that stands so many steps in. */
export function writeElement(element: XmlElement, steps: number): string {
  return written(element, '    '.repeat(steps));
}

/** The processing instruction that names a style sheet (W3C, "Associating Style Sheets with XML documents"). */
export function styleSheetInstruction(address: string): string {
  return `<?xml-stylesheet type="text/css" href="${byNumber(address)}"?>`;
}

function written({ name, attributes, content, holdsMarkup }: XmlElement, indent: string): string {
  let start = `${indent}<${name}`;
  for (const [key, value] of attributes) start += ` ${key}="${byNumber(value)}"`;
  if (content.length === 0) return `${start}/>\n`;
  if (typeof content === 'string') return `${start}>${holdsMarkup ? byName(content) : byNumber(content)}</${name}>\n`;
  const inner = content.map((child) => written(child, `${indent}    `)).join('');
  return `${start}>\n${inner}${indent}</${name}>\n`;
}

const WRITTEN_BY_NUMBER = /[\t\n\r"&<>]/;

function byNumber(text: string): string {
  if (!WRITTEN_BY_NUMBER.test(text)) return text;
  let written = '';
  for (const character of text) {
    const stays = !WRITTEN_BY_NUMBER.test(character);
    written += stays ? character : `&#x${character.codePointAt(0)!.toString(16).toUpperCase()};`;
  }
  return written;
}

function byName(html: string): string {
  // In expressions: replaceAll of a text takes twice as long.
  return html.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
}
