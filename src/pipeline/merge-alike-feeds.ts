import type { Entry, Feed, FeedFormat } from '../model/feed.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { newestFirst } from './describe-feed.ts';

/** The better of two that are the same comes first. */
const PREFERRED: readonly FeedFormat[] = ['atom', 'rss', 'rdf', 'json'];
/** So many of the newest entries are compared, and so large a share of them must be the same. */
const MOST_COMPARED = 20;
const SHARE = 0.8;

/** One of several feeds of the same entries, and the others. */
export type AlikeFeeds<Found> = { readonly best: Found; readonly others: readonly Found[] };

/**
 * Brings feeds together that hold the same entries, as a site's Atom and RSS: by their ids or links, of as many of the
 * newest as both have. A feed of one subject is not the same as that of all, though all its entries are in it.
 */
export function mergeAlike<Found extends { readonly feed: Feed }>(found: readonly Found[]): AlikeFeeds<Found>[] {
  const groups: { readonly members: Found[]; readonly entries: readonly ReadonlySet<string>[] }[] = [];
  for (const one of found) {
    const entries = newestFirst(one.feed.entries).slice(0, MOST_COMPARED).map(namesOf);
    const group = groups.find((each) => areSame(each.entries, entries));
    if (group === undefined) groups.push({ members: [one], entries });
    else group.members.push(one);
  }
  return groups.map(({ members }) => {
    const [best, ...others] = members.toSorted(
      (a, b) => PREFERRED.indexOf(a.feed.format) - PREFERRED.indexOf(b.feed.format),
    );
    return { best: best!, others };
  });
}

function areSame(a: readonly ReadonlySet<string>[], b: readonly ReadonlySet<string>[]): boolean {
  const count = Math.min(a.length, b.length);
  if (count === 0) return false;
  const other = new Set(b.slice(0, count).flatMap((names) => [...names]));
  const shared = a.slice(0, count).filter((names) => [...names].some((name) => other.has(name))).length;
  return shared >= SHARE * count;
}

/** Numbers and short words are ids within one feed alone. */
const OF_ITS_OWN = /:|.{20}/;

function namesOf({ id, link }: Entry): ReadonlySet<string> {
  const names = [id !== null && OF_ITS_OWN.test(id) ? id : null, link];
  return new Set(names.flatMap((name) => (name === null ? [] : [canonicalAddress(name)])));
}
