import type { Episode, LeadImage } from '../model/article.ts';
import type { Edition, EditionEntry, FeedLinks } from '../model/edition.ts';
import type { Enclosure, Person } from '../model/feed.ts';
import { escapeText, withoutForbiddenCharacters } from '../support/html.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import { languageTag } from '../support/language-tag.ts';
import { mailAddress } from '../support/mail-address.ts';
import { mediaType } from '../support/media-type.ts';
import { publicAddress } from '../support/public-address.ts';
import type { Value, Values } from './fill-template.ts';
import { Markup } from './markup.ts';

/** The scheme (Atom) or domain (RSS) of our own topics among an entry's categories; the source's tags have none. */
export const TOPIC_SCHEME = 'urn:x-tributary:topic';

const UNKNOWN_TYPE = 'application/octet-stream';

/** Apple knows lists of categories alone; of these one is true of whatever we publish. */
const PODCAST_CATEGORY = 'News';

/**
 * What fills the marks of a document but for its entries, in all three formats: the Edition, field by field, as a feed may
 * say it. Addresses that nobody could follow, languages and media types that are none are left out; they came from
 * strangers.
 * @param entry what stands for the entries
 */
export function valuesOf(edition: Edition, format: keyof FeedLinks, entry: Value): Values {
  const link = publicAddress(edition.link);
  const icon = publicAddress(edition.icon);
  const { previous, next, current } = edition.paging;
  const pageAt = (links: FeedLinks | null): string | null => publicAddress(links?.[format] ?? null);
  const linkToPage = (links: FeedLinks | null): readonly Values[] => linkTo(links?.[format] ?? null);
  // RSS alone says these, and all entries have to be looked at for Apple's tags.
  const isRss = format === 'rss';
  const { podcast, podcastOwner } = isRss ? podcastOf(edition) : NO_PODCAST;
  return {
    id: edition.id,
    topicId: edition.topicId,
    title: edition.title,
    subtitle: edition.subtitle,
    description: edition.subtitle ?? edition.title,
    updated: edition.updated,
    updatedInWords: isRss ? inWords(edition.updated) : null,
    generator: edition.generator,
    language: languageTag(edition.language),
    link,
    self: publicAddress(edition.feedLinks[format]),
    icon,
    logo: icon === null ? [] : [{ url: icon, title: edition.title, link }],
    author: personOf(edition.author),
    rights: edition.rights,
    variant: edition.variant,
    stylesheet: publicAddress(edition.stylesheet),
    toldAt: linkTo(edition.hub),
    previousUrl: pageAt(previous),
    previousPage: linkToPage(previous),
    nextPage: linkToPage(next),
    currentPage: linkToPage(current),
    archive: current === null ? [] : [{ current: pageAt(current), next: pageAt(next) }],
    deleted: edition.deleted.map(({ id, at }) => ({ id, at })),
    podcast,
    podcastOwner,
    entry,
  };
}

type Podcast = { readonly podcast: readonly Values[]; readonly podcastOwner: readonly Values[] };

const NO_PODCAST: Podcast = { podcast: [], podcastOwner: [] };

/** What podcast directories want to know of a feed that holds episodes. */
function podcastOf({ entries, author }: Edition): Podcast {
  const episodes = entries.flatMap(({ episode }) => episode ?? []);
  if (episodes.length === 0) return NO_PODCAST;
  const email = mailAddress(author.email);
  return {
    podcast: [{ category: PODCAST_CATEGORY, explicit: episodes.some(({ explicit }) => explicit === true) }],
    podcastOwner: email === null ? [] : [{ name: author.name, email }],
  };
}

