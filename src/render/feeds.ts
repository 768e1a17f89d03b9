import type { Edition, FeedLinks } from '../model/edition.ts';
import type { FeedParts } from '../model/feed-parts.ts';
import { openAtom } from './atom.ts';
import { openJsonFeed } from './json-feed.ts';
import { openEntryValues } from './kept-values.ts';
import { openRss } from './rss.ts';

/** Opens the renderers of all formats. What they have in common of an entry is worked out once. */
export function openFeeds(): Readonly<Record<keyof FeedLinks, (edition: Edition) => FeedParts>> {
  const entryValues = openEntryValues();
  return { atom: openAtom({ entryValues }), rss: openRss({ entryValues }), json: openJsonFeed({ entryValues }) };
}
