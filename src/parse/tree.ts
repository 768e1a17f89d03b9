import type { Person } from '../model/feed.ts';
import type { Instant } from '../support/instant.ts';
import { isPageType } from './addresses.ts';
import { entryBodies, feedSubtitle } from './bodies.ts';
import type { Element } from './elements.ts';
import { attributeOf, type Reading } from './element-text.ts';
import { gather } from './gather.ts';
import type { EntryMore, FeedMore, Gathered, RawLink } from './gathered.ts';
import { rslTermsOf } from './licences.ts';
import { picturesOf } from './media.ts';

// The tree that rss-parser's field logic reads, in the shape that xml2js would give it (an array for each name, `$` for
// attributes), but normalised: names by namespace, titles plain, addresses absolute, dates as instants, every feed of the
// RSS family as 2.0. What rss-parser knows stands under the names that it knows. Bodies, dates and persons of entries, and
// what it has no name for, stand under a name of our own, which fields.ts has it copy: its snippets would take quadratic
// time over bodies, it reads each date again, and of persons it keeps a name.

/** An element in xml2js's shape. */
export type TreeNode = { readonly [name: string]: readonly unknown[] | Readonly<Record<string, string>> | undefined };

/** A document: one of `rss`, `rdf:RDF` or `feed`. */
export type FeedTree = { readonly [root: string]: TreeNode };

export function treeOf(reading: Reading): FeedTree {
  const head = gather(reading, reading.document.head);
  const entries = reading.document.entries.map((entry) => entryNode(reading, entry));
  if (reading.format === 'atom') return { feed: { ...atomHead(reading, head), entry: entries } };
  const channel = rssHead(reading, head);
  if (reading.format === 'rdf') return { 'rdf:RDF': { channel: [channel], item: entries } };
  return { rss: { $: { version: '2.0' }, channel: [{ ...channel, item: entries }] } };
}

/** A name's values as rss-parser expects them: none at all where there is none. */
function of<Value>(value: Value | null): readonly Value[] | undefined {
  return value === null ? undefined : [value];
}

function all<Value>(values: readonly Value[]): readonly Value[] | undefined {
  return values.length === 0 ? undefined : values;
}

// ---- Entries ----

function entryNode(reading: Reading, element: Element): TreeNode {
  const gathered = gather(reading, element.children);
  return reading.format === 'atom' ? atomEntry(reading, element, gathered) : rssItem(reading, element, gathered);
}

function atomEntry(reading: Reading, element: Element, gathered: Gathered): TreeNode {
  const page = alternate(gathered.links) ?? gathered.link ?? hrefOf(gathered.links, 'self');
  return {
    ...entryFields(reading, element, gathered),
    link: page === null ? undefined : [{ $: { rel: 'alternate', href: page } }],
    id: of(gathered.id ?? gathered.guid ?? gathered.identifier),
  };
}

function rssItem(reading: Reading, element: Element, gathered: Gathered): TreeNode {
  const about = attributeOf(reading, element, 'rdf:about') ?? attributeOf(reading, element, 'about');
  return {
    ...entryFields(reading, element, gathered),
    $: about === null ? undefined : { 'rdf:about': about },
    link: of(gathered.link ?? alternate(gathered.links)),
    guid: of(gathered.guid ?? gathered.id ?? (about === null ? gathered.identifier : null)),
  };
}

/** What has one name in all formats, once rss-parser copies it. */
function entryFields(reading: Reading, element: Element, gathered: Gathered): TreeNode {
  return {
    title: titleOf(gathered),
    category: all(gathered.categories),
    comments: of(gathered.comments ?? repliesPage(gathered.links)),
    'dc:rights': of(gathered.rights),
    'dc:language': of(gathered.language ?? languageOf(element, reading)),
    'itunes:duration': of(gathered.duration),
    'itunes:explicit': of(gathered.explicit),
    'itunes:season': of(gathered.season),
    'itunes:episode': of(gathered.episode),
    'itunes:episodeType': of(gathered.episodeKind),
    'our:entry': [entryMore(reading, element, gathered)],
  };
}

function titleOf({ title, dcTitle, mediaTitle }: Gathered): readonly string[] | undefined {
  return of(title ?? dcTitle ?? mediaTitle);
}

function entryMore(reading: Reading, element: Element, gathered: Gathered): EntryMore {
  const { content, summary } = entryBodies(reading, gathered);
  const { links, enclosures, media, source, licence, rslLicence, originalLink, guid, id } = gathered;
  return {
    content,
    summary,
    published: publishedOf(gathered),
    updated: updatedOf(gathered),
    people: peopleInOrder(gathered),
    links,
    enclosures: media.length === 0 ? enclosures : [...enclosures, ...media],
    images: picturesOf(reading, gathered),
    episodeImage: gathered.episodeImage,
    source,
    licence,
    rslLicence: rslLicence?.url ?? null,
    rsl: rslTermsOf(reading, gathered),
    originalLink,
    permalink: guid === null && id !== null ? 'false' : gathered.guidIsPermalink,
    isCut: element.isCut,
  };
}

