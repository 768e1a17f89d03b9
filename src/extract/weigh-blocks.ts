import type { Block, PageModel } from './page-model.ts';

/** Scripts whose characters say as much as two or three Latin ones. */
const DENSE_SCRIPT = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
export const ENDS_A_SENTENCE = /[.!?…。！？:;"”’»)\]]$|[.!?…。！？]["”’»)\]\s]*(?:\[?\d{1,3}\]?)?$/;

/** Characters of a text, a dense script's counted for more. */
export function lengthOf(text: string): number {
  return DENSE_SCRIPT.test(text.slice(0, 60)) ? text.length * 2.5 : text.length;
}

export function linkDensity({ linkChars, text }: Block): number {
  return Math.min(1, linkChars / text.length);
}

/** Whether a block reads like a sentence of an article, whatever it says. */
export function isProse(block: Block): boolean {
  const length = lengthOf(block.text);
  if (linkDensity(block) > 0.5) return false;
  return length >= 100 || (length >= 30 && ENDS_A_SENTENCE.test(block.text) && /\s/.test(block.text));
}

/** Sums over ranges of blocks, by prefix: `sum(from, to)` takes no time at all. */
export type Sums = (from: number, to: number) => number;

export function sumsOf(page: PageModel, weight: (block: Block) => number): Sums {
  const prefix = new Float64Array(page.blocks.length + 1);
  for (const block of page.blocks) prefix[block.index + 1] = prefix[block.index]! + weight(block);
  return (from, to) => prefix[to]! - prefix[from]!;
}

/** Characters of prose, those of links apart. */
export function proseWeight(block: Block): number {
  return isProse(block) ? lengthOf(block.text) * (1 - linkDensity(block)) : 0;
}
