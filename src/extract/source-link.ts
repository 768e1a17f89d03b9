import type { Document } from 'domhandler';
import { parseHtml } from './parse-html.ts';
import type { SourceLink, SourceSign } from '../model/article.ts';
import type { Entry } from '../model/feed.ts';
import { canonicalAddress, cleanAddress } from '../support/canonical-address.ts';
import { siteOf } from '../support/site-of.ts';
import { articleLinks, type Lines, type PageLink } from './page-links.ts';
import { declaredInTree, type DeclaredSources } from './declared-sources.ts';
import { keepsItsTarget } from '../support/redirectors.ts';
import { isPublicHost } from '../support/public-host.ts';
import { CLAUSE_BEFORE, LABEL_BEFORE, LINK_SAYS, NAMES_NOTHING, OF_A_PICTURE } from './source-words.ts';

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
 * Where an article truly came from. Tried in turn: what the feed says outright (origLink, via), a visible link of the
 * article ("Go to Source", in any language), what the page declares (original-source, isBasedOn, a canonical link to
 * another site), a visible link in the feed's text. Where nothing points elsewhere: the page itself. Redirectors that
 * hold their target are unwrapped, nothing is ever requested. Null where there is no address at all.
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
  const feedTree = entryTree(entry);
  const base = own ?? entry?.link ?? null;
  const places = { own: base, base, leadsTo, asking };
  const onPage = { ...places, base: baseOf(says, base) };
  const told = entry === null ? null : toldByFeed(entry, places);
  const shown = tree === null ? null : visibleSource(articleLinks(tree), onPage);
  const declared = declaredSource(says, onPage);
  const inFeed = feedTree === null ? null : visibleSource(articleLinks(feedTree), places);
  const name = shown?.name ?? inFeed?.name ?? told?.name ?? declared?.name ?? entry?.source?.title ?? null;
  const found = [told, shown, declared, inFeed].find((candidate) => candidate !== null && candidate.url !== null);
  if (found !== undefined && found !== null) return { url: found.url!, name, foundBy: found.foundBy };
  const itself = says.canonical;
  const canonical = itself === null || base === null ? null : usable(itself, base);
  const page =
    canonical !== null && own !== null && siteOf(canonical) === siteOf(own) && !isHome(canonical) ? canonical : own;
  return page === null ? null : { url: page, name, foundBy: 'page-itself' };
}

const NOTHING_DECLARED: DeclaredSources = { sources: [], canonical: null, base: null };
const NOBODY_ASKED: ReadonlyMap<string, string | null> = new Map();

type Candidate = { readonly url: string | null; readonly name: string | null; readonly foundBy: SourceSign };

function entryTree(entry: Entry | null): Document | null {
  const html = [entry?.content, entry?.summary]
    .map((content) => (content?.type === 'html' ? content.value : ''))
    .join('\n');
  return html.includes('<') ? parseHtml(html.slice(0, 500_000)) : null;
}

function baseOf({ base }: DeclaredSources, own: string | null): string | null {
  return base === null ? own : (URL.parse(base, own ?? undefined)?.href ?? own);
}

const SIGN_OF_RELATION: Readonly<Record<string, SourceSign>> = {
  via: 'via',
  original: 'original-link',
  canonical: 'canonical',
};

/** What the feed says outright: the address behind its redirector, or where it has the entry from. */
function toldByFeed(entry: Entry, places: Places): Candidate | null {
  const { base: own } = places;
  const name = entry.source?.title ?? null;
  const original = entry.originalLink === null ? null : usable(entry.originalLink, own);
  if (original !== null && !isHome(original)) return { url: original, name, foundBy: 'original-link' };
  for (const { rel, href } of entry.links) {
    const foundBy = Object.hasOwn(SIGN_OF_RELATION, rel) ? SIGN_OF_RELATION[rel]! : null;
    if (foundBy === null) continue;
    const via = elsewhere(usable(href, own), places);
    if (via !== null && !isHome(via)) return { url: via, name, foundBy };
  }
  if (entry.idIsPermalink && entry.id !== null && entry.link !== null && isOpaqueRedirector(entry.link)) {
    const permalink = usable(entry.id, own);
    if (permalink !== null && !isHome(permalink)) return { url: permalink, name, foundBy: 'permalink' };
  }
  return null;
}

