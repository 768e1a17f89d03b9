import type { Element } from 'domhandler';
import { droppedBoxes, type Strictness } from './drop-boxes.ts';
import { findBody, findShortBody, type Findings, type Roots } from './find-body.ts';
import { withLeadParagraphs } from './lead-paragraphs.ts';
import type { Box, PageModel } from '../page/page-model.ts';
import { selectBlocks, type Selection } from './select-blocks.ts';
import { proseWeight, sumsOf, type Sums } from '../page/weigh-blocks.ts';

/** A page's body as a choice of its boxes and blocks; `characters` is how much text there is in it. */
export type MainContent = { readonly selection: Selection; readonly dropped: Uint8Array; readonly characters: number };

/** A body shorter than this is looked for again with less taken away, in characters. */
const SHORT = 250;
/** A text shorter than this is no note even, in characters. */
const LEAST = 40;
/** How much longer a body may be without the weak hints before they are not believed. */
const MOST_BY_HINTS = 1.3;

/**
 * Finds the body of a page; null when there is no text on it. `title` and its `heading` help to tell the first line;
 * `chosen` are the elements that the operator says hold it, if any.
 */
export function mainContent(
  page: PageModel,
  { title, heading }: { readonly title: string | null; readonly heading: Box | null },
  chosen: readonly Element[],
): MainContent | null {
  const prose = sumsOf(page, proseWeight);
  if (chosen.length > 0) return chosenContent(page, prose, chosen);
  const looking = { page, prose, title, heading };
  const strict = attempt(looking, 'all');
  if (strict.characters >= SHORT && takenByHints(looking, strict.dropped) < strict.characters * (MOST_BY_HINTS - 1))
    return strict;
  const milder = attempt(looking, 'strong');
  // Weak hints that take so much are the article's own parts: cards of a list, notes, boxes.
  if (strict.characters >= SHORT) return milder.characters > strict.characters * MOST_BY_HINTS ? milder : strict;
  const short = attempt(looking, 'all', findShortBody);
  if (short.characters >= Math.max(LEAST, strict.characters * 0.5)) return short;
  const best = fullest([strict, milder, attempt(looking, 'certain'), short]);
  return best.characters === 0 ? null : best;
}

/** Text that the weak hints alone have taken away, in characters. */
function takenByHints({ page, prose }: Looking, dropped: Uint8Array): number {
  const milder = droppedBoxes(page, prose, 'strong');
  let characters = 0;
  for (const { box, text } of page.blocks) if (dropped[box] === 1 && milder[box] === 0) characters += text.length;
  return characters;
}

type Looking = {
  readonly page: PageModel;
  readonly prose: Sums;
  readonly title: string | null;
  readonly heading: Box | null;
};

function attempt({ page, prose: all, title, heading }: Looking, strictness: Strictness, find = findBody): MainContent {
  const dropped = droppedBoxes(page, all, strictness);
  const prose = sumsOf(page, (block) => (dropped[block.box] === 1 ? 0 : proseWeight(block)));
  const findings: Findings = { page, dropped, prose, heading };
  const roots = withLeadParagraphs(findings, find(findings));
  const selection = selectBlocks(findings, roots, { title, edges: 'trimmed' });
  return { selection, dropped, characters: charactersOf(page, selection) };
}

/** The operator's choice is taken as it is, but for readers' comments and lines of furniture. */
function chosenContent(page: PageModel, prose: Sums, chosen: readonly Element[]): MainContent | null {
  const elements = new Set(chosen);
  const roots: Roots = page.boxes.filter(({ node }) => elements.has(node));
  const dropped = droppedBoxes(page, prose, 'certain');
  for (const root of roots) if (dropped[root.index] === 1) dropped.fill(0, root.index, root.end);
  const selection = selectBlocks({ page, dropped, prose, heading: null }, roots, { title: null, edges: 'kept' });
  const characters = charactersOf(page, selection);
  return characters === 0 ? null : { selection, dropped, characters };
}

function charactersOf(page: PageModel, { kept }: Selection): number {
  let characters = 0;
  for (const block of page.blocks) if (kept[block.index] === 1) characters += block.text.length;
  return characters;
}

function fullest(attempts: readonly MainContent[]): MainContent {
  let best = attempts[0]!;
  for (const attempt of attempts) if (attempt.characters > best.characters * 1.5) best = attempt;
  return best;
}