/** What fills the marks of one entry: nothing but the entry has a say in it. */
export function entryValues(entry: EditionEntry): Values {
  const { publisher } = entry;
  const contentHtml = new Markup(entry.contentHtml);
  const summary = isBlank(entry.summary) ? null : entry.summary;
  const image = imageOf(entry.image);
  const sourceUrl = publicAddress(entry.sourceUrl);
  const licence = publicAddress(entry.licence);
  const authors = entry.authors.flatMap(personOf);
  const enclosures = entry.enclosures.flatMap(enclosureOf);
  const origin = originOf(entry);
  return {
    id: entry.id,
    url: publicAddress(entry.url),
    title: entry.title,
    published: entry.published,
    publishedInWords: inWords(entry.published),
    updated: entry.updated,
    language: languageTag(entry.language),
    summary,
    contentHtml,
    // RSS readers take the description for HTML. Without a summary it holds the whole text.
    descriptionHtml: summary === null ? contentHtml : new Markup(escapeText(summary)),
    encodedHtml: summary === null ? null : contentHtml,
    author: authors,
    // Where an entry has no author, JSON Feed would fall back to the feed's, which is the site.
    credited: authors.length === 0 ? [publisherOf(entry)] : authors,
    category: entry.categories.filter((name) => !isBlank(name)).map((name) => ({ name })),
    topic: entry.topicIds.map((id) => ({ id })),
    publisherName: publisher.name,
    publisher: [publisherOf(entry)],
    sourceUrl,
    via: sourceUrl === null ? [] : [{ url: sourceUrl, title: publisher.name }],
    related: entry.otherReports.flatMap(({ title, url, publisher }) => {
      const address = publicAddress(url);
      return address === null ? [] : [{ url: address, title, publisher, titleWithPublisher: `${publisher}: ${title}` }];
    }),
    licence,
    licensed: licence === null ? [] : [{ url: licence }],
    rights: entry.rights,
    image,
    imageUrl: image[0]?.url ?? null,
    enclosure: enclosures,
    firstEnclosure: enclosures.slice(0, 1),
    otherEnclosure: enclosures.slice(1),
    // Atom's link has no place for it.
    timedEnclosure: enclosures.filter(({ duration }) => duration !== null),
    episode: entry.episode === null ? [] : [episodeOf(entry.episode, enclosures)],
    origin: [origin],
    feed: origin['url'] === null ? [] : [origin],
    extent: entry.extent,
    extentReason: entry.extentReason,
    wordCount: entry.wordCount,
    correction: entry.corrections.map(({ at, note }) => ({ at, note })),
    attribution: [...entry.authors.map(nameOf), publisher.name, sourceUrl].filter((part) => part !== null).join(', '),
  };
}

/** RFC 822 with a four-digit year (RSS 2.0): `Tue, 24 Nov 2026 16:18:25 GMT`. */
function inWords(instant: Instant): string {
  return new Date(epochMsOf(instant)).toUTCString();
}

/** A person construct needs a name (RFC 4287 §3.2.1): whoever has none is called by what is known. */
function nameOf({ name, email, url }: Person): string | null {
  return [name, email, url].find((part) => part !== null && !isBlank(part)) ?? null;
}

function personOf(person: Person): readonly Values[] {
  const name = nameOf(person);
  return name === null ? [] : [{ name, email: mailAddress(person.email), url: publicAddress(person.url) }];
}

function isBlank(text: string): boolean {
  return withoutForbiddenCharacters(text).trim() === '';
}

function publisherOf({ publisher }: EditionEntry): Values {
  return { name: publisher.name, url: publicAddress(publisher.url) };
}

function originOf({ origin, publisher }: EditionEntry): Values {
  return {
    id: origin.id,
    title: origin.title,
    updated: origin.updated,
    rights: origin.rights,
    url: publicAddress(origin.feedUrl),
    feedLink: linkTo(origin.feedUrl),
    siteUrl: publicAddress(origin.siteUrl),
    siteLink: linkTo(origin.siteUrl),
    publisherName: publisher.name,
    publisherUrl: publicAddress(publisher.url),
  };
}

function linkTo(address: string | null): readonly Values[] {
  const url = publicAddress(address);
  return url === null ? [] : [{ url }];
}

function imageOf(image: LeadImage | null): readonly Values[] {
  const url = publicAddress(image?.url ?? null);
  if (image === null || url === null) return [];
  const { alt, caption, credit } = image;
  const type = mediaType(image.type);
  const licence = publicAddress(image.licence);
  return [{ url, type, width: amount(image.width), height: amount(image.height), alt, caption, credit, licence }];
}

/** Apple's tags: how long it plays is that of the file that an RSS item encloses. */
function episodeOf({ season, number, kind, explicit, imageUrl }: Episode, enclosures: readonly Values[]): Values {
  return {
    duration: enclosures[0]?.['duration'] ?? null,
    season: amount(season),
    number: amount(number),
    kind,
    explicit,
    image: publicAddress(imageUrl),
  };
}

function enclosureOf(file: Enclosure): readonly Values[] {
  const url = publicAddress(file.url);
  if (url === null) return [];
  const size = amount(file.lengthBytes);
  return [
    {
      url,
      type: mediaType(file.type) ?? UNKNOWN_TYPE,
      size,
      // RSS and Atom want a length: 0 says that it is not known (RSS Advisory Board, "enclosure").
      length: size ?? 0,
      title: file.title,
      duration: amount(file.durationSeconds),
    },
  ];
}

/** A whole number of something, or null: sizes told by strangers may be anything. */
function amount(told: number | null): number | null {
  const whole = Math.round(told ?? 0);
  return Number.isSafeInteger(whole) && whole > 0 ? whole : null;
}
