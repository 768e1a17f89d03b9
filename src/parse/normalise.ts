import type {
  Content,
  Enclosure,
  Entry,
  EntryImage,
  EntryLink,
  Feed,
  FeedFormat,
  Person,
  SkippedEntry,
} from '../model/feed.ts';
import { pagesOf } from './feed-pages.ts';
import type { EntryFields, FeedFields } from './fields.ts';
import type { EntryMore, FeedMore, RawBody, RawEnclosure, RawImage, RawLink } from './gathered.ts';
import { absoluteLinks } from './html-links.ts';
import { beginning, type ParseLimits } from './limits.ts';
import { distinctPeople } from './people.ts';

/** What the fields alone do not tell. */
export type Circumstances = {
  readonly format: FeedFormat;
  /** The document's own address; null if it is not known. */
  readonly base: string | null;
  readonly limits: ParseLimits;
  /** The document ends in the middle. */
  readonly isCut: boolean;
};

/** A feed without what parsing reports of itself. */
export type NormalisedFeed = Omit<Feed, 'repairs' | 'truncated'>;

/** Fields → Feed: what is missing is taken from where it may also stand, lists are without repetition. */
export function normaliseFeed(fields: FeedFields, given: Circumstances): NormalisedFeed {
  const { maxListed } = given.limits;
  const { more } = fields;
  const authors = distinctPeople(more.people, maxListed);
  const entries: Entry[] = [];
  const skipped: SkippedEntry[] = [];
  fields.items.forEach((item, position) => {
    const entry = normaliseEntry(item, authors, given);
    const reason = reasonToSkip(item, entry, fields.items.length > 1);
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
    hubLinks: distinct(hrefsOf(more.links, 'hub'), maxListed),
    pages: pagesOf(more.links),
    isArchive: more.isArchive,
    isComplete: more.isComplete,
    language: fields.language ?? more.language,
    authors,
    categories: distinct(fields.categories ?? [], maxListed),
    updated: fields.lastBuildDate ?? null,
    ttlMinutes: ttlMinutes(fields),
    skipHours: more.skipHours,
    skipDays: more.skipDays,
    image: fields.image?.url ?? more.logo ?? bestImage(more.images)?.url ?? null,
    icon: more.icon,
    rights: fields.copyright ?? null,
    licence: licenceOf(more),
    generator: fields.generator ?? null,
    explicit: explicitOf(more.explicit),
    entries,
    deleted: more.deleted,
    skipped,
  };
}

function normaliseEntry(item: EntryFields, feedAuthors: readonly Person[], given: Circumstances): Entry {
  const { maxListed } = given.limits;
  const { more } = item;
  const id = item.guid ?? item.id ?? item['rdf:about'] ?? null;
  const idIsPermalink = isPermalink(item);
  const link = item.link ?? (idIsPermalink ? webAddress(id) : null) ?? addressAsId(item);
  const own = distinctPeople(more.people, maxListed);
  const base = given.format === 'atom' ? atomBase(given.base, link) : (link ?? given.base);
  return {
    id,
    idIsPermalink,
    link,
    title: item.title ?? null,
    authors: own.length > 0 ? own : feedAuthors,
    categories: distinct(item.categories ?? [], maxListed),
    published: given.format === 'atom' ? more.published : (item.pubDate ?? null),
    updated: more.updated,
    summary: contentOf(more.summary, base),
    content: contentOf(more.content, base),
    enclosures: enclosuresOf(more, maxListed),
    image: bestImage(more.images),
    language: item.language ?? null,
    links: linksOf(link, more.links, maxListed),
    source: more.source,
    originalLink: more.originalLink,
    commentsUrl: item.comments ?? null,
    rights: item.rights ?? null,
    licence: licenceOf(more),
    duration: item.itunes?.duration ?? item.duration ?? null,
    explicit: explicitOf(item.itunes?.explicit ?? item.explicit ?? null),
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

function enclosuresOf({ links, enclosures }: EntryMore, most: number): Enclosure[] {
  const linked = links.filter(({ rel }) => rel === 'enclosure');
  if (linked.length + enclosures.length === 0) return [];
  const raw: RawEnclosure[] = [
    ...linked.map(({ href, type, title, length }) => ({ url: href, type, title, length, duration: null })),
    ...enclosures,
  ];
  const kept = new Map<string, Enclosure>();
  for (const one of raw) {
    if (kept.size === most) break;
    if (kept.has(one.url)) continue;
    kept.set(one.url, {
      url: one.url,
      type: one.type,
      lengthBytes: wholeNumber(one.length),
      title: one.title,
      durationSeconds: wholeNumber(one.duration),
    });
  }
  return [...kept.values()];
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
  return { url, width, height, alt, caption, credit };
}

function linksOf(link: string | null, links: readonly RawLink[], most: number): EntryLink[] {
  const named = links.slice(0, most).map(({ rel, href, type }) => ({ rel, href, type }));
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

function distinct(values: readonly string[], most: number): string[] {
  return [...new Set(values)].slice(0, most);
}

function explicitOf(written: string | null): boolean | null {
  if (written === null) return null;
  const word = written.toLowerCase();
  if (word === 'yes' || word === 'true' || word === 'explicit') return true;
  return word === 'no' || word === 'false' || word === 'clean' ? false : null;
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

const LONGEST_NAME = 80;

/** What an operator can find an entry by that was left out. */
function nameOf({ title, id, link }: Entry): string | null {
  const name = title ?? id ?? link;
  return name === null ? null : beginning(name, LONGEST_NAME);
}

/**
 * Why an entry is left out; null for one that says anything at all. One that the document ends in the middle of would
 * come back changed; it counts where it is all that there is, and can be known again.
 */
function reasonToSkip(item: EntryFields, entry: Entry, hasOthers: boolean): string | null {
  if (item.more.isCut && (hasOthers || (entry.id ?? entry.link) === null))
    return 'the document ends in the middle of it';
  if (entry.title !== null || entry.link !== null || entry.id !== null) return null;
  // What it has of the feed's own does not count.
  const told = { ...entry, idIsPermalink: null, authors: item.more.people };
  const says = Object.values(told).some((value) => value !== null && !(Array.isArray(value) && value.length === 0));
  return says ? null : 'it has no title, link, id or text';
}
