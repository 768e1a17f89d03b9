import { isTag, type ParentNode } from 'domhandler';
import { BYLINE } from '../page/boilerplate.ts';
import { endsInCredit, isCreditLine, isNameAlone, type Caption } from './caption.ts';
import { readLines } from './caption-lines.ts';
import { captionName, isNamedForPicture } from './caption-names.ts';
import type { Block, Box, Medium, PageModel } from '../page/page-model.ts';
import { firstLine, isMarkedCaption, isPlainCaption } from './picture-lines.ts';
import { lengthOf } from '../page/prose.ts';
import { isProse, linkDensity } from '../page/weigh-blocks.ts';

// The words that belong to a picture, by where they stand: in the smallest boxes that hold the picture and little else,
// and right after these.

/** What is said of a picture, and the blocks that say it. */
export type PictureWords = Caption & { readonly lines: readonly number[] };

const MOST_STEPS = 6;
const MOST_STEPS_BETWEEN = 3;
const MOST_BLOCKS = 8;
const LONGEST_FRAME = 900;
const LONGEST_LINE = 420;
/** Beside a picture without a figure: longer words are the text's. */
const LONGEST_UNMARKED = 360;
/** A line that neither its place in a figure nor its name nor its words tell to be a caption. */
const LONGEST_BARE = 200;
/** Headings of lists and boxes are written like names in English. */
const NO_NAME =
  /\b(?:in|this|the|of|our|your|how|what|why|related|table|contents?|read|more|share|by|about|see|also|quick|key|fast|facts?|text|link|article|products?|online|schedule|type|best|top|new|click|here|advertisement|continue|reading|sign|up|get|home|blog|summary|overview)\b/i;
const NOTHING: PictureWords = { caption: null, credit: null, lines: [] };

export type FrameInput = {
  readonly page: PageModel;
  readonly medium: Medium;
  /** Whether another medium is a picture in its own right, and not the same one again. */
  readonly isOther: (medium: Medium) => boolean;
  /** Whether something stands in the article's text. */
  readonly inBody: (medium: { readonly box: number }) => boolean;
  /** The page's description and title: words of the article, wherever they stand. */
  readonly known: readonly string[];
};

/** Caption and credit of a picture, with the blocks that hold them. */
export function pictureWords(input: FrameInput): PictureWords {
  const { page, medium } = input;
  let words = NOTHING;
  let frame: Box | null = null;
  let box = page.boxes[medium.box];
  for (let steps = 0; box !== undefined && steps < MOST_STEPS; steps++) {
    if (!isFrame(box, input)) break;
    frame = box;
    words = completed(words, page, linesWithin(box, input, words), box);
    if (words.caption !== null && words.credit !== null) return words;
    box = box.parent < 0 ? undefined : page.boxes[box.parent];
  }
  return completed(words, page, linesAfter(frame, input, words), null);
}

/** What more lines say, added to what is known. */
function completed(words: PictureWords, page: PageModel, lines: readonly number[], frame: Box | null): PictureWords {
  const fresh = lines.filter((index) => !words.lines.includes(index));
  if (fresh.length === 0) return words;
  const found = readLines(page, fresh, frame);
  const taken = (words.caption === null && found.caption !== null) || (words.credit === null && found.credit !== null);
  if (!taken) return words;
  return {
    caption: words.caption ?? found.caption,
    credit: words.credit ?? found.credit,
    lines: [...words.lines, ...fresh],
  };
}

/** Whether a box holds the picture and what is said of it, and nothing of the article. */
function isFrame(box: Box, { page, medium, isOther }: FrameInput): boolean {
  const { boxes, blocks, media, signals } = page;
  const { name, index, end, firstBlock, endBlock, marks } = box;
  if (/^(?:body|html|main|p|h[1-6])$/.test(name) || marks.includes('body')) return firstBlock === endBlock;
  if (endBlock - firstBlock > MOST_BLOCKS) return false;
  let characters = 0;
  let unmarked = 0;
  for (let at = firstBlock; at < endBlock; at++) {
    const block = blocks[at]!;
    // A heading above the picture may be the picture's; one below it opens a text.
    if (at >= medium.block && /^h[3-6]$/.test(boxes[block.box]!.name) && name !== 'figure') return false;
    characters += block.length;
    if (!isFigure(page, block, box) && nameOf(page, block, box) === null) unmarked += block.length;
    if (characters > LONGEST_FRAME || unmarked > LONGEST_UNMARKED || /^h[12]$/.test(boxes[block.box]!.name))
      return false;
    if (block.text.length > 30 && linkDensity(block) > 0.8) return false;
  }
  const inside = (at: number): boolean => at >= index && at < end;
  if (characters > 0 && signals.some(({ node, box: at }) => node.name === 'time' && inside(at))) return false;
  return !media.some((other) => inside(other.box) && isOther(other));
}

/** The lines of a box that speak of its picture; all of a figure's, of other boxes those that follow the picture. */
function linesWithin(box: Box, input: FrameInput, words: PictureWords): readonly number[] {
  const { page, medium } = input;
  const first = firstLine(page, medium);
  const lines: number[] = [];
  for (let index = box.firstBlock; index < box.endBlock; index++) {
    const block = page.blocks[index]!;
    const owner = page.boxes[block.box]!;
    if (owner.hidden || /^h[1-6]$/.test(owner.name) || isKnown(block, input.known)) continue;
    const name = nameOf(page, block, box);
    if (name === 'other' || (name === 'maker' && !isFigure(page, block, box) && !tellsOfPicture(page, box, input)))
      continue;
    const marked = name !== null || isFigure(page, block, box);
    if (!marked && index < first) continue;
    if (!marked && !namesMaker(block, owner) && (BYLINE.test(block.text) || !isClose(page, block, box, input)))
      continue;
    // A box around the figure may hold a second line; the caption itself is complete.
    if (words.caption !== null && name !== 'credit' && name !== 'maker' && !isCreditLine(block.text)) continue;
    if (block.text.length <= LONGEST_LINE * (marked ? 2 : 1)) lines.push(index);
  }
  return lines;
}

