import type { Edition, EditionEntry, FeedLinks } from '../model/edition.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import { languageTag } from '../support/language-tag.ts';
import { publicAddress } from '../support/public-address.ts';
import { clean, filesOf, namesOf, OUR_TOPICS, reportsOf, summaryOf, tagsOf } from './meant.ts';
import { meantImage } from './meant-media.ts';
import { meantEpisode, meantPodcast } from './meant-podcast.ts';
import { element, markupElement, textElement, type XmlElement } from './xml-element.ts';

export const RSS_NAMESPACES = {
  '': '',
  dc: 'http://purl.org/dc/elements/1.1/',
  content: 'http://purl.org/rss/1.0/modules/content/',
  atom: 'http://www.w3.org/2005/Atom',
  media: 'http://search.yahoo.com/mrss/',
  fh: 'http://purl.org/syndication/history/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
} as const;

/**
 * What an edition's RSS document has to say, element for element (RSS 2.0 and its best practices profile).
 * @param entries what those have to say that stand in it
 */
export function meantRss(edition: Edition, entries: readonly XmlElement[]): XmlElement {
  const attributes = {
    version: '2.0',
    'xmlns:dc': RSS_NAMESPACES.dc,
    'xmlns:content': RSS_NAMESPACES.content,
    'xmlns:atom': RSS_NAMESPACES.atom,
    'xmlns:media': RSS_NAMESPACES.media,
    'xmlns:fh': RSS_NAMESPACES.fh,
    'xmlns:itunes': RSS_NAMESPACES.itunes,
  };
  const title = clean(edition.title);
  return element('rss', attributes, [
    element('channel', {}, [
      element('title', {}, title),
      ...textElement('link', publicAddress(edition.link)),
      element('description', {}, clean(edition.subtitle ?? edition.title)),
      element('lastBuildDate', {}, rfc822(edition.updated)),
      element('docs', {}, 'https://www.rssboard.org/rss-specification'),
      element('generator', {}, clean(edition.generator)),
      ...textElement('language', languageTag(edition.language)),
      ...textElement('copyright', clean(edition.rights)),
      ...linkOfChannel('self', edition.feedLinks.rss, TYPE),
      ...linkOfChannel('hub', edition.hub, null),
      ...imageOfChannel(edition, title),
      ...chainOf(edition),
      ...meantPodcast(edition),
      ...entries,
    ]),
  ]);
}

const TYPE = 'application/rss+xml';

function linkOfChannel(rel: string, address: string | null, type: string | null): readonly XmlElement[] {
  const href = publicAddress(address);
  return href === null ? [] : [element('atom:link', { href, rel, type })];
}

/** RFC 5005 §4: an archive says so, and where its neighbours are. */
function chainOf({ paging }: Edition): readonly XmlElement[] {
  const to = (rel: string, page: FeedLinks | null): readonly XmlElement[] =>
    linkOfChannel(rel, page?.rss ?? null, TYPE);
  return [
    ...(paging.current === null ? [] : [element('fh:archive', {})]),
    ...to('current', paging.current),
    ...to('prev-archive', paging.previous),
    ...to('next-archive', paging.next),
  ];
}

function imageOfChannel({ icon, link }: Edition, title: string): readonly XmlElement[] {
  const url = publicAddress(icon);
  if (url === null) return [];
  const fields = [element('url', {}, url), element('title', {}, title), ...textElement('link', publicAddress(link))];
  return [element('image', {}, fields)];
}

export function meantRssItem(entry: EditionEntry): XmlElement {
  const [file, ...otherFiles] = filesOf(entry);
  return element('item', {}, [
    element('title', {}, clean(entry.title)),
    ...textElement('link', publicAddress(entry.url)),
    element('guid', { isPermaLink: 'false' }, clean(entry.id)),
    element('pubDate', {}, rfc822(entry.published)),
    ...textsOf(entry),
    ...tagsOf(entry).map((tag) => element('category', {}, tag)),
    ...entry.topicIds.map((topic) => element('category', { domain: OUR_TOPICS }, topic)),
    ...(file === undefined
      ? []
      : [element('enclosure', { url: file.url, length: file.lengthBytes ?? 0, type: file.type })]),
    ...sourceOf(entry),
    ...namesOf(entry).map((name) => element('dc:creator', {}, name)),
    element('dc:publisher', {}, clean(entry.publisher.name)),
    ...textElement('dc:language', languageTag(entry.language)),
    ...textElement('dc:rights', clean(entry.rights)),
    element('atom:updated', {}, entry.updated),
    ...link('via', entry.sourceUrl, clean(entry.publisher.name)),
    ...reportsOf(entry).flatMap(({ url, title, publisher }) => link('related', url, `${publisher}: ${title}`)),
    ...link('license', entry.licence, null),
    ...meantImage(entry),
    ...otherFiles.map(({ url, lengthBytes, type, durationSeconds, title }) =>
      element(
        'media:content',
        { url, fileSize: lengthBytes, type, duration: durationSeconds },
        textElement('media:title', title, { type: 'plain' }),
      ),
    ),
    ...meantEpisode(entry),
  ]);
}

/** The summary is written as HTML, since readers take it for that; without one, the whole text stands in its place. */
function textsOf(entry: EditionEntry): readonly XmlElement[] {
  const whole = clean(entry.contentHtml);
  const summary = summaryOf(entry);
  if (summary === null) return [markupElement('description', whole)];
  return [markupElement('description', asHtml(summary)), markupElement('content:encoded', whole)];
}

/** What shows as this text where it is taken for HTML. */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function sourceOf({ origin }: EditionEntry): readonly XmlElement[] {
  const url = publicAddress(origin.feedUrl);
  return url === null ? [] : [element('source', { url }, clean(origin.title))];
}

function link(rel: string, address: string | null, title: string | null): readonly XmlElement[] {
  const href = publicAddress(address);
  return href === null ? [] : [element('atom:link', { rel, href, title })];
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 822 with four digits for the year: `Tue, 24 Nov 2026 16:18:25 GMT`. */
function rfc822(instant: Instant): string {
  const [year, month, day, time] = [
    instant.slice(0, 4),
    instant.slice(5, 7),
    instant.slice(8, 10),
    instant.slice(11, 19),
  ];
  const weekday = DAYS[new Date(epochMsOf(instant)).getUTCDay()]!;
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1]!} ${year} ${time} GMT`;
}
