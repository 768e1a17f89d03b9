import type { Edition, EditionEntry } from '../model/edition.ts';
import { wholeText, type FeedParts } from '../model/feed-parts.ts';
import { layOutJsonFeed, type LayOut, type RendererParts } from './feed-layout.ts';
import { entryValues as valuesOfEntry, valuesOf } from './feed-values.ts';
import { readDataTemplate, type Data, type DataObject } from './fill-data.ts';
import { mark } from './marks.ts';

/**
 * Renders editions as JSON Feed 1.1. What the format has no name for stands under `_tributary`. The same edition gives
 * the same bytes. What was rendered of an entry is kept as long as the entry is.
 */
export function openJsonFeed({ layOut = layOutJsonFeed, entryValues = valuesOfEntry }: RendererParts = {}): (
  edition: Edition,
) => FeedParts {
  const { feed, item } = complete(JSON.parse(layOut()) as Layout);
  const fillFeed = readDataTemplate(feed, { scope: '', indent: '' });
  // In the list of a document it stands two steps in.
  const fillItem = readDataTemplate(item, { scope: 'entry.', indent: '        ' });
  const texts = new WeakMap<EditionEntry, string>();
  const textOf = (entry: EditionEntry): string => {
    const known = texts.get(entry);
    if (known !== undefined) return known;
    const text = `        ${fillItem(entryValues(entry)) ?? '{}'}`;
    texts.set(entry, text);
    return text;
  };
  return (edition) => {
    const head = fillFeed(valuesOf(edition, 'json', null))!;
    const before = `${head.slice(0, -'\n}'.length)},\n    "items": [`;
    if (edition.entries.length === 0) return { before: `${before}]\n}\n`, entries: [], between: '', after: '' };
    return {
      before: `${before}\n`,
      entries: edition.entries.map(textOf),
      between: ',\n',
      after: '\n    ]\n}\n',
    };
  };
}

/** One edition as JSON Feed, nothing kept of it. */
export function renderJsonFeed(edition: Edition, layOut: LayOut = layOutJsonFeed): string {
  return wholeText(openJsonFeed({ layOut })(edition));
}

type Layout = DataObject & { readonly author: Data; readonly items: readonly DataObject[] };

/** What the feed package cannot express: it writes JSON Feed 1.0. */
function complete({ author, items, ...feed }: Layout): { readonly feed: DataObject; readonly item: DataObject } {
  return {
    feed: {
      ...feed,
      version: 'https://jsonfeed.org/version/1.1',
      authors: [author],
      language: mark('language'),
      next_url: mark('previousUrl'),
      hubs: [{ type: 'WebSub', url: mark('toldAt.url') }],
      _tributary: {
        id: mark('id'),
        updated: mark('updated'),
        topic: mark('topicId'),
        variant: mark('variant'),
        generator: mark('generator'),
        rights: mark('rights'),
        archive: { current: mark('archive.current'), next: mark('archive.next') },
        deleted: [{ id: mark('deleted.id'), at: mark('deleted.at') }],
      },
    },
    item: { ...withoutAuthor(items[0]!), ...IN_ITEM },
  };
}

/** `author` is of 1.0. */
function withoutAuthor(item: DataObject): DataObject {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'author'));
}

const IN_ITEM: DataObject = {
  authors: [{ name: mark('entry.credited.name'), url: mark('entry.credited.url') }],
  external_url: mark('entry.sourceUrl'),
  language: mark('entry.language'),
  attachments: [
    {
      url: mark('entry.enclosure.url'),
      mime_type: mark('entry.enclosure.type'),
      title: mark('entry.enclosure.title'),
      size_in_bytes: mark('entry.enclosure.size'),
      duration_in_seconds: mark('entry.enclosure.duration'),
    },
  ],
  _tributary: {
    topics: [mark('entry.topic.id')],
    publisher: { name: mark('entry.publisher.name'), url: mark('entry.publisher.url') },
    attribution: mark('entry.attribution'),
    source: {
      id: mark('entry.origin.id'),
      title: mark('entry.origin.title'),
      feed_url: mark('entry.origin.url'),
      home_page_url: mark('entry.origin.siteUrl'),
      updated: mark('entry.origin.updated'),
      rights: mark('entry.origin.rights'),
    },
    extent: mark('entry.extent'),
    extent_reason: mark('entry.extentReason'),
    word_count: mark('entry.wordCount'),
    rights: mark('entry.rights'),
    licence: mark('entry.licence'),
    image: {
      url: mark('entry.image.url'),
      type: mark('entry.image.type'),
      width: mark('entry.image.width'),
      height: mark('entry.image.height'),
      alt: mark('entry.image.alt'),
      caption: mark('entry.image.caption'),
      credit: mark('entry.image.credit'),
    },
    episode: {
      season: mark('entry.episode.season'),
      number: mark('entry.episode.number'),
      type: mark('entry.episode.kind'),
      explicit: mark('entry.episode.explicit'),
      image: mark('entry.episode.image'),
    },
    other_reports: [
      {
        title: mark('entry.related.title'),
        url: mark('entry.related.url'),
        publisher: mark('entry.related.publisher'),
      },
    ],
    corrections: [{ at: mark('entry.correction.at'), note: mark('entry.correction.note') }],
  },
};
