import type { DeletedEntry, EntrySource, Person } from '../model/feed.ts';
import type { RslTerms } from '../model/rsl.ts';
import type { Instant } from '../support/instant.ts';
import type { TypedText } from './element-text.ts';
import type { Element } from './elements.ts';

/** A link as it stands, its address absolute. */
export type RawLink = {
  readonly rel: string;
  readonly href: string;
  readonly type: string | null;
  readonly title: string | null;
  readonly length: string | null;
};

/** A body with what its links are relative to. */
export type RawBody = TypedText & { readonly base: string | null; readonly hasOwnBase: boolean };

export type RawEnclosure = {
  readonly url: string;
  readonly type: string | null;
  readonly length: string | null;
  readonly title: string | null;
  readonly duration: string | null;
};

/** A picture with what is said of it. `rank` tells how well it stands for the entry: lower is better. */
export type RawImage = {
  readonly rank: number;
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
};

/** Who is named for the pictures, and how likely that is who made them: lower is better. */
export type RawCredit = { readonly rank: number; readonly name: string };

/** An address out of RSL, and how well it stands for the licence: lower is better. */
export type RslLicence = { readonly rank: number; readonly url: string };

/** What an entry says that rss-parser has no name for; it copies it as one field. */
export type EntryMore = {
  readonly content: RawBody | null;
  readonly summary: RawBody | null;
  readonly published: Instant | null;
  readonly updated: Instant | null;
  readonly people: readonly Person[];
  readonly links: readonly RawLink[];
  readonly enclosures: readonly RawEnclosure[];
  readonly images: readonly RawImage[];
  readonly episodeImage: string | null;
  readonly source: EntrySource | null;
  readonly licence: string | null;
  /** Of RSL, which is for machines and goes after the others. */
  readonly rslLicence: string | null;
  readonly rsl: readonly RslTerms[];
  readonly originalLink: string | null;
  /** RSS's isPermaLink as it stands; `false` for an id that is no guid. */
  readonly permalink: string | null;
  readonly isCut: boolean;
};

/** What a feed says that rss-parser has no name for. */
export type FeedMore = {
  readonly id: string | null;
  readonly subtitle: string | null;
  readonly language: string | null;
  readonly people: readonly Person[];
  readonly links: readonly RawLink[];
  readonly images: readonly RawImage[];
  readonly icon: string | null;
  readonly logo: string | null;
  readonly licence: string | null;
  readonly rslLicence: string | null;
  readonly rsl: readonly RslTerms[];
  readonly explicit: string | null;
  readonly ttl: string | null;
  readonly updatePeriod: string | null;
  readonly updateFrequency: string | null;
  readonly skipHours: readonly number[];
  readonly skipDays: readonly number[];
  readonly deleted: readonly DeletedEntry[];
  readonly isArchive: boolean;
  readonly isComplete: boolean;
};

/** What stands in an entry, or among the feed's own fields, by meaning; names of all formats together. */
export type Gathered = {
  title: string | null;
  dcTitle: string | null;
  /** Of a medium within, where the entry itself has none. */
  mediaTitle: string | null;
  /** RSS link, as an address. */
  link: string | null;
  readonly links: RawLink[];
  guid: string | null;
  guidIsPermalink: string | null;
  id: string | null;
  identifier: string | null;
  /** Readable dates by the name of their element. */
  readonly dates: Map<string, Instant>;
  /** In document order, each with the standing of its element: those of lower standing are named by better right. */
  readonly people: { readonly standing: number; readonly person: Person }[];
  readonly categories: string[];
  unreadableDates: number;
  readonly enclosures: RawEnclosure[];
  /** Files of Media RSS; they go after the enclosures. */
  readonly media: RawEnclosure[];
  readonly images: RawImage[];
  /** The first of each name. */
  readonly bodies: Map<string, Element>;
  comments: string | null;
  source: EntrySource | null;
  rights: string | null;
  licence: string | null;
  rslLicence: RslLicence | null;
  /** Elements that hold terms. */
  readonly rsl: Element[];
  language: string | null;
  duration: string | null;
  explicit: string | null;
  season: string | null;
  episode: string | null;
  episodeKind: string | null;
  episodeImage: string | null;
  originalLink: string | null;
  credit: RawCredit | null;
  // The feed's own:
  generator: string | null;
  ttl: string | null;
  updatePeriod: string | null;
  updateFrequency: string | null;
  readonly skipHours: number[];
  readonly skipDays: number[];
  readonly deleted: DeletedEntry[];
  isArchive: boolean;
  isComplete: boolean;
  icon: string | null;
  logo: string | null;
  image: string | null;
};

export function emptyGathered(): Gathered {
  return {
    title: null,
    dcTitle: null,
    mediaTitle: null,
    link: null,
    links: [],
    guid: null,
    guidIsPermalink: null,
    id: null,
    identifier: null,
    dates: new Map(),
    people: [],
    categories: [],
    unreadableDates: 0,
    enclosures: [],
    media: [],
    images: [],
    bodies: new Map(),
    comments: null,
    source: null,
    rights: null,
    licence: null,
    rslLicence: null,
    rsl: [],
    language: null,
    duration: null,
    explicit: null,
    season: null,
    episode: null,
    episodeKind: null,
    episodeImage: null,
    originalLink: null,
    credit: null,
    generator: null,
    ttl: null,
    updatePeriod: null,
    updateFrequency: null,
    skipHours: [],
    skipDays: [],
    deleted: [],
    isArchive: false,
    isComplete: false,
    icon: null,
    logo: null,
    image: null,
  };
}
