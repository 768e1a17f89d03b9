import type { Instant } from '../support/instant.ts';
import { publicAddress } from '../support/public-address.ts';
import { fillTemplate } from './fill-template.ts';
import { mark } from './marks.ts';
import { readTemplate } from './read-template.ts';

/** A page of ours. `updated` is null for pages that change with whatever is new. */
export type SitemapPage = { readonly url: string; readonly updated: Instant | null };

const LAYOUT = `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url>
        <loc>${mark('page.url')}</loc>
        <lastmod>${mark('page.updated')}</lastmod>
    </url>
</urlset>`;

/** What a sitemap may hold (sitemaps.org, "Sitemap file requirements"). */
const MOST_PAGES = 50_000;

/** A sitemap (sitemaps.org 0.9) in the given order. Of too many pages the oldest articles are left out. */
export function renderSitemap(pages: readonly SitemapPage[]): string {
  const page = newest(pages).map(({ url, updated }) => ({ url: publicAddress(url), updated }));
  return fillTemplate(readTemplate(LAYOUT), { page });
}

function newest(pages: readonly SitemapPage[]): readonly SitemapPage[] {
  if (pages.length <= MOST_PAGES) return pages;
  const byAge = pages.toSorted((a, b) => compare(b.updated ?? '9999', a.updated ?? '9999'));
  const kept = new Set(byAge.slice(0, MOST_PAGES));
  return pages.filter((page) => kept.has(page));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** robots.txt (RFC 9309): everything may be read; the sitemap is there. */
export function renderRobots(sitemapUrl: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${publicAddress(sitemapUrl) ?? ''}\n`;
}
