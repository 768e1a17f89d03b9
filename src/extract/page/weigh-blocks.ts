import type { Block, PageModel } from './page-model.ts';

export function linkDensity({ linkChars, text }: Block): number {
  return Math.min(1, linkChars / text.length);
}

/** Whether a block reads like a sentence of an article, whatever it says. */
export function isProse({ prose }: Block): boolean {
  return prose;
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
  return block.prose ? block.length * (1 - linkDensity(block)) : 0;
}
