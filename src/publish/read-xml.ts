import { SaxesParser } from 'saxes';
import { Refusal } from './refusal.ts';
import { styleSheetInstruction } from './write-xml.ts';
import type { XmlElement } from './xml-element.ts';

const DEEPEST = 16;

type OpenElement = {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: XmlElement[];
  text: string;
};

/**
 * Reads XML strictly: well-formed with namespaces, or Refusal. No DOCTYPE, CDATA or comment; no processing instruction but
 * the one that names the style sheet, if there is to be one; no text beside elements; no prefix that means something else
 * than `namespaces` says (the empty prefix among them).
 */
export function readXml(
  text: string,
  namespaces: Readonly<Record<string, string>>,
  styleSheet: string | null = null,
): XmlElement {
  if (!text.isWellFormed()) throw new Refusal('half of a surrogate pair stands alone');
  // Every `<` of data is escaped, so these are what they look like. (Handlers for them would do, but with more than six
  // of them V8 keeps the parser as a hash table, and it takes six times as long.)
  if (text.includes('<!')) throw new Refusal('a DOCTYPE, a CDATA section or a comment');
  if (text.includes('<?', endOfInstruction(text, styleSheet))) throw new Refusal('a processing instruction');
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  parser.on('error', (error) => {
    throw new Refusal(error.message);
  });
  parser.on('text', (piece) => {
    const innermost = open.at(-1);
    if (innermost !== undefined) innermost.text += piece;
  });
  parser.on('opentag', (tag) => {
    if (namespaces[tag.prefix] !== tag.uri) throw new Refusal(`<${tag.name}> is of the namespace "${tag.uri}"`);
    if (open.length === DEEPEST) throw new Refusal(`<${tag.name}> stands too deep`);
    const attributes = Object.values(tag.attributes).map(({ name, value }) => [name, value] as const);
    open.push({ name: tag.name, attributes, children: [], text: '' });
  });
  parser.on('closetag', () => {
    const element = closed(open.pop()!);
    const outer = open.at(-1);
    if (outer === undefined) root = element;
    else outer.children.push(element);
  });
  parser.write(text).close();
  return root!;
}

/** Where the instruction ends after which no other may come. */
function endOfInstruction(text: string, styleSheet: string | null): number {
  if (styleSheet === null) return 1;
  const instruction = styleSheetInstruction(styleSheet);
  const at = text.indexOf('<?', 1);
  if (!text.startsWith(instruction, at)) throw new Refusal(`the style sheet ${styleSheet} is not named`);
  return at + instruction.length;
}

function closed({ name, attributes, children, text }: OpenElement): XmlElement {
  if (children.length === 0) return { name, attributes, content: text, holdsMarkup: false };
  if (text.trim() !== '') throw new Refusal(`text beside elements in <${name}>: "${text.trim().slice(0, 40)}"`);
  return { name, attributes, content: children, holdsMarkup: false };
}
