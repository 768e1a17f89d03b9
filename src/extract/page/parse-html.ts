import { Comment, Document, Element, Text, type ChildNode } from 'domhandler';
import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { elementKind, type ElementKind } from './element-kinds.ts';

/** Elements nested deeper end the reading, as in browsers: no page that is meant to be read comes near. */
export const DEEPEST = 512;
/**
 * So do more elements than this: the fullest of a thousand true pages had 7,000. Each costs all that read the page some
 * ten microseconds of work, and one page may not cost more than a quarter of a second.
 */
const MOST_ELEMENTS = 20_000;

/** HTML as a tree, by htmlparser2's tokens. A text that is nested or broken up beyond all measure is read up to there. */
export function parseHtml(html: string): Document {
  const builder = new TreeBuilder(html);
  // Most texts and attributes hold no entity: those that do are decoded once they are whole.
  const tokenizer = new Tokenizer({ decodeEntities: false }, builder);
  builder.tokenizer = tokenizer;
  tokenizer.write(html);
  tokenizer.end();
  return builder.finish();
}

/** What may be an entity, with all that tells whether it is: in an attribute what follows it does, too. */
const IN_TEXT = /&(?:#\w+|[a-z]\w{0,40});?/gi;
const IN_ATTRIBUTE = /&(?:#\w+|[a-z]\w{0,40});?=?/gi;
const REMEMBERED = 1000;
const LONGEST_REMEMBERED = 40;

/** Reads entities. Those of a page are few, and come again and again: each is looked up once. */
class Entities {
  readonly #known = new Map<string, string>();
  readonly #pattern: RegExp;
  readonly #decode: (entity: string) => string;

  constructor(pattern: RegExp, decode: (entity: string) => string) {
    this.#pattern = pattern;
    this.#decode = decode;
  }

  read(text: string): string {
    return text.includes('&') ? text.replace(this.#pattern, (entity) => this.#one(entity)) : text;
  }

  #one(entity: string): string {
    const known = this.#known.get(entity);
    if (known !== undefined) return known;
    const decoded = this.#decode(entity);
    if (entity.length <= LONGEST_REMEMBERED && this.#known.size < REMEMBERED) this.#known.set(entity, decoded);
    return decoded;
  }
}

/** The names that nearly all attributes have, each as one string: V8 finds a property by such a one at once. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  'class href id style rel type src target content width height alt name aria-label role title tabindex value d property decoding loading aria-hidden srcset media fill sizes dir lang hidden datetime itemprop itemscope itemtype data-src data-srcset data-testid data-id data-type data-component cite colspan rowspan'
    .split(' ')
    .map((name) => [name, name]),
);

/**
 * An element that is not ended yet. What it holds is a chain until then: an array that grows by one has room for
 * seventeen, and most elements hold one thing. V8 also learns of arrays written `[]` at one place that many of them stay,
 * and allocates them among the old from then on: one such in a tree kept the whole page for a hundred others.
 */
class OpenElement {
  readonly node: Element | Document;
  readonly kind: ElementKind;
  readonly selfClosing: boolean;
  first: ChildNode | null = null;
  last: ChildNode | null = null;
  count = 0;

  constructor(node: Element | Document, kind: ElementKind, selfClosing: boolean) {
    this.node = node;
    this.kind = kind;
    this.selfClosing = selfClosing;
  }

  add(node: ChildNode): void {
    if (this.last === null) this.first = node;
    else {
      node.prev = this.last;
      this.last.next = node;
    }
    node.parent = this.node;
    this.last = node;
    this.count++;
  }

  end(): void {
    // With room for just as many.
    // oxlint-disable-next-line no-new-array
    const children = new Array<ChildNode>(this.count);
    let node = this.first;
    for (let index = 0; node !== null; index++) {
      children[index] = node;
      node = node.next;
    }
    this.node.children = children;
  }
}

/** Stands for the children of an element that is not ended. */
const NONE_YET: ChildNode[] = [];

/**
 * Builds the tree that htmlparser2's own Parser and DomHandler would, in about half of their time: names are known by
 * one look into a table, nobody asks for positions, and the innermost open element stands at the end of the stack.
 */
class TreeBuilder implements TokenizerCallbacks {
  readonly root = new Document(NONE_YET);
  /** To be stopped. No closure: V8 allocates those that are set as a property among the old, and they hold the page. */
  tokenizer: Tokenizer | null = null;
  readonly #html: string;
  readonly #textEntities = new Entities(IN_TEXT, (entity) => decodeHTML(entity));
  readonly #attributeEntities = new Entities(IN_ATTRIBUTE, (entity) => decodeHTMLAttribute(entity));
  #top = new OpenElement(this.root, elementKind(''), false);
  /** The outermost is the document, and is never ended by a tag. */
  readonly #open: OpenElement[] = [this.#top];
  /** Text that may still grow. */
  #text: Text | null = null;
  /** Where the text begins and ends that was read and is in no node yet. The same place: there is none. */
  #start = 0;
  #end = 0;
  #elements = 0;
  #kind: ElementKind = elementKind('');
  #attribs: Record<string, string> = {};
  #name = '';
  #value = '';

  constructor(html: string) {
    this.#html = html;
  }

  /** Texts come in pieces: each less-than sign that begins no tag begins one. */
  ontext(start: number, end: number): void {
    if (start !== this.#end || this.#start === this.#end) {
      this.#placeText();
      this.#start = start;
    }
    this.#end = end;
  }

  onopentagname(start: number, end: number): void {
    this.#placeText();
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
    this.#attribs[this.#name] = this.#attributeEntities.read(this.#value);
  }

  onopentagend(): void {
    this.#enter();
  }

  onselfclosingtag(): void {
    this.#enter();
    // In HTML the slash says nothing; in drawings and formulas it ends the element.
    if (!this.#kind.isVoid && this.#top.selfClosing) this.#leaveTo(this.#open.length - 1);
  }

  onclosetag(start: number, end: number): void {
    this.#placeText();
    const kind = elementKind(this.#html.slice(start, end));
    for (let place = this.#open.length - 1; place > 0; place--)
      if (this.#open[place]!.kind.name === kind.name) return this.#leaveTo(place);
    // As in browsers: `</br>` is a line break, and a lone `</p>` an empty paragraph.
    if (kind.name !== 'br' && kind.name !== 'p') return;
    this.#begin(kind);
    this.#enter();
    if (!kind.isVoid) this.#leaveTo(this.#open.length - 1);
  }

  oncomment(start: number, end: number, offset: number): void {
    this.#endText();
    this.#top.add(new Comment(this.#html.slice(start, end - offset)));
  }

  oncdata(start: number, end: number, offset: number): void {
    this.oncomment(start, end, offset);
  }

  ondeclaration(): void {
    this.#endText();
  }

  onprocessinginstruction(): void {
    this.#endText();
  }

  onend(): void {}

  /** Not asked for: entities are decoded here. */
  onattribentity(): void {}
  ontextentity(): void {}

  /** Ends what is still open, and hands over the whole. */
  finish(): Document {
    this.#endText();
    this.#leaveTo(0);
    return this.root;
  }

  #begin(kind: ElementKind): void {
    const { ends } = kind;
    if (ends !== null) {
      let place = this.#open.length;
      while (place > 1 && ends.has(this.#open[place - 1]!.kind.name)) place--;
      if (place < this.#open.length) this.#leaveTo(place);
    }
    this.#kind = kind;
    this.#attribs = {};
  }

  #enter(): void {
    if (this.#open.length > DEEPEST || this.#elements++ >= MOST_ELEMENTS) return this.tokenizer?.pause();
    const kind = this.#kind;
    const top = this.#top;
    const node = new Element(kind.name, this.#attribs, kind.isVoid ? [] : NONE_YET);
    this.#text = null;
    top.add(node);
    if (kind.isVoid) return;
    this.#top = new OpenElement(node, kind, kind.selfClosing ?? top.selfClosing);
    this.#open.push(this.#top);
  }

  #leaveTo(place: number): void {
    for (let at = this.#open.length - 1; at >= place; at--) this.#open[at]!.end();
    this.#open.length = place;
    if (place > 0) this.#top = this.#open[place - 1]!;
    this.#text = null;
  }

  /** Puts what was read into a node, if there is anything. */
  #placeText(): void {
    if (this.#start === this.#end) return;
    const written = this.#html.slice(this.#start, this.#end);
    this.#start = this.#end;
    const data = this.#top.kind.isRaw ? written : this.#textEntities.read(written);
    if (this.#text === null) {
      this.#text = new Text(data);
      this.#top.add(this.#text);
    } else this.#text.data += data;
  }

  #endText(): void {
    this.#placeText();
    this.#text = null;
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
