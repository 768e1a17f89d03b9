import { fileAddress, pageAddress } from './addresses.ts';
import type { Element } from './elements.ts';
import { attributeOf, lineOf, wordOf, type Reading } from './element-text.ts';
import type { Gathered, RawEnclosure, RawImage } from './gathered.ts';

// Media RSS, RSS enclosures and podcast pictures.

/** How well a picture stands for its entry: the episode's own, a picture among the media, a thumbnail, another. */
const RANK = { episode: 0, content: 1, thumbnail: 2, other: 3 } as const;

/** RSS 2.0 enclosure. */
export function enclosureOf(reading: Reading, element: Element): RawEnclosure | null {
  const url = fileAddress(attributeOf(reading, element, 'url') ?? wordOf(reading, element) ?? '', element.base);
  if (url === null) return null;
  return {
    url,
    type: attributeOf(reading, element, 'type'),
    length: attributeOf(reading, element, 'length'),
    title: attributeOf(reading, element, 'title'),
    duration: null,
  };
}

/** A media:content (Media RSS §3) with what is said of it within: a file, and a picture if it is or has one. */
export function gatherMedium(reading: Reading, element: Element, into: Gathered): void {
  const said = saidOf(reading, element, into);
  const url = fileAddress(attributeOf(reading, element, 'url') ?? '', element.base);
  into.mediaTitle ??= said.title;
  if (url === null) return;
  const type = attributeOf(reading, element, 'type');
  into.media.push({
    url,
    type,
    length: attributeOf(reading, element, 'filesize'),
    title: said.title,
    duration: attributeOf(reading, element, 'duration'),
  });
  if (isPicture(type, attributeOf(reading, element, 'medium'), url))
    into.images.push({
      ...sizedOf(reading, element, url, RANK.content),
      alt: said.title,
      caption: said.caption,
      credit: said.credit,
    });
}

type Said = { readonly title: string | null; readonly caption: string | null; readonly credit: string | null };

function saidOf(reading: Reading, element: Element, into: Gathered): Said {
  let title: string | null = null;
  let caption: string | null = null;
  let credit: string | null = null;
  for (const part of element.children) {
    if (part.name === 'media:title') title ??= lineOf(reading, part);
    else if (part.name === 'media:description' || part.name === 'media:text') caption ??= lineOf(reading, part);
    else if (part.name === 'media:credit') credit ??= lineOf(reading, part);
    else if (part.name === 'media:thumbnail') gatherThumbnail(reading, part, into);
    else if (part.name === 'media:content') gatherMedium(reading, part, into);
  }
  return { title, caption, credit };
}

export function gatherThumbnail(reading: Reading, element: Element, into: Gathered): void {
  const url = pageAddress(attributeOf(reading, element, 'url') ?? wordOf(reading, element) ?? '', element.base);
  if (url !== null) into.images.push({ ...sizedOf(reading, element, url, RANK.thumbnail), ...NOTHING_SAID });
}

/** itunes:image and googleplay:image, and the podcast link of old with rel=image. */
export function gatherEpisodeImage(reading: Reading, element: Element, into: Gathered): void {
  const written =
    attributeOf(reading, element, 'href') ?? attributeOf(reading, element, 'url') ?? wordOf(reading, element);
  const url = pageAddress(written ?? '', element.base);
  if (url !== null) into.images.push({ ...sizedOf(reading, element, url, RANK.episode), ...NOTHING_SAID });
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
  const url = pageAddress(written ?? '', element.base);
  if (url === null) return;
  into.image ??= url;
  into.images.push({ ...sizedOf(reading, element, url, RANK.other), ...NOTHING_SAID });
}

const NOTHING_SAID = { alt: null, caption: null, credit: null };

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
  if (type !== null) return type.toLowerCase().startsWith('image/');
  if (medium !== null) return medium.toLowerCase() === 'image';
  return /\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)/i.test(url);
}
