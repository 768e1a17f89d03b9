import type { Article, LeadImage } from '../model/article.ts';
import type { Entry, FeedFacts } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { cleanAddress } from '../support/canonical-address.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import { siteOf } from '../support/site-of.ts';
import { countWords, firstWords } from '../support/words.ts';
import { authorsOf, publisherOf, publisherOfPage, rightsOf } from './attribution.ts';
import { bodyText } from './body/body-text.ts';
import { hasSameWords } from './change-kind.ts';
import { chooseBody } from './choose-body.ts';
import { episodeOf, filesOf } from './episode.ts';
import { excerpt } from './excerpt.ts';
import { readFeedText, type FeedText } from './feed-text.ts';
import { joinPages } from './join-pages.ts';
import { linesOf } from './needs-page.ts';
import type { PageMetadata } from './page/page-metadata.ts';
import { plainTitle } from '../support/plain-title.ts';
import { isOfAnother, wallOf } from './page-walls.ts';
import type { PageAnswer } from './page-wishes.ts';
import type { PageReading } from './read-page.ts';
import { findSourceLink } from './source-link/source-link.ts';
import { correctionOf, updatedAt } from './text-changes.ts';

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

/** Whoever withholds a text, and when, is known elsewhere; so few words of it are a name, and no piece of it. */
const TITLE_WORDS = 6;
const SUMMARY_WORDS = 60;
const FEWEST_SUMMARY_WORDS = 5;
const MOST_CATEGORIES = 30;
/** A running report is extended all day; the newest changes are kept. */
const MOST_CORRECTIONS = 50;

/** One entry, with the pages that it is read from, as an article. Pure: the same input gives the same article. */
export function extractArticle(input: ExtractInput): Article {
  const { entry, source, feed, answers, previous } = input;
  const distrust = input.distrust ?? null;
  const pages = joinPages(answers);
  const { page } = pages;
  const place = page?.kind === 'fetched' ? page.url : (entry.link ?? feed.link ?? feed.url);
  const feedText = readFeedText(entry, place);
  const body = chooseBody({ entry, source, pages, feedText, previous, distrust });
  // A page that is not believed may be anything: a login, a list, another article, each with words of its own.
  const isOthers = isOfAnother(pages.reading === null ? null : wallOf(pages.reading, entry.title));
  const reading = distrust !== null || isOthers ? null : pages.reading;
  const metadata = reading?.metadata ?? null;
  // What the page said when it was last had stands until it is had again.
  const before = page !== null && reading === null ? previous : null;
  const kept = body.contentFrom === 'page' ? before : null;
  // Believed or not, what led to the true source is what led there.
  const shown = body.original === null ? reading : pages.reading;
  const address = shown === null ? (entry.link ?? place) : place;
  const found = findSourceLink({
    tree: shown?.tree ?? null,
    url: address,
    entry,
    declared: shown?.declared ?? null,
    ...(input.leadsTo === undefined ? {} : { leadsTo: input.leadsTo }),
  });
  const sourceLink = found === null || found.foundBy === 'page-itself' ? (before?.sourceLink ?? found) : found;
  const title = titleOf(entry, { metadata, text: bodyText(body.contentHtml), address });
  const image = imageOf(body.image, { reading, feedText, previous });
  const times = timesOf(input, metadata, { title, text: bodyText(body.contentHtml) });
  const original = body.original?.reading?.metadata ?? null;
  return {
    id: input.id,
    sourceId: source.id,
    entryId: input.entryId,
    link: linkOf(entry, metadata?.canonical ?? before?.link ?? null),
    sourceLink: entry.link === null && sourceLink?.foundBy === 'page-itself' ? null : sourceLink,
    publisher:
      body.original === null
        ? (kept?.publisher ?? publisherOf(input, sourceLink))
        : publisherOfPage(body.original, sourceLink),
    title,
    authors: authorsOf((original ?? kept)?.authors, entry.authors, metadata?.authors, feed.authors),
    categories: categoriesOf(entry, metadata),
    section: (metadata ?? before)?.section ?? null,
    ...times,
    firstSeenAt: input.firstSeenAt,
    language:
      original?.language ?? entry.language ?? source.language ?? (metadata ?? before)?.language ?? feed.language,
    image,
    enclosures: filesOf(entry, address),
    episode: episodeOf(entry, address),
    rights: rightsOf(input, { metadata, original, kept, previous }),
    summary: summaryOf(entry, { title, contentHtml: body.contentHtml, metadata }),
    contentHtml: body.contentHtml,
    contentFrom: body.contentFrom,
    contentReason: body.contentReason,
    wordCount: countWords(bodyText(body.contentHtml)),
  };
}

type TitleSigns = {
  readonly metadata: PageMetadata | null;
  readonly text: string;
  readonly address: string;
};

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
function linkOf(entry: Entry, canonical: string | null): string | null {
  const clean = entry.link === null ? null : cleanAddress(entry.link);
  return canonical !== null && clean !== null && siteOf(canonical) === siteOf(clean) ? canonical : clean;
}

function categoriesOf(entry: Entry, metadata: PageMetadata | null): readonly string[] {
  const given = entry.categories.length > 0 ? entry.categories : (metadata?.keywords ?? []);
  return [...new Set(given.map(plainTitle))].filter((category) => category !== '').slice(0, MOST_CATEGORIES);
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
  if (own !== '' && !hasSameWords(own, title) && countWords(own) >= FEWEST_SUMMARY_WORDS) return own;
  const body = bodyText(contentHtml);
  return excerpt(body === '' ? (metadata?.description ?? own) : body, { words: SUMMARY_WORDS });
}

type Times = Pick<Article, 'published' | 'updated' | 'corrections'>;

/**
 * Published: what the entry says, else its page, else the moment of first sight; never later than that, and never
 * moved. Updated: moves with a correction or an extension of text or headline alone (see change-kind.ts).
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
  const before = { title: previous.title, text: bodyText(previous.contentHtml) };
  const told = correctionOf(before, version, now);
  const updated = updatedAt(previous, told !== null, { entryUpdated: entry.updated, now });
  return {
    published: previous.published,
    updated,
    corrections:
      told === null
        ? previous.corrections
        : [...previous.corrections, { ...told, at: updated }].slice(-MOST_CORRECTIONS),
  };
}
