import { isTag, isText, type Element, type ParentNode, type Text } from 'domhandler';
import { endsInCredit, isCreditLine } from './caption.ts';
import { captionName } from './caption-names.ts';
import { textWithin, type Block, type Box, type Medium, type PageModel } from '../page/page-model.ts';
import { isProse } from '../page/weigh-blocks.ts';

// Captions and credits of pictures: by an element or a class that says so, else by place, print and words.

const LONGEST_CAPTION = 600;
/** A caption that only its print or its words tell is short. */
const LONGEST_PLAIN_CAPTION = 400;
/** Of the class of a paragraph below a picture, only a short one's is believed. */
const LONGEST_NAMED = 300;
/** Caption, credit, and a second credit. */
const MOST_LINES = 3;

/** Whether a block stands in a caption: an element or a class that says so, or a figure with little else in it. */
export function isMarkedCaption({ boxes }: PageModel, block: Block): boolean {
  let box: Box | undefined = boxes[block.box];
  for (let steps = 0; box !== undefined && steps < 4; steps++) {
    if (box.name === 'figcaption') return block.text.length <= LONGEST_CAPTION || !isProse(block);
    if (box.name === 'blockquote' || box.name === 'table' || box.name === 'pre') return false;
    const few = box.endBlock - box.firstBlock <= 6 && block.text.length <= LONGEST_CAPTION;
    if (few && box.marks.includes('caption') && !box.marks.includes('body') && steps < 3) return true;
    if (few && box.name === 'figure' && box.endBlock - box.firstBlock <= 4) return true;
    box = box.parent < 0 ? undefined : boxes[box.parent];
  }
  return false;
}

/**
 * The blocks right after a picture that are its caption and credit, as indices; none where the text goes on. Without a
 * class that says so a line is one in small print, one that ends in a credit ("… Foto: Ana Ruiz"), or a credit alone.
 * `among` holds 1 for the blocks that are asked about: where none of them is near, nothing is looked at.
 */
export function pictureLines(page: PageModel, medium: Medium, among: Uint8Array): readonly number[] {
  if (medium.node.name !== 'img' && medium.node.name !== 'amp-img') return [];
  if (!among.subarray(Math.max(0, medium.block - 1), medium.block + MOST_LINES).includes(1)) return [];
  const lines: number[] = [];
  for (let index = firstLine(page, medium); index < page.blocks.length && lines.length < MOST_LINES; index++) {
    const block = page.blocks[index]!;
    if (!isMarkedCaption(page, block) && !isPlainCaption(page, block, medium)) break;
    lines.push(index);
  }
  return lines;
}

/** The block that follows a picture, which is its own where the picture stands in it before all words, in a link say. */
export function firstLine({ boxes, blocks }: PageModel, { block, box, node }: Medium): number {
  if (blocks[block - 1]?.box !== box) return block;
  const holder = boxes[box]?.node;
  for (let at: ParentNode | Element | null = node; at !== null && at !== holder; at = at.parent) {
    for (let before = at.prev; before !== null; before = before.prev)
      if (isText(before) ? /\S/.test(before.data) : !isTag(before) || textWithin(before) !== '') return block;
  }
  return block - 1;
}

/** Whether a block beside a picture tells by its name, its words or its print that it is a caption or a credit. */
export function isPlainCaption({ boxes }: PageModel, block: Block, medium: Medium): boolean {
  const { text } = block;
  const { name, node, firstBlock, endBlock } = boxes[block.box]!;
  if (text.length > LONGEST_PLAIN_CAPTION || /^(?:h[1-6]|li|td|th|pre|blockquote)$/.test(name)) return false;
  if (isCreditLine(text) || endsInCredit(text)) return true;
  if (endBlock - firstBlock === 1 && text.length <= LONGEST_NAMED) {
    const named = captionName(node);
    if (named === 'caption' || named === 'credit' || named === 'line') return true;
  }
  // Print alone tells it beside the picture, in the same paragraph.
  const print = block.box === medium.box ? /^(?:small|em|i|cite)$/ : /^small$/;
  return block.nodes.every((text) => !/\S/.test(text.data) || standsIn(text, print, node));
}

function standsIn(text: Text, names: RegExp, box: ParentNode): boolean {
  let node = text.parent;
  while (node !== null && node !== box) {
    if (isTag(node) && names.test(node.name)) return true;
    node = node.parent;
  }
  return false;
}
