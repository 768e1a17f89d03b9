import { ASKS, BYLINE, LEADS_ELSEWHERE } from '../page/boilerplate.ts';
import type { Findings, Roots } from './find-body.ts';
import type { Box } from '../page/page-model.ts';
import { isProse, linkDensity } from '../page/weigh-blocks.ts';

/** How far below the heading a standfirst is looked for, and how far away the body may begin, in blocks. */
const NEAR = 14;
const FAR = 60;
const MOST = 3;

/**
 * The standfirst: paragraphs below the page's heading that stand outside of the body's container, or in a header that
 * was dropped. They are taken back (in `dropped` too), before the body.
 */
export function withLeadParagraphs({ page, dropped, heading }: Findings, roots: Roots): Roots {
  const first = roots[0];
  if (first === undefined || heading === null) return roots;
  const within = heading.index >= first.index && heading.index < first.end;
  const from = heading.endBlock;
  const to = within ? Math.min(first.endBlock, from + NEAR) : Math.min(first.firstBlock, from + NEAR);
  if (!within && (first.firstBlock < from || first.firstBlock - from > FAR)) return roots;
  const leads: Box[] = [];
  for (let index = from; index < to && leads.length < MOST; index++) {
    const block = page.blocks[index]!;
    const box = page.boxes[block.box]!;
    // The body has begun.
    if (within && dropped[block.box] === 0 && isProse(block)) break;
    if (block.text.length < 60 || !isProse(block) || linkDensity(block) > 0.3 || box.endBlock - box.firstBlock !== 1)
      continue;
    if (
      BYLINE.test(block.text) ||
      ASKS.test(block.text) ||
      LEADS_ELSEWHERE.test(block.text) ||
      isOutOfPlace(page.boxes, box)
    )
      continue;
    leads.push(box);
  }
  for (const box of leads) revive(page.boxes, dropped, box, within ? first.index : -1);
  return within ? roots : [...leads, ...roots];
}

/** The box itself is no longer dropped; within a root the boxes around it are passed through, what they hold stays out. */
function revive(boxes: readonly Box[], dropped: Uint8Array, box: Box, root: number): void {
  dropped.fill(0, box.index, box.end);
  if (root < 0) return;
  for (let place = box.parent; place > root; place = boxes[place]!.parent) dropped[place] = 0;
}

function isOutOfPlace(boxes: readonly Box[], box: Box): boolean {
  let place: Box | undefined = box;
  while (place !== undefined) {
    const { name, marks, hidden } = place;
    if (hidden || /^(?:aside|nav|footer|figure|figcaption|form|li)$/.test(name)) return true;
    if (!/^(?:body|html|main|article)$/.test(name) && marks.some((mark) => mark !== 'weak' && mark !== 'body'))
      return true;
    place = place.parent < 0 ? undefined : boxes[place.parent];
  }
  return false;
}
