import type { Edition, EditionEntry } from '../model/edition.ts';
import type { Person } from '../model/feed.ts';
import { languageTag } from '../support/language-tag.ts';
import { mailAddress } from '../support/mail-address.ts';
import { publicAddress } from '../support/public-address.ts';
import { calledBy, clean, filesOf, OUR_TOPICS, reportsOf, summaryOf, tagsOf } from './meant.ts';
import { meantImage } from './meant-media.ts';
import { element, markupElement, textElement, type XmlElement } from './xml-element.ts';

export const ATOM_NAMESPACES = {
  '': 'http://www.w3.org/2005/Atom',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
} as const;

/** What an edition's Atom document has to say, element for element (RFC 4287). */
export function meantAtom(edition: Edition): XmlElement {
  const attributes = {
    xmlns: ATOM_NAMESPACES[''],
    'xmlns:dc': ATOM_NAMESPACES.dc,
    'xmlns:media': ATOM_NAMESPACES.media,
    'xml:lang': languageTag(edition.language),
  };
  return element('feed', attributes, [
    element('id', {}, clean(edition.id)),
    element('title', {}, clean(edition.title)),
    element('updated', {}, edition.updated),
    element('generator', {}, clean(edition.generator)),
    ...person(edition.author),
    element('link', { rel: 'alternate', type: 'text/html', href: publicAddress(edition.link) }),
    element('link', { rel: 'self', type: 'application/atom+xml', href: publicAddress(edition.feedLinks.atom) }),
    ...textElement('subtitle', clean(edition.subtitle)),
    ...textElement('icon', publicAddress(edition.icon)),
    ...edition.entries.map(meantEntry),
  ]);
}

function meantEntry(entry: EditionEntry): XmlElement {
  return element('entry', { 'xml:lang': languageTag(entry.language) }, [
    element('title', { type: 'text' }, clean(entry.title)),
    element('id', {}, clean(entry.id)),
    element('link', { rel: 'alternate', type: 'text/html', href: publicAddress(entry.url) }),
    element('updated', {}, entry.updated),
    ...textElement('summary', summaryOf(entry), { type: 'text' }),
    markupElement('content', clean(entry.contentHtml), { type: 'html' }),
    ...entry.authors.flatMap(person),
    ...tagsOf(entry).map((term) => element('category', { term })),
    element('published', {}, entry.published),
    ...textElement('rights', clean(entry.rights)),
    ...entry.topicIds.map((term) => element('category', { scheme: OUR_TOPICS, term })),
    ...linksOf(entry),
    originOf(entry),
    element('dc:publisher', {}, clean(entry.publisher.name)),
    ...meantImage(entry),
  ]);
}

function person(person: Person): readonly XmlElement[] {
  const name = calledBy(person);
  if (name === null) return [];
  const email = textElement('email', mailAddress(person.email));
  const uri = textElement('uri', publicAddress(person.url));
  return [element('author', {}, [element('name', {}, name), ...email, ...uri])];
}

function linksOf(entry: EditionEntry): readonly XmlElement[] {
  return [
    ...link('via', entry.sourceUrl, { title: clean(entry.publisher.name) }),
    ...reportsOf(entry).flatMap(({ url, title, publisher }) =>
      link('related', url, { title: `${publisher}: ${title}` }),
    ),
    ...link('license', entry.licence),
    ...filesOf(entry).flatMap(({ url, type, lengthBytes, title }) =>
      link('enclosure', url, { type, length: lengthBytes ?? 0, title }),
    ),
  ];
}

function originOf({ origin, publisher }: EditionEntry): XmlElement {
  return element('source', {}, [
    element('id', {}, clean(origin.id)),
    element('title', {}, clean(origin.title)),
    ...textElement('updated', origin.updated),
    ...person({ name: publisher.name, email: null, url: publisher.url }),
    ...link('self', origin.feedUrl),
    ...link('alternate', origin.siteUrl),
    ...textElement('rights', clean(origin.rights)),
  ]);
}

function link(
  rel: string,
  address: string | null,
  besides: Readonly<Record<string, string | number | null>> = {},
): readonly XmlElement[] {
  const href = publicAddress(address);
  return href === null ? [] : [element('link', { rel, href, ...besides })];
}
