import type { Declaration } from '../../model/article.ts';
import type { Person } from '../../model/feed.ts';
import { cleanAddress } from '../../support/canonical-address.ts';
import type { Instant } from '../../support/instant.ts';
import { siteOf } from '../../support/site-of.ts';
import { articleNodes, isObject, linked, nodesOfType, parseJsonLd, textOf, type JsonObject } from './json-ld.ts';
import { pageAuthors } from './page-authors.ts';
import { pageDates } from './page-dates.ts';
import { metasOf, type Metas } from './page-metas.ts';
import { textWithin, type Box, type PageModel } from './page-model.ts';
import { titleHeading } from './title-heading.ts';
import { pageTerms } from './page-terms.ts';
import { pageTitle } from './page-title.ts';
import { plainTitle } from '../../support/plain-title.ts';

/** What a page says of itself. Null and empty where it says nothing: nothing is invented. */
export type PageMetadata = {
  readonly title: string | null;
  readonly authors: readonly Person[];
  readonly published: Instant | null;
  readonly modified: Instant | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly publisher: { readonly name: string; readonly url: string | null } | null;
  readonly section: string | null;
  readonly keywords: readonly string[];
  readonly rights: string | null;
  readonly licence: string | null;
  /** Everything that it declares of the use of its text. */
  readonly declared: readonly Declaration[];
  /** Of the same site and not its home page. */
  readonly canonical: string | null;
  /** What the page says in a sentence or two; often cut by its publisher. */
  readonly description: string | null;
  /** False where the page itself says that readers must pay (JSON-LD isAccessibleForFree). */
  readonly free: boolean;
};

export type MetadataReading = {
  readonly metadata: PageMetadata;
  readonly metas: Metas;
  readonly articles: readonly JsonObject[];
  /** Picture objects of the structured data. */
  readonly pictures: readonly JsonObject[];
  /** The heading that says what the title says. */
  readonly heading: Box | null;
};

/** Reads the head, the JSON-LD and the marked elements of a page. `now` bounds the dates it is believed. */
export function pageMetadata(page: PageModel, url: string, now: Instant): MetadataReading {
  const metas = metasOf(page);
  const nodes = parseJsonLd(page.jsonLd);
  const articles = ownFirst(articleNodes(nodes), url);
  const publisher = publisherOf(metas, nodes, articles);
  const siteNames = namesOfSite({ metas, publisher: publisher?.name ?? null, url });
  const headings = page.boxes
    .filter(({ name }) => name === 'h1')
    .slice(0, 8)
    .map(({ node }) => textWithin(node));
  const first = articles[0];
  const title = pageTitle({
    headline: first === undefined ? null : (textOf(first['headline']) ?? textOf(first['name'])),
    openGraph: metas.first('og:title'),
    twitter: metas.first('twitter:title'),
    titleTag: page.titleTag,
    headings,
    siteNames,
  });
  const heading = titleHeading(page, title);
  const { published, modified } = pageDates({ page, metas, articles, url, heading }, now);
  const rights = textOrNull(
    (first === undefined ? null : textOf(first['copyrightNotice'])) ??
      metas.first('copyright', 'rights', 'dc.rights', 'dcterms.rights'),
  );
  const terms = pageTerms(page, { metas, article: first, rights, url });
  const metadata: PageMetadata = {
    title,
    authors: pageAuthors({ page, metas, articles, siteNames: siteNames.map((name) => name.toLowerCase()), heading }),
    published,
    modified,
    language: languageOf(page, metas, articles),
    publisher,
    section: textOrNull(
      (first === undefined ? null : textOf(first['articleSection'])) ??
        metas.first('article:section', 'section', 'parsely-section', 'sailthru.section'),
    ),
    keywords: keywordsOf(metas, first),
    rights,
    licence: terms.licence,
    declared: terms.declared,
    canonical: canonicalOf(page, metas, url),
    description: textOrNull(
      metas.first('og:description', 'description', 'twitter:description', 'dc.description') ??
        (first === undefined ? null : textOf(first['description'])),
    ),
    free: !articles.some((node) => /^"?(?:false|no)"?$/i.test(JSON.stringify(node['isAccessibleForFree'] ?? ''))),
  };
  return { metadata, metas, articles, pictures: nodesOfType(nodes, /^ImageObject$/), heading };
}

