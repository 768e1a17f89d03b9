import { foldWhiteSpace } from '../../support/html.ts';
import { DENSE_SCRIPT } from '../page/prose.ts';
import type { Candidate } from './source-candidate.ts';
import { addressOf, elsewhere, isHome, isTrade, usable, type Places } from './link-address.ts';
import type { PageLink, PageText } from './page-links.ts';
import type { Quote } from './page-lines.ts';

/** A post is short: of an article, a card or a quotation is but a part. */
const LONGEST_POST = 700;
/** So much is said beside a bare address at most: who posted it, how many liked it. */
const LONGEST_REMARK = 200;
const AN_ADDRESS = /^(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}\/\S*$/i;
/** A page with more of either is a list of them. */
const MOST_POSTS = 30;
const MOST_QUOTES = 20;
const SHORTEST_QUOTE = 80;
const DENSE_WORDS = new RegExp(`${DENSE_SCRIPT.source}{4}`);
const DASH = /^[\s]*[-–—―~]/;

/** A repost or a bookmark in microformats, or an element that says where its post leads: told outright. */
export function toldByMarkup(text: PageText, places: Places): Candidate | null {
  for (const { own, passesOn } of text.posts.slice(0, MOST_POSTS)) {
    if (own !== null && places.own !== null && usable(own, places.base) !== places.own) continue;
    const address = article(usable(passesOn, places.base), places);
    if (address !== null) return { url: address, name: null, foundBy: 'declared-source' };
  }
  const reposted = text.links.filter(({ inRepost }) => inRepost);
  const named = reposted.find(({ node }) => /\bu-url\b/.test(node.attribs['class'] ?? ''));
  for (const link of named === undefined ? reposted : [named]) {
    const address = article(addressOf(link, places), places);
    if (address !== null) return { url: address, name: null, foundBy: 'declared-source' };
  }
  return null;
}

/** The one card in a short post, or the one line of hardly any that is an address: what the post passes on. */
export function carded(text: PageText, places: Places): Candidate | null {
  const cards = text.links.filter((link) => link.inCard && isTitled(link));
  return onlyOf(text, cards, places, LONGEST_POST) ?? onlyOf(text, bareLinks(text), places, LONGEST_REMARK);
}

function onlyOf(text: PageText, links: readonly PageLink[], places: Places, longest: number): Candidate | null {
  if (links.length === 0 || links.length > 40) return null;
  const lines = new Set(links.map(({ line }) => line));
  const said = text.lines.reduce((sum, line, at) => sum + (lines.has(at) ? 0 : line.text.length), 0);
  if (said > longest) return null;
  const found = new Set<string>();
  for (const link of links) {
    const address = article(addressOf(link, places), places);
    if (address !== null && !isTrade(address, link)) found.add(address);
  }
  return found.size === 1 ? { url: [...found][0]!, name: null, foundBy: 'visible-link' } : null;
}

function bareLinks({ lines, links }: PageText): PageLink[] {
  return links.filter(({ text, line }) => AN_ADDRESS.test(text) && lines[line]!.text.trim().length - text.length <= 4);
}

/** A card carries another page's title or its picture; one or two words are a button, a name. */
function isTitled({ text, node }: PageLink): boolean {
  return (
    /\S+\s+\S+\s+\S/.test(text) ||
    DENSE_WORDS.test(text) ||
    node.children.some((child) => 'name' in child && child.name !== 'span')
  );
}

/** Whose words a post is nearly wholly made of: the quotation's `cite`, else the one link that stands under or over it. */
export function quotedWhole(text: PageText, places: Places): Candidate | null {
  if (text.quotes.length > MOST_QUOTES) return null;
  const [quote, ...others] = text.quotes.filter((one) => lettersOf(text, one) >= SHORTEST_QUOTE);
  if (quote === undefined || others.length > 0) return null;
  const inQuote = lettersOf(text, quote);
  const around = text.lines.reduce(
    (sum, line, at) => sum + (isWithin(quote, at) || line.level > 0 || line.text.length < 40 ? 0 : line.text.length),
    0,
  );
  if (around > inQuote * 0.4) return null;
  const cite = quote.node.attribs['cite'];
  const told = cite === undefined ? null : article(usable(cite, places.base), places);
  if (told !== null) return { url: told, name: null, foundBy: 'visible-link' };
  const attributed = text.links.filter((link) => attributes(text, quote, link));
  const found = attributed
    .map((link) => ({ link, address: article(addressOf(link, places), places) }))
    .filter(({ link, address }) => address !== null && !isTrade(address, link));
  return found.length === 1 ? { url: found[0]!.address!, name: null, foundBy: 'visible-link' } : null;
}

/** A short line behind a dash below the quotation or at its end, or one that ends in a colon above it. */
function attributes({ lines }: PageText, quote: Quote, { line, text }: PageLink): boolean {
  const said = foldWhiteSpace(lines[line]!.text);
  if (said.length > 200 || text.length > 150) return false;
  if (line === quote.firstLine - 1) return /[:：]$/.test(said);
  const last = line === Math.min(quote.endLine, lines.length) - 1 || line === quote.endLine;
  return last && said.length <= 150 && (DASH.test(said) || said.length - text.length < 30);
}

function isWithin({ firstLine, endLine }: Quote, line: number): boolean {
  return line >= firstLine && line < endLine;
}

function lettersOf({ lines }: PageText, { firstLine, endLine }: Quote): number {
  let sum = 0;
  for (let at = firstLine; at < Math.min(endLine, lines.length); at++) sum += lines[at]!.text.length;
  return sum;
}

function article(address: string | null, places: Places): string | null {
  const away = elsewhere(address, places);
  return away === null || isHome(away) ? null : away;
}
