import type { FeedPages } from '../model/feed.ts';
import type { RawLink } from './gathered.ts';

/** A feed that names no other document of its own. */
export const NO_PAGES: FeedPages = {
  next: null,
  previous: null,
  first: null,
  last: null,
  previousArchive: null,
  nextArchive: null,
  current: null,
};

/** The other documents of a feed by its links (RFC 5005 §3 and §4); `prev` is HTML's word for `previous`. */
export function pagesOf(links: readonly RawLink[]): FeedPages {
  const hrefs = new Map(links.toReversed().map(({ rel, href }) => [rel, href]));
  const of = (rel: string): string | null => hrefs.get(rel) ?? null;
  return {
    next: of('next'),
    previous: of('previous') ?? of('prev'),
    first: of('first'),
    last: of('last'),
    previousArchive: of('prev-archive'),
    nextArchive: of('next-archive'),
    current: of('current'),
  };
}
