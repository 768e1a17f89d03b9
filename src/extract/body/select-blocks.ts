import { ASKS, BYLINE, ENDS_THE_BODY, LEADS_ELSEWHERE, SPEAKS_OF_ITSELF } from '../page/boilerplate.ts';
import type { Findings, Roots } from './find-body.ts';
import type { Block, Box, PageModel } from '../page/page-model.ts';
import { isMarkedCaption, pictureLines } from '../picture/picture-lines.ts';
import { ENDS_A_SENTENCE } from '../page/prose.ts';
import { isProse, linkDensity, sumsOf } from '../page/weigh-blocks.ts';

export type Selection = {
  readonly roots: Roots;
  /** 1 for a block that is part of the body's text. */
  readonly kept: Uint8Array;
  /** 1 for a block that is a picture's caption or credit. */
  readonly captions: Uint8Array;
};

/** Of the blocks within the roots, those that belong to the article: each judged by itself, then the edges trimmed. */
export function selectBlocks(
  { page, dropped }: Findings,
  roots: Roots,
  { title, edges }: { readonly title: string | null; readonly edges: 'trimmed' | 'kept' },
): Selection {
  const kept = new Uint8Array(page.blocks.length);
  const captions = new Uint8Array(page.blocks.length);
  for (const root of roots) {
    for (let index = root.firstBlock; index < root.endBlock; index++) {
      const block = page.blocks[index]!;
      if (dropped[block.box] === 1) continue;
      if (isMarkedCaption(page, block)) captions[index] = 1;
      else if (!isFurnitureLine(page, block)) kept[index] = 1;
    }
  }
  for (const medium of page.media) {
    for (const index of pictureLines(page, medium, kept)) {
      if (kept[index] === 0) continue;
      kept[index] = 0;
      captions[index] = 1;
    }
  }
  keepCaptionsThatAreTheText(page, kept, captions);
  dropLinkFarms(page, dropped, roots, kept);
  dropTailSections(page, roots, kept);
  dropRepeated(page, kept);
  if (edges === 'trimmed') {
    trimHead(page, kept, title);
    trimTail(page, kept);
  }
  return { roots, kept, captions };
}

/** In a series of pictures the captions are the article: there is more prose in them than beside them. */
function keepCaptionsThatAreTheText({ blocks }: PageModel, kept: Uint8Array, captions: Uint8Array): void {
  let beside = 0;
  let within = 0;
  for (const block of blocks) {
    if (!isProse(block)) continue;
    if (kept[block.index] === 1) beside += block.text.length;
    else if (captions[block.index] === 1) within += block.text.length;
  }
  if (within < beside * 1.5 || within < 400) return;
  for (const { index } of blocks) {
    if (captions[index] === 0) continue;
    captions[index] = 0;
    kept[index] = 1;
  }
}

function isFurnitureLine({ boxes }: PageModel, block: Block): boolean {
  const { text } = block;
  const density = linkDensity(block);
  const { name } = boxes[block.box]!;
  const isParagraph = density === 0 && isProse(block) && block.length > 120;
  if (text.length <= 320 && !isParagraph && (LEADS_ELSEWHERE.test(text) || ASKS.test(text))) return true;
  if (density > 0.8 && block.links > 1 && text.length < 300 && name !== 'p' && name !== 'td') return true;
  return (
    density > 0.9 &&
    block.links === 1 &&
    text.length < 160 &&
    name !== 'li' &&
    name !== 'td' &&
    !/^h[1-6]$/.test(name) &&
    !ENDS_A_SENTENCE.test(text)
  );
}

/** Lists, tables and boxes whose text is links almost alone. */
function dropLinkFarms(page: PageModel, dropped: Uint8Array, roots: Roots, kept: Uint8Array): void {
  const chars = sumsOf(page, ({ text }) => text.length);
  const linkChars = sumsOf(page, (block) => Math.min(block.linkChars, block.text.length));
  const links = sumsOf(page, (block) => block.links);
  const prose = sumsOf(page, (block) => (isProse(block) ? 1 : 0));
  for (const root of roots) {
    for (let index = root.index + 1; index < root.end; index++) {
      const { name, firstBlock, endBlock, end } = page.boxes[index]!;
      const count = links(firstBlock, endBlock);
      if (dropped[index] === 1 || count === 0) continue;
      const isList = name === 'ul' || name === 'ol';
      const dense = linkChars(firstBlock, endBlock) / Math.max(1, chars(firstBlock, endBlock));
      const sentences = prose(firstBlock, endBlock);
      const isFarm =
        count >= 3 ? dense > (isList ? 0.75 : 0.7) && sentences <= count / 4 : isList && dense > 0.8 && sentences === 0;
      if (!isFarm) continue;
      kept.fill(0, firstBlock, endBlock);
      index = end - 1;
    }
  }
}

/** So many sections are looked at: a page that has more is made to be slow. */
const MOST_SECTIONS = 40;

