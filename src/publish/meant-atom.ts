import type { Edition, EditionEntry, FeedLinks } from '../model/edition.ts';
import type { Person } from '../model/feed.ts';
import { languageTag } from '../support/language-tag.ts';
import { mailAddress } from '../support/mail-address.ts';
import { publicAddress } from '../support/public-address.ts';
import { calledBy, clean, filesOf, OUR_TOPICS, reportsOf, summaryOf, tagsOf } from './meant.ts';
import { meantImage, meantPlayed } from './meant-media.ts';
import { element, markupElement, textElement, type XmlElement } from './xml-element.ts';

export const ATOM_NAMESPACES = {
  '': 'http://www.w3.org/2005/Atom',
  dc: 'http://purl.org/dc/elements/1.1/',
  media: 'http://search.yahoo.com/mrss/',
  fh: 'http://purl.org/syndication/history/1.0',
  at: 'http://purl.org/atompub/tombstones/1.0',
} as const;

/**
 * What an edition's Atom document has to say, element for element (RFC 4287).
 * @param entries what those have to say that stand in it
 */
export function meantAtom(edition: Edition, entries: readonly XmlElement[]): XmlElement {
  const attributes = {
    xmlns: ATOM_NAMESPACES[''],
    'xmlns:dc': ATOM_NAMESPACES.dc,
    'xmlns:media': ATOM_NAMESPACES.media,
    'xmlns:fh': ATOM_NAMESPACES.fh,
    'xmlns:at': ATOM_NAMESPACES.at,
    'xml:lang': languageTag(edition.language),
  };
  return element('feed', attributes, [
    element('id', {}, clean(edition.id)),
    element('title', {}, clean(edition.title)),
    element('updated', {}, edition.updated),
    element('generator', {}, clean(edition.generator)),
    ...person(edition.author),
    element('link', { rel: 'alternate', type: 'text/html', href: publicAddress(edition.link) }),
    element('link', { rel: 'self', type: TYPE, href: publicAddress(edition.feedLinks.atom) }),
    ...link('hub', edition.hub),
    ...textElement('subtitle', clean(edition.subtitle)),
    ...textElement('icon', publicAddress(edition.icon)),
    ...textElement('rights', clean(edition.rights)),
    ...chainOf(edition),
    ...edition.deleted.map(({ id, at }) => element('at:deleted-entry', { ref: clean(id), when: at })),
    ...entries,
  ]);
}

const TYPE = 'application/atom+xml';

/** RFC 5005 §4: an archive says so, and where its neighbours are. */
function chainOf({ paging }: Edition): readonly XmlElement[] {
  const to = (rel: string, page: FeedLinks | null): readonly XmlElement[] => {
    const href = publicAddress(page?.atom ?? null);
    return href === null ? [] : [element('link', { rel, type: TYPE, href })];
  };
  return [
    ...(paging.current === null ? [] : [element('fh:archive', {})]),
    ...to('current', paging.current),
    ...to('prev-archive', paging.previous),
    ...to('next-archive', paging.next),
  ];
}

export function meantAtomEntry(entry: EditionEntry): XmlElement {
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
    ...meantPlayed(entry),
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
