import { foldWhiteSpace } from '../../support/html.ts';
import { DENSE_SCRIPT } from '../page/prose.ts';
import { addressOf, elsewhere, isHome, isTrade, usable, type Places } from './link-address.ts';
import type { PageLink, PageText } from './page-links.ts';

/** The titles that an article goes by, compared by their words alone. */
export type Titles = { readonly has: (text: string) => boolean };

/** Between a title and the name of its site. */
const PARTS = /\s*[|–—·•«»]\s*|\s[-:/]\s|:\s/;
const FEWEST_LETTERS = 8;
/** Signs of a permalink, and words for it. */
const PERMALINK = /^[\p{S}\p{P}\s]{1,3}$|^(?:permalink|permanent link|#\d*|link|anchor)$/iu;

/** The page's title with and without what stands before and behind it (a site's name), and the feed's. */
export function titlesOf({ title, lines }: PageText, entryTitle: string | null): Titles {
  const known = new Set<string>();
  for (const text of [title, entryTitle]) {
    if (text === null) continue;
    const parts = text.slice(0, 500).split(PARTS, 8);
    const lengths = parts.map(({ length }) => length);
    // The title proper is longer than what the site is called, and who wrote it.
    const longest = lengths.indexOf(Math.max(...lengths));
    for (let cut = 0; cut < parts.length; cut++) {
      if (cut <= longest) known.add(plain(parts.slice(cut).join(' ')));
      if (cut >= longest) known.add(plain(parts.slice(0, cut + 1).join(' ')));
    }
    known.add(plain(parts[longest]!));
  }
  const heading = title === null ? lines.find(({ level }) => level === 1) : undefined;
  if (heading !== undefined) known.add(plain(heading.text));
  const longestTitle = Math.max(0, ...[...known].map(({ length }) => length));
  return {
    has: (text) => {
      if (text.length < 4 || text.length > longestTitle + 40) return false;
      const words = plain(text);
      return words.length >= FEWEST_LETTERS
        ? known.has(words)
        : words.length >= 4 && DENSE_SCRIPT.test(words) && known.has(words);
    },
  };
}

/**
 * Where the title itself leads: a post that passes on what somebody else wrote carries the other's title, with the address
 * of the other; the post's own address hides in a sign behind it, in the date, in the link to the comments. A link that
 * says the title counts where it stands in a heading or fills its line; one in running text is a mention.
 */
export function linkedTitle(
  text: PageText,
  away: readonly PageLink[],
  places: Places,
  entryTitle: string | null,
): string | null {
  const titles = titlesOf(text, entryTitle);
  const firstHeading = text.lines.findIndex(({ level }) => level > 0 && level < 7);
  for (const link of away) {
    if (link.text.length > 400 || link.inCard || link.quote >= 0) continue;
    const says = titles.has(link.text);
    const heads = !says && link.line === firstHeading && fillsLine(text, link) && pointsBack(text, link, places);
    if (!heads && !(says && standsAsTitle(text, link)) && !saysOnlyItsAddress(text, link)) continue;
    const address = elsewhere(addressOf(link, places), places);
    if (address !== null && !isHome(address) && !isTrade(address, link)) return address;
  }
  return null;
}

function standsAsTitle(text: PageText, link: PageLink): boolean {
  const { level } = text.lines[link.line]!;
  return (level > 0 && level < 7) || fillsLine(text, link);
}

/** But for a few words: the site's name in brackets, a permalink's sign, a count. */
function fillsLine({ lines }: PageText, { line, text }: PageLink): boolean {
  return lines[line]!.text.trim().length - text.length <= 50;
}

/** Whether a sign or a date near a heading leads to the page itself. */
function pointsBack({ links }: PageText, heading: PageLink, { own, base }: Places): boolean {
  return links.some((link) => {
    if (link === heading || link.line - heading.line > 2 || link.line < heading.line - 2) return false;
    const { title = '', rel = '', href } = link.node.attribs;
    if (!PERMALINK.test(link.text) && !/\b(?:bookmark|permalink)\b/i.test(rel) && !/perma/i.test(title)) return false;
    return href !== undefined && usable(href, base) === own;
  });
}

/** Straight below the page's heading, in a line of its own: `site.example/a-story`, or the site alone. */
function saysOnlyItsAddress({ lines }: PageText, { line, text, node }: PageLink): boolean {
  if (!/^(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}(?:\/\S*)?$/i.test(text)) return false;
  if (foldWhiteSpace(lines[line]!.text).length > text.length + 4) return false;
  const above = lines[line - 1] ?? null;
  if (above === null || above.level !== 1) return false;
  const host = text
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .split('/')[0]!
    .toLowerCase();
  return (node.attribs['href'] ?? '').toLowerCase().includes(host);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
