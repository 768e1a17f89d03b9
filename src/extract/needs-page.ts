import { parseHtml } from './page/parse-html.ts';
import type { Content, Entry } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { countWords } from '../support/words.ts';
import { summaryText } from './excerpt.ts';
import { readPageModel } from './page/page-model.ts';

/** A text with fewer words is taken for an excerpt. */
const FEWEST_WORDS = 120;

/**
 * Whether an entry's page is to be fetched for its body. Where the operator leaves it open: when the feed's own text is
 * missing, short, or cut (an ellipsis, "Read more", a last line that ends in the middle).
 */
export function needsPage(entry: Entry, source: Pick<Source, 'content'>): boolean {
  if (entry.link === null) return false;
  if (source.content !== 'auto') return source.content === 'page';
  const own = entry.content ?? entry.summary;
  if (own === null) return true;
  const lines = linesOf(own);
  if (isCut(lines)) return true;
  // A note without a title is its own text.
  if (entry.title === null && entry.content !== null) return false;
  return countWords(lines.join(' ')) < FEWEST_WORDS;
}

/** A feed's text as lines of plain text, a block each. */
export function linesOf({ type, value }: Content): string[] {
  if (type === 'text')
    return value
      .split(/\n+/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return readPageModel(parseHtml(value.slice(0, 1_000_000))).blocks.map(({ text }) => text);
}

/** Whether a text says or shows that it goes on elsewhere. */
export function isCut(lines: readonly string[]): boolean {
  const tail = lines.slice(-3);
  const last = tail.at(-1);
  if (last === undefined) return true;
  if (tail.some((line) => /(?:…|\.{3}|&hellip;|\[\s?(?:…|\.{3})\s?\])\s*[\])]*\s*$/.test(line))) return true;
  if (
    summaryText(last) !== last &&
    /(?:read|reading|lire|leer|leia|leggi|lees|lesen|czytaj|читать|more|mehr|suite|más|mais|阅读|閱讀|続き|읽)/i.test(
      last,
    ) &&
    !/appeared first|first appeared/i.test(last)
  )
    return true;
  // A long last line without an end: cut by its length.
  return last.length > 60 && /[\p{L}\p{N},]$/u.test(last) && !/[\u0e00-\u0e7f]$/.test(last) && lines.length <= 3;
}
