import { canonicalAddress } from '../../support/canonical-address.ts';
import { claimOf, type Claim } from './claims-of-links.ts';
import { addressOf, elsewhere, isCode, isHome, isTrade, usable, type Places } from './link-address.ts';
import type { PageLink, PageText } from './page-links.ts';
import type { Candidate } from './source-candidate.ts';
import { ADDRESS_OF_FIGURES, NAMES_FIGURES } from './source-sentences.ts';
import { LABEL_ALONE, LABEL_BEFORE, OF_A_PICTURE } from './source-words.ts';
import { surroundingsOf, type Surroundings } from './where-claims-stand.ts';

type Claimed = { readonly link: PageLink; readonly claim: Claim; readonly address: string };

/** An article that names more sources was taken from none of them. */
const MOST_SOURCES = 3;
/** A page with more is a list of links. */
const MOST_CLAIMS = 60;
/** Of a quotation in an article so much may be told beside the words that name its source. */
const MOST_IN_QUOTE = 60;

/** The link that is said to lead to the source: by its own words, by a label, by a sentence. Given those that lead away. */
export function visibleSource(text: PageText, places: Places): Candidate | null {
  const claimed: Claimed[] = [];
  /** Those of running text: several mark what is told in each passage. */
  const inline = new Set<string>();
  let named: string | null = null;
  let before: { claim: Claim; link: PageLink } | null = null;
  const around = text.links.length === 0 ? null : surroundingsOf(text);
  for (const link of around === null ? [] : text.links) {
    if (claimed.length >= MOST_CLAIMS) break;
    const claim = claimOf(text, link, { before, isMidway: around!.isMidway(link.line) });
    before = claim === null ? null : { claim, link };
    if (claim === null) continue;
    const address = elsewhere(addressOf(link, places), places);
    if (address === null || isTrade(address, link)) continue;
    if (claim.kind === 'inline') inline.add(canonicalAddress(address));
    if (!isBelieved(text, link, claim, address, around!)) continue;
    if (isHome(address)) named ??= claim.name;
    else claimed.push({ link, claim, address });
  }
  const best = around === null ? null : chosen(claimed, around);
  if (best !== null && (best.claim.kind !== 'inline' || inline.size < 2))
    return { url: best.address, name: best.claim.name ?? named, foundBy: 'visible-link' };
  return bareAddress(text, places) ?? (named === null ? null : { url: null, name: named, foundBy: 'visible-link' });
}

/** Whether a claim speaks of the article, and not of a picture, a table, a passage of it. */
function isBelieved(text: PageText, link: PageLink, claim: Claim, address: string, around: Surroundings): boolean {
  const { kind } = claim;
  if (kind === 'inline') return isAtTheEnd(text, link, around);
  if (link.quote >= 0 && text.lines[link.line]!.text.length - link.text.length > MOST_IN_QUOTE) return false;
  if (isCode(address) && kind !== 'clause') return false;
  if (kind === 'says') return true;
  if (around.isMidway(link.line)) return false;
  if (kind !== 'label') return true;
  if (around.isBelowExhibit(link) || around.isBelowQuote(link)) return false;
  if (claim.isCredit && around.isBeforeProse(link.line)) return false;
  return !(NAMES_FIGURES.test(link.text) || ADDRESS_OF_FIGURES.test(new URL(address).host + new URL(address).pathname));
}

/** In running text words such as "the full report" name a document, unless they are the last that is said. */
function isAtTheEnd(text: PageText, link: PageLink, around: Surroundings): boolean {
  return link.quote < 0 && !around.isMidway(link.line) && text.lines.length - link.line <= 3;
}

/**
 * The one claim that holds for the whole article. Links that each end a story of their own make a round-up, which has no
 * source. Of links that say "Go to source" the last stands at the article's foot; of several sources the first is the
 * main one.
 */
function chosen(claimed: readonly Claimed[], around: Surroundings): Claimed | null {
  const own = claimed.filter(({ link }) => !around.isOfOtherStory(link));
  const strongest = Math.max(...own.map(({ claim }) => claim.strength));
  if (own.length === 0) return null;
  const outright = own.filter(({ claim }) => claim.strength >= 4);
  if (isRoundUp(outright.length > 0 ? outright : own, around)) return null;
  const best = own.filter(({ claim }) => claim.strength === strongest);
  const labelled = own.filter(({ claim }) => claim.kind === 'label').map(({ address }) => canonicalAddress(address));
  if (best[0]!.claim.kind === 'label' && new Set(labelled).size > MOST_SOURCES) return null;
  const saying = best.filter(({ claim }) => claim.kind === 'says').map(({ address }) => canonicalAddress(address));
  if (new Set(saying).size >= MOST_SOURCES) return null;
  // Three and more in one line are the literature of a text.
  const beside = own.filter(({ link, claim }) => link.line === best[0]!.link.line && claim.kind === 'label');
  if (best[0]!.claim.kind === 'label' && beside.length >= 3) return null;
  return (strongest >= 5 ? best.at(-1) : best[0]) ?? null;
}

function isRoundUp(claimed: readonly Claimed[], around: Surroundings): boolean {
  const groups: Claimed[] = [];
  let apart = 0;
  for (const one of claimed) {
    const last = groups.at(-1);
    if (last !== undefined && canonicalAddress(last.address) === canonicalAddress(one.address)) continue;
    const between = last === undefined ? 'nothing' : around.tellsBetween(last.link, one.link);
    if (last !== undefined && between === 'nothing') continue;
    if (between === 'heading' || (last !== undefined && endsParagraph(last) && endsParagraph(one))) apart++;
    groups.push(one);
  }
  return groups.length >= 3 || (groups.length === 2 && apart === 1);
}

/** A link at the end of a paragraph that tells something. */
function endsParagraph({ link }: Claimed): boolean {
  return link.from >= 40;
}

/** An address written out after a label, not made a link. */
function bareAddress({ lines }: PageText, places: Places): Candidate | null {
  for (const [at, { text }] of lines.entries()) {
    if (text.length > 2200 || !text.includes('://')) continue;
    const found = /^(.{0,80}?)\s*(https?:\/\/[^\s<>"]{6,2000}?)[.)\]]?\s*$/iu.exec(text);
    if (found === null) continue;
    const lead = found[1]!.toLowerCase();
    const isLabelled =
      lead.trim() === ''
        ? at > 0 && LABEL_ALONE.test(lines[at - 1]!.text.trim().toLowerCase())
        : LABEL_BEFORE.test(lead);
    if (!isLabelled || OF_A_PICTURE.test(lead)) continue;
    const address = elsewhere(usable(found[2]!, places.base), places);
    if (address !== null && !isHome(address) && !isCode(address))
      return { url: address, name: null, foundBy: 'address-in-text' };
  }
  return null;
}
