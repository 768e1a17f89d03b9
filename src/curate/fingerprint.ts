import type { Article } from '../model/article.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { textOfSanitised } from '../support/html.ts';
import { siteOf } from '../support/site-of.ts';
import { foldedWords } from '../support/words.ts';

/** A text shorter than this is no mark: "Read more on our site" stands under many articles. */
const LEAST_WORDS = 60;
/** Words of one shingle: long enough that two texts share none by chance. */
const SHINGLE_WORDS = 6;
/** So many shingles are kept of a text: those with the least digests, so that two copies keep the same ones. */
const SKETCH = 16;
/** So many of them must be shared: a copy keeps most of its agency's words, whatever was put before and behind. */
const SHARED_SHINGLES = 8;

/**
 * The addresses that an article is told under: the canonical address of the true source, and of the article's own page.
 * None is made of a home page, nor of a part of a page (`/changes#v1`), nor of a foreign page that a page merely claims
 * to be (rel=canonical): anyone can claim that, so there the words have to agree.
 */
export function addressesOf({ sourceLink, link }: Article): string[] {
  const claimed =
    sourceLink !== null &&
    sourceLink.foundBy === 'canonical' &&
    siteOf(sourceLink.url) !== siteOf(link ?? sourceLink.url);
  const addresses = [claimed ? null : (sourceLink?.url ?? null), link].flatMap((url) =>
    url === null ? [] : addressMark(url),
  );
  return [...new Set(addresses)];
}

/** What two articles are compared by, word for word: the sketch, and for texts too short for one all words. */
export type Fingerprint = ReadonlySet<string>;

export function fingerprintOf(article: Article): Fingerprint {
  const sketch = textMarks(article);
  const words = foldedWords(`${article.title} ${textOfSanitised(article.contentHtml)}`).join(' ');
  return new Set(sketch.length > 0 ? sketch : [words]);
}

/** Whether two articles say the same: enough of their texts, or every word of what is too short to be sampled. */
export function wordsAgree(ours: Fingerprint, theirs: Fingerprint): boolean {
  return ours.intersection(theirs).size >= Math.min(SHARED_SHINGLES, ours.size);
}

function addressMark(url: string): string[] {
  const address = canonicalAddress(url);
  if (!URL.canParse(address)) return [];
  const { pathname, search, hash } = new URL(address);
  if (hash === '' && (URL.parse(url)?.hash ?? '') !== '') return []; // canonicalAddress keeps routes (`#!`) alone
  return pathname === '/' && search === '' && hash === ''
    ? []
    : [`address:${address.replace(/^https?:\/\/(?:www\.)?/, '')}`];
}

function textMarks(article: Article): string[] {
  if (article.contentFrom === 'summary') return [];
  const words = foldedWords(textOfSanitised(article.contentHtml));
  if (words.length < LEAST_WORDS) return [];
  const digests = new Set<number>();
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at++) digests.add(digestOf(words, at));
  return [...digests]
    .toSorted((a, b) => a - b)
    .slice(0, SKETCH)
    .map((digest) => `text:${digest.toString(36)}`);
}

/** 53 bits of the words of a shingle: two FNV-1a digests of 32 bits with different beginnings. */
function digestOf(words: readonly string[], start: number): number {
  let [high, low] = [0x811c9dc5, 0x050c5d1f];
  for (let at = start; at < start + SHINGLE_WORDS; at++) {
    const word = words[at]!;
    for (let index = 0; index <= word.length; index++) {
      const code = index < word.length ? word.charCodeAt(index) : 32;
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x01000193);
    }
  }
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0);
}
