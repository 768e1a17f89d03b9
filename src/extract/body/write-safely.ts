import { isTag, isText, type ChildNode, type Document } from 'domhandler';
import { parseHtml } from '../page/parse-html.ts';
import { escapeHtml, withoutForbiddenCharacters } from '../../support/html.ts';
import type { Judged } from './judge-attributes.ts';
import { BLOCK, MEANINGFUL_EMPTY, NEEDS_ANCESTOR, VOID } from './allowed-markup.ts';

/** Elements nested deeper than this are taken away, and their content stays: no browser or reader needs more. */
const DEEPEST = 80;
/** A pass that had to move something is followed by another, up to so many. */
const MOST_PASSES = 4;

/** What may stand between blocks as well as within a paragraph. */
const MEDIA: ReadonlySet<string> = new Set(['img', 'audio', 'video', 'source', 'br']);

type Open = {
  readonly name: string;
  readonly children: readonly ChildNode[];
  next: number;
  /** Where its start tag stands in the output; -1 for an element that is not written. */
  readonly at: number;
  holdsBlock: boolean;
  holdsText: boolean;
  holdsMedia: boolean;
};

/**
 * HTML out of an allow-list sanitiser, written anew by us: what stands where a browser would move it is unwrapped, empty
 * elements go, a `<div>` becomes the paragraph that it is or goes, depth is capped, and every `<`, `>`, `&` and quote is
 * escaped, in attributes too.
 */
export function writeSafely(html: string): string {
  return writeTreeSafely(parseHtml(html), null, html);
}

/**
 * The same of a tree: allowed elements alone, with the attributes that each was judged to have (with its own where none
 * were judged). `html` is what the tree was read from.
 */
export function writeTreeSafely(tree: Document, judged: Judged | null, html: string): string {
  let written = pass(tree, judged, html);
  for (let passes = 1; passes < MOST_PASSES && written.moved; passes++)
    written = pass(parseHtml(written.html), null, written.html);
  return written.html;
}

function pass(tree: Document, judged: Judged | null, html: string): { readonly html: string; readonly moved: boolean } {
  // What XML forbids stands in few texts, and is written as a reference at most.
  const mayHold = /&#(?!39;)/.test(html) || withoutForbiddenCharacters(html) !== html;
  const clean = mayHold ? withoutForbiddenCharacters : asItIs;
  const out: string[] = [];
  let moved = false;
  const stack: Open[] = [openOf('', tree.children, -1)];
  let depth = 0;
  while (stack.length > 0) {
    const open = stack.at(-1)!;
    const node = open.children[open.next++];
    if (node === undefined) {
      stack.pop();
      if (open.at < 0) continue;
      depth--;
      // What held it looked like something that holds blocks, and may not be.
      if (!close(out, open)) moved ||= BLOCK.has(open.name);
    } else if (isText(node)) {
      if (!open.holdsText && /\S/.test(node.data)) markText(stack);
      out.push(escapeHtml(clean(node.data)));
    } else if (isTag(node)) {
      const attribs = judged === null ? node.attribs : judged.get(node);
      const stands = attribs !== null && depth < DEEPEST && standsHere(node.name, attribs ?? NONE, stack);
      if (!stands) moved ||= BLOCK.has(node.name) || NEEDS_ANCESTOR[node.name] !== undefined;
      else if (BLOCK.has(node.name)) markBlock(stack);
      else if (MEDIA.has(node.name)) stack.at(-1)!.holdsMedia = true;
      else markText(stack);
      if (VOID.has(node.name)) {
        if (stands) out.push(`<${node.name}${attributes(attribs ?? NONE, clean)}>`);
        continue;
      }
      if (stands) {
        depth++;
        out.push(`<${node.name}${attributes(attribs ?? NONE, clean)}>`);
      }
      stack.push(openOf(stands ? node.name : '', node.children, stands ? out.length - 1 : -1));
    }
  }
  return { html: out.join(''), moved };
}

function openOf(name: string, children: readonly ChildNode[], at: number): Open {
  return { name, children, next: 0, at, holdsBlock: false, holdsText: false, holdsMedia: false };
}

/** A block belongs to all that is around it; who holds one told it to these when he got it. */
function markBlock(stack: readonly Open[]): void {
  for (let index = stack.length - 1; index >= 0 && !stack[index]!.holdsBlock; index--) stack[index]!.holdsBlock = true;
}

/** Text and what flows with it belongs to the nearest block around it, through the inline elements between. */
function markText(stack: readonly Open[]): void {
  for (let index = stack.length - 1; index >= 0; index--) {
    const open = stack[index]!;
    // Who holds text told it to those around him when he got it.
    if (open.holdsText) return;
    open.holdsText = true;
    if (BLOCK.has(open.name)) return;
  }
}

/** Ends an element, or takes it back (false) when there is nothing in it but space, or to play; the space stays. */
function close(out: string[], open: Open): boolean {
  const { name, at } = open;
  const silent = (name === 'video' || name === 'audio') && !out[at]!.includes(' src="');
  if ((silent || !MEANINGFUL_EMPTY.has(name)) && name !== 'pre' && isBlankFrom(out, at + 1)) {
    const space = out.length > at + 1 ? ' ' : '';
    out.length = at;
    if (space !== '') out.push(space);
    return false;
  }
  if (name === 'div' && out[at] === '<div>') {
    if (!open.holdsText && (open.holdsBlock || !open.holdsMedia)) {
      // A box around blocks, and pictures between them, says nothing.
      out[at] = '';
      return true;
    }
    if (!open.holdsBlock) {
      out[at] = '<p>';
      out.push('</p>');
      return true;
    }
  }
  out.push(`</${name}>`);
  return true;
}

function isBlankFrom(out: readonly string[], from: number): boolean {
  for (let index = from; index < out.length; index++) if (/\S/.test(out[index]!)) return false;
  return true;
}

const PHRASING_ONLY: ReadonlySet<string> = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre']);

type Attributes = Readonly<Record<string, string>>;
const NONE: Attributes = {};

function standsHere(name: string, attribs: Attributes, stack: readonly Open[]): boolean {
  if (name === 'span')
    return attribs['lang'] !== undefined || attribs['dir'] !== undefined || attribs['title'] !== undefined;
  if (name === 'a' && (attribs['href'] === undefined || within(stack, 'a'))) return false;
  const needed = NEEDS_ANCESTOR[name];
  if (needed !== undefined && !needed.some((ancestor) => within(stack, ancestor))) return false;
  return !(BLOCK.has(name) && stack.some((open) => PHRASING_ONLY.has(open.name)));
}

function within(stack: readonly Open[], name: string): boolean {
  return stack.some((open) => open.name === name);
}

function attributes(attribs: Attributes, clean: (text: string) => string): string {
  let text = '';
  for (const name in attribs) text += ` ${name}="${escapeHtml(clean(attribs[name]!))}"`;
  return text;
}

function asItIs(text: string): string {
  return text;
}
