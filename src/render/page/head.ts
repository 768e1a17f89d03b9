import type { LeadImage } from '../../model/article.ts';
import type { FeedLinks } from '../../model/edition.ts';
import type { Instant } from '../../support/instant.ts';
import { publicAddress } from '../../support/public-address.ts';
import { markup, type Markup } from './markup.ts';
import { linkToFile, type Setting } from './setting.ts';

/** What a page tells the machines that read its head. */
export type HeadFacts = {
  /** The page's own title; null on the front page, which has the site's. */
  readonly title: string | null;
  readonly description: string | null;
  /** Where this text truly lives: rel=canonical and og:url, which would be of no use if they did not agree. */
  readonly canonical: string;
  /** Feeds for autodiscovery, nearest first: readers take the first. */
  readonly feeds: readonly NamedFeeds[];
  readonly image: LeadImage | null;
  /** For articles: when the text was published and last changed. */
  readonly article: { readonly published: Instant; readonly updated: Instant } | null;
};

export type NamedFeeds = { readonly title: string; readonly links: FeedLinks };

const FEED_TYPES = [
  ['atom', 'application/atom+xml', 'Atom'],
  ['rss', 'application/rss+xml', 'RSS'],
  ['json', 'application/feed+json', 'JSON Feed'],
] as const satisfies readonly (readonly [keyof FeedLinks, string, string])[];

/**
 * The head's contents. The policy that the server sends stands here once more, for buckets and disks that send none:
 * no script of any kind, styles from our own files alone.
 */
export function head(setting: Setting, facts: HeadFacts): Markup {
  const { site, generator } = setting.frame;
  const title = facts.title === null ? site.title : `${facts.title} – ${site.title}`;
  return markup`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src * data:; media-src *; base-uri 'none'; form-action 'none'">
<title>${title}</title>
${facts.description === null ? null : markup`<meta name="description" content="${facts.description}">`}
<meta name="referrer" content="strict-origin-when-cross-origin">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${generator}">
<link rel="stylesheet" href="${linkToFile(setting, 'assets/site.css')}">
<link rel="icon" type="image/svg+xml" href="${linkToFile(setting, 'assets/favicon.svg')}">
<link rel="icon" type="image/png" sizes="192x192" href="${linkToFile(setting, 'assets/icon.png')}">
<link rel="apple-touch-icon" href="${linkToFile(setting, 'assets/icon.png')}">
<link rel="canonical" href="${facts.canonical}">
${facts.feeds.map(({ title, links }) =>
  FEED_TYPES.map(
    ([format, type, name]) =>
      markup`<link rel="alternate" type="${type}" title="${title} (${name})" href="${links[format]}">\n`,
  ),
)}${preview(setting, facts)}`;
}

/** Open Graph and its twin: what a link to the page looks like where it is shared. */
function preview({ frame: { site } }: Setting, facts: HeadFacts): Markup {
  const image = facts.image === null ? null : publicAddress(facts.image.url);
  const properties: readonly (readonly [string, string | null])[] = [
    ['og:type', facts.article === null ? 'website' : 'article'],
    ['og:site_name', site.title],
    ['og:title', facts.title ?? site.title],
    ['og:description', facts.description],
    ['og:url', facts.canonical],
    ['og:image', image],
    ['og:image:alt', image === null ? null : (facts.image?.alt ?? null)],
    ['article:published_time', facts.article?.published ?? null],
    ['article:modified_time', facts.article?.updated ?? null],
  ];
  return markup`${properties.map(([property, content]) =>
    content === null ? null : markup`<meta property="${property}" content="${content}">\n`,
  )}<meta name="twitter:card" content="${image === null ? 'summary' : 'summary_large_image'}">`;
}