/** From a heading such as "Related" or "Comments" on, to the end of the section that it opens. */
function dropTailSections({ boxes, blocks }: PageModel, roots: Roots, kept: Uint8Array): void {
  let sections = 0;
  for (const root of roots) {
    for (let index = root.firstBlock; index < root.endBlock; index++) {
      if (kept[index] === 0) continue;
      const block = blocks[index]!;
      const box = boxes[block.box]!;
      const heading = /^h[1-6]$/.test(box.name);
      if (block.text.length > 90 || !ENDS_THE_BODY.test(block.text)) continue;
      if (!heading && isProse(block)) continue;
      kept[index] = 0;
      if ((!heading && box.name === 'li') || sections++ >= MOST_SECTIONS) continue;
      const from = index + 1;
      const to = sectionEnd({ boxes, blocks }, box, root);
      let prose = 0;
      let all = 0;
      for (let at = root.firstBlock; at < root.endBlock; at++) {
        if (kept[at] === 0 || !isProse(blocks[at]!)) continue;
        all += blocks[at]!.text.length;
        if (at >= from && at < to) prose += blocks[at]!.text.length;
      }
      if (prose < all * 0.3) kept.fill(0, from, to);
    }
  }
}

/** A heading's section: up to the next heading of its rank or above among what its own parent holds. */
function sectionEnd({ boxes, blocks }: Pick<PageModel, 'boxes' | 'blocks'>, heading: Box, root: Box): number {
  const rank = /^h[1-6]$/.test(heading.name) ? Number(heading.name[1]) : 6;
  let holder = heading.parent < 0 || heading.index <= root.index ? root : boxes[heading.parent]!;
  if (holder.index < root.index) holder = root;
  // A heading alone in its wrapper speaks for what stands beside the wrapper.
  while (holder.index > root.index && holder.endBlock === heading.endBlock && holder.parent >= 0)
    holder = boxes[holder.parent]!;
  for (let at = heading.endBlock; at < holder.endBlock; at++) {
    const { name } = boxes[blocks[at]!.box]!;
    if (/^h[1-6]$/.test(name) && Number(name[1]) <= rank && !ENDS_THE_BODY.test(blocks[at]!.text)) return at;
  }
  return holder.endBlock;
}

/** The same paragraph twice: pull quotes, copies for small screens, the first page again. */
function dropRepeated({ blocks }: PageModel, kept: Uint8Array): void {
  const seen = new Set<string>();
  for (const { index, text, length } of blocks) {
    if (kept[index] === 0 || length < 60) continue;
    if (seen.has(text)) kept[index] = 0;
    else seen.add(text);
  }
}

const HEAD_LINES = 12;

/** A text may well begin with a short sentence: “It rained.” */
const SHORT_SENTENCE = /^[\p{Lu}\p{Lo}“"'«„][^|:/·•]*\s[^|:/·•]*[.!?…。！？]['"”’»“)]*$/u;

function trimHead({ boxes, blocks }: PageModel, kept: Uint8Array, title: string | null): void {
  const folded = title === null ? '' : plain(title);
  let lines = 0;
  for (const block of blocks) {
    if (kept[block.index] === 0) continue;
    if (lines++ >= HEAD_LINES) return;
    const { name } = boxes[block.box]!;
    const own = plain(block.text);
    if (name === 'h1' || (folded !== '' && (own === folded || (own.length > 20 && folded.startsWith(own))))) {
      kept[block.index] = 0;
      continue;
    }
    if (isProse(block) && !(block.text.length < 140 && BYLINE.test(block.text))) return;
    if (block.text.length < 140 && BYLINE.test(block.text)) kept[block.index] = 0;
    else if (block.text.length < 25 && name === 'p' && SHORT_SENTENCE.test(block.text)) return;
    else if (block.text.length < 25 && name !== 'li' && !/^h[2-6]$/.test(name) && lines < 6) kept[block.index] = 0;
  }
}

/** So many paragraphs about the author or the site are looked for at the end. */
const MOST_TAIL_PARAGRAPHS = 5;

function trimTail({ boxes, blocks }: PageModel, kept: Uint8Array): void {
  let paragraphs = 0;
  let left = 0;
  for (const { index, length } of blocks) if (kept[index] === 1) left += length;
  for (let index = blocks.length - 1; index >= 0; index--) {
    if (kept[index] === 0) continue;
    const block = blocks[index]!;
    const { name } = boxes[block.box]!;
    const heading = /^h[1-6]$/.test(name);
    const line = block.text.length < 140 && BYLINE.test(block.text) && !isProse(block);
    const itself =
      block.text.length < 700 &&
      paragraphs < MOST_TAIL_PARAGRAPHS &&
      block.length < left * 0.3 &&
      SPEAKS_OF_ITSELF.test(block.text);
    if (!heading && !line && !itself && !(linkDensity(block) > 0.7 && name !== 'li')) return;
    if (itself) paragraphs++;
    left -= block.length;
    kept[index] = 0;
  }
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
