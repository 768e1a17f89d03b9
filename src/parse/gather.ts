import { fileNamed, isPageType, pageNamed } from './addresses.ts';
import { parseDate } from './dates.ts';
import type { Element } from './elements.ts';
import { attributeOf, lineOf, wordOf, type Reading } from './element-text.ts';
import { emptyGathered, type Gathered } from './gathered.ts';
import { gatherLicence, gatherRsl } from './licences.ts';
import {
  enclosureOf,
  gatherCredit,
  gatherEpisodeImage,
  gatherImage,
  gatherMedium,
  gatherThumbnail,
  gatherVersions,
} from './media.ts';
import { personOfElement } from './people.ts';
import { gatherSkipDays, gatherSkipHours } from './skip-times.ts';
import { gatherDeleted } from './tombstones.ts';

/** Reads one child into what is gathered. */
type Gather = (reading: Reading, element: Element, into: Gathered) => void;

/** Fields that hold one line or address, of which the first counts. */
type Single =
  | 'title'
  | 'dcTitle'
  | 'mediaTitle'
  | 'rights'
  | 'generator'
  | 'language'
  | 'duration'
  | 'explicit'
  | 'season'
  | 'episode'
  | 'episodeKind'
  | 'ttl'
  | 'updatePeriod'
  | 'updateFrequency'
  | 'identifier';

const line =
  (field: Single): Gather =>
  (reading, element, into) => {
    into[field] ??= lineOf(reading, element);
  };

const address =
  (field: 'icon' | 'logo' | 'comments' | 'originalLink'): Gather =>
  (reading, element, into) => {
    into[field] ??= pageNamed(reading, wordOf(reading, element), element.base);
  };

const person =
  (standing: number): Gather =>
  (reading, element, into) => {
    const found = personOfElement(reading, element);
    if (found !== null) into.people.push({ standing, person: found });
  };

/** The standing of those who made the feed that an entry is from. */
const OF_SOURCE = 6;

/** Whoever writes so many dates that nobody can read writes no other. */
const MOST_UNREADABLE_DATES = 10;

const date: Gather = (reading, element, into) => {
  if (into.dates.has(element.name) || into.unreadableDates > MOST_UNREADABLE_DATES) return;
  const written = wordOf(reading, element);
  if (written === null) return;
  const instant = parseDate(written);
  if (instant !== null) into.dates.set(element.name, instant);
  else {
    into.unreadableDates++;
    reading.repairs.note('date-unreadable', written.slice(0, 60));
  }
};

const body: Gather = (_reading, element, into) => {
  if (element.from < element.to && !into.bodies.has(element.name)) into.bodies.set(element.name, element);
};

/** Atom's content may be elsewhere (RFC 4287 §4.1.3.2): a page, or a file. */
const atomContent: Gather = (reading, element, into) => {
  body(reading, element, into);
  const src = attributeOf(reading, element, 'src');
  if (src === null) return;
  const type = attributeOf(reading, element, 'type');
  if (type !== null && isPageType(type)) into.link ??= pageNamed(reading, src, element.base);
  else {
    const url = fileNamed(reading, src, element.base);
    if (url !== null) into.enclosures.push({ url, type, length: null, title: null, duration: null });
  }
};

const category: Gather = (reading, element, into) => {
  const term =
    attributeOf(reading, element, 'term') ??
    attributeOf(reading, element, 'text') ??
    lineOf(reading, element) ??
    attributeOf(reading, element, 'label');
  if (term !== null) into.categories.push(term);
  for (const part of element.children) category(reading, part, into);
};

/** Some tools put a list around the categories. */
const categories: Gather = (reading, element, into) => {
  for (const part of element.children) if (part.name === 'category') category(reading, part, into);
};

const keywords: Gather = (reading, element, into) => {
  for (const word of (lineOf(reading, element) ?? '').split(','))
    if (word.trim() !== '') into.categories.push(word.trim());
};

