import { canonicalAddress, cleanAddress } from '../../support/canonical-address.ts';
import { mayHideAddress } from '../../support/hidden-address.ts';
import { isPublicHost } from '../../support/public-host.ts';
import { keepsItsTarget } from '../../support/redirectors.ts';
import { siteOf } from '../../support/site-of.ts';
import { dashed, type PageLink } from './page-links.ts';

/** Where an article stands, and what is known of the redirectors that it names. */
export type Places = {
  readonly own: string | null;
  readonly base: string | null;
  readonly leadsTo: ReadonlyMap<string, string | null>;
  /** A redirector that was never asked counts as leading elsewhere, even one of the page's own site. */
  readonly asking: boolean;
};

/** Attributes in which a link whose address is a script, or says nothing, names its target; the surest first. */
const ADDRESS_ATTRIBUTES = [
  'data-expanded-url', 'data-original-url', 'data-source-url', 'data-full-url', 'data-real-url', 'data-target-url', 'data-href',
  'data-url', 'data-link', 'data-source', 'data-outbound-url', 'data-redirect', 'title',
] as const; // prettier-ignore
/** Places to share at: their addresses hold the page's own, and lead nowhere. */
const SHARING =
  /^https?:\/\/[^/]+\/(?:sharer?(?:\.php|\/|\?)|sharer\/|intent\/|intent\?|share(?:article)?[/?]|shareArticle|submit(?:\?|\/\?)|pin\/create|widgets?\/share|msg_fb|send\?|dialog\/share)/i;
const ON_A_PAGE_OF_ITS_OWN = /^(?:https?:)?\/\//i;
/** Hosts of code: what is named there as a source is that of a program. */
const CODE_HOST = /(?:^|\.)(?:git(?:hub|lab|ea)?|codeberg|bitbucket|sourceforge|sourcehut|sr|svn|hg)\.[a-z]/i;
const CODE_PATH = /\/(?:tree|blob|raw|commits?|src)\/(?:main|master|trunk|head|[0-9a-f]{7,40})(?:\/|$)/i;
const SHOP_HOST = /^(?:www\.)?(?:apps?|play|itunes|shop|store|kaufen|tienda|loja|boutique)\.|(?:^|\.)(?:amazon|ebay|etsy|aliexpress)\.[a-z]/i; // prettier-ignore
const SHOP_PATH = /\/(?:dp|gp\/product|products?|itm|isbn|cart|checkout|basket|shop|warenkorb|store\/apps|app\/[^/]+\/id\d+)(?:\/|$)/i; // prettier-ignore
const TRADE_NAMES = /-(?:buy|buy-now|shop|price|prices|deal|deals|affiliate|sponsored|purchase|offer|kaufen|comprar)-/;
const LICENCE = /^https?:\/\/(?:[\w-]+\.)*creativecommons\.org\//i;