/** Of several articles (a list of related ones, say) those whose address is the page's come first. */
function ownFirst(articles: JsonObject[], url: string): JsonObject[] {
  if (articles.length < 2) return articles;
  const own = cleanAddress(url);
  const isOwn = (node: JsonObject): boolean =>
    [...linked(node['url']), ...linked(node['mainEntityOfPage']), ...linked(node['@id'])].some(
      (link) => cleanAddress(link.url, url) === own,
    );
  const found = articles.filter(isOwn);
  if (found.length > 0) return found;
  // Several articles, none of them this page's: items of a list, most likely.
  const headlined = articles.filter((node) => node['headline'] !== undefined);
  return headlined.length > 3 ? [] : articles;
}

function publisherOf(
  metas: Metas,
  nodes: readonly JsonObject[],
  articles: readonly JsonObject[],
): PageMetadata['publisher'] {
  const organizations = nodesOfType(nodes, /^(?:NewsMediaOrganization|Organization|WebSite)$/);
  const byArticle = articles.map((node) => node['publisher']).find((value) => value !== undefined);
  const resolved =
    isObject(byArticle) && byArticle['name'] === undefined
      ? organizations.find((node) => node['@id'] === byArticle['@id'])
      : byArticle;
  const name =
    textOrNull(textOf(resolved)) ??
    textOrNull(metas.first('og:site_name', 'application-name', 'dc.publisher', 'citation_journal_title'));
  if (name === null || name.length > 120 || /^https?:/i.test(name)) return null;
  return { name, url: isObject(resolved) ? (linked(resolved)[0]?.url ?? null) : null };
}

function namesOfSite({ metas, publisher, url }: { metas: Metas; publisher: string | null; url: string }): string[] {
  const host = URL.parse(url)?.hostname.replace(/^www\./, '') ?? '';
  const labels = host.split('.').filter((label) => label.length > 3);
  return [
    metas.first('og:site_name'),
    metas.first('application-name'),
    metas.first('twitter:site')?.replace(/^@/, '') ?? null,
    publisher,
    host,
    ...labels,
  ].filter((name): name is string => name !== null && name !== '');
}

function languageOf(page: PageModel, metas: Metas, articles: readonly JsonObject[]): string | null {
  const told = [
    page.language,
    textOf(articles[0]?.['inLanguage']),
    metas.first('content-language', 'og:locale', 'language', 'dc.language', 'dcterms.language'),
  ];
  for (const text of told) {
    const tag = text?.trim().replace('_', '-') ?? '';
    if (/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(tag)) return canonicalTag(tag);
  }
  return null;
}

function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

function keywordsOf(metas: Metas, article: JsonObject | undefined): string[] {
  const declared = article?.['keywords'];
  const fromJson = Array.isArray(declared)
    ? (declared as unknown[]).map((item) => textOf(item) ?? '')
    : (textOf(declared) ?? '').split(',');
  const all = [
    ...fromJson,
    ...metas.all('article:tag'),
    ...(metas.first('news_keywords', 'keywords') ?? '').split(','),
  ].map(plainTitle);
  return [...new Set(all.filter((word) => word !== '' && word.length <= 60))].slice(0, 30);
}

function canonicalOf(page: PageModel, metas: Metas, url: string): string | null {
  const link = page.links.find(({ attribs }) => /(?:^|\s)canonical(?:\s|$)/i.test(attribs['rel'] ?? ''))?.attribs[
    'href'
  ];
  for (const address of [link ?? null, metas.first('og:url')]) {
    const clean = address === null ? null : cleanAddress(address, url);
    if (clean === null) continue;
    const { hostname, pathname, search } = new URL(clean);
    // Most name their own host, and to find the site of one takes long.
    if (hostname !== URL.parse(url)?.hostname && siteOf(clean) !== siteOf(url)) continue;
    if (pathname !== '/' || search !== '') return clean;
  }
  return null;
}

function textOrNull(text: string | null): string | null {
  const plain = text === null ? '' : plainTitle(text);
  return plain === '' ? null : plain;
}
