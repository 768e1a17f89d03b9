import type { Edition } from '../model/edition.ts';
import { wholeText, type FeedParts } from '../model/feed-parts.ts';
import { insertBefore } from './complete-layout.ts';
import { openFillDocument } from './entry-parts.ts';
import { layOutRss, type LayOut, type RendererParts } from './feed-layout.ts';
import { TOPIC_SCHEME, valuesOf, entryValues as valuesOfEntry } from './feed-values.ts';
import { ARCHIVE_MARK, namesStyleSheet } from './marked-document.ts';
import { MEDIA_IN_ENTRY } from './media-rss.ts';
import { readTemplate } from './read-template.ts';

/**
 * Renders editions as RSS 2.0, by the RSS Advisory Board's best practices profile. The same edition gives the same bytes.
 * What was rendered of an entry is kept as long as the entry is.
 */
export function openRss({ layOut = layOutRss, entryValues = valuesOfEntry }: RendererParts = {}): (
  edition: Edition,
) => FeedParts {
  const layout = complete(layOut());
  const plain = readTemplate(layout);
  const archive = readTemplate(insertBefore(layout, FIRST_OF_CHAIN, ARCHIVE_MARK));
  const fill = openFillDocument(entryValues);
  return (edition) =>
    fill(
      edition.paging.current === null ? plain : archive,
      (entry) => valuesOf(edition, 'rss', entry),
      edition.entries,
    );
}

/** One edition as RSS, nothing kept of it. */
export function renderRss(edition: Edition, layOut: LayOut = layOutRss): string {
  return wholeText(openRss({ layOut })(edition));
}

/** What the feed package cannot express in RSS. */
function complete(layout: string): string {
  const told = namesStyleSheet(layout)
    .replace(/<rss version="2.0"([^<>]*)>/, `<rss version="2.0"$1${NAMESPACES}>`)
    .replace('<description>mark:subtitle;', '<description>mark:description;');
  return insertBefore(
    insertBefore(told, '<item>', IN_CHANNEL),
    '</item>',
    IN_ITEM + MEDIA_IN_ENTRY + OTHER_FILES + EPISODE,
  );
}

const NAMESPACES =
  ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:fh="http://purl.org/syndication/history/1.0"' +
  ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';

const FIRST_OF_CHAIN = '<atom:link href="mark:currentPage.url;" rel="current" type="application/rss\\+xml"/>';

/**
 * The package writes an image without asking whether there is one. Where the document stands among those of its topic (RFC
 * 5005 §4). What podcast directories ask of a channel with episodes.
 */
const IN_CHANNEL = `
<image>
    <url>mark:logo.url;</url>
    <title>mark:logo.title;</title>
    <link>mark:logo.link;</link>
</image>
<atom:link href="mark:currentPage.url;" rel="current" type="application/rss+xml"/>
<atom:link href="mark:previousPage.url;" rel="prev-archive" type="application/rss+xml"/>
<atom:link href="mark:nextPage.url;" rel="next-archive" type="application/rss+xml"/>
<itunes:owner>
    <itunes:name>mark:podcastOwner.name;</itunes:name>
    <itunes:email>mark:podcastOwner.email;</itunes:email>
</itunes:owner>
<itunes:category text="mark:podcast.category;"/>
<itunes:explicit>mark:podcast.explicit;</itunes:explicit>`;

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

/** Apple's tags, which all players of podcasts read. */
const EPISODE = `
<itunes:duration>mark:entry.episode.duration;</itunes:duration>
<itunes:season>mark:entry.episode.season;</itunes:season>
<itunes:episode>mark:entry.episode.number;</itunes:episode>
<itunes:episodeType>mark:entry.episode.kind;</itunes:episodeType>
<itunes:explicit>mark:entry.episode.explicit;</itunes:explicit>
<itunes:image href="mark:entry.episode.image;"/>`;
