import { fileNamed, pageNamed } from './addresses.ts';
import type { Element } from './elements.ts';
import { attributeOf, lineOf, wordOf, type Reading } from './element-text.ts';
import type { Gathered, RawCredit, RawEnclosure, RawImage } from './gathered.ts';

// Media RSS, RSS enclosures and podcast pictures.

/** How well a picture stands for its entry: the episode's own, one among the media, an enclosure, a thumbnail, another. */
const RANK = { episode: 0, content: 1, enclosure: 2, thumbnail: 3, other: 4 } as const;

/** RSS 2.0 enclosure. */
export function enclosureOf(reading: Reading, element: Element): RawEnclosure | null {
  const given = (...names: readonly string[]): string | null =>
    names.map((name) => attributeOf(reading, element, name)).find((value) => value !== null) ?? null;
  // RSS 1.0's enclosure module names the file as RDF does, and prefixes what it says of it.
  const url = fileNamed(reading, given('url', 'rdf:resource', 'enc:url') ?? wordOf(reading, element), element.base);
  if (url === null) return null;
  return {
    url,
    type: given('type', 'enc:type'),
    length: given('length', 'enc:length'),
    title: given('title'),
    duration: null,
  };
}

/** A media:content (Media RSS §3) with what is said of it within: a file, and a picture if it is or has one. */
export function gatherMedium(reading: Reading, element: Element, into: Gathered): void {
  gatherVersion(reading, element, into, NOTHING_SAID);
}

/**
 * The files of a media:group are one medium in versions: the default one goes first, and what the group says is said of
 * each that says nothing itself.
 */
export function gatherVersions(reading: Reading, group: Element, into: Gathered): void {
  const said = saidOf(reading, group);
  const versions = group.children.filter(({ name }) => name === 'media:content');
  into.mediaTitle ??= said.alt;
  const isDefault = (one: Element): boolean => attributeOf(reading, one, 'isdefault')?.toLowerCase() === 'true';
  for (const version of [...versions.filter(isDefault), ...versions.filter((one) => !isDefault(one))])
    gatherVersion(reading, version, into, said);
}

/** What Media RSS says of a picture: its title, which is there in its place; its caption; and who made it. */
type Said = Pick<RawImage, 'alt' | 'caption' | 'credit'>;

const NOTHING_SAID: Said = { alt: null, caption: null, credit: null };

function gatherVersion(reading: Reading, element: Element, into: Gathered, ofGroup: Said): void {
  const own = element.children.length === 0 ? NOTHING_SAID : saidOf(reading, element);
  for (const part of element.children) {
    if (part.name === 'media:thumbnail') gatherThumbnail(reading, part, into);
    else if (part.name === 'media:content') gatherMedium(reading, part, into);
  }
  const url = fileNamed(reading, attributeOf(reading, element, 'url'), element.base);
  into.mediaTitle ??= own.alt;
  if (url === null) return;
  const said = {
    alt: own.alt ?? ofGroup.alt,
    caption: own.caption ?? ofGroup.caption,
    credit: own.credit ?? ofGroup.credit,
  };
  const type = attributeOf(reading, element, 'type');
  into.media.push({
    url,
    type,
    length: attributeOf(reading, element, 'filesize'),
    title: said.alt,
    duration: attributeOf(reading, element, 'duration'),
  });
  if (isPicture(type, attributeOf(reading, element, 'medium'), url))
    into.images.push({ ...sizedOf(reading, element, url, RANK.content), ...said });
}

function saidOf(reading: Reading, element: Element): Said {
  let alt: string | null = null;
  let caption: string | null = null;
  let credit: RawCredit | null = null;
  for (const part of element.children) {
    if (part.name === 'media:title') alt ??= lineOf(reading, part);
    else if (part.name === 'media:description' || part.name === 'media:text') caption ??= lineOf(reading, part);
    else if (part.name === 'media:credit') credit = betterCredit(reading, part, credit);
  }
  return { alt, caption, credit: credit?.name ?? null };
}

/** Roles of those who made a picture; others own, sell or show it. */
const MAKERS = /photo|illustrat|artist|graphic|camera|draw/i;

