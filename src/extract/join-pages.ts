import { load } from 'cheerio';
import { isTag, type AnyNode } from 'domhandler';
import type { FetchedPage } from '../model/fetched-feed.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { bodyText } from './body/body-text.ts';
import { textWithin } from './page/page-model.ts';
import { bodyOf, laterPages, type PageAnswer } from './page-wishes.ts';
import { parseHtml } from './page/parse-html.ts';
import type { PageReading } from './read-page.ts';
import { sanitize } from './body/sanitize.ts';

/** What an article's pages say together. */
export type PagesRead = {
  /** The article's own page, or why there is none; null when it was not asked for. */
  readonly page: FetchedPage | null;
  /** What that page says of itself, with the body that all its pages make. Null where none was had. */
  readonly reading: PageReading | null;
  /** What the body was put together from, and what is missing of it, in words; null where there is nothing to say. */
  readonly note: string | null;
  /** The true source's page, where it was asked for. */
  readonly original: PageAnswer | null;
};

/** Shorter blocks may well come twice. */
const LEAST_CHARACTERS = 20;

/** The answers to an article's wishes as one reading: pages that continue each other joined, the fuller dress taken. */
export function joinPages(answers: readonly PageAnswer[]): PagesRead {
  const own = answers.find(({ wish }) => wish.as === 'page') ?? null;
  const original = answers.find(({ wish }) => wish.as === 'original') ?? null;
  const body = bodyOf(answers);
  if (own === null || own.reading === null || body === null || body.reading === null)
    return { page: own?.page ?? null, reading: null, note: null, original };
  const isTwin = body.wish.as === 'twin';
  const { contentHtml, text, image } = body.reading;
  const reading = isTwin ? { ...own.reading, contentHtml, text, image: image ?? own.reading.image } : own.reading;
  const { read: later, missing } = laterPages(answers);
  const notes = [
    isTwin ? 'taken from its plainer version' : null,
    later.length > 0 ? `put together from ${later.length + 1} pages` : null,
    missing === null ? null : `page ${later.length + 2} is missing: ${missing.replace(/[.;]+$/, '')}`,
  ].filter((note) => note !== null);
  const addresses = new Set(answers.map(({ page }) => canonicalAddress(page.url)));
  return {
    page: own.page,
    reading: later.length === 0 ? reading : joined(reading, later, { baseUrl: body.page.url, addresses }),
    note: notes.length === 0 ? null : notes.join('; '),
    original,
  };
}

/**
 * One body after the other. A block that an earlier page had (a summary, a series' box) is not said again, and links
 * from page to page go.
 */
function joined(first: PageReading, later: readonly PageReading[], { baseUrl, addresses }: Joint): PageReading {
  const said = new Set<string>();
  const bodies = [first, ...later].map((page) => newIn(page.contentHtml, said, addresses));
  const contentHtml = sanitize(bodies.join(''), { baseUrl });
  return { ...first, contentHtml, text: bodyText(contentHtml) };
}

/** The pages' addresses, in canonical form. */
type Joint = { readonly baseUrl: string; readonly addresses: ReadonlySet<string> };

/** What a body says for the first time; notes down what it says. */
function newIn(html: string, said: Set<string>, addresses: ReadonlySet<string>): string {
  const document = parseHtml(html);
  const $ = load(document);
  $('a').each((_, link) => {
    if (addresses.has(canonicalAddress($(link).attr('href') ?? ''))) $(link).remove();
  });
  // Boxes that hold blocks are looked into; what holds text itself is one block.
  let blocks = $.root().children().toArray();
  while (blocks.some(isBox)) blocks = blocks.flatMap((one) => (isBox(one) ? $(one).children().toArray() : one));
  for (const block of blocks) {
    const text = isTag(block) ? textWithin(block) : '';
    if (text.length < LEAST_CHARACTERS) continue;
    if (said.has(text)) $(block).remove();
    else said.add(text);
  }
  return $.html();
}

function isBox(node: AnyNode): boolean {
  return isTag(node) && node.name === 'div' && node.children.some(isTag);
}
