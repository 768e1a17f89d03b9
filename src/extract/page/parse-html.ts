import { Comment, Document, Element, Text, type ChildNode } from 'domhandler';
import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { elementKindAt, type ElementKind } from './element-kinds.ts';
import { NameTree } from './name-tree.ts';
import { QuickTokenizer, type TagCallbacks } from './quick-tokenizer.ts';

/** Elements nested deeper end the reading, as in browsers: no page that is meant to be read comes near. */
export const DEEPEST = 512;
/**
 * So do more elements than this: the fullest of a thousand true pages had 7,000. Each costs all that read the page some
 * ten microseconds of work, and one page may not cost more than a quarter of a second.
 */
const MOST_ELEMENTS = 20_000;

/** A page as a tree, and of its elements those that are to be mended (mend-tree.ts): found without another walk. */
export type ParsedPage = {
  readonly tree: Document;
  /** With an id such as frameworks give to streamed pieces and their places: a letter and a colon, and more. */
  readonly streamed: readonly Element[];
  readonly noscripts: readonly Element[];
};

/** HTML as a tree, by htmlparser2's tokens. A text that is nested or broken up beyond all measure is read up to there. */
export function parseHtml(html: string): Document {
  return parsePage(html).tree;
}

/** The same with what is to be mended in it. */
export function parsePage(html: string): ParsedPage {
  const builder = new TreeBuilder(html);
  const tokenizer = new QuickTokenizer(builder);
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
    return text.replace(this.#pattern, (entity) => this.#one(entity));
  }

  #one(entity: string): string {
    const known = this.#known.get(entity);
    if (known !== undefined) return known;
    const decoded = this.#decode(entity);
    if (entity.length <= LONGEST_REMEMBERED && this.#known.size < REMEMBERED) this.#known.set(entity, decoded);
    return decoded;
  }
}

/** Each name as one string: V8 finds a property by such a one at once. The commonest have a bit of their own, others 0. */
type AttributeName = { readonly name: string; readonly bit: number };

/** The names that nearly all attributes have, the commonest first. */
const ATTRIBUTES = new NameTree<AttributeName>(
  'class href id style rel type src target content width height alt name aria-label role title tabindex value d property decoding loading aria-hidden srcset media fill sizes dir lang hidden datetime itemprop itemscope itemtype data-src data-srcset data-testid data-id data-type data-component cite colspan rowspan'
    .split(' ')
    .map((name, place) => [name, { name, bit: place < 31 ? 1 << place : 0 }]),
);

/**
 * An element that is not ended yet. What it holds is a chain until then: an array that grows by one has room for
 * seventeen, and most elements hold one thing. V8 also learns of arrays written `[]` at one place that many of them stay,
 * and allocates them among the old from then on: one such in a tree kept the whole page for a hundred others.
 */
class OpenElement {
  node: Element | Document;
  kind: ElementKind;
  selfClosing: boolean;
  first: ChildNode | null = null;
  last: ChildNode | null = null;
  count = 0;

  constructor(node: Element | Document, kind: ElementKind, selfClosing: boolean) {
    this.node = node;
    this.kind = kind;
    this.selfClosing = selfClosing;
  }

