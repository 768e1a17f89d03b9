import { Comment, Document, Element, Text, type ChildNode, type ParentNode } from 'domhandler';
import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { elementKind, type ElementKind } from './element-kinds.ts';

/** Elements nested deeper end the reading, as in browsers: no page that is meant to be read comes near. */
const DEEPEST = 512;
/** So do more elements than this: the fullest of a thousand true pages had 7,000. */
const MOST_ELEMENTS = 50_000;

/** HTML as a tree, by htmlparser2's tokens. A text that is nested or broken up beyond all measure is read up to there. */
export function parseHtml(html: string): Document {
  const builder = new TreeBuilder(html);
  // Most texts and attributes hold no entity: those that do are decoded once they are whole.
  const tokenizer = new Tokenizer({ decodeEntities: false }, builder);
  builder.tokenizer = tokenizer;
  tokenizer.write(html);
  tokenizer.end();
  return builder.root;
}

/** The names that nearly all attributes have, each as one string: V8 finds a property by such a one at once. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  'class href id style rel type src target content width height alt name aria-label role title tabindex value d property decoding loading aria-hidden srcset media fill sizes dir lang hidden datetime itemprop itemscope itemtype data-src data-srcset data-testid data-id data-type data-component cite colspan rowspan'
    .split(' ')
    .map((name) => [name, name]),
);

type Open = { readonly node: Element; readonly kind: ElementKind; readonly selfClosing: boolean };

/**
 * Builds the tree that htmlparser2's own Parser and DomHandler would, in about half of their time: names are known by
 * one look into a table, nobody asks for positions, and the innermost open element stands at the end of the stack.
 */
class TreeBuilder implements TokenizerCallbacks {
  readonly root = new Document([]);
  /** To be stopped. No closure: V8 allocates those that are set as a property among the old, and they hold the page. */
  tokenizer: Tokenizer | null = null;
  readonly #html: string;
  readonly #open: Open[] = [];
  #top: ParentNode = this.root;
  /** Text that may still grow. */
  #text: Text | null = null;
  #elements = 0;
  #kind: ElementKind = elementKind('');
  #attribs: Record<string, string> = {};
  #name = '';
  #value = '';

  constructor(html: string) {
    this.#html = html;
  }

  ontext(start: number, end: number): void {
    const written = this.#html.slice(start, end);
    const isRaw = this.#open.at(-1)?.kind.isRaw === true;
    const data = isRaw || !written.includes('&') ? written : decodeHTML(written);
    if (this.#text === null) {
      this.#text = new Text(data);
      this.#add(this.#text);
    } else this.#text.data += data;
  }

  onopentagname(start: number, end: number): void {
    this.#begin(elementKind(this.#html.slice(start, end)));
  }

  onattribname(start: number, end: number): void {
    const written = this.#html.slice(start, end);
    this.#name = ATTRIBUTES.get(written) ?? written.toLowerCase();
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    this.#value = this.#html.slice(start, end);
  }

  /** The first of several attributes of one name counts. */
  onattribend(): void {
    if (this.#attribs[this.#name] !== undefined) return;
    this.#attribs[this.#name] = this.#value.includes('&') ? decodeHTMLAttribute(this.#value) : this.#value;
  }

  onopentagend(): void {
    this.#enter();
  }

  onselfclosingtag(): void {
    this.#enter();
    // In HTML the slash says nothing; in drawings and formulas it ends the element.
    if (!this.#kind.isVoid && this.#open.at(-1)?.selfClosing === true) this.#leaveTo(this.#open.length - 1);
  }

  onclosetag(start: number, end: number): void {
    const kind = elementKind(this.#html.slice(start, end));
    for (let place = this.#open.length - 1; place >= 0; place--)
      if (this.#open[place]!.kind.name === kind.name) return this.#leaveTo(place);
    // As in browsers: `</br>` is a line break, and a lone `</p>` an empty paragraph.
    if (kind.name !== 'br' && kind.name !== 'p') return;
    this.#begin(kind);
    this.#enter();
    if (!kind.isVoid) this.#leaveTo(this.#open.length - 1);
  }

  oncomment(start: number, end: number, offset: number): void {
    this.#text = null;
    this.#add(new Comment(this.#html.slice(start, end - offset)));
  }

  oncdata(start: number, end: number, offset: number): void {
    this.oncomment(start, end, offset);
  }

  ondeclaration(): void {
    this.#text = null;
  }

  onprocessinginstruction(): void {
    this.#text = null;
  }

  onend(): void {}

  /** Not asked for: entities are decoded here. */
  onattribentity(): void {}
  ontextentity(): void {}

  #begin(kind: ElementKind): void {
    const { ends } = kind;
    if (ends !== null) {
      let place = this.#open.length;
      while (place > 0 && ends.has(this.#open[place - 1]!.kind.name)) place--;
      if (place < this.#open.length) this.#leaveTo(place);
    }
    this.#kind = kind;
    this.#attribs = {};
  }

  #enter(): void {
    if (this.#open.length >= DEEPEST || this.#elements++ >= MOST_ELEMENTS) return this.tokenizer?.pause();
    const kind = this.#kind;
    const node = new Element(kind.name, this.#attribs);
    this.#text = null;
    this.#add(node);
    if (kind.isVoid) return;
    const selfClosing = kind.selfClosing ?? this.#open.at(-1)?.selfClosing ?? false;
    this.#open.push({ node, kind, selfClosing });
    this.#top = node;
  }

  #leaveTo(place: number): void {
    this.#open.length = place;
    this.#top = this.#open.at(-1)?.node ?? this.root;
    this.#text = null;
  }

  #add(node: ChildNode): void {
    const siblings = this.#top.children;
    const before = siblings.at(-1);
    if (before !== undefined) {
      node.prev = before;
      before.next = node;
    }
    siblings.push(node);
    node.parent = this.#top;
  }
}

/** Whether a text opens so many elements more than it closes that it has to be read with care. May be wrong to say yes. */
export function mayBeDeep(html: string): boolean {
  let depth = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const next = html.charCodeAt(at + 1) | 0x20;
    if (html[at + 1] === '/') depth = Math.max(0, depth - 1);
    else if (next >= 0x61 && next <= 0x7a && ++depth > DEEPEST) return true;
  }
  return false;
}
