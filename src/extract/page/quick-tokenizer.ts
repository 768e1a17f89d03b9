import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

const DOUBLE_QUOTE = 0x22;
const QUOTE = 0x27;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;
/** The tokenizer's states that are set here, by its own numbers. */
const IN_TEXT = 1;
const AFTER_TAG_NAME = 8;

export type TagCallbacks = TokenizerCallbacks & {
  /** A whole attribute with its value in quotes. */
  onattribute(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): void;
};

/** What htmlparser2's tokenizer keeps to itself. Its version is pinned, and quick-tokenizer.test.ts guards the seam. */
type Inside = Pick<Tokenizer, 'write' | 'end' | 'pause'> & {
  buffer: string;
  index: number;
  sectionStart: number;
  state: number;
  fastForwardTo(c: number): boolean;
  stateBeforeTagName(c: number): void;
  stateBeforeAttributeName(c: number): void;
};
const Inside = Tokenizer as unknown as new (...made: ConstructorParameters<typeof Tokenizer>) => Inside;

/**
 * htmlparser2's tokenizer with short cuts: it asks at each character in which state it is, and most tags are plain ones,
 * `<a href="b">` and `</a>`. Those are read in one go; what is not so plain is left to it, in the state that it is in at
 * that place. For a text that is written in one piece.
 */
export class QuickTokenizer extends Inside {
  readonly #tags: TagCallbacks;

  constructor(callbacks: TagCallbacks) {
    // Most texts and attributes hold no entity: those that do are decoded once they are whole.
    super({ decodeEntities: false }, callbacks);
    this.#tags = callbacks;
  }

  /** By the text's own search: scripts are long. */
  override fastForwardTo(c: number): boolean {
    const found = this.buffer.indexOf(String.fromCharCode(c), this.index + 1);
    this.index = found < 0 ? this.buffer.length - 1 : found;
    return found >= 0;
  }

  /** After `<`. */
  override stateBeforeTagName(c: number): void {
    const { buffer, index } = this;
    if (c === SLASH) {
      const end = isLetter(buffer.charCodeAt(index + 1)) ? nameEnd(buffer, index + 2) : -1;
      if (buffer.charCodeAt(end) !== GREATER) return super.stateBeforeTagName(c);
      this.#tags.onclosetag(index + 1, end);
      this.index = end;
      this.state = IN_TEXT;
      this.sectionStart = end + 1;
    } else if (isLetter(c)) {
      const end = nameEnd(buffer, index + 1);
      if (end === buffer.length || mayHoldNoMarkup(buffer, index, end)) return super.stateBeforeTagName(c);
      this.#tags.onopentagname(index, end);
      this.index = end;
      this.sectionStart = -1;
      this.state = AFTER_TAG_NAME;
      this.stateBeforeAttributeName(buffer.charCodeAt(end));
    } else super.stateBeforeTagName(c);
  }

  override stateBeforeAttributeName(_c: number): void {
    const { buffer } = this;
    let at = this.index;
    for (;;) {
      while (at < buffer.length && isSpace(buffer.charCodeAt(at))) at++;
      const end = attributeNameEnd(buffer, at);
      if (buffer.charCodeAt(end) !== EQUALS) break;
      const quote = buffer.charCodeAt(end + 1);
      const close =
        quote === DOUBLE_QUOTE || quote === QUOTE ? buffer.indexOf(quote === QUOTE ? "'" : '"', end + 2) : -1;
      if (close < 0) break;
      this.#tags.onattribute(at, end, end + 2, close);
      at = close + 1;
    }
    // The tag's end, another kind of attribute, or no end at all.
    if (at >= buffer.length) at = buffer.length - 1;
    this.index = at;
    super.stateBeforeAttributeName(buffer.charCodeAt(at));
  }
}

function isLetter(c: number): boolean {
  const small = c | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/** White space of HTML: space, tab, line feed, form feed, carriage return. */
function isSpace(c: number): boolean {
  return c === 0x20 || (c >= 0x09 && c <= 0x0d && c !== 0x0b);
}

function endsName(c: number): boolean {
  return c === GREATER || c === SLASH || isSpace(c);
}

/** Where a tag's name ends; the text's end where it does not. */
function nameEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsName(text.charCodeAt(at))) at++;
  return at;
}

/** The same of an attribute's name, which may begin with an equals sign. Where the tag ends, none begins. */
function attributeNameEnd(text: string, from: number): number {
  if (from >= text.length || endsName(text.charCodeAt(from))) return from;
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== EQUALS && !endsName(text.charCodeAt(at))) at++;
  return at;
}

/** Elements that hold no markup: script, style, title, textarea, xmp. May be wrong to say yes. */
function mayHoldNoMarkup(text: string, from: number, end: number): boolean {
  switch (text.charCodeAt(from) | 0x20) {
    case 0x73:
      return end - from === 6 || end - from === 5;
    case 0x74:
      return end - from === 5 || end - from === 8;
    case 0x78:
      return end - from === 3;
    default:
      return false;
  }
}
