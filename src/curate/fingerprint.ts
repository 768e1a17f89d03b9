import type { Article } from '../model/article.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { sha256 } from '../support/hash.ts';
import { textOfSanitised } from '../support/html.ts';
import { foldedWords } from '../support/words.ts';

/** A text shorter than this is no mark: "Read more on our site" stands under many articles. */
const LEAST_WORDS = 60;
/** Agencies' copies differ in their first and last lines (dateline, "source: …"); the words between them are the mark. */
const LEFT_OUT_AT_THE_ENDS = 15;

/**
 * The marks that two reports of one thing share: `address:` the canonical address of the true source and of the
 * article's own page, `text:` a digest of the words of the body. No mark is made of a home page.
 */
export function keysOf(article: Article): string[] {
  const addresses = [article.sourceLink?.url ?? null, article.link].flatMap((url) =>
    url === null ? [] : addressMark(url),
  );
  return [...new Set([...addresses, ...textMark(article)])];
}

function addressMark(url: string): string[] {
  const address = canonicalAddress(url);
  if (!URL.canParse(address)) return [];
  const { pathname, search } = new URL(address);
  return pathname === '/' && search === '' ? [] : [`address:${address.replace(/^https?:\/\/(?:www\.)?/, '')}`];
}

function textMark(article: Article): string[] {
  if (article.contentFrom === 'summary') return [];
  const words = foldedWords(textOfSanitised(article.contentHtml));
  if (words.length < LEAST_WORDS) return [];
  return [`text:${sha256(words.slice(LEFT_OUT_AT_THE_ENDS, -LEFT_OUT_AT_THE_ENDS).join(' ')).slice(0, 32)}`];
}
