import { isTag, isText, type ChildNode, type Document, type Element, type Text } from 'domhandler';
import { isRslType } from '../../model/rsl.ts';
import { foldWhiteSpace } from '../../support/html.ts';
import { withMarksOfId, type Mark } from './class-marks.ts';
import { classReader, mayBeHidden, namesAuthorOrDate, type ClassNames } from './class-names.ts';
import { lengthOf, readsAsProse } from './prose.ts';

/**
 * A block-level element. The boxes of a page are in document order, so that the boxes and blocks within one are ranges:
 * `index + 1` to `end`, and `firstBlock` to `endBlock` (both ends exclusive).
 */
export type Box = {
  readonly node: Element;
  readonly name: string;
  readonly index: number;
  /** -1 for the outermost. */
  readonly parent: number;
  readonly depth: number;
  readonly marks: readonly Mark[];
  readonly hidden: boolean;
  readonly firstBlock: number;
  end: number;
  endBlock: number;
};

/** A run of text that no block-level element interrupts: a paragraph, a heading, a table's cell, a line of a menu. */
export type Block = {
  readonly index: number;
  /** The box that it stands in directly. */
  readonly box: number;
  /** White space folded, soft hyphens gone. */
  readonly text: string;
  /** Its characters, those of a dense script counted for more. */
  readonly length: number;
  /** Characters of text within links, and how many links there are. */
  readonly linkChars: number;
  readonly links: number;
  /** Whether it reads like a sentence of an article, whatever it says. */
  readonly prose: boolean;
  readonly nodes: readonly Text[];
};

/** An element that says in its name, class or attributes that it holds an author or a date. `block`: the next one. */
export type Signal = { readonly node: Element; readonly box: number; readonly block: number };

/** A picture, film, sound or frame. `block`: the block that follows it. */
export type Medium = { readonly node: Element; readonly box: number; readonly block: number };

/** A page as the finders of its body look at it: one walk gathers it, nothing is changed in the tree. */
export type PageModel = {
  readonly boxes: readonly Box[];
  readonly blocks: readonly Block[];
  readonly media: readonly Medium[];
  readonly signals: readonly Signal[];
  /** Elements of the head and of the data, wherever they stand. */
  readonly metas: readonly Element[];
  readonly links: readonly Element[];
  readonly jsonLd: readonly string[];
  /** Scripts that hold Really Simple Licensing. */
  readonly rsl: readonly string[];
  /** Links of the text that name a licence (`rel=license`), with the box that they stand in. */
  readonly licences: readonly { readonly node: Element; readonly box: number }[];
  readonly titleTag: string | null;
  readonly language: string | null;
  readonly baseHref: string | null;
};

const INLINE: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const SKIPPED: ReadonlySet<string> = new Set(
  'script style template svg math canvas object embed applet select textarea input option datalist button noembed noframes map area'.split(
    ' ',
  ),
);
const MOST_SIGNALS = 400;
/** The fullest of a thousand true pages had 2,700. What stands in further ones is not read. */
const MOST_BOXES = 10_000;
const MOST_TEXT = 4_000_000;
const MOST_LICENCES = 20;

