import { decodeFeed } from './decode.ts';
import { parseDate } from './dates.ts';
import { collectRepairs } from './repairs.ts';
import { decodeReferences } from './references.ts';
import { latest, type Instant } from '../support/instant.ts';

/** What a sitemap (sitemaps.org) holds: told to the operator, and no source. */
export type Sitemap = {
  /** Whether it lists other sitemaps. */
  readonly isIndex: boolean;
  readonly addresses: number;
  /** Of news (Google's extension): titles and dates of the last two days. */
  readonly isNews: boolean;
  readonly newest: Instant | null;
};

const LOOKED_THROUGH = 2_000_000;
const MOST_DATES = 2000;

/** Null for what is no sitemap. */
export function readSitemap(bytes: Uint8Array): Sitemap | null {
  const text = decodeFeed(bytes, null, collectRepairs()).slice(0, LOOKED_THROUGH);
  const root = /<(?:\w{1,20}:)?(urlset|sitemapindex)[\s>]/i.exec(text.slice(0, 5000))?.[1]?.toLowerCase();
  if (root === undefined) return null;
  const dates: (Instant | null)[] = [];
  for (const [, date] of text.matchAll(/<(?:lastmod|news:publication_date)>\s{0,20}([^<]{4,40}?)\s{0,20}</gi)) {
    dates.push(parseDate(date!));
    if (dates.length === MOST_DATES) break;
  }
  return {
    isIndex: root === 'sitemapindex',
    addresses: [...text.matchAll(/<(?:\w{1,20}:)?loc[\s>]/gi)].length,
    isNews: /<news:news[\s/>]/i.test(text),
    newest: latest(dates),
  };
}

/** The sitemaps that a robots.txt names (RFC 9309 §2.2.4), absolute. */
export function sitemapsIn(robots: Uint8Array, base: string): string[] {
  const text = decodeFeed(robots, null, collectRepairs()).slice(0, LOOKED_THROUGH);
  const urls = [...text.matchAll(/^[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,2000})/gim)].map(([, written]) =>
    URL.parse(decodeReferences(written!), base),
  );
  return [...new Set(urls.flatMap((url) => (url !== null && /^https?:$/.test(url.protocol) ? [url.href] : [])))];
}
