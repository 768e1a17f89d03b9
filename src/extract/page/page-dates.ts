import type { Instant } from '../../support/instant.ts';
import { textOf, type JsonObject } from './json-ld.ts';
import type { Metas } from './page-metas.ts';
import { textWithin, type Box, type PageModel, type Signal } from './page-model.ts';
import { readDate } from './read-date.ts';

export type PageDates = { readonly published: Instant | null; readonly modified: Instant | null };

const PUBLISHED_META = [
  'article:published_time', 'og:article:published_time', 'article:published', 'datepublished', 'date_published', 'publish-date', 'publishdate',
  'published_time', 'pubdate', 'publication_date', 'publicationdate', 'citation_publication_date', 'citation_online_date', 'citation_date',
  'parsely-pub-date', 'sailthru.date', 'cxenseparse:recs:publishtime', 'cxenseparse:publishtime', 'dc.date.issued', 'dcterms.issued',
  'dcterms.created', 'dc.date.created', 'dcterms.date', 'dc.date', 'datecreated', 'article.published', 'article.created', 'article_date_original',
  'originalpublicationdate', 'bt:pubdate', 'rnews:datepublished', 'og:published_time', 'displaydate', 'ptime', 'pdate', 'date', 'og:pubdate',
  'vr:published_time', 'last-published', 'article-published', 'release_date', 'prism.publicationdate', 'eprints.datestamp', 'publish_date',
  'published-date', 'publishedtime', 'iso-8601-publish-date', 'timestamp', 'time', 'blogpost:published_time', 'og:release_date', 'created',
] as const; // prettier-ignore
const MODIFIED_META = [
  'article:modified_time', 'og:updated_time', 'datemodified', 'date_modified', 'article:modified', 'last-modified', 'dcterms.modified', 'lastmod',
  'revision_date', 'modificationdate', 'article.updated', 'updated_time', 'og:modified_time',
] as const; // prettier-ignore

type Sources = {
  readonly page: PageModel;
  readonly metas: Metas;
  readonly articles: readonly JsonObject[];
  readonly url: string;
  readonly heading: Box | null;
};

/** When a page says that it was published and changed. Says nothing rather than guess: no copyright years, no future. */
export function pageDates({ page, metas, articles, url, heading }: Sources, now: Instant): PageDates {
  const believable = (date: Instant | null): Instant | null =>
    date !== null && date.slice(0, 10) <= dayAfter(now) ? date : null;
  const firstOf = (texts: Iterable<string | null>): Instant | null => {
    for (const text of texts) {
      const date = believable(readDate(text));
      if (date !== null) return date;
    }
    return null;
  };
  const fromJson = firstOf(articles.map((node) => textOf(node['datePublished']) ?? textOf(node['dateCreated'])));
  const fromMeta = firstOf(PUBLISHED_META.map((name) => metas.first(name)));
  const published =
    fromJson ??
    fromMeta ??
    firstOf(markedDates(page, heading)) ??
    believable(dateInAddress(url)) ??
    firstOf(visibleDates(page, heading));
  const modified = firstOf([
    ...articles.map((node) => textOf(node['dateModified'])),
    ...MODIFIED_META.map((name) => metas.first(name)),
  ]);
  return { published: published ?? (fromMeta === null ? modified : null), modified };
}

function dayAfter(now: Instant): string {
  const next = new Date(Date.parse(now) + 86_400_000);
  return next.toISOString().slice(0, 10);
}

/** Elements that say they hold the date of publication, near the heading first. */
function* markedDates(page: PageModel, heading: Box | null): Generator<string | null> {
  const near = nearHeading(page, heading);
  for (const { node } of near) {
    const itemprop = node.attribs['itemprop'] ?? '';
    if (/datePublished|dateCreated/.test(itemprop))
      yield node.attribs['datetime'] ?? node.attribs['content'] ?? textWithin(node).slice(0, 100);
  }
  for (const { node } of near) {
    if (node.name !== 'time' || /modif|updat/i.test(`${node.attribs['class'] ?? ''} ${node.attribs['itemprop'] ?? ''}`))
      continue;
    if (node.attribs['datetime'] !== undefined) yield node.attribs['datetime'];
    yield textWithin(node).slice(0, 100);
  }
  for (const { node } of near) {
    const names = `${node.attribs['class'] ?? ''} ${node.attribs['id'] ?? ''}`;
    if (
      !/(?:^|[\s_-])(?:date|dates|time|timestamp|pubdate|publi\w*|posted\w*|dateline|datum|fecha|data)(?:$|[\s_-])|date|publish/i.test(
        names,
      )
    )
      continue;
    if (/updat|modif|event|copyright/i.test(names)) continue;
    yield node.attribs['datetime'] ?? node.attribs['content'] ?? node.attribs['data-date'] ?? null;
    const text = textWithin(node);
    if (text.length < 120) yield text;
  }
}

/** Those after the main heading and within a screen of it, then those a little before. */
function nearHeading({ signals }: PageModel, heading: Box | null): Signal[] {
  if (heading === null) return signals.slice(0, 40);
  const at = heading.firstBlock;
  const distance = ({ block }: Signal): number => (block >= at ? block - at : (at - block) * 3);
  return signals.filter((signal) => distance(signal) < 40).sort((a, b) => distance(a) - distance(b));
}

function dateInAddress(url: string): Instant | null {
  const found =
    /\/((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|$)/.exec(url) ??
    /[/_-]((?:19|20)\d{2})-(\d{2})-(\d{2})(?=[/_.-]|$)/.exec(url);
  return found === null ? null : readDate(`${found[1]}-${found[2]}-${found[3]}`);
}

/** Short lines that are a date, around the main heading. */
function* visibleDates({ blocks }: PageModel, heading: Box | null): Generator<string | null> {
  if (heading === null) return;
  const lines = [
    ...blocks.slice(heading.endBlock, heading.endBlock + 12),
    ...blocks.slice(Math.max(0, heading.firstBlock - 4), heading.firstBlock),
  ];
  for (const { text } of lines)
    if (text.length < 100 && /\b(?:19|20)\d{2}\b/.test(text) && !/©|copyright|\(c\)/i.test(text)) yield text;
}
