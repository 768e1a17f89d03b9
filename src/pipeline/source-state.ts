import type { Feed } from '../model/feed.ts';
import type { FetchedFeed } from '../model/fetched-feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import { nextCheckAfterSuccess } from './next-check.ts';

/** What is known of a source that was never asked. */
export function newState(source: Source): SourceState {
  return {
    sourceId: source.id,
    url: source.url,
    etag: null,
    lastModified: null,
    bodyDigest: null,
    checkedAt: null,
    nextCheckAt: null,
    failures: 0,
    lastFailure: null,
    feedTitle: null,
    feedId: null,
    feedLink: null,
    feedUpdated: null,
    feedRights: null,
    feedLanguage: null,
    repairs: [],
  };
}

/** After an answer, whatever was in it. */
export function afterSuccess(source: Source, state: SourceState, fetched: FetchedFeed): SourceState {
  return {
    ...state,
    etag: fetched.etag,
    lastModified: fetched.lastModified,
    checkedAt: fetched.fetchedAt,
    nextCheckAt: nextCheckAfterSuccess(source, fetched, fetched.fetchedAt),
    failures: 0,
    lastFailure: null,
  };
}

/** What the feed says of itself, kept for attribution. */
export function feedWords(
  feed: Feed,
): Pick<SourceState, 'feedTitle' | 'feedId' | 'feedLink' | 'feedUpdated' | 'feedRights' | 'feedLanguage' | 'repairs'> {
  return {
    feedTitle: feed.title,
    feedId: feed.id,
    feedLink: feed.link,
    feedUpdated: feed.updated,
    feedRights: feed.rights,
    feedLanguage: feed.language,
    repairs: feed.repairs.map(({ detail }) => detail),
  };
}