  /** Stands for another element from now on. */
  begin(node: Element, kind: ElementKind, selfClosing: boolean): void {
    this.node = node;
    this.kind = kind;
    this.selfClosing = selfClosing;
    this.first = null;
    this.last = null;
    this.count = 0;
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
const NO_KIND = elementKindAt('', 0, 0);

/**
 * Builds the tree that htmlparser2's own Parser and DomHandler would, in about half of their time: names are known by
 * one look into a table, nobody asks for positions, and the innermost open element stands at the end of the stack.
 */
class TreeBuilder implements TagCallbacks {
  readonly root = new Document(NONE_YET);
  /** To be stopped. No closure: V8 allocates those that are set as a property among the old, and they hold the page. */
  tokenizer: QuickTokenizer | null = null;
  readonly #streamed: Element[] = [];
  readonly #noscripts: Element[] = [];
  readonly #html: string;
  /** Made when the first is met: for a short text, as a caption is, to make them would be the most work. */
  #textEntities: Entities | null = null;
  #attributeEntities: Entities | null = null;
  #top = new OpenElement(this.root, NO_KIND, false);
  /**
   * The open elements up to `#depth`; behind it those that were ended, to be used again. The outermost is the document,
   * and is never ended by a tag.
   */
  readonly #open: OpenElement[] = [this.#top];
  #depth = 0;
  /** Text that may still grow. */
  #text: Text | null = null;
  /** Where the text begins and ends that was read and is in no node yet. The same place: there is none. */
  #start = 0;
  #end = 0;
  #elements = 0;
  #kind: ElementKind = NO_KIND;
  #attribs: Record<string, string> = {};
  /** The bits of the attributes that the tag had so far. */
  #had = 0;
  /** Where the attribute's name and its value stand. */
  #nameStart = 0;
  #nameEnd = 0;
  #valueStart = 0;
  #valueEnd = 0;
  /** The ampersand that was found last. */
  #ampersand = -1;

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
    this.#begin(elementKindAt(this.#html, start, end));
  }

  onattribname(start: number, end: number): void {
    this.#nameStart = start;
    this.#nameEnd = end;
    this.#valueStart = end;
    this.#valueEnd = end;
  }

  onattribdata(start: number, end: number): void {
    this.#valueStart = start;
    this.#valueEnd = end;
  }

  onattribend(): void {
    this.onattribute(this.#nameStart, this.#nameEnd, this.#valueStart, this.#valueEnd);
  }

  /** The first of several attributes of one name counts. */
  onattribute(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void {
    const known = ATTRIBUTES.find(this.#html, nameStart, nameEnd);
    const name = known?.name ?? this.#html.slice(nameStart, nameEnd).toLowerCase();
    const bit = known?.bit ?? 0;
    // To look for a property that is not there takes V8 as long as to set it.
    if (bit === 0 ? this.#attribs[name] !== undefined : (this.#had & bit) !== 0) return;
    this.#had |= bit;
    const written = this.#html.slice(valueStart, valueEnd);
    this.#attribs[name] = this.#holdsAmpersand(valueStart, valueEnd) ? this.#readAttribute(written) : written;
  }

  onopentagend(): void {
    this.#enter();
  }

  onselfclosingtag(): void {
    this.#enter();
    // In HTML the slash says nothing; in drawings and formulas it ends the element.
    if (!this.#kind.isVoid && this.#top.selfClosing) this.#leaveTo(this.#depth);
  }

  onclosetag(start: number, end: number): void {
    this.#placeText();
    const kind = elementKindAt(this.#html, start, end);
    for (let place = this.#depth; place > 0; place--)
      if (this.#open[place]!.kind.name === kind.name) return this.#leaveTo(place);
    // As in browsers: `</br>` is a line break, and a lone `</p>` an empty paragraph.
    if (kind.name !== 'br' && kind.name !== 'p') return;
    this.#begin(kind);
    this.#enter();
    if (!kind.isVoid) this.#leaveTo(this.#depth);
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
  finish(): ParsedPage {
    this.#endText();
    this.#leaveTo(0);
    return { tree: this.root, streamed: this.#streamed, noscripts: this.#noscripts };
  }

  #begin(kind: ElementKind): void {
    const { ends } = kind;
    if (ends !== null) {
      let place = this.#depth;
      while (place > 0 && ends.has(this.#open[place]!.kind.name)) place--;
      if (place < this.#depth) this.#leaveTo(place + 1);
    }
    this.#kind = kind;
    this.#attribs = {};
    this.#had = 0;
  }

  #enter(): void {
    if (this.#depth >= DEEPEST || this.#elements++ >= MOST_ELEMENTS) return this.tokenizer?.pause();
    const kind = this.#kind;
    const top = this.#top;
    const node = new Element(kind.name, this.#attribs, kind.isVoid ? [] : NONE_YET);
    this.#text = null;
    top.add(node);
    if (this.#attribs['id']?.[1] === ':') this.#streamed.push(node);
    if (kind.isVoid) return;
    if (kind.name === 'noscript') this.#noscripts.push(node);
    const selfClosing = kind.selfClosing ?? top.selfClosing;
    const used = this.#open[++this.#depth];
    if (used === undefined) this.#open.push((this.#top = new OpenElement(node, kind, selfClosing)));
    else (this.#top = used).begin(node, kind, selfClosing);
  }

  #leaveTo(place: number): void {
    for (; this.#depth >= place; this.#depth--) this.#open[this.#depth]!.end();
    if (place > 0) this.#top = this.#open[place - 1]!;
    this.#text = null;
  }

  /** Puts what was read into a node, if there is anything. */
  #placeText(): void {
    if (this.#start === this.#end) return;
    const start = this.#start;
    const written = this.#html.slice(start, this.#end);
    this.#start = this.#end;
    const holdsEntity = !this.#top.kind.isRaw && this.#holdsAmpersand(start, this.#end);
    const data = holdsEntity ? this.#readText(written) : written;
    if (this.#text === null) {
      this.#text = new Text(data);
      this.#top.add(this.#text);
    } else this.#text.data += data;
  }

  #readText(written: string): string {
    this.#textEntities ??= new Entities(IN_TEXT, (entity) => decodeHTML(entity));
    return this.#textEntities.read(written);
  }

  #readAttribute(written: string): string {
    this.#attributeEntities ??= new Entities(IN_ATTRIBUTE, (entity) => decodeHTMLAttribute(entity));
    return this.#attributeEntities.read(written);
  }

  /** Whether an ampersand stands in a piece of the text. For pieces in their order: each is searched once. */
  #holdsAmpersand(start: number, end: number): boolean {
    if (this.#ampersand < start) {
      const found = this.#html.indexOf('&', start);
      this.#ampersand = found < 0 ? this.#html.length : found;
    }
    return this.#ampersand < end;
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
