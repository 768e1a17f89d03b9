import type { EditionEntry } from '../model/edition.ts';
import { filesOf, imageOf } from './meant.ts';
import { element, textElement, type XmlElement } from './xml-element.ts';

/** Files that play for a known time, for formats whose own enclosures cannot say so. */
export function meantPlayed(entry: EditionEntry): readonly XmlElement[] {
  return filesOf(entry).flatMap(({ url, lengthBytes, type, durationSeconds }) =>
    durationSeconds === null
      ? []
      : [element('media:content', { url, fileSize: lengthBytes, type, duration: durationSeconds })],
  );
}

/** The lead image as Media RSS, in Atom and RSS alike. */
export function meantImage(entry: EditionEntry): readonly XmlElement[] {
  const image = imageOf(entry);
  if (image === null) return [];
  const { url, type, width, height } = image;
  const plain = { type: 'plain' };
  return [
    element('media:content', { url, type, medium: 'image', width, height }, [
      ...textElement('media:title', image.alt, plain),
      ...textElement('media:description', image.caption, plain),
      ...textElement('media:credit', image.credit),
      ...(image.licence === null ? [] : [element('media:license', { href: image.licence })]),
    ]),
    element('media:thumbnail', { url, width, height }),
  ];
}
