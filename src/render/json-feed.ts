import type { Edition } from '../model/edition.ts';
import { layOutJsonFeed, type LayOut } from './feed-layout.ts';
import { valuesOf } from './feed-values.ts';
import { readDataTemplate, type Data, type DataObject } from './fill-data.ts';
import { mark } from './marks.ts';

/**
 * An edition as JSON Feed 1.1. What the format has no name for stands under `_tributary`. The same edition gives the
 * same bytes.
 * @param layOut lays out the document about marks; the feed package does it
 */
export function renderJsonFeed(edition: Edition, layOut: LayOut = layOutJsonFeed): string {
  const fill = readDataTemplate(complete(JSON.parse(layOut()) as Layout));
  const filled = fill(valuesOf(edition, edition.feedLinks.json));
  const written = JSON.stringify({ ...filled, items: filled?.['items'] ?? [] }, null, 4);
  // The same text in JSON's eyes; and it is no markup to whoever pastes it into a page.
  return `${written.replaceAll('<', '\\u003c')}\n`;
}

type Layout = DataObject & { readonly author: Data; readonly items: readonly DataObject[] };

/** What the feed package cannot express: it writes JSON Feed 1.0. */
function complete({ author, items, ...feed }: Layout): DataObject {
  return {
    ...feed,
    version: 'https://jsonfeed.org/version/1.1',
    authors: [author],
    language: mark('language'),
    _tributary: { id: mark('id'), updated: mark('updated'), topic: mark('topicId'), generator: mark('generator') },
    items: items.map((item) => ({ ...withoutAuthor(item), ...IN_ITEM })),
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