/** xml:lang of the entry, else of its body. */
function languageOf(element: Element, reading: Reading): string | null {
  const own = attributeOf(reading, element, 'xml:lang');
  if (own !== null) return own;
  for (const part of element.children) {
    const language = part.name === 'content' || part.name === 'title' ? attributeOf(reading, part, 'xml:lang') : null;
    if (language !== null) return language;
  }
  return null;
}

const PUBLISHED = ['pubdate', 'published', 'atom:published', 'issued', 'dcterms:issued', 'dcterms:created', 'created'];
const DATED = ['dc:date', 'dcterms:date', 'date', 'prism:publicationdate'];
const UPDATED = ['updated', 'atom:updated', 'modified', 'dcterms:modified', 'dc:modified', 'lastbuilddate'];

function publishedOf(gathered: Gathered): Instant | null {
  return firstDate(gathered, PUBLISHED) ?? firstDate(gathered, DATED);
}

function updatedOf(gathered: Gathered): Instant | null {
  return firstDate(gathered, UPDATED);
}

function firstDate({ dates }: Gathered, names: readonly string[]): Instant | null {
  for (const name of names) {
    const date = dates.get(name);
    if (date !== undefined) return date;
  }
  return null;
}

/** Authors by the standing of their element. Of a podcast's or publisher's names only the best kind counts. */
function peopleInOrder({ people }: Gathered): Person[] {
  if (people.length < 2) return people.map(({ person }) => person);
  const best = people.reduce((least, { standing }) => Math.min(least, standing), Infinity);
  const counted = people.filter(({ standing }) => standing <= Math.max(best, 1));
  return counted.toSorted((a, b) => a.standing - b.standing).map(({ person }) => person);
}

/** The page: an alternate link, best one that says it is HTML or says nothing (RFC 4287 §4.2.7). */
function alternate(links: readonly RawLink[]): string | null {
  const candidates = links.filter(({ rel }) => rel === 'alternate');
  const page = candidates.find(({ type }) => type === null || isPageType(type)) ?? candidates[0];
  return page?.href ?? null;
}

function hrefOf(links: readonly RawLink[], wanted: string): string | null {
  return links.find(({ rel }) => rel === wanted)?.href ?? null;
}

/** RFC 4685 §4: replies to an entry, where they are a page and not a feed. */
function repliesPage(links: readonly RawLink[]): string | null {
  return links.find(({ rel, type }) => rel === 'replies' && type !== null && isPageType(type))?.href ?? null;
}

// ---- The feed's own fields ----

function atomHead(reading: Reading, head: Gathered): TreeNode {
  const page = alternate(head.links) ?? head.link;
  const self = hrefOf(head.links, 'self');
  return {
    ...headFields(head),
    link: [
      { $: page === null ? { rel: 'alternate' } : { rel: 'alternate', href: page } },
      ...(self === null ? [] : [{ $: { rel: 'self', href: self } }]),
    ],
    updated: of(updatedOf(head) ?? publishedOf(head)),
    'our:feed': [feedMore(reading, head)],
  };
}

function rssHead(reading: Reading, head: Gathered): TreeNode {
  const self = hrefOf(head.links, 'self');
  const more = feedMore(reading, head);
  return {
    ...headFields(head),
    link: of(head.link ?? alternate(head.links)),
    'atom:link': self === null ? undefined : [{ $: { rel: 'self', href: self } }],
    description: of(more.subtitle),
    language: of(more.language),
    lastBuildDate: of(updatedOf(head) ?? publishedOf(head)),
    ttl: of(head.ttl),
    image: head.image === null ? undefined : [{ url: [head.image] }],
    'our:feed': [more],
  };
}

/** What has one name in all formats, once rss-parser copies it. */
function headFields(head: Gathered): TreeNode {
  return {
    title: titleOf(head),
    category: all(head.categories),
    generator: of(head.generator),
    copyright: of(head.rights),
  };
}

function feedMore(reading: Reading, head: Gathered): FeedMore {
  return {
    id: head.id,
    subtitle: feedSubtitle(reading, head),
    language: head.language ?? reading.document.language,
    people: peopleInOrder(head),
    links: head.links,
    images: head.images,
    icon: head.icon,
    logo: head.logo,
    licence: head.licence,
    rslLicence: head.rslLicence?.url ?? null,
    rsl: rslTermsOf(reading, head),
    explicit: head.explicit,
    ttl: head.ttl,
    updatePeriod: head.updatePeriod,
    updateFrequency: head.updateFrequency,
    skipHours: head.skipHours,
    skipDays: head.skipDays,
    deleted: head.deleted,
    isArchive: head.isArchive,
    isComplete: head.isComplete,
  };
}
