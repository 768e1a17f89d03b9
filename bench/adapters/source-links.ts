import { readPage } from '../../src/extract/read-page.ts';
import { findSourceLink } from '../../src/extract/source-link/source-link.ts';
import type { Entry } from '../../src/model/feed.ts';

type Item = {
  readonly link?: string;
  readonly title?: string;
  readonly html?: string;
  readonly guid?: string;
  readonly guidIsPermaLink?: boolean;
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
  readonly origLink?: string;
  readonly comments?: string;
  readonly source?: { readonly url?: string; readonly title?: string };
};

/** For score-source-links.mjs: one page, one feed item, or both. */
export function sourceLink({ html, url, item }: { html?: string; url: string; item?: Item | null }): {
  url: string | null;
  name: string | null;
} {
  const page =
    html === undefined
      ? null
      : readPage({
          body: Buffer.from(html),
          contentType: 'text/html; charset=utf-8',
          url,
          now: '2026-12-31T00:00:00Z',
        });
  const found = findSourceLink({
    tree: page?.tree ?? null,
    declared: page?.declared ?? null,
    url,
    entry: item === undefined || item === null ? null : asEntry(item),
  });
  return { url: found?.url ?? null, name: found?.name ?? null };
}

function asEntry(item: Item): Entry {
  return {
    id: item.guid ?? null,
    idIsPermalink: item.guid !== undefined && item.guidIsPermaLink !== false,
    link: item.link ?? null,
    title: item.title ?? null,
    authors: [],
    categories: [],
    published: null,
    updated: null,
    summary: null,
    content: item.html === undefined ? null : { type: 'html', value: item.html },
    enclosures: [],
    image: null,
    language: null,
    links: (item.links ?? []).map(({ rel, href }) => ({ rel, href, type: null })),
    source:
      item.source === undefined ? null : { title: item.source.title ?? null, url: item.source.url ?? null, id: null },
    originalLink: item.origLink ?? null,
    commentsUrl: item.comments ?? null,
    rights: null,
    licence: null,
    rsl: [],
    duration: null,
    explicit: null,
    season: null,
    episode: null,
    episodeKind: null,
    episodeImage: null,
  };
}
