import { TEXT_ELEMENTS } from './html-names.ts';
import * as markup from './markup.ts';

/** What a text holds: a feed in XML with the place of its outermost start tag, JSON, or no feed. */
export type Recognised =
  | {
      readonly kind: 'xml';
      readonly format: 'atom' | 'rss' | 'rdf';
      readonly start: number;
      /** The internal subset of the DOCTYPE; '' if there is none. */
      readonly subset: string;
      /** Something other than a prolog stands before. */
      readonly hasTextBefore: boolean;
    }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'none';
      /** Name of the outermost element in lower case; null where there is none. */
      readonly root: string | null;
    };

const ROOTS: Readonly<Record<string, 'atom' | 'rss' | 'rdf'>> = {
  __proto__: null as unknown as 'rss',
  feed: 'atom',
  rss: 'rss',
  rdf: 'rdf',
  channel: 'rss',
};

const PAGE_ELEMENTS = new Set(['html', 'head', 'body', 'meta', 'link', 'script', 'main', 'table']);

/** Subsets are looked for so often: a document has one DOCTYPE, and broken ones have two or three. */
const MOST_SUBSETS = 3;

/** Tells what a text is by its first element that a feed may begin with; junk before it is passed over. */
export function recogniseFormat(text: string): Recognised {
  const first = firstCharacter(text);
  if (first === '{' || first === '[') return { kind: 'json' };
  let root: string | null = null;
  let subset = '';
  let subsets = 0;
  const hasTextBefore = first !== '<';
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return { kind: 'none', root };
    const unit = text.charCodeAt(open + 1);
    at = open + 1;
    if (text.startsWith('<!--', open)) {
      const end = markup.endOfComment(text, open);
      if (end < 0) return { kind: 'none', root };
      at = end;
    } else if (unit === markup.BANG) {
      const doctype =
        subsets < MOST_SUBSETS ? readDoctype(text, open) : { subset: '', end: markup.endOfDeclaration(text, open) };
      if (doctype.subset !== '') subsets++;
      subset ||= doctype.subset;
      at = doctype.end;
    } else if (unit === markup.QUESTION) at = markup.endOfDeclaration(text, open);
    else if (markup.isNameStart(unit)) {
      const name = text.slice(open + 1, Math.min(markup.endOfName(text, open + 1), open + 60)).toLowerCase();
      const format = ROOTS[name.slice(name.indexOf(':') + 1)];
      if (format !== undefined && mayBeRoot(text, { open, root, name }))
        return { kind: 'xml', format, start: open, subset, hasTextBefore: hasTextBefore || root !== null };
      root ??= name;
    }
  }
}

function firstCharacter(text: string): string {
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) > 32 && text.charCodeAt(at) !== 0xfeff) return text[at]!;
  return '';
}

/**
 * Whether a feed may begin here: as the first element, or after the scraps of HTML that faulty scripts put before it.
 * Within a web page or a document of another kind only an element that says what it is is taken for one.
 */
function mayBeRoot(
  text: string,
  { open, root, name }: { readonly open: number; readonly root: string | null; readonly name: string },
): boolean {
  if (root === null || (TEXT_ELEMENTS.has(root) && !PAGE_ELEMENTS.has(root))) return true;
  return name !== 'channel' && declaresItself(text, open);
}

function declaresItself(text: string, open: number): boolean {
  const { attributes } = markup.readStartTag(text, open);
  return attributes.some((name, at) => at % 2 === 0 && (name === 'version' || name.startsWith('xmlns')));
}

function readDoctype(text: string, open: number): { readonly subset: string; readonly end: number } {
  const close = markup.endOfDeclaration(text, open);
  const bracket = text.slice(open, close).indexOf('[');
  if (bracket < 0) return { subset: '', end: close };
  const from = open + bracket + 1;
  // A subset that never ends counts as one all the same: the next would be looked for as far.
  const to = text.indexOf(']', from);
  const end = to < 0 ? -1 : text.indexOf('>', to);
  return end < 0 ? { subset: ' ', end: close } : { subset: text.slice(from, to), end: end + 1 };
}
