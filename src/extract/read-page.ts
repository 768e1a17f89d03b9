import type { Document } from 'domhandler';
import { parsePage } from './page/parse-html.ts';
import type { LeadImage } from '../model/article.ts';
import type { EntryImage } from '../model/feed.ts';
import type { Instant } from '../support/instant.ts';
import { bodyText } from './body/body-text.ts';
import { declaredInPage, type DeclaredSources } from './source-link/declared-sources.ts';
import { decodePage } from './page/decode-page.ts';
import { withHeaderTerms, type HeaderTerms } from './page/header-terms.ts';
import { leadAgain, leadPicture } from './picture/lead-image.ts';
import { mainContent, type MainContent } from './body/main-content.ts';
import { giveRoot, mendTree } from './page/mend-tree.ts';
import { ownCopy } from './page/own-copy.ts';
import { pageMetadata, type PageMetadata } from './page/page-metadata.ts';
import { readPageModel, type PageModel } from './page/page-model.ts';
import { declaredBody, HARDLY_ANY_TEXT, openTemplates } from './body/rescue-body.ts';
import { sanitize } from './body/sanitize.ts';
import { removeElements, selectedElements } from './body/select-body.ts';
import { isProse } from './page/weigh-blocks.ts';
import { writeBody } from './body/write-body.ts';

/** A page as it was read. `contentHtml` is sanitised and holds no lead image; `text` is a line a block, no captions. */
export type PageReading = {
  readonly tree: Document;
  readonly declared: DeclaredSources;
  readonly metadata: PageMetadata;
  readonly image: LeadImage | null;
  readonly contentHtml: string;
  readonly text: string;
  /** What stands below the text within its own box and was left out; the beginning of it, where an offer to pay may stand. */
  readonly below: string;
  /** Whether the operator's selector found something; null where there is none. */
  readonly selected: boolean | null;
};

export type PageInput = {
  readonly body: Uint8Array;
  readonly contentType: string | null;
  /** After redirects. */
  readonly url: string;
  readonly now: Instant;
  readonly terms?: HeaderTerms | null;
  readonly select?: string | null;
  readonly remove?: readonly string[];
  readonly entryImage?: EntryImage | null;
  /** For a page that continues another: that one's lead image, or null. It has none of its own then. */
  readonly continues?: LeadImage | null;
};

/** The page's own markup, unless it holds less than a third of the text that the page declares. */
function fullerOf(written: string, content: MainContent | null, declared: string | null): string {
  return declared !== null && (content?.characters ?? 0) * 3 < declared.length ? declared : written;
}

function shownText({ blocks }: PageModel): number {
  let characters = 0;
  for (const block of blocks) if (isProse(block)) characters += block.text.length;
  return characters;
}

/** Long enough for an offer. */
const MOST_BELOW = 400;

function textBelow({ blocks }: PageModel, { selection }: MainContent): string {
  const { roots, kept } = selection;
  const from = kept.lastIndexOf(1) + 1;
  const root = roots.find(({ firstBlock, endBlock }) => from > firstBlock && from <= endBlock);
  if (root === undefined) return '';
  let text = '';
  for (let index = from; index < root.endBlock && text.length < MOST_BELOW; index++) text += `${blocks[index]!.text}\n`;
  return text.slice(0, MOST_BELOW);
}

/** Longer pages are cut: what is beyond is never an article. */
const MOST_CHARACTERS = 5_000_000;

/** Reads a page's bytes: what it says of itself, its lead image, its body. Pure; never recursive on its depth. */
export function readPage({
  body,
  contentType,
  url,
  now,
  terms = null,
  select = null,
  remove = [],
  entryImage = null,
  continues,
}: PageInput): PageReading {
  const html = decodePage(body, contentType).slice(0, MOST_CHARACTERS);
  const parsed = parsePage(html);
  const { tree } = parsed;
  giveRoot(tree, 'body');
  mendTree(parsed);
  removeElements(tree, remove);
  let page = readPageModel(tree);
  if (shownText(page) < HARDLY_ANY_TEXT && openTemplates(tree)) page = readPageModel(tree);
  const baseUrl = page.baseHref === null ? url : (URL.parse(page.baseHref, url)?.href ?? url);
  const { metadata, metas, articles, pictures, heading } = pageMetadata(page, url, now);
  const chosen = select === null ? [] : selectedElements(tree, select);
  const content = mainContent(page, { title: metadata.title, heading }, chosen);
  const inBody = ({ box }: { readonly box: number }): boolean =>
    content !== null &&
    content.selection.roots.some((root) => box >= root.index && box < root.end) &&
    content.dropped[box] === 0;
  const picture =
    continues === undefined
      ? leadPicture({ page, metas, articles, pictures, title: metadata.title, entryImage, baseUrl, inBody })
      : continues === null
        ? null
        : leadAgain(continues, page, baseUrl);
  const written = content === null ? '' : writeBody(page, content, picture?.nodes ?? new Set());
  const contentHtml = sanitize(fullerOf(written, content, declaredBody(articles)), { baseUrl });
  return {
    tree,
    declared: ownCopy(declaredInPage(page, articles)),
    metadata: ownCopy(withHeaderTerms(metadata, terms, url)),
    image: ownCopy(picture?.image ?? null),
    contentHtml,
    text: bodyText(contentHtml),
    below: content === null ? '' : textBelow(page, content),
    selected: select === null ? null : chosen.length > 0,
  };
}