/** Whether an element within a block says that it holds the credit. */
function namesMaker({ nodes }: Block, { node: holder }: Box): boolean {
  return nodes.some(
    ({ parent }) =>
      parent !== null && parent !== holder && isTag(parent) && /^(?:credit|maker)$/.test(captionName(parent) ?? ''),
  );
}

/** Whether a box is one of a picture: by its name or kind, or by another line in it that is a caption or a credit. */
function tellsOfPicture({ boxes, blocks }: PageModel, frame: Box, { medium }: FrameInput): boolean {
  if (/^(?:dl|table|tbody|tr|td|li)$/.test(frame.name)) return true;
  for (let box = boxes[medium.box]; box !== undefined && box.index >= frame.index; box = boxes[box.parent])
    if (isNamedForPicture(box.node)) return true;
  for (let index = frame.firstBlock; index < frame.endBlock; index++) {
    const block = blocks[index]!;
    if (isCreditLine(block.text) || endsInCredit(block.text)) return true;
    const { node } = boxes[block.box]!;
    if (node !== frame.node && /^(?:credit|caption|line)$/.test(captionName(node) ?? '')) return true;
  }
  return false;
}

/** Whether unmarked words stand close to the picture, by few steps from the box that holds both, or tell of a credit. */
function isClose(page: PageModel, { box, text }: Block, frame: Box, input: FrameInput): boolean {
  const { boxes } = page;
  const { medium } = input;
  if (endsInCredit(text) || isCreditLine(text)) return true;
  if (!tellsOfPicture(page, frame, input)) return false;
  const steps = boxes[box]!.depth - frame.depth + Math.max(0, boxes[medium.box]!.depth - frame.depth);
  return steps <= MOST_STEPS_BETWEEN && lengthOf(text) <= LONGEST_BARE;
}

/** Lines right after the frame that say of themselves that they are caption or credit. */
function linesAfter(frame: Box | null, input: FrameInput, words: PictureWords): readonly number[] {
  const { page, medium } = input;
  const lines: number[] = [];
  const first = frame?.endBlock ?? firstLine(page, medium);
  for (let index = first; index < page.blocks.length && lines.length < 3; index++) {
    const block = page.blocks[index]!;
    if (isKnown(block, input.known)) break;
    const name = lineName(page, block);
    const captioned =
      words.caption === null &&
      (isMarkedCaption(page, block) || isPlainCaption(page, block, medium) || name === 'caption');
    const isMaker = index === first && isMakerAlone(block, input);
    const credited = words.credit === null && (isCreditLine(block.text) || name === 'credit' || isMaker);
    if (name === 'other' || block.text.length > LONGEST_LINE || BYLINE.test(block.text) || !(captioned || credited))
      break;
    lines.push(index);
  }
  return lines;
}

/** A name alone below a picture in the text, whose bearer the article does not speak of. */
function isMakerAlone(block: Block, { page, medium, inBody }: FrameInput): boolean {
  const { text, links, index } = block;
  const { name } = page.boxes[block.box]!;
  if (!inBody(medium) || links > 0 || !/^(?:p|div)$/.test(name)) return false;
  return isNameAlone(text) && !NO_NAME.test(text) && !isToldOf(page, text, [index]);
}

/** Whether the article speaks of the bearer of a name, outside these blocks. */
export function isToldOf({ blocks }: PageModel, name: string, except: readonly number[]): boolean {
  const surname = name.slice(name.lastIndexOf(' ') + 1);
  return blocks.some((block) => !except.includes(block.index) && isProse(block) && block.text.includes(surname));
}

function isKnown({ text }: Block, known: readonly string[]): boolean {
  const start = text.slice(0, 50);
  return (
    text.length > 20 &&
    known.some((other) => other.includes(start) || (other.length > 40 && text.startsWith(other.slice(0, 50))))
  );
}

/** What the elements around a block, below a box, are named for; the nearest that says something. */
function nameOf(page: PageModel, block: Block, frame: Box): ReturnType<typeof captionName> {
  let node: ParentNode | null = page.boxes[block.box]!.node;
  const inner = lineName(page, block);
  if (inner !== null) return inner;
  for (; node !== null && node !== frame.node && isTag(node); node = node.parent) {
    const name = captionName(node);
    if (name !== null) return name;
  }
  return null;
}

/** What the element of a block that holds nothing else is named for. */
function lineName({ boxes }: PageModel, block: Block): ReturnType<typeof captionName> {
  const box = boxes[block.box]!;
  if (box.endBlock - box.firstBlock === 1) {
    const name = captionName(box.node);
    if (name !== null) return name;
  }
  let node: ParentNode | null = block.nodes.find(({ data }) => /\S/.test(data))?.parent ?? null;
  for (; node !== null && node !== box.node && isTag(node); node = node.parent) {
    const name = captionName(node);
    if (name === 'credit' || name === 'caption')
      return block.nodes.every(({ data, parent }) => !/\S/.test(data) || parent === node) ? name : null;
  }
  return null;
}

/** Whether a block stands in a figure, which may be the frame or stand within it. */
function isFigure({ boxes }: PageModel, block: Block, frame: Box): boolean {
  for (let box = boxes[block.box]; box !== undefined && box.index >= frame.index; box = boxes[box.parent])
    if (box.name === 'figure' || box.name === 'figcaption') return true;
  return false;
}
