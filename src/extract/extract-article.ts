import type { Article, LeadImage, Publisher, SourceLink } from '../model/article.ts';
import type { Enclosure, Entry, Person } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { cleanAddress } from '../support/canonical-address.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import { siteOf } from '../support/site-of.ts';
import { countWords, firstWords } from '../support/words.ts';
import { bodyText } from './body/body-text.ts';
import { chooseBody } from './choose-body.ts';
import { excerpt } from './excerpt.ts';
import { readFeedText, type FeedText } from './feed-text.ts';
import { joinPages } from './join-pages.ts';
import { linesOf } from './needs-page.ts';
import type { PageMetadata } from './page/page-metadata.ts';
import { personName } from './page/person-name.ts';
import { plainTitle } from './page/plain-title.ts';
import type { PageAnswer } from './page-wishes.ts';
import type { PageReading } from './read-page.ts';
import { safeMediaAddress } from './page/safe-address.ts';
import { findSourceLink } from './source-link/source-link.ts';
import { compareTexts, correctionOf, updatedAt } from './text-changes.ts';

/** What the feed as a whole says, for entries that do not say it themselves. */
export type FeedFacts = {
  readonly url: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly rights: string | null;
  readonly licence: string | null;
  readonly authors: readonly Person[];
};

export type ExtractInput = {
  readonly entry: Entry;
  /** The article's id, minted by the ledger. */
  readonly id: string;
  readonly entryId: string;
  readonly source: Source;
  readonly feed: FeedFacts;
  /** What came of the pages that it asked for (see page-wishes.ts), in order. None: the feed's own text did. */
  readonly answers: readonly PageAnswer[];
  /** Where the redirectors lead that were asked on the way; null: nobody could tell. */
  readonly leadsTo?: ReadonlyMap<string, string | null>;
  /** Why the source's pages are not believed at present, as the beginning of a sentence; else null. */
  readonly distrust?: string | null;
  readonly firstSeenAt: Instant;
  readonly now: Instant;
  /** The article as it was published before. */
  readonly previous: Article | null;
};

const TITLE_WORDS = 12;
const SUMMARY_WORDS = 60;
const FEWEST_SUMMARY_WORDS = 5;
const MOST_CATEGORIES = 30;

/** One entry, with the pages that it is read from, as an article. Pure: the same input gives the same article. */
export function extractArticle(input: ExtractInput): Article {
  const { entry, source, feed, answers, previous } = input;
  const pages = joinPages(answers);
  const { page, reading } = pages;
  const address = page?.kind === 'fetched' ? page.url : (entry.link ?? feed.link ?? feed.url);
  const feedText = readFeedText(entry, address);
  const body = chooseBody({ entry, source, pages, feedText, previous, distrust: input.distrust ?? null });
  const metadata = reading?.metadata ?? null;
  const sourceLink = findSourceLink({
    tree: reading?.tree ?? null,
    url: address,
    entry,
    declared: reading?.declared ?? null,
    ...(input.leadsTo === undefined ? {} : { leadsTo: input.leadsTo }),
  });
  const title = titleOf(entry, { metadata, text: bodyText(body.contentHtml), address });
  const image = imageOf(body.image, { reading, feedText, previous });
  const times = timesOf(input, metadata, { title, text: bodyText(body.contentHtml) });
  return {
    id: input.id,
    sourceId: source.id,
    entryId: input.entryId,
    // A page that is not believed may be anything: a login, a list, each with an address of its own.
    link: linkOf(entry, (input.distrust ?? null) === null ? metadata : null),
    sourceLink: entry.link === null && sourceLink?.foundBy === 'page-itself' ? null : sourceLink,
    publisher: publisherOf(input, sourceLink),
    title,
    authors: authorsOf(entry, metadata, feed),
    categories: categoriesOf(entry, metadata),
    section: metadata?.section ?? null,
    ...times,
    firstSeenAt: input.firstSeenAt,
    language: entry.language ?? source.language ?? metadata?.language ?? feed.language,
    image,
    enclosures: enclosuresOf(entry, address),
    rights: {
      text: source.rights ?? entry.rights ?? feed.rights,
      licence: entry.licence ?? metadata?.licence ?? feed.licence,
    },
    summary: summaryOf(entry, { title, contentHtml: body.contentHtml, metadata }),
    contentHtml: body.contentHtml,
    contentFrom: body.contentFrom,
    contentReason: body.contentReason,
    wordCount: countWords(bodyText(body.contentHtml)),
  };
}

type TitleSigns = { readonly metadata: PageMetadata | null; readonly text: string; readonly address: string };

/** The feed's title, else the page's, else the first words of the text, else host and path of the link. Never empty. */
function titleOf(entry: Entry, { metadata, text, address }: TitleSigns): string {
  const own = plainTitle(entry.title ?? '');
  if (own !== '') return own;
  const pages = plainTitle(metadata?.title ?? '');
  if (pages !== '') return pages;
  const first = plainTitle(firstWords(text.split('\n')[0] ?? '', TITLE_WORDS));
  if (first !== '') return first;
  const url = URL.parse(entry.link ?? address);
  return url === null ? (entry.id ?? 'Untitled') : plainTitle(`${url.hostname}${url.pathname}`);
}

