import { parseHtml } from '../page/parse-html.ts';
import type { Content } from '../../model/feed.ts';
import { escapeHtml } from '../../support/html.ts';
import { droppedBoxes } from './drop-boxes.ts';
import { giveRoot } from '../page/mend-tree.ts';
import { readPageModel, type PageModel } from '../page/page-model.ts';
import { selectBlocks, type Selection } from './select-blocks.ts';
import { proseWeight, sumsOf } from '../page/weigh-blocks.ts';

/** A feed's text as it is read: all of it is the body, but for lines that are a page's furniture. */
export type FeedBody = { readonly page: PageModel; readonly selection: Selection; readonly dropped: Uint8Array };

const LONGEST = 1_500_000;

/** Reads a feed's own text. Plain text becomes paragraphs. */
export function readFeedBody({ type, value }: Content, title: string | null): FeedBody {
  const html = type === 'html' ? value.slice(0, LONGEST) : paragraphs(value.slice(0, LONGEST));
  const fragment = parseHtml(html);
  giveRoot(fragment, 'div');
  const page = readPageModel(fragment);
  const dropped = droppedBoxes(page, sumsOf(page, proseWeight), 'certain');
  const selection = selectBlocks(
    { page, dropped, prose: sumsOf(page, proseWeight), heading: null },
    page.boxes.slice(0, 1),
    { title, edges: 'kept' },
  );
  return { page, selection, dropped };
}

function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
}
