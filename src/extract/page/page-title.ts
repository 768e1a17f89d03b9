import { foldedWords } from '../../support/words.ts';
import { plainTitle } from '../../support/plain-title.ts';

export type TitleSigns = {
  readonly headline: string | null;
  readonly openGraph: string | null;
  readonly twitter: string | null;
  readonly titleTag: string | null;
  /** Main headings in the order of the page. */
  readonly headings: readonly string[];
  /** Names that the site goes by, in any writing. */
  readonly siteNames: readonly string[];
};

const SEPARATOR =
  /\s+[|\u2013\u2014\u00b7\u2022\u00bb\u203a»>~:-]{1,2}\s+|\s*[|｜\u00bb]\s*|\s+::\s+|_(?=[\u3040-\u9fff])/u;

/**
 * The title of a page, agreed on by its signs: the heading that the others confirm, else what the page declares, the
 * site's own name cut off at a separator. Null when there is none.
 */
export function pageTitle(signs: TitleSigns): string | null {
  const site = new Set(signs.siteNames.map(plainKey).filter((name) => name !== ''));
  const declared = [signs.headline, signs.openGraph, signs.twitter, signs.titleTag]
    .map((text) => (text === null ? '' : withoutSite(plainTitle(text), site)))
    .filter((text) => text !== '' && !site.has(plainKey(text)));
  const headings = signs.headings
    .map(plainTitle)
    .filter((text) => text !== '' && text.length < 300 && !site.has(plainKey(text)));
  for (const title of declared) {
    const heading = headings.find((candidate) => agree(candidate, title));
    if (heading !== undefined) return heading;
  }
  return declared[0] ?? headings[0] ?? null;
}

/** Whether two titles are the same but for some words: most words of the shorter stand in the longer. */
function agree(a: string, b: string): boolean {
  const [first, second] = [foldedWords(a), foldedWords(b)];
  const [short, long] = first.length <= second.length ? [first, new Set(second)] : [second, new Set(first)];
  if (short.length === 0) return false;
  let shared = 0;
  for (const word of short) if (long.has(word)) shared++;
  return shared / short.length >= 0.75 && short.length >= long.size * 0.5;
}

/** Cuts the site's name off the end or the beginning, when it stands behind a separator. */
function withoutSite(title: string, site: ReadonlySet<string>): string {
  let text = title;
  for (let round = 0; round < 3; round++) {
    const parts = text.split(SEPARATOR);
    if (parts.length < 2) return text;
    const last = parts.at(-1)!;
    const first = parts[0]!;
    if (isSite(last, site))
      text = text.slice(0, text.lastIndexOf(last)).replace(/[\s|\u2013\u2014\u00b7\u2022\u00bb\u203a»>~:｜-]+$/u, '');
    else if (isSite(first, site))
      text = text.slice(first.length).replace(/^[\s|\u2013\u2014\u00b7\u2022\u00bb\u203a»>~:｜-]+/u, '');
    else return text;
  }
  return text;
}

function isSite(part: string, site: ReadonlySet<string>): boolean {
  const key = plainKey(part);
  if (key === '') return true;
  for (const name of site)
    if (
      key === name ||
      (name.length >= 4 && key.length <= name.length * 2 && key.includes(name)) ||
      (key.length >= 4 && name.includes(key) && key.length * 2 >= name.length)
    )
      return true;
  return false;
}

function plainKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/^the\s+|^www\./, '')
    .replace(/\.(?:com|org|net|co\.uk|de|fr|es|it|info|tv|news|io)$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
