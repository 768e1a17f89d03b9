import { foldedWords } from '../../support/words.ts';
import type { Box, PageModel } from './page-model.ts';

const MOST_HEADINGS = 60;
/** Share of words that heading and title must have in common. */
const LEAST_SHARED = 0.5;

/** The main heading that says what the title says; of several headings the likest. Null where none does. */
export function titleHeading({ boxes, blocks }: PageModel, title: string | null): Box | null {
  const headings = boxes
    .filter(({ name, endBlock, firstBlock }) => (name === 'h1' || name === 'h2') && endBlock > firstBlock)
    .slice(0, MOST_HEADINGS);
  const wanted = new Set(title === null ? [] : foldedWords(title));
  let best: Box | null = null;
  let most = 0;
  for (const box of headings) {
    const text = blocks.slice(box.firstBlock, box.endBlock).map((block) => block.text);
    const words = foldedWords(text.join(' ').slice(0, 400));
    const shared = words.filter((word) => wanted.has(word)).length / Math.max(1, words.length, wanted.size);
    if (shared > most) [best, most] = [box, shared];
  }
  if (most >= LEAST_SHARED) return best;
  const mains = headings.filter(({ name }) => name === 'h1');
  return mains.length === 1 ? mains[0]! : null;
}