/** Feed proxies whose address says nothing of its target. */
function isOpaqueRedirector(link: string): boolean {
  return /\/~r\/|\/~3\/|\/\/(?:feedproxy|feeds?|rss|click|track|go|link)\./i.test(link);
}

function declaredSource(declared: DeclaredSources, places: Places): Candidate | null {
  const { own, base } = places;
  for (const { url, foundBy, name } of declared.sources) {
    const address = elsewhere(usable(url, base), places);
    if (address !== null && !isHome(address)) return { url: address, name, foundBy };
  }
  const canonical = declared.canonical === null ? null : usable(declared.canonical, base);
  if (canonical !== null && !isHome(canonical) && isElsewhere(canonical, own))
    return { url: canonical, name: null, foundBy: 'canonical' };
  return null;
}

/** Where an article stands, and what is known of the redirectors that it names. */
type Places = {
  readonly own: string | null;
  readonly base: string | null;
  readonly leadsTo: ReadonlyMap<string, string | null>;
  readonly asking: boolean;
};

/** The best visible link: those that say outright that they lead to the source, then labels, then weaker ones. */
function visibleSource({ links, lines }: Lines, places: Places): Candidate | null {
  let best: { candidate: Candidate; strength: number } | null = null;
  let named: string | null = null;
  for (const [index, link] of links.entries()) {
    const claim = claimOf(link, links[index + 1]);
    if (claim === null) continue;
    const address = elsewhere(addressOf(link, places), places);
    if (address === null) continue;
    if (isHome(address)) {
      named ??= claim.name;
      continue;
    }
    const strength = claim.strength;
    // Of links that say "Go to source" the last stands at the article's foot; of several sources the first is the main one.
    if (best === null || strength > best.strength || (strength === best.strength && strength >= 5))
      best = { candidate: { url: address, name: claim.name, foundBy: 'visible-link' }, strength };
  }
  if (best !== null) return { ...best.candidate, name: best.candidate.name ?? named };
  const bare = bareAddress(lines, places);
  return bare ?? (named === null ? null : { url: null, name: named, foundBy: 'visible-link' });
}

type Claim = { readonly strength: number; readonly name: string | null };