/** The entry's link without tracking; the page's canonical address where it is one of the same site. */
function linkOf(entry: Entry, metadata: PageMetadata | null): string | null {
  const clean = entry.link === null ? null : cleanAddress(entry.link);
  const canonical = metadata?.canonical ?? null;
  return canonical !== null && clean !== null && siteOf(canonical) === siteOf(clean) ? canonical : clean;
}

/** Who publishes it: the source; for what an aggregator passes on, the true source if its name is known. */
function publisherOf({ entry, source, feed }: ExtractInput, sourceLink: SourceLink | null): Publisher {
  const home = feed.link === null ? null : cleanAddress(feed.link);
  const sites = [source.url, feed.url, home, entry.link].map((url) => (url === null ? null : siteOf(url)));
  const foreign = sourceLink !== null && !sites.includes(siteOf(sourceLink.url));
  const name = plainTitle(sourceLink?.name ?? entry.source?.title ?? '');
  if (name !== '' && (foreign || entry.source?.title !== undefined) && name !== plainTitle(feed.title ?? ''))
    return { name, url: foreign ? `${new URL(sourceLink.url).origin}/` : null };
  return { name: source.title, url: home };
}

function authorsOf(entry: Entry, metadata: PageMetadata | null, feed: FeedFacts): readonly Person[] {
  const own = entry.authors.map(plainPerson).filter((person) => person !== null);
  if (own.length > 0) return own;
  if (metadata !== null && metadata.authors.length > 0) return metadata.authors;
  return feed.authors.map(plainPerson).filter((person) => person !== null);
}

function plainPerson({ name, email, url }: Person): Person | null {
  const plain = name === null ? null : personName(name);
  const address = url === null ? null : cleanAddress(url);
  return plain === null && email === null ? null : { name: plain, email, url: address };
}

function categoriesOf(entry: Entry, metadata: PageMetadata | null): readonly string[] {
  const given = entry.categories.length > 0 ? entry.categories : (metadata?.keywords ?? []);
  return [...new Set(given.map(plainTitle))].filter((category) => category !== '').slice(0, MOST_CATEGORIES);
}

function enclosuresOf(entry: Entry, baseUrl: string): readonly Enclosure[] {
  return entry.enclosures.flatMap((enclosure) => {
    const url = safeMediaAddress(enclosure.url, baseUrl);
    return url === null ? [] : [{ ...enclosure, url }];
  });
}

type Pictures = {
  readonly reading: PageReading | null;
  readonly feedText: FeedText;
  readonly previous: Article | null;
};

/** The picture that goes with the chosen body, else that of the other place; its words completed from the other. */
function imageOf(chosen: LeadImage | null, { reading, feedText, previous }: Pictures): LeadImage | null {
  const image = chosen ?? reading?.image ?? feedText.image;
  if (image === null) return reading === null ? (previous?.image ?? null) : null;
  const other = [reading?.image, feedText.image].find(
    (candidate) => candidate?.url === image.url && candidate !== image,
  );
  if (other === undefined || other === null) return image;
  return {
    ...image,
    alt: image.alt ?? other.alt,
    caption: image.caption ?? other.caption,
    credit: image.credit ?? other.credit,
  };
}

type Summarised = { readonly title: string; readonly contentHtml: string; readonly metadata: PageMetadata | null };

/** The feed's summary where it says something of its own, else the body's beginning, else the page's description. */
function summaryOf(entry: Entry, { title, contentHtml, metadata }: Summarised): string {
  const own = excerpt(entry.summary === null ? '' : linesOf(entry.summary).join('\n'), { words: SUMMARY_WORDS });
  if (own !== '' && compareTexts(own, title) !== 'same' && countWords(own) >= FEWEST_SUMMARY_WORDS) return own;
  const body = bodyText(contentHtml);
  return excerpt(body === '' ? (metadata?.description ?? own) : body, { words: SUMMARY_WORDS });
}

type Times = Pick<Article, 'published' | 'updated' | 'corrections'>;

/**
 * Published: what the entry says, else its page, else the moment of first sight; never later than that, and never
 * moved. Updated: moves for changed words alone.
 */
function timesOf(
  { entry, previous, firstSeenAt, now }: ExtractInput,
  metadata: PageMetadata | null,
  version: { readonly title: string; readonly text: string },
): Times {
  if (previous === null) {
    const told = entry.published ?? metadata?.published ?? entry.updated ?? firstSeenAt;
    const published = told > firstSeenAt ? firstSeenAt : told;
    const updated =
      entry.updated !== null && entry.updated > published && epochMsOf(entry.updated) <= epochMsOf(now)
        ? entry.updated
        : published;
    return { published, updated, corrections: [] };
  }
  const textChanged = compareTexts(bodyText(previous.contentHtml), version.text) !== 'same';
  const changed = textChanged || compareTexts(previous.title, version.title) !== 'same';
  const updated = updatedAt(previous, changed, { entryUpdated: entry.updated, now });
  const correction = textChanged ? correctionOf(previous, version.text, updated) : null;
  return {
    published: previous.published,
    updated,
    corrections: correction === null ? previous.corrections : [...previous.corrections, correction],
  };
}