/** Atom's link, and RSS's: an address as its text. */
const link: Gather = (reading, element, into) => {
  const href = attributeOf(reading, element, 'href');
  const written = href ?? wordOf(reading, element) ?? textBehind(reading, element);
  if (written === null) return;
  const rel = relationOf(attributeOf(reading, element, 'rel'));
  const found = (rel === 'enclosure' ? fileNamed : pageNamed)(reading, written, element.base);
  if (found === null) return;
  if (href === null) into.link ??= found;
  else {
    const [type, title, length] = ['type', 'title', 'length'].map((name) => attributeOf(reading, element, name));
    into.links.push({ rel, href: found, type: type!, title: title!, length: length! });
  }
};

/** Tools that take `<link>` for HTML's leave its text behind the empty element. */
function textBehind(reading: Reading, element: Element): string | null {
  if (element.attributes.length > 0) return null;
  const { text } = reading.document;
  const end = text.indexOf('<', element.to);
  const behind = end < 0 || end - element.to > 2000 ? '' : text.slice(element.to, end).trim();
  return /^https?:\/\//i.test(behind) ? behind : null;
}

/** RFC 4287 §4.2.7.2: a link without rel is the alternate one, and registered relations may be given as IRIs. */
function relationOf(rel: string | null): string {
  if (rel === null) return 'alternate';
  return rel.toLowerCase().replace(/^http:\/\/www\.iana\.org\/assignments\/relation\//, '');
}

const guid: Gather = (reading, element, into) => {
  if (into.guid !== null) return;
  into.guid = wordOf(reading, element);
  into.guidIsPermalink = attributeOf(reading, element, 'ispermalink')?.toLowerCase() ?? null;
};

const id: Gather = (reading, element, into) => {
  into.id ??= wordOf(reading, element);
};

const enclosure: Gather = (reading, element, into) => {
  const found = enclosureOf(reading, element);
  if (found !== null) into.enclosures.push(found);
};

/** RSS 2.0 source (its feed's address as an attribute), or Atom's with the feed's own elements. */
const source: Gather = (reading, element, into) => {
  if (into.source !== null) return;
  const url = pageNamed(reading, attributeOf(reading, element, 'url'), element.base);
  if (element.children.length === 0) {
    const title = lineOf(reading, element);
    if (title !== null || url !== null) into.source = { title, url, id: null };
    return;
  }
  const within = gather(reading, element.children);
  // RFC 4287 §4.1.2: they are the entry's where it names none itself.
  for (const { person: author } of within.people) into.people.push({ standing: OF_SOURCE, person: author });
  const of = (wanted: string): string | null => within.links.find(({ rel }) => rel === wanted)?.href ?? null;
  const page = of('alternate') ?? within.link ?? url ?? of('self');
  if (within.title !== null || page !== null || within.id !== null)
    into.source = { title: within.title, url: page, id: within.id };
};

/** The generator by its address (RSS 1.0 modules, Administrative). */
const generatorAgent: Gather = (reading, element, into) => {
  into.generator ??= attributeOf(reading, element, 'rdf:resource') ?? wordOf(reading, element);
};

/** wfw:commentRss: an entry's comments as a feed, which Atom has as a link (RFC 4685 §4). */
const commentsFeed: Gather = (reading, element, into) => {
  const href = pageNamed(reading, wordOf(reading, element), element.base);
  if (href !== null) into.links.push({ rel: 'replies', href, type: 'application/rss+xml', title: null, length: null });
};

const archive: Gather = (_reading, _element, into) => {
  into.isArchive = true;
};

const complete: Gather = (_reading, _element, into) => {
  into.isComplete = true;
};

const podcastLink: Gather = (reading, element, into) => {
  if (attributeOf(reading, element, 'rel')?.toLowerCase() === 'image') gatherEpisodeImage(reading, element, into);
};

/** Its files are versions of one medium; what else stands in it is said of the entry where that says nothing itself. */
const group: Gather = (reading, element, into) => {
  gatherVersions(reading, element, into);
  const others = element.children.filter(({ name }) => name !== 'media:content');
  gatherInto(reading, others, into);
};

/** Which names each is read from. */
const READERS: readonly (readonly [Gather, string])[] = [
  [line('title'), 'title atom:title'],
  [line('dcTitle'), 'dc:title'],
  [line('mediaTitle'), 'itunes:title media:title'],
  [link, 'link atom:link'],
  [podcastLink, 'itunes:link'],
  [guid, 'guid'],
  [id, 'id atom:id'],
  [line('identifier'), 'dc:identifier'],
  [date, 'pubdate published updated issued modified created date lastbuilddate atom:published atom:updated'],
  [date, 'dc:date dc:modified dcterms:created dcterms:issued dcterms:modified dcterms:date prism:publicationdate'],
  [person(0), 'author atom:author managingeditor'],
  [person(1), 'dc:creator dc:author dcterms:creator'],
  [person(2), 'itunes:author'],
  [person(3), 'googleplay:author'],
  [person(4), 'itunes:owner'],
  [person(5), 'webmaster'],
  [person(7), 'dc:publisher'],
  [category, 'category subject atom:category dc:subject dcterms:subject itunes:category media:category'],
  [category, 'googleplay:category'],
  [categories, 'categories'],
  [atomContent, 'content atom:content'],
  [keywords, 'itunes:keywords media:keywords'],
  [enclosure, 'enclosure enc:enclosure'],
  [gatherMedium, 'media:content'],
  [group, 'media:group'],
  [gatherThumbnail, 'media:thumbnail'],
  [gatherEpisodeImage, 'itunes:image googleplay:image'],
  [gatherImage, 'image'],
  [address('comments'), 'comments'],
  [commentsFeed, 'wfw:commentrss'],
  [source, 'source atom:source'],
  [line('rights'), 'rights copyright dc:rights dcterms:rights atom:rights media:copyright'],
  [gatherCredit, 'media:credit'],
  [gatherLicence, 'creativecommons:license cc:license dcterms:license dc:license media:license'],
  [gatherRsl, 'rsl:rsl rsl:content rsl:license'],
  [line('language'), 'language dc:language'],
  [line('duration'), 'itunes:duration'],
  [line('explicit'), 'itunes:explicit googleplay:explicit'],
  [line('season'), 'itunes:season'],
  [line('episode'), 'itunes:episode'],
  [line('episodeKind'), 'itunes:episodetype'],
  [address('originalLink'), 'feedburner:origlink pheedo:origlink'],
  [line('generator'), 'generator'],
  [generatorAgent, 'admin:generatoragent'],
  [line('ttl'), 'ttl'],
  [address('icon'), 'icon atom:icon'],
  [address('logo'), 'logo atom:logo'],
  [line('updatePeriod'), 'sy:updateperiod'],
  [line('updateFrequency'), 'sy:updatefrequency'],
  [gatherSkipHours, 'skiphours'],
  [gatherSkipDays, 'skipdays'],
  [gatherDeleted, 'at:deleted-entry'],
  [archive, 'fh:archive'],
  [complete, 'fh:complete'],
];

const GATHER = new Map<string, Gather>();
for (const [read, names] of READERS) for (const name of names.split(' ')) GATHER.set(name, read);

/** What elements say, whichever of the formats' names they have. */
export function gather(reading: Reading, elements: readonly Element[]): Gathered {
  const into = emptyGathered();
  gatherInto(reading, elements, into);
  return into;
}

function gatherInto(reading: Reading, elements: readonly Element[], into: Gathered): void {
  for (const element of elements) {
    const read = GATHER.get(element.name);
    if (read !== undefined) read(reading, element, into);
    else if (element.kind === 'body') body(reading, element, into);
  }
}
