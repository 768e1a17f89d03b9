import type { Edition } from '../model/edition.ts';
import { insertBefore } from './complete-layout.ts';
import { layOutRss, type LayOut } from './feed-layout.ts';
import { TOPIC_SCHEME, valuesOf } from './feed-values.ts';
import { fillTemplate } from './fill-template.ts';
import { MEDIA_IN_ENTRY } from './media-rss.ts';
import { readTemplate } from './read-template.ts';

/**
 * An edition as RSS 2.0, by the RSS Advisory Board's best practices profile. The same edition gives the same bytes.
 * @param layOut lays out the document about marks; the feed package does it
 */
export function renderRss(edition: Edition, layOut: LayOut = layOutRss): string {
  return fillTemplate(readTemplate(complete(layOut())), valuesOf(edition, edition.feedLinks.rss));
}

/** What the feed package cannot express in RSS. */
function complete(layout: string): string {
  const told = layout
    .replace(/<rss version="2.0"([^<>]*)>/, '<rss version="2.0"$1 xmlns:media="http://search.yahoo.com/mrss/">')
    .replace('<description>mark:subtitle;', '<description>mark:description;');
  return insertBefore(insertBefore(told, '<item>', IN_CHANNEL), '</item>', IN_ITEM + MEDIA_IN_ENTRY + OTHER_FILES);
}

/** The package writes an image without asking whether there is one. */
const IN_CHANNEL = `
<image>
    <url>mark:logo.url;</url>
    <title>mark:logo.title;</title>
    <link>mark:logo.link;</link>
</image>`;

/** RSS has one enclosure, and authors by e-mail alone: names are dc:creator. `source` names the origin's feed. */
const IN_ITEM = `
<category domain="${TOPIC_SCHEME}">mark:entry.topic.id;</category>
<enclosure url="mark:entry.firstEnclosure.url;" length="mark:entry.firstEnclosure.length;" type="mark:entry.firstEnclosure.type;"/>
<source url="mark:entry.feed.url;">mark:entry.feed.title;</source>
<dc:creator>mark:entry.author.name;</dc:creator>
<dc:publisher>mark:entry.publisherName;</dc:publisher>
<dc:language>mark:entry.language;</dc:language>
<dc:rights>mark:entry.rights;</dc:rights>
<atom:updated>mark:entry.updated;</atom:updated>
<atom:link rel="via" href="mark:entry.via.url;" title="mark:entry.via.title;"/>
<atom:link rel="related" href="mark:entry.related.url;" title="mark:entry.related.titleWithPublisher;"/>
<atom:link rel="license" href="mark:entry.licensed.url;"/>`;

const OTHER_FILES = `
<media:content url="mark:entry.otherEnclosure.url;" fileSize="mark:entry.otherEnclosure.size;" type="mark:entry.otherEnclosure.type;" duration="mark:entry.otherEnclosure.duration;">
    <media:title type="plain">mark:entry.otherEnclosure.title;</media:title>
</media:content>`;