/** What no reader sees within a word: soft hyphens, spaces of no width, marks of byte order. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;

/** Gathers boxes, blocks and the head of a page in one walk. Never recursive: depth is its author's choice. */
export function readPageModel(document: Document): PageModel {
  const boxes: Box[] = [];
  const blocks: Block[] = [];
  const media: Medium[] = [];
  const signals: Signal[] = [];
  const metas: Element[] = [];
  const links: Element[] = [];
  const jsonLd: string[] = [];
  const rsl: string[] = [];
  const licences: { readonly node: Element; readonly box: number }[] = [];
  let titleTag: string | null = null;
  let language: string | null = null;
  let baseHref: string | null = null;
  const readClasses = classReader();
  // The block that is being read: most hold one text, and are read without an object of their own.
  let isOpen = false;
  let text = '';
  let nodes: Text[] = [];
  let linkChars = 0;
  let linkCount = 0;
  let blockBox = -1;
  let current = -1;
  let linkDepth = 0;
  let noscriptDepth = 0;
  let rubyDepth = 0;
  let textLength = 0;

  const open = (): void => {
    if (isOpen) return;
    isOpen = true;
    text = '';
    nodes = [];
    linkChars = 0;
    linkCount = 0;
    blockBox = current;
  };
  const flush = (): void => {
    if (!isOpen) return;
    isOpen = false;
    const shown = foldWhiteSpace(text.replace(INVISIBLE, ''));
    text = '';
    if (shown === '') return;
    const length = lengthOf(shown);
    const prose = readsAsProse(shown, linkChars, length);
    blocks.push({
      index: blocks.length,
      box: blockBox,
      text: shown,
      length,
      linkChars,
      links: linkCount,
      prose,
      nodes,
    });
  };

  const enter = (node: Element): boolean => {
    const { name, attribs } = node;
    switch (name) {
      case 'meta':
        metas.push(node);
        return false;
      case 'link':
        links.push(node);
        return false;
      case 'title':
        titleTag ??= current >= 0 && boxes[current]!.name !== 'head' ? null : textWithin(node);
        return false;
      case 'base':
        baseHref ??= attribs['href'] ?? null;
        return false;
      case 'script':
        if (/ld\+json/i.test(attribs['type'] ?? '')) jsonLd.push(rawTextWithin(node));
        else if (isRslType(attribs['type'] ?? '')) rsl.push(rawTextWithin(node));
        return false;
      case 'html':
        language ??= attribs['lang'] ?? attribs['xml:lang'] ?? null;
        break;
      case 'img':
      case 'amp-img':
      case 'iframe':
      case 'video':
      case 'audio':
        media.push({ node, box: current, block: blocks.length + (isOpen ? 1 : 0) });
        return false;
      case 'br':
        if (isOpen) {
          if (followsBreak(node)) flush();
          else text += '\n';
        }
        return false;
      case 'noscript':
        noscriptDepth++;
        return true;
      case 'hr':
        flush();
        return false;
      default:
        if (SKIPPED.has(name)) return false;
    }
    const names = attribs['class'] === undefined ? null : readClasses(attribs['class']);
    if (saysAuthorOrDate(name, attribs, names) && signals.length < MOST_SIGNALS)
      signals.push({ node, box: current, block: blocks.length + (isOpen ? 1 : 0) });
    if (INLINE.has(name)) {
      if (isHiddenInline(attribs, names)) return false;
      if (name === 'rt' || name === 'rp') rubyDepth++;
      if (name === 'a' && attribs['href'] !== undefined) {
        if (namesLicence(attribs['rel']) && licences.length < MOST_LICENCES) licences.push({ node, box: current });
        linkDepth++;
        open();
        linkCount++;
      }
      return true;
    }
    if (boxes.length >= MOST_BOXES) return false;
    flush();
    const parent = current;
    current = boxes.length;
    boxes.push({
      node,
      name,
      index: current,
      parent,
      depth: parent < 0 ? 0 : boxes[parent]!.depth + 1,
      marks: marksFor(name, attribs, names),
      hidden: isHidden(attribs),
      firstBlock: blocks.length,
      end: 0,
      endBlock: 0,
    });
    return true;
  };

  const leave = (node: Element): void => {
    if (node.name === 'noscript') noscriptDepth--;
    else if (current < 0 || boxes[current]!.node !== node) {
      if (node.name === 'rt' || node.name === 'rp') rubyDepth--;
      if (node.name === 'a' && node.attribs['href'] !== undefined) linkDepth--;
    } else {
      flush();
      const box = boxes[current]!;
      box.end = boxes.length;
      box.endBlock = blocks.length;
      current = box.parent;
    }
  };

  walk(document, {
    enter,
    leave,
    text: (node) => {
      if (noscriptDepth > 0 || textLength > MOST_TEXT) return;
      const { data } = node;
      if (!isOpen && isBlank(data)) return;
      textLength += data.length;
      open();
      if (nodes.length === 0) nodes = [node];
      else nodes.push(node);
      // The reading of a word beside it is shown, and is no word of its own.
      if (rubyDepth > 0) return;
      text += data;
      if (linkDepth > 0) linkChars += data.trim().length;
    },
  });
  flush();
  return { boxes, blocks, media, signals, metas, links, jsonLd, rsl, licences, titleTag, language, baseHref };
}