/** Whether it is worth to look closer at a link: a cheap test that nearly all links of a page fail. */
export function mayLeadAway({ node, action }: PageLink, { own, base, asking, leadsTo }: Places): boolean {
  const { attribs } = node;
  const href = attribs['href'] ?? action;
  if (href === null || href === undefined || /^\s*(?:#|javascript:)/i.test(href))
    return node.name !== 'a' || hasOther(attribs);
  const trimmed = href.trim();
  if (ON_A_PAGE_OF_ITS_OWN.test(trimmed)) {
    const start = trimmed.indexOf('//') + 2;
    const host = /^[^/?#]*/.exec(trimmed.slice(start))![0].toLowerCase();
    if (own === null || !own.includes(`//${host}/`)) return true;
  } else if (base !== own) return true;
  // A redirector of the page's own site may lead away.
  if (asking || leadsTo.size > 0) return true;
  return mayHideAddress(trimmed) || /(?:https?|%3a|\/\/.*\/\/)/i.test(trimmed.slice(8)) || hasOther(attribs);
}

function hasOther(attribs: Readonly<Record<string, string>>): boolean {
  if (attribs['onclick'] !== undefined) return true;
  return ADDRESS_ATTRIBUTES.some((name) => attribs[name] !== undefined && name !== 'title');
}

/** Where a link leads, as it says itself: its address, unless that says nothing and something beside it does. */
export function addressOf({ node, text, action }: PageLink, { base }: Places): string | null {
  const href = node.attribs['href'] ?? action ?? undefined;
  const direct = href === undefined || /^\s*(?:#|javascript:)/i.test(href) ? null : usable(href, base);
  if (direct !== null && !isOpaque(direct)) return direct;
  for (const name of ADDRESS_ATTRIBUTES) {
    const value = node.attribs[name]?.trim();
    if (value === undefined || (direct !== null && !ON_A_PAGE_OF_ITS_OWN.test(value))) continue;
    if (name === 'title' && !ON_A_PAGE_OF_ITS_OWN.test(value)) continue;
    const address = usable(value, base);
    if (address !== null && (direct === null || !isOpaque(address))) return address;
  }
  const written = /^https?:\/\/[^\s…]{8,}$/.test(text) && !text.endsWith('...') ? usable(text, null) : null;
  if (direct !== null) return written !== null && !isHome(written) ? written : direct;
  const opened =
    /(?:window\.open|location(?:\.href)?\s*=|location\.(?:assign|replace))\s*\(?\s*['"](https?:\/\/[^'"\s]{4,1000})['"]/i.exec(
      (node.attribs['onclick'] ?? '').slice(0, 2000),
    );
  return opened === null ? null : usable(opened[1]!, base);
}

/** An address that says nothing of what it leads to: one short word of letters and digits, or a redirector's. */
function isOpaque(address: string): boolean {
  const { pathname, search } = new URL(address);
  if (
    search === '' &&
    /^\/(?:[a-z]{1,4}\/)?[A-Za-z0-9]{4,10}$/.test(pathname) &&
    /\d[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]/.test(pathname)
  )
    return true;
  return keepsItsTarget(address);
}

export function usable(address: string, base: string | null): string | null {
  if (SHARING.test(address)) return null;
  const clean = cleanAddress(address, base);
  // What an address still hides after it was unwrapped is nothing that may be shown.
  if (clean === null || mayHideAddress(new URL(clean).pathname)) return null;
  // Only a page that is itself on a private network (an intranet, the demo) may point into one.
  const onPrivatePage = base !== null && URL.canParse(base) && !isPublicHost(new URL(base).hostname);
  if (!onPrivatePage && !isPublicHost(new URL(clean).hostname)) return null;
  return SHARING.test(clean) ? null : clean;
}

/** The address if it leads away from where the article stands, with redirectors followed that were asked; else null. */
export function elsewhere(address: string | null, { own, leadsTo, asking }: Places): string | null {
  if (address === null) return null;
  const target = keepsItsTarget(address) ? leadsTo.get(address) : null;
  if (asking && target === undefined) return address;
  const led = target === undefined || target === null ? address : usable(target, address);
  return led !== null && isElsewhere(led, own) && !speaksOf(led, own) ? led : null;
}

/** An address that holds the page's own in its parameters: to share it, to save it, to count its readers. */
function speaksOf(address: string, own: string | null): boolean {
  const query = address.indexOf('?');
  if (own === null || query < 0) return false;
  const bare = own.replace(/^https?:\/\/(?:www\.)?/, '').replace(/[?#/]+$/, '');
  return bare.length > 8 && address.slice(query).replace(/%2f/gi, '/').includes(bare);
}

export function isElsewhere(address: string, own: string | null): boolean {
  return own === null || (siteOf(address) !== siteOf(own) && canonicalAddress(address) !== canonicalAddress(own));
}

export function isHome(address: string): boolean {
  // Most addresses have a long path: no home page has.
  if (address.length - address.indexOf('/', 8) > 40 && address.indexOf('/', 8) > 0 && !address.includes('?'))
    return false;
  const { pathname, search, hash } = new URL(canonicalAddress(address));
  return search === '' && hash === '' && /^\/(?:[a-z]{2}(?:-[a-z]{2})?)?$/i.test(pathname);
}

/** A page that nobody takes an article from: a shop's, an app's, a licence. */
export function isTrade(address: string, { node }: PageLink): boolean {
  const url = new URL(address);
  if (SHOP_HOST.test(url.hostname) || SHOP_PATH.test(url.pathname) || LICENCE.test(address)) return true;
  const { rel = '', class: classes = '' } = node.attribs;
  return /\b(?:sponsored|license)\b/i.test(rel) || TRADE_NAMES.test(dashed(classes));
}

/** A place where a program's source is kept. */
export function isCode(address: string): boolean {
  const url = new URL(address);
  return CODE_HOST.test(url.hostname) || CODE_PATH.test(url.pathname);
}
