import type { Block, Box, PageModel } from '../page/page-model.ts';
import { isProse, linkDensity, sumsOf, type Sums } from '../page/weigh-blocks.ts';

/** The boxes that hold an article's body, in document order, none within another. */
export type Roots = readonly Box[];

/** A container that holds less prose than this is no body, in characters. */
const LEAST_BODY = 140;
/** How much more the prose of an article counts that holds the page's heading. */
const HEADED = 6;
/** Text of any kind that makes a short body, in characters. */
const LEAST_SHORT_BODY = 40;

export type Findings = {
  readonly page: PageModel;
  readonly dropped: Uint8Array;
  /** Prose that is not dropped. */
  readonly prose: Sums;
  /** The box of the heading that is the page's title; null where there is none. */
  readonly heading: Box | null;
};

/** Finds the body in two ways that have nothing in common, and lets the amount of prose decide between them. */
export function findBody(findings: Findings): Roots {
  const named = namedContainer(findings);
  const dense = densestBox(findings);
  if (dense === null) return named.roots;
  if (named.roots.length === 0) return [dense];
  const [inNamed, inDense] = [massOf(findings, named.roots), massOf(findings, [dense])];
  // An article under the page's own heading stands, however much is told below it.
  if (named.headed && inNamed >= 300) return named.roots;
  // The names are right mostly; where they miss half of the prose, another container holds the rest.
  return inNamed >= inDense * (followsHeading(findings, named.roots[0]!) ? 0.4 : 0.55) ? named.roots : [dense];
}

/** Whether a container begins at the page's heading, or a few lines below it. */
function followsHeading({ heading }: Findings, { firstBlock, index, end }: Box): boolean {
  if (heading === null) return false;
  if (heading.index >= index && heading.index < end) return heading.firstBlock - firstBlock < 12;
  return firstBlock >= heading.endBlock && firstBlock - heading.endBlock < 25;
}

/**
 * The body of a page with hardly any prose (a note, a poem, a dialogue): the container by its name that holds text of
 * any kind, nearest to the heading. Empty where none is called a body or an article.
 */
export function findShortBody({ page, dropped, heading }: Findings): Roots {
  const text = sumsOf(page, (block) => (dropped[block.box] === 1 ? 0 : block.length * (1 - linkDensity(block))));
  const isBody = ({ marks, node }: Box): boolean =>
    marks.includes('body') || node.attribs['itemprop'] === 'articleBody';
  const isArticle = ({ name }: Box): boolean => name === 'article';
  for (const isKind of [isBody, isArticle]) {
    const found = outermost(page, (box) => dropped[box.index] === 0 && isKind(box)).filter(
      ({ firstBlock, endBlock }) => text(firstBlock, endBlock) >= LEAST_SHORT_BODY,
    );
    const near = found.find((box) => followsHeading({ page, dropped, heading, prose: text }, box)) ?? found[0];
    if (near !== undefined) return [near];
  }
  return [];
}

function isWithin(box: Box, other: Box): boolean {
  return box.index >= other.index && box.index < other.end;
}

function massOf({ prose }: Findings, roots: Roots): number {
  let sum = 0;
  for (const { firstBlock, endBlock } of roots) sum += prose(firstBlock, endBlock);
  return sum;
}

type Named = { readonly roots: Roots; readonly headed: boolean };

/** Containers by what they are called, strongest names first; the first kind that holds real prose wins. */
function namedContainer(findings: Findings): Named {
  const { page, dropped } = findings;
  const kinds: readonly ((box: Box) => boolean)[] = [
    ({ node }) => node.attribs['itemprop'] === 'articleBody',
    ({ marks }) => marks.includes('body'),
    ({ name, node }) => name === 'article' || node.attribs['role'] === 'article',
    ({ name, node }) => name === 'main' || node.attribs['role'] === 'main',
  ];
  for (const isKind of kinds) {
    const found = outermost(page, (box) => dropped[box.index] === 0 && isKind(box));
    const best = heaviest(findings, found);
    if (best !== null && massOf(findings, [best]) >= LEAST_BODY)
      return { roots: withItsSiblings(findings, best, found), headed: found.length > 1 && isHeaded(findings, best) };
  }
  return { roots: [], headed: false };
}

function isHeaded({ heading }: Findings, box: Box): boolean {
  return heading !== null && isWithin(heading, box);
}

function outermost({ boxes }: PageModel, isMeant: (box: Box) => boolean): Box[] {
  const found: Box[] = [];
  for (let index = 0; index < boxes.length; index++) {
    const box = boxes[index]!;
    if (!isMeant(box)) continue;
    found.push(box);
    index = box.end - 1;
  }
  return found;
}

function heaviest(findings: Findings, boxes: readonly Box[]): Box | null {
  let best: Box | null = null;
  let most = 0;
  for (const box of boxes) {
    const mass = massOf(findings, [box]) * (isHeaded(findings, box) ? HEADED : 1);
    if (mass > most) [best, most] = [box, mass];
  }
  return best;
}

/** A body that is interrupted by advertising comes as several boxes of one class, under one parent or grandparent. */
function withItsSiblings({ page }: Findings, best: Box, found: readonly Box[]): Roots {
  if (best.name === 'article' || best.name === 'main') return [best];
  const { class: classes } = best.node.attribs;
  const grandparent = (box: Box): number => (box.parent < 0 ? -1 : page.boxes[box.parent]!.parent);
  return found.filter(
    (box) =>
      box === best ||
      (box.node.attribs['class'] === classes &&
        box.name === best.name &&
        (box.parent === best.parent || grandparent(box) === grandparent(best) || box.parent === grandparent(best))),
  );
}

/** The box with the greatest sum of prose less furniture: what it gains by growing must outweigh what it takes in. */
function densestBox({ page, dropped }: Findings): Box | null {
  const value = sumsOf(page, (block) => (dropped[block.box] === 1 ? 0 : valueOf(block, page)));
  let best: Box | null = null;
  let most = 0;
  for (const box of page.boxes) {
    if (dropped[box.index] === 1 || box.name === 'head') continue;
    const sum = value(box.firstBlock, box.endBlock);
    // Of boxes that are worth the same, the innermost.
    if (sum > most * 1.0001 || (best !== null && sum >= most * 0.999 && box.index < best.end))
      [best, most] = [box, Math.max(sum, most)];
  }
  return most >= LEAST_BODY ? best : null;
}

function valueOf(block: Block, { boxes }: PageModel): number {
  const length = block.length;
  const density = linkDensity(block);
  const { name } = boxes[block.box]!;
  if (name === 'figcaption') return 0;
  if (isProse(block)) return Math.min(length, 600) * (1 - density);
  if (density > 0.5) return -20 - Math.min(length, 80) * 0.4;
  if (/^h[1-6]$/.test(name)) return -1;
  if (name === 'li' || name === 'td' || name === 'th' || name === 'dd' || name === 'dt')
    return length > 40 ? length * 0.3 : -2;
  return length > 60 ? length * 0.3 : -8;
}
