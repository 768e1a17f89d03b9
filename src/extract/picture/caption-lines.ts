import { isTag, isText, type ParentNode, type Text } from 'domhandler';
import { EDGE, partCaption, type Caption } from './caption.ts';
import { captionName } from './caption-names.ts';
import { creditIn } from './credit-words.ts';
import type { Box, PageModel } from '../page/page-model.ts';

/** More words than this in an element that is named for the credit are no credit alone. */
const LONGEST_CREDIT = 140;

/**
 * Reads some blocks beside a picture as its caption: what an element says is the credit, else what is worded as one.
 * `frame` is the box that holds picture and blocks; null where nothing but they themselves speaks for them.
 */
export function readLines(page: PageModel, lines: readonly number[], frame: Box | null): Caption {
  const captions: string[] = [];
  const credits: string[] = [];
  for (const index of lines) {
    const { caption, credit } = partsOf(page, index, frame);
    if (caption.replaceAll(EDGE, '').trim() !== '') captions.push(caption);
    if (credit !== '' && !credits.includes(credit)) credits.push(credit);
  }
  const credit = credits.join(' ');
  if (credit === '') return partCaption(captions.join('\n'), null);
  const whole = partCaption([...captions, ...credits].join('\n'), null);
  // A name such as "source" on a box that holds all of it, or on one with words of its own.
  if (credit.length > LONGEST_CREDIT) return whole;
  if (captions.length === 0 && whole.caption !== null && whole.credit !== null) return whole;
  return partCaption(captions.join('\n'), credit);
}

const BY_ALONE = /^[\s\ufdd0]*(?:by|von|par|di|de|por|av|af|door)[\s\ufdd0]*$/iu;
const IN_A_SENTENCE = /\p{L}\s+(?:by|von|par|di|de|por|av|af|door|from|of|in|at|to)[\s\ufdd0]*$/u;

type Parts = { readonly caption: string; readonly credit: string };

/** A block's text with the edges of its elements marked; that of elements that say that they hold the credit apart. */
function partsOf({ blocks, boxes }: PageModel, index: number, frame: Box | null): Parts {
  const block = blocks[index]!;
  const box = boxes[block.box]!;
  const isOfPicture = frame !== null;
  const alone = box.endBlock - box.firstBlock === 1 && box.name !== 'figcaption';
  const all =
    frame === null ? alone && captionName(box.node) === 'credit' : saysCredit(box.node, frame.node, isOfPicture);
  const parts = { caption: '', credit: '' };
  let last: Text | null = null;
  let space = false;
  for (const node of block.nodes) {
    const data = node.data.replace(/\s+/g, ' ');
    if (data === ' ') {
      space = true;
      continue;
    }
    if (isReading(node)) continue;
    const named = all || saysCredit(node.parent, box.node, isOfPicture);
    // "… like this one by Ana Ruiz": a name in a sentence; "by Ana Ruiz": no sentence.
    if (named && !all && BY_ALONE.test(parts.caption)) parts.caption = '';
    const to = named && (all || !IN_A_SENTENCE.test(parts.caption)) ? 'credit' : 'caption';
    const between = last === null ? '' : betweenOf(last, node);
    parts[to] +=
      `${space ? ' ' : ''}${to === 'credit' ? between.replace(/\S/g, '').replace('\n', ' ') : between}${data}`;
    last = node;
    space = false;
  }
  const small = parts.credit === '' ? smallPrintAtEnd(last, box) : null;
  if (small !== null && creditIn(small, 'line') !== null)
    return { caption: parts.caption.slice(0, parts.caption.lastIndexOf(small)), credit: small.trim() };
  return { caption: parts.caption, credit: parts.credit.trim() };
}

/** Whether one of the elements from here up to a box says that it holds the credit. */
function saysCredit(from: ParentNode | null, below: ParentNode, isOfPicture: boolean): boolean {
  for (let node = from; node !== null && node !== below && isTag(node); node = node.parent) {
    const name = captionName(node);
    if (name === 'credit' || (name === 'maker' && isOfPicture)) return true;
    if (name === 'caption') return false;
  }
  return false;
}

/** What parts two texts: a line's break, an element beside an element, an element's edge. */
function betweenOf(one: Text, other: Text): string {
  if (followsBreak(other)) return '\n';
  if (one.parent === other.parent) return '';
  const [first, second] = [one.parent, other.parent];
  if (holds(first, second) || holds(second, first)) return EDGE;
  return '\n';
}

function holds(outer: ParentNode | null, inner: ParentNode | null): boolean {
  for (let node = inner, steps = 0; node !== null && steps < 12; node = node.parent, steps++)
    if (node === outer) return true;
  return false;
}

function followsBreak(node: Text): boolean {
  for (let at: Text | ParentNode = node, steps = 0; steps < 4; steps++) {
    let before = at.prev;
    while (before !== null && isText(before) && !/\S/.test(before.data)) before = before.prev;
    if (before !== null) return isTag(before) && before.name === 'br';
    if (at.parent === null || !isTag(at.parent) || !/^(?:a|b|i|em|span|small|cite|strong|font)$/.test(at.parent.name))
      return false;
    at = at.parent;
  }
  return false;
}

/** The reading of a word, set beside it. */
function isReading({ parent }: Text): boolean {
  return parent !== null && isTag(parent) && (parent.name === 'rt' || parent.name === 'rp');
}

/** Small print at a caption's end is whose the picture is. */
function smallPrintAtEnd(last: Text | null, box: Box): string | null {
  for (let node = last?.parent ?? null; node !== null && node !== box.node && isTag(node); node = node.parent)
    if (/^(?:small|cite)$/.test(node.name)) return last!.data.replace(/\s+/g, ' ');
  return null;
}
