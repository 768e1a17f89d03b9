import type { SourceSign } from '../../model/article.ts';
import type { Entry } from '../../model/feed.ts';
import { siteOf } from '../../support/site-of.ts';
import { addressOf, elsewhere, isHome, mayLeadAway, usable, type Places } from './link-address.ts';
import type { PageText } from './page-links.ts';
import type { Candidate } from './source-candidate.ts';

const SIGN_OF_RELATION: Readonly<Record<string, SourceSign>> = {
  via: 'via',
  original: 'original-link',
  canonical: 'canonical',
};
/** Feed proxies whose address says nothing of its target. */
const PROXY = /\/~r\/|\/~3\/|\/\/(?:feedproxy|feeds?|rss|click|track|go|link)\./i;
const OF_A_FEED = /(?:\/feed\/?|\/rss\/?|\.(?:xml|rss|atom))$/i;

/** What the feed says outright: the address behind its redirector, or where it has the entry from. */
export function toldByFeed(entry: Entry, text: PageText | null, places: Places): Candidate | null {
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
  if (entry.idIsPermalink && entry.id !== null && entry.link !== null && PROXY.test(entry.link)) {
    const permalink = usable(entry.id, own);
    if (permalink !== null && !isHome(permalink)) return { url: permalink, name, foundBy: 'permalink' };
  }
  return related(entry, text, places) ?? linkedOfSource(entry, text, places);
}

/** The one related page elsewhere that the entry's text links too: how feeds of links name what they pass on. */
function related(entry: Entry, text: PageText | null, places: Places): Candidate | null {
  const [only, ...more] = entry.links.filter(({ rel }) => rel === 'related');
  if (only === undefined || more.length > 0) return null;
  const address = elsewhere(usable(only.href, places.base), places);
  if (address === null || isHome(address)) return null;
  const isLinked = text === null || text.links.length === 0 || linkedIn(text, places).includes(address);
  return isLinked ? { url: address, name: entry.source?.title ?? null, foundBy: 'via' } : null;
}

/** The one link of the text to the site that the feed's `source` element names. */
function linkedOfSource(entry: Entry, text: PageText | null, places: Places): Candidate | null {
  const { source } = entry;
  if (source === null || source.url === null || text === null) return null;
  const site = siteOf(source.url);
  const found = new Set(
    linkedIn(text, places).filter(
      (address) => siteOf(address) === site && !isHome(address) && !OF_A_FEED.test(new URL(address).pathname),
    ),
  );
  return found.size === 1 ? { url: [...found][0]!, name: source.title, foundBy: 'visible-link' } : null;
}

function linkedIn({ links }: PageText, places: Places): string[] {
  return links
    .filter((link) => mayLeadAway(link, places))
    .map((link) => elsewhere(addressOf(link, places), places))
    .filter((address) => address !== null);
}
