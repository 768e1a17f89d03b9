import type {
  Content,
  Enclosure,
  Entry,
  EntryImage,
  EntryLink,
  EpisodeKind,
  Feed,
  FeedFormat,
  Person,
  SkippedEntry,
} from '../model/feed.ts';
import { cappedList, cappedSet, type Capping } from './capped.ts';
import { pagesOf } from './feed-pages.ts';
import type { EntryFields, FeedFields } from './fields.ts';
import type { EntryMore, FeedMore, RawBody, RawEnclosure, RawImage, RawLink } from './gathered.ts';
import { absoluteLinks } from './html-links.ts';
import { distinctPeople } from './people.ts';
import { nameOf, reasonToSkip } from './skipped.ts';

/** What the fields alone do not tell. */
export type Circumstances = Capping & {
  readonly format: FeedFormat;
  /** The document's own address; null if it is not known. */
  readonly base: string | null;
};

/** A feed without what parsing reports of itself. */
export type NormalisedFeed = Omit<Feed, 'repairs' | 'truncated'>;

/** Fields → Feed: what is missing is taken from where it may also stand, lists are without repetition. */
export function normaliseFeed(fields: FeedFields, given: Circumstances): NormalisedFeed {
  const { more } = fields;
  const authors = distinctPeople(given, more.people);
  const hasOthers = fields.items.length > 1;
  const entries: Entry[] = [];
  const skipped: SkippedEntry[] = [];
  fields.items.forEach((item, position) => {
    const entry = normaliseEntry(item, authors, given);
    const { isCut, people: ownAuthors } = item.more;
    const reason = reasonToSkip(entry, { isCut, hasOthers, ownAuthors });
    if (reason === null) entries.push(entry);
    else skipped.push({ position, name: nameOf(entry), reason });
  });
  return {
    format: given.format,
    id: more.id,
    title: fields.title ?? null,
    subtitle: fields.description ?? more.subtitle,
    link: fields.link ?? webAddress(more.id),
    selfLink: fields.feedUrl ?? null,
    hubLinks: cappedSet(given, hrefsOf(more.links, 'hub')),
    pages: pagesOf(more.links),
    isArchive: more.isArchive,
    isComplete: more.isComplete,
    language: fields.language ?? more.language,
    authors,
    categories: cappedSet(given, fields.categories ?? []),
    updated: fields.lastBuildDate ?? null,
    ttlMinutes: ttlMinutes(fields),
    skipHours: more.skipHours,
    skipDays: more.skipDays,
    image: fields.image?.url ?? more.logo ?? bestImage(more.images)?.url ?? null,
    icon: more.icon,
    rights: fields.copyright ?? null,
    licence: licenceOf(more),
    rsl: more.rsl,
    generator: fields.generator ?? null,
    explicit: explicitOf(more.explicit),
    entries,
    deleted: more.deleted,
    skipped,
  };
}

function normaliseEntry(item: EntryFields, feedAuthors: readonly Person[], given: Circumstances): Entry {
  const { more } = item;
  const id = item.guid ?? item.id ?? item['rdf:about'] ?? null;
  const idIsPermalink = isPermalink(item);
  const link = item.link ?? (idIsPermalink ? webAddress(id) : null) ?? addressAsId(item);
  const own = distinctPeople(given, more.people);
  const base = given.format === 'atom' ? atomBase(given.base, link) : (link ?? given.base);
  return {
    id,
    idIsPermalink,
    link,
    title: item.title ?? null,
    authors: own.length > 0 ? own : feedAuthors,
    categories: cappedSet(given, item.categories ?? []),
    published: more.published,
    updated: more.updated,
    summary: contentOf(more.summary, base),
    content: contentOf(more.content, base),
    enclosures: enclosuresOf(given, more),
    image: bestImage(more.images),
    language: item.language ?? null,
    links: linksOf(link, cappedList(given, more.links)),
    source: more.source,
    originalLink: more.originalLink,
    commentsUrl: item.comments ?? null,
    rights: item.rights ?? null,
    licence: licenceOf(more),
    rsl: more.rsl,
    duration: item.duration ?? null,
    explicit: explicitOf(item.explicit ?? null),
    season: wholeNumber(item.season ?? null),
    episode: wholeNumber(item.episode ?? null),
    episodeKind: episodeKindOf(item.episodeKind ?? null),
    episodeImage: more.episodeImage,
  };
}

/** RSS 2.0: a guid is the page's address unless isPermaLink says otherwise. It must look like one all the same. */
function isPermalink(item: EntryFields): boolean {
  return item.guid !== undefined && item.more.permalink !== 'false' && /^https?:\/\//i.test(item.guid);
}

/** Atom's id and RSS 1.0's rdf:about are the page's address where they look like one and nothing else is given. */
function addressAsId(item: EntryFields): string | null {
  return webAddress(item['rdf:about'] ?? item.id ?? null);
}