function claimOf(link: PageLink, next: PageLink | undefined): Claim | null {
  const { text, before, after, names } = link;
  const said = plainWords(text);
  const lead = before.replace(/\s+/g, ' ').toLowerCase();
  if (text.length > 300) return null;
  if (
    /(?:^|\s)the (?:post|article|entry|story)\s*$/.test(lead) &&
    /^\s*(?:appeared|first appeared|was (?:first )?published)/i.test(after)
  )
    return { strength: 6, name: next !== undefined && next.line === link.line ? next.text : null };
  if (OF_A_PICTURE.test(lead.slice(-40))) return null;
  for (const pattern of LINK_SAYS) {
    const match = pattern.exec(said);
    if (match !== null) return { strength: 5, name: nameFrom(match, text) };
  }
  const label = LABEL_BEFORE.exec(lead);
  if (label !== null) {
    const weak = /^(?:link|url|from|more|via|theo|font|vir|参考|引用|자료)/.test(label.groups!['label']!);
    if (weak && after.trim().length > 80) return null;
    return { strength: weak ? 3 : 4, name: sourceName(text) };
  }
  if (CLAUSE_BEFORE.test(lead)) return { strength: 4, name: sourceName(text) };
  if (/^\[link\]$/i.test(text.trim())) return { strength: 5, name: null };
  if (lead.trim() === '' && after.trim() === '' && /^via\s+/i.test(text))
    return { strength: 2, name: text.replace(/^via\s+/i, '') };
  if (/(?:^|[\s(])via\s*$/.test(lead) && lead.trim().length <= 5) return { strength: 3, name: sourceName(text) };
  if (
    /-(?:source-link|sourcelink|source-url|original-link|original-article|original-source|read-original|view-original|go-to-source|article-source|post-source|entry-source|syndication-source|external-source|btn-source|source-btn|source-button)-/.test(
      names,
    )
  )
    return { strength: 3, name: sourceName(text) };
  return null;
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(?:[\u00ab\u00bb\u2039\u203a\u2190-\u21ff\u25b6\u25ba\u2794\u27a1>[\]()【】「」:：|.…!]|\ufe0f)+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The name as it is written in the link's text, found again by its length from the end. */
function nameFrom(match: RegExpExecArray, text: string): string | null {
  const name = Object.values(match.groups ?? {}).find((group) => group !== undefined);
  if (name === undefined) return null;
  const at = text.toLowerCase().lastIndexOf(name);
  return sourceName(at < 0 ? name : text.slice(at, at + name.length));
}

function sourceName(text: string): string | null {
  const name = text.replace(/^[\s\p{P}\p{S}]+|[\s»›→.,;:]+$/gu, '').trim();
  return name === '' ||
    name.length > 80 ||
    NAMES_NOTHING.test(name.toLowerCase()) ||
    /^[\w-]+(?:\.[\w-]+)+(?:\/|$)/.test(name)
    ? null
    : name;
}

const ADDRESS_ATTRIBUTES = [
  'data-href',
  'data-url',
  'data-link',
  'data-source',
  'data-source-url',
  'data-original-url',
  'data-target-url',
  'data-outbound-url',
];

function addressOf({ node }: PageLink, { base }: Places): string | null {
  const { href } = node.attribs;
  const direct = href === undefined ? null : usable(href, base);
  if (direct !== null && !/^\s*(?:#|javascript:)/i.test(href!)) return direct;
  for (const name of ADDRESS_ATTRIBUTES) {
    const value = node.attribs[name];
    const address = value === undefined ? null : usable(value, base);
    if (address !== null) return address;
  }
  const opened =
    /(?:window\.open|location(?:\.href)?\s*=|location\.(?:assign|replace))\s*\(?\s*['"](https?:\/\/[^'"\s]{4,1000})['"]/i.exec(
      (node.attribs['onclick'] ?? '').slice(0, 2000),
    );
  return opened === null ? null : usable(opened[1]!, base);
}

/** An address written out after a label, not made a link. */
function bareAddress(lines: readonly string[], places: Places): Candidate | null {
  for (const line of lines) {
    if (line.length > 2200) continue;
    const found = /^(.{0,80}?)\s*(https?:\/\/[^\s<>"]{6,2000}?)[.)\]]?$/iu.exec(line);
    if (found === null || !LABEL_BEFORE.test(found[1]!.toLowerCase()) || OF_A_PICTURE.test(found[1]!.toLowerCase()))
      continue;
    const address = elsewhere(usable(found[2]!, places.base), places);
    if (address !== null && !isHome(address)) return { url: address, name: null, foundBy: 'address-in-text' };
  }
  return null;
}

/** Places to share at: their addresses hold the page's own, and lead nowhere. */
const SHARING =
  /^https?:\/\/[^/]+\/(?:sharer?(?:\.php|\/|\?)|sharer\/|intent\/|share(?:article)?[/?]|shareArticle|submit(?:\?|\/\?)|pin\/create|widgets?\/share|msg_fb|send\?|dialog\/share)/i;

function usable(address: string, base: string | null): string | null {
  if (SHARING.test(address)) return null;
  const clean = cleanAddress(address, base);
  if (clean === null) return null;
  // Only a page that is itself on a private network (an intranet, the demo) may point into one.
  const onPrivatePage = base !== null && URL.canParse(base) && !isPublicHost(new URL(base).hostname);
  if (!onPrivatePage && !isPublicHost(new URL(clean).hostname)) return null;
  return SHARING.test(clean) ? null : clean;
}

/** The address if it leads away from where the article stands, with redirectors followed that were asked; else null. */
function elsewhere(address: string | null, { own, leadsTo, asking }: Places): string | null {
  if (address === null) return null;
  const keeps = keepsItsTarget(address);
  const target = keeps ? leadsTo.get(address) : null;
  if (asking && target === undefined) return address;
  const led = target === undefined || target === null ? address : usable(target, address);
  return led !== null && isElsewhere(led, own) ? led : null;
}

function isElsewhere(address: string, own: string | null): boolean {
  return own === null || (siteOf(address) !== siteOf(own) && canonicalAddress(address) !== canonicalAddress(own));
}

function isHome(address: string): boolean {
  const { pathname, search, hash } = new URL(canonicalAddress(address));
  return search === '' && hash === '' && /^\/(?:[a-z]{2}(?:-[a-z]{2})?)?$/i.test(pathname);
}