function betterCredit(reading: Reading, element: Element, known: RawCredit | null): RawCredit | null {
  const role = attributeOf(reading, element, 'role');
  const rank = role === null ? 1 : MAKERS.test(role) ? 0 : 2;
  if (known !== null && known.rank <= rank) return known;
  const name = lineOf(reading, element);
  return name === null ? known : { rank, name };
}

/** A media:credit beside the files. */
export function gatherCredit(reading: Reading, element: Element, into: Gathered): void {
  into.credit = betterCredit(reading, element, into.credit);
}

/**
 * An entry's pictures. What stands beside the files belongs to the picture that is the only one of its kind: the credit,
 * and the description, unless that is all the text that the entry has.
 */
export function picturesOf(reading: Reading, gathered: Gathered): readonly RawImage[] {
  const { credit, bodies } = gathered;
  const images = [...gathered.images, ...enclosedPictures(gathered)];
  if (images.length === 0) return images;
  const best = images.reduce((least, { rank }) => Math.min(least, rank), Infinity);
  const [only, ...others] = images.filter(({ rank }) => rank === best);
  if (others.length > 0) return images;
  const description = bodies.size > 1 ? bodies.get('media:description') : undefined;
  const caption = description === undefined ? null : lineOf(reading, description);
  if (credit === null && caption === null) return images;
  const told = { ...only!, caption: only!.caption ?? caption, credit: only!.credit ?? credit?.name ?? null };
  return images.map((image) => (image === only ? told : image));
}

/** Many enclose the picture of an article as podcasts do their sound. */
function enclosedPictures({ links, enclosures }: Gathered): RawImage[] {
  const linked = links.filter(({ rel }) => rel === 'enclosure').map(({ href, type }) => ({ url: href, type }));
  return [...enclosures, ...linked]
    .filter(({ type, url }) => isPicture(type, null, url))
    .map(({ url }) => ({ rank: RANK.enclosure, url, width: null, height: null, ...NOTHING_SAID }));
}

export function gatherThumbnail(reading: Reading, element: Element, into: Gathered): void {
  const url = pageNamed(reading, attributeOf(reading, element, 'url') ?? wordOf(reading, element), element.base);
  if (url !== null) into.images.push({ ...sizedOf(reading, element, url, RANK.thumbnail), ...NOTHING_SAID });
}

/** itunes:image and googleplay:image, and the podcast link of old with rel=image. */
export function gatherEpisodeImage(reading: Reading, element: Element, into: Gathered): void {
  const written =
    attributeOf(reading, element, 'href') ?? attributeOf(reading, element, 'url') ?? wordOf(reading, element);
  const url = pageNamed(reading, written, element.base);
  if (url === null) return;
  into.episodeImage ??= url;
  into.images.push({ ...sizedOf(reading, element, url, RANK.episode), ...NOTHING_SAID });
}

/** RSS image with its url within, RDF's resource, or an address alone. */
export function gatherImage(reading: Reading, element: Element, into: Gathered): void {
  const within = element.children.find(({ name }) => name === 'url');
  const written =
    (within === undefined ? null : wordOf(reading, within)) ??
    attributeOf(reading, element, 'rdf:resource') ??
    attributeOf(reading, element, 'resource') ??
    attributeOf(reading, element, 'href') ??
    attributeOf(reading, element, 'url') ??
    (element.children.length === 0 ? wordOf(reading, element) : null);
  const url = pageNamed(reading, written, element.base);
  if (url === null) return;
  into.image ??= url;
  into.images.push({ ...sizedOf(reading, element, url, RANK.other), ...NOTHING_SAID });
}

function sizedOf(
  reading: Reading,
  element: Element,
  url: string,
  rank: number,
): Pick<RawImage, 'url' | 'rank' | 'width' | 'height'> {
  return {
    rank,
    url,
    width: lengthOf(attributeOf(reading, element, 'width')),
    height: lengthOf(attributeOf(reading, element, 'height')),
  };
}

function lengthOf(written: string | null): number | null {
  if (written === null || !/^\d{1,6}(?:\.\d+)?(?:px)?$/.test(written)) return null;
  const length = Math.round(Number.parseFloat(written));
  return length > 0 ? length : null;
}

function isPicture(type: string | null, medium: string | null, url: string): boolean {
  if (type !== null) return /^image(?:\/|$)/i.test(type);
  if (medium !== null) return medium.toLowerCase() === 'image';
  return /\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)/i.test(url);
}