type Visitor = {
  /** Whether to go into it; `leave` is called for it then, and not else. */
  readonly enter: (node: Element) => boolean;
  readonly leave: (node: Element) => void;
  readonly text: (node: Text) => void;
};

/** Goes through a tree in document order by its own pointers. */
export function walk(root: Document | Element, { enter, leave, text }: Visitor): void {
  let node: ChildNode | null = root.firstChild;
  while (node !== null) {
    if (isText(node)) text(node);
    else if (isTag(node) && enter(node)) {
      const first: ChildNode | undefined = node.children[0];
      if (first !== undefined) {
        node = first;
        continue;
      }
      leave(node);
    }
    while (node.next === null) {
      const parent = node.parent as Element | Document | null;
      if (parent === null || parent === root) return;
      node = parent as Element;
      leave(node);
    }
    node = node.next;
  }
}

/** All text within an element, white space folded. */
export function textWithin(node: Element): string {
  return foldWhiteSpace(rawTextWithin(node));
}

function rawTextWithin(node: Element): string {
  const parts: string[] = [];
  walk(node, {
    enter: (element) => {
      if (!INLINE.has(element.name)) parts.push(' ');
      return element.name !== 'script' && element.name !== 'style';
    },
    leave: () => {},
    text: ({ data }) => parts.push(data),
  });
  return parts.join('');
}

function saysAuthorOrDate(
  name: string,
  attribs: Readonly<Record<string, string>>,
  classes: ClassNames | null,
): boolean {
  if (name === 'time' || attribs['itemprop'] !== undefined) return true;
  if (name === 'a' && /\bauthor\b/.test(attribs['rel'] ?? '')) return true;
  const testId = attribs['data-testid'];
  if (testId !== undefined) return namesAuthorOrDate(`${testId} ${attribs['class'] ?? ''}`);
  if (classes !== null) return classes.namesAuthorOrDate;
  return attribs['id'] !== undefined && namesAuthorOrDate(attribs['id']);
}

function namesLicence(rel: string | undefined): boolean {
  return rel !== undefined && /(?:^|\s)license(?:\s|$)/i.test(rel);
}

/** By hand up to the first sign that is no plain white space: mostly it tells. */
function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) continue;
    return code >= 0xa0 && !/\S/.test(text);
  }
  return true;
}

/** Whether the last thing before this line break was another: the end of a paragraph of those who use no `<p>`. */
function followsBreak(node: Element): boolean {
  let before = node.prev;
  while (before !== null && isText(before) && isBlank(before.data)) before = before.prev;
  return before !== null && isTag(before) && before.name === 'br';
}

function isHidden(attribs: Readonly<Record<string, string>>): boolean {
  if (attribs['hidden'] !== undefined && attribs['hidden'] !== 'until-found') return true;
  if (attribs['aria-hidden'] === 'true') return true;
  const style = attribs['style'];
  return style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style.slice(0, 500));
}

const NO_MARKS: readonly Mark[] = [];

/** The page's own element carries the marks of the whole site; a heading's id is its text. */
function marksFor(
  name: string,
  attribs: Readonly<Record<string, string>>,
  classes: ClassNames | null,
): readonly Mark[] {
  if (name === 'body' || name === 'html') return NO_MARKS;
  const marks = classes === null ? NO_MARKS : classes.marks;
  return /^h[1-6]$/.test(name) ? marks : withMarksOfId(marks, attribs['class'], attribs['id']);
}

function isHiddenInline(attribs: Readonly<Record<string, string>>, classes: ClassNames | null): boolean {
  const { id = '', style, hidden } = attribs;
  if (classes === null && style === undefined && hidden === undefined) return false;
  if (isHidden(attribs)) return true;
  if (classes?.mayBeHidden !== true && !mayBeHidden(id)) return false;
  return withMarksOfId(classes?.marks ?? NO_MARKS, attribs['class'], attribs['id']).includes('hidden');
}
