import type { Document } from 'domhandler';
import { canonicalAddress } from '../support/canonical-address.ts';
import { markReader } from './page/class-marks.ts';
import { walk } from './page/page-model.ts';

/** Parameters that number the pages of an article. */
const NUMBERS = new Set('page p pg paged pn pageno page_no pagenum seite pagina página strona sida curpage'.split(' '));
/** A page's number at the end of a path: `/2`, `/page/2`, `/page-2`, `-2.html`, `_2.html`, `,2.html`, `-p2.html`. */
const NUMBERED_PATH = /(?:\/(?:page|seite|pagina|p)[/-]?|[/_,]|-(?:page-?|seite-?|p)?)(\d{1,2})(\.[a-z]{3,5})?\/?$/i;

/** An article's first page, and how many of its pages were read. */
export type PagesSoFar = { readonly firstUrl: string; readonly count: number };

/**
 * Where an article goes on after the pages that were read; null where it ends. The address tells it, whatever the link
 * says: it must be that of the first page with nothing but the number of the page to come. So neither the next article
 * nor the next page of a list or of the readers' comments is ever taken for one.
 */
export function nextPage(tree: Document, url: string, { firstUrl, count }: PagesSoFar): string | null {
  const firsts = new Set([canonicalAddress(firstUrl), ...stemsOf(firstUrl, 1)]);
  const readMarks = markReader();
  let found: string | null = null;
  walk(tree, {
    enter: ({ name, attribs }) => {
      if (found !== null || name === 'script' || name === 'style') return false;
      if (isOfReaders(attribs) && readMarks(attribs).includes('certain')) return false;
      const href = name === 'a' || name === 'link' ? attribs['href'] : undefined;
      if (href === undefined || !href.includes(String(count + 1)) || href.includes('#')) return true;
      const address = URL.parse(href, url)?.href;
      if (address !== undefined && stemsOf(address, count + 1).some((stem) => firsts.has(stem))) found = address;
      return true;
    },
    leave: () => {},
    text: () => {},
  });
  return found;
}

/** The addresses, in canonical form, of which this one may be the page with that number. */
function stemsOf(address: string, number: number): string[] {
  const url = URL.parse(address);
  if (url === null) return [];
  const stems: string[] = [];
  for (const [name, value] of url.searchParams) {
    if (!NUMBERS.has(name.toLowerCase()) || value !== String(number)) continue;
    const without = new URL(url);
    without.searchParams.delete(name);
    stems.push(canonicalAddress(without.href));
  }
  const path = NUMBERED_PATH.exec(url.pathname);
  if (path !== null && Number(path[1]) === number) {
    const stem = new URL(url);
    stem.pathname = url.pathname.slice(0, path.index) + (path[2] ?? '');
    if (stem.pathname !== '/') stems.push(canonicalAddress(stem.href));
  }
  return stems;
}

function isOfReaders(attribs: Readonly<Record<string, string>>): boolean {
  return /comment/i.test(`${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`);
}
