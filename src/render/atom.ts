import type { Edition } from '../model/edition.ts';
import { wholeText, type FeedParts } from '../model/feed-parts.ts';
import { insertBefore } from './complete-layout.ts';
import { openFillDocument } from './entry-parts.ts';
import { layOutAtom, type LayOut, type RendererParts } from './feed-layout.ts';
import { TOPIC_SCHEME, valuesOf, entryValues as valuesOfEntry } from './feed-values.ts';
import { ARCHIVE_MARK, namesStyleSheet } from './marked-document.ts';
import { MEDIA_IN_ENTRY, PLAYED_IN_ENTRY } from './media-rss.ts';
import { readTemplate } from './read-template.ts';

/**
 * Renders editions as Atom 1.0 (RFC 4287), the reference format. The same edition gives the same bytes.
 * What was rendered of an entry is kept as long as the entry is.
 */
export function openAtom({ layOut = layOutAtom, entryValues = valuesOfEntry }: RendererParts = {}): (
  edition: Edition,
) => FeedParts {
  const layout = complete(layOut());
  const plain = readTemplate(layout);
  const archive = readTemplate(insertBefore(layout, FIRST_OF_CHAIN, ARCHIVE_MARK));
  const fill = openFillDocument(entryValues);
  return (edition) =>
    fill(
      edition.paging.current === null ? plain : archive,
      (entry) => valuesOf(edition, 'atom', entry),
      edition.entries,
    );
}

/** One edition as Atom, nothing kept of it. */
export function renderAtom(edition: Edition, layOut: LayOut = layOutAtom): string {
  return wholeText(openAtom({ layOut })(edition));
}

/** What the feed package cannot express in Atom. */
function complete(layout: string): string {
  const told = namesStyleSheet(layout)
    .replace('<feed xmlns="http://www.w3.org/2005/Atom">', ROOT)
    .replace('<link rel="alternate" href="mark:link;"/>', '<link rel="alternate" type="text/html" href="mark:link;"/>')
    .replace('<link rel="self" href=', '<link rel="self" type="application/atom+xml" href=')
    .replace('<link href="mark:entry.url;"/>', '<link rel="alternate" type="text/html" href="mark:entry.url;"/>')
    .replace('<title type="html">', '<title type="text">')
    .replace('<summary type="html">', '<summary type="text">');
  const chained = insertBefore(told, '<entry>', IN_FEED);
  const named = chained.replace('<entry>', '<entry xml:lang="mark:entry.language;">');
  return insertBefore(named, '</entry>', IN_ENTRY + MEDIA_IN_ENTRY + PLAYED_IN_ENTRY);
}

const ROOT =
  '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
  ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:fh="http://purl.org/syndication/history/1.0"' +
  ' xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="mark:language;">';

const FIRST_OF_CHAIN = '<link rel="current" type="application/atom\\+xml" href="mark:currentPage.url;"/>';

/** Where the document stands among those of its topic (RFC 5005 §4), and what was taken back (RFC 6721). */
const IN_FEED = `
<link rel="current" type="application/atom+xml" href="mark:currentPage.url;"/>
<link rel="prev-archive" type="application/atom+xml" href="mark:previousPage.url;"/>
<link rel="next-archive" type="application/atom+xml" href="mark:nextPage.url;"/>
<at:deleted-entry ref="mark:deleted.id;" when="mark:deleted.at;"/>`;

/**
 * Our topics; where the entry was got (`via`), other reports of the story (`related`), the licence (RFC 4946), files;
 * and the feed it was taken from (RFC 4287 §4.2.11), whose author is credited where the entry names none.
 */
const IN_ENTRY = `
<category scheme="${TOPIC_SCHEME}" term="mark:entry.topic.id;"/>
<link rel="via" href="mark:entry.via.url;" title="mark:entry.via.title;"/>
<link rel="related" href="mark:entry.related.url;" title="mark:entry.related.titleWithPublisher;"/>
<link rel="license" href="mark:entry.licensed.url;"/>
<link rel="enclosure" href="mark:entry.enclosure.url;" type="mark:entry.enclosure.type;" length="mark:entry.enclosure.length;" title="mark:entry.enclosure.title;"/>
<source>
    <id>mark:entry.origin.id;</id>
    <title>mark:entry.origin.title;</title>
    <updated>mark:entry.origin.updated;</updated>
    <author>
        <name>mark:entry.origin.publisherName;</name>
        <uri>mark:entry.origin.publisherUrl;</uri>
    </author>
    <link rel="self" href="mark:entry.origin.feedLink.url;"/>
    <link rel="alternate" href="mark:entry.origin.siteLink.url;"/>
    <rights>mark:entry.origin.rights;</rights>
</source>
<dc:publisher>mark:entry.publisherName;</dc:publisher>`;
