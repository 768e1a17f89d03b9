import type { Edition } from '../model/edition.ts';
import { insertBefore } from './complete-layout.ts';
import { layOutAtom, type LayOut } from './feed-layout.ts';
import { TOPIC_SCHEME, valuesOf } from './feed-values.ts';
import { fillTemplate } from './fill-template.ts';
import { MEDIA_IN_ENTRY } from './media-rss.ts';
import { readTemplate } from './read-template.ts';

/**
 * An edition as Atom 1.0 (RFC 4287), the reference format. The same edition gives the same bytes.
 * @param layOut lays out the document about marks; the feed package does it
 */
export function renderAtom(edition: Edition, layOut: LayOut = layOutAtom): string {
  return fillTemplate(readTemplate(complete(layOut())), valuesOf(edition, edition.feedLinks.atom));
}

/** What the feed package cannot express in Atom. */
function complete(layout: string): string {
  const told = layout
    .replace('<feed xmlns="http://www.w3.org/2005/Atom">', ROOT)
    .replace('<link rel="alternate" href="mark:link;"/>', '<link rel="alternate" type="text/html" href="mark:link;"/>')
    .replace('<link rel="self" href=', '<link rel="self" type="application/atom+xml" href=')
    .replace('<link href="mark:entry.url;"/>', '<link rel="alternate" type="text/html" href="mark:entry.url;"/>')
    .replace('<entry>', '<entry xml:lang="mark:entry.language;">')
    .replace('<title type="html">', '<title type="text">')
    .replace('<summary type="html">', '<summary type="text">');
  return insertBefore(told, '</entry>', IN_ENTRY + MEDIA_IN_ENTRY);
}

const ROOT =
  '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
  ' xmlns:media="http://search.yahoo.com/mrss/" xml:lang="mark:language;">';

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