function webAddress(id: string | null): string | null {
  return id !== null && /^https?:\/\//i.test(id) ? (URL.parse(id)?.href ?? null) : null;
}

/** Atom's bodies are relative to the document (RFC 4287 §2), but not if another host only passes the feed on. */
function atomBase(base: string | null, link: string | null): string | null {
  if (link === null || base === null || hostOf(base) === hostOf(link)) return base;
  return link;
}

/** The host with its port, of an address that is absolute and in normal form. */
function hostOf(address: string): string {
  return address.slice(0, address.indexOf('/', 8));
}

function contentOf(body: RawBody | null, base: string | null): Content | null {
  if (body === null) return null;
  const own = body.hasOwnBase ? body.base : base;
  if (body.type === 'text' || own === null) return { type: body.type, value: body.value };
  return { type: 'html', value: absoluteLinks(body.value, own) };
}

function enclosuresOf(capping: Capping, { links, enclosures }: EntryMore): readonly Enclosure[] {
  const linked = links.filter(({ rel }) => rel === 'enclosure');
  if (linked.length + enclosures.length === 0) return [];
  const raw: RawEnclosure[] = [
    ...linked.map(({ href, type, title, length }) => ({ url: href, type, title, length, duration: null })),
    ...enclosures,
  ];
  const kept = new Map<string, Enclosure>();
  for (const one of raw) {
    const before = kept.get(one.url);
    // Some enclose a file and say elsewhere how long it plays.
    kept.set(one.url, {
      url: one.url,
      type: before?.type ?? one.type,
      lengthBytes: before?.lengthBytes ?? wholeNumber(one.length),
      title: before?.title ?? one.title,
      durationSeconds: before?.durationSeconds ?? wholeNumber(one.duration),
    });
  }
  return cappedList(capping, [...kept.values()]);
}

function wholeNumber(written: string | null): number | null {
  const digits = written?.replace(/,(?=\d{3}(?!\d))/g, '') ?? '';
  return /^\d{1,15}(?:\.\d+)?$/.test(digits) ? Math.floor(Number(digits)) : null;
}

/** The best kind of picture, and of that kind the widest. */
function bestImage(images: readonly RawImage[]): EntryImage | null {
  let best: RawImage | null = null;
  for (const image of images)
    if (best === null || image.rank < best.rank || (image.rank === best.rank && (image.width ?? 0) > (best.width ?? 0)))
      best = image;
  if (best === null) return null;
  const { url, width, height, alt, caption, credit } = best;
  const told = { url, width, height, alt, caption, credit };
  // The same picture may be named twice, and spoken of once.
  for (const image of images)
    if (image !== best && image.url === url) {
      told.width ??= image.width;
      told.height ??= image.height;
      told.alt ??= image.alt;
      told.caption ??= image.caption;
      told.credit ??= image.credit;
    }
  return told;
}

function linksOf(link: string | null, links: readonly RawLink[]): EntryLink[] {
  const named = links.map(({ rel, href, type }) => ({ rel, href, type }));
  const isNamed = link === null || named.some(({ rel, href }) => rel === 'alternate' && href === link);
  return isNamed ? named : [{ rel: 'alternate', href: link, type: null }, ...named];
}

function hrefsOf(links: readonly RawLink[], rel: string): string[] {
  return links.filter((link) => link.rel === rel).map(({ href }) => href);
}

/** What people may read goes before what is written for machines. */
function licenceOf({ licence, links, rslLicence }: EntryMore | FeedMore): string | null {
  return licence ?? hrefsOf(links, 'license')[0] ?? rslLicence;
}

function explicitOf(written: string | null): boolean | null {
  if (written === null) return null;
  const word = written.toLowerCase();
  if (word === 'yes' || word === 'true' || word === 'explicit') return true;
  return word === 'no' || word === 'false' || word === 'clean' ? false : null;
}

function episodeKindOf(written: string | null): EpisodeKind | null {
  const word = written?.toLowerCase() ?? null;
  return word === 'full' || word === 'trailer' || word === 'bonus' ? word : null;
}

const PERIOD_MINUTES: Readonly<Record<string, number>> = {
  __proto__: null as unknown as number,
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

/** RSS 2.0 ttl; else the period of the syndication module (RSS 1.0 modules, Syndication). */
function ttlMinutes(fields: FeedFields): number | null {
  const ttl = wholeNumber(fields.ttl ?? fields.more.ttl);
  if (ttl !== null && ttl > 0) return ttl;
  const period = PERIOD_MINUTES[fields.more.updatePeriod?.toLowerCase() ?? ''];
  const frequency = wholeNumber(fields.more.updateFrequency ?? '1') ?? 1;
  return period === undefined ? null : Math.max(1, Math.round(period / Math.max(1, frequency)));
}
