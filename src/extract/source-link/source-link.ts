import type { Document } from 'domhandler';
import { parseHtml } from '../page/parse-html.ts';
import type { SourceLink } from '../../model/article.ts';
import type { Entry } from '../../model/feed.ts';
import { cleanAddress } from '../../support/canonical-address.ts';
import { keepsItsTarget } from '../../support/redirectors.ts';
import { siteOf } from '../../support/site-of.ts';
import { declaredInTree, type DeclaredSources } from './declared-sources.ts';
import { linkedTitle } from './linked-title.ts';
import { elsewhere, isElsewhere, isHome, mayLeadAway, usable, type Places } from './link-address.ts';
import { plainPageText, readPageText, type PageText } from './page-links.ts';
import { carded, quotedWhole, toldByMarkup } from './passed-on.ts';
import type { Candidate } from './source-candidate.ts';
import { FIRST_REPORTED } from './source-sentences.ts';
import { toldByFeed } from './told-by-feed.ts';
import { visibleSource } from './visible-source.ts';

export type SourceLinkInput = {
  /** The page's tree, as parsed by htmlparser2; null where there is no page. */
  readonly tree: Document | null;
  /** Where the page was found, after redirects; or the entry's link. */
  readonly url: string;
  readonly entry: Entry | null;
  /** What the page declares, where it was read already. */
  readonly declared?: DeclaredSources | null;
  /** Where redirectors that keep their target to themselves lead, as far as they were asked; null: nobody could tell. */
  readonly leadsTo?: ReadonlyMap<string, string | null>;
};

/**
 * Where an article truly came from. Tried in turn: what the feed says outright (origLink, via, its source element), what
 * the page shows (a repost, "Go to Source" in any language, the title itself leading out, a quotation or a card that is
 * nearly all there is), what it declares (original-source, isBasedOn, a canonical link to another site), what the feed's
 * text shows. Where nothing points elsewhere: the page itself. Redirectors that hold their target are unwrapped, nothing
 * is ever requested. Null where there is no address at all.
 */
export function findSourceLink(input: SourceLinkInput): SourceLink | null {
  return search(input, false);
}

/** The redirector that has to be asked before the true source is known; null where none stands in the way. */
export function redirectorToAsk(input: SourceLinkInput): string | null {
  const found = search(input, true);
  return found !== null && keepsItsTarget(found.url) && input.leadsTo?.has(found.url) !== true ? found.url : null;
}

/** `asking`: a redirector that was never asked counts as leading elsewhere, even one of the page's own site. */
function search(
  { tree, url, entry, declared: known = null, leadsTo = NOBODY_ASKED }: SourceLinkInput,
  asking: boolean,
): SourceLink | null {
  const own = cleanAddress(url);
  const says = known ?? (tree === null ? NOTHING_DECLARED : declaredInTree(tree));
  const base = own ?? entry?.link ?? null;
  const places = { own: base, base, leadsTo, asking };
  const onPage = { ...places, base: baseOf(says, base) };
  const title = entry?.title ?? null;
  const feedText = feedTextOf(entry);
  const pageText = tree === null ? null : readPageText(tree);
  const told = entry === null ? null : toldByFeed(entry, feedText, places);
  const shown = pageText === null ? null : shownSource(pageText, onPage, title);
  const declared = declaredSource(says, pageText, onPage);
  const inFeed = feedText === null ? null : shownSource(feedText, places, title);
  const name = shown?.name ?? inFeed?.name ?? told?.name ?? declared?.name ?? entry?.source?.title ?? null;
  const found = [told, shown, declared, inFeed].find((candidate) => candidate !== null && candidate.url !== null);
  if (found !== undefined && found !== null) return { url: found.url!, name, foundBy: found.foundBy };
  const itself = says.canonical;
  const canonical = itself === null || base === null || itself === own ? null : usable(itself, base);
  const page =
    canonical !== null && own !== null && siteOf(canonical) === siteOf(own) && !isHome(canonical) ? canonical : own;
  return page === null ? null : { url: page, name, foundBy: 'page-itself' };
}

const NOTHING_DECLARED: DeclaredSources = { sources: [], canonical: null, base: null, cited: null };
const MOST_CHARACTERS = 500_000;
const NOBODY_ASKED: ReadonlyMap<string, string | null> = new Map();

/** What a page or a feed's text shows to its readers. A name counts even where no article goes with it. */
function shownSource(text: PageText, places: Places, entryTitle: string | null): Candidate | null {
  const away = { ...text, links: text.links.filter((link) => mayLeadAway(link, places)) };
  const markup = toldByMarkup(away, places);
  if (markup !== null) return markup;
  const title = linkedTitle(text, away.links, places, entryTitle);
  const said = visibleSource(away, places);
  if (title !== null) return { url: title, name: said?.name ?? null, foundBy: 'visible-link' };
  if (said !== null && said.url !== null) return said;
  return quotedWhole(away, places) ?? carded(away, places) ?? said;
}

function feedTextOf(entry: Entry | null): PageText | null {
  const html = [entry?.content, entry?.summary]
    .map((content) => (content?.type === 'html' ? content.value : ''))
    .join('\n');
  if (html.includes('<')) return readPageText(parseHtml(html.slice(0, MOST_CHARACTERS)));
  const plain = entry?.content ?? entry?.summary ?? null;
  return plain?.type === 'text' ? plainPageText(plain.value.slice(0, MOST_CHARACTERS)) : null;
}

function baseOf({ base }: DeclaredSources, own: string | null): string | null {
  return base === null ? own : (URL.parse(base, own ?? undefined)?.href ?? own);
}

function declaredSource(declared: DeclaredSources, text: PageText | null, places: Places): Candidate | null {
  const { own, base } = places;
  for (const { url, foundBy, name } of declared.sources) {
    const address = elsewhere(usable(url, base), places);
    if (address !== null && !isHome(address)) return { url: address, name, foundBy };
  }
  const cited = declared.cited === null ? null : elsewhere(usable(declared.cited, base), places);
  if (cited !== null && !isHome(cited) && text !== null && saysWhoReported(text))
    return { url: cited, name: null, foundBy: 'based-on' };
  if (declared.canonical === null || declared.canonical.trim() === own) return null;
  const canonical = usable(declared.canonical, base);
  if (canonical !== null && !isHome(canonical) && isElsewhere(canonical, own))
    return { url: canonical, name: null, foundBy: 'canonical' };
  return null;
}

function saysWhoReported({ lines }: PageText): boolean {
  return lines.some(({ text }) => FIRST_REPORTED.test(text.toLowerCase()));
}
