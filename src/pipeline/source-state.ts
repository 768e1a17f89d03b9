import type { Feed } from '../model/feed.ts';
import type { FetchedFeed } from '../model/fetched-feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import { nextCheckAfterFailure, nextCheckAfterSuccess, retryAfterEnd, scheduleMark } from './next-check.ts';

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
    nextCheckWhy: null,
    schedule: scheduleMark(source),
    rhythm: null,
    retryAfterUntil: null,
    failures: 0,
    lastFailure: null,
    feedTitle: null,
    feedId: null,
    feedLink: null,
    feedUpdated: null,
    feedRights: null,
    feedLanguage: null,
    skipHours: [],
    skipDays: [],
    repairs: [],
    unreadable: [],
  };
}

/**
 * What is known of a source as its operator has it now. An edited address is asked at once and as if for the first time:
 * validators, digest and failures belong to one address, and a wish to be left alone to one server. After an edited
 * schedule the next check is reckoned anew.
 */
export function stateFor(source: Source, stored: SourceState | undefined): SourceState {
  if (stored === undefined) return newState(source);
  const state = stored.url === source.url ? stored : movedTo(source, stored);
  return state.schedule === scheduleMark(source) ? state : rescheduled(source, state);
}

function movedTo(source: Source, state: SourceState): SourceState {
  const sameServer = URL.parse(state.url)?.host === URL.parse(source.url)?.host;
  return {
    ...state,
    url: source.url,
    etag: null,
    lastModified: null,
    bodyDigest: null,
    nextCheckAt: null,
    nextCheckWhy: null,
    rhythm: null,
    skipHours: [],
    skipDays: [],
    retryAfterUntil: sameServer ? state.retryAfterUntil : null,
    failures: 0,
    lastFailure: null,
  };
}

function rescheduled(source: Source, state: SourceState): SourceState {
  const schedule = scheduleMark(source);
  const { checkedAt } = state;
  if (state.nextCheckAt === null || checkedAt === null) return { ...state, schedule };
  const known = { ...state, freshForSeconds: null, retryAfterSeconds: null, isPushed: false };
  const { at, why } =
    state.failures > 0
      ? nextCheckAfterFailure(source, known, checkedAt)
      : nextCheckAfterSuccess(source, known, checkedAt);
  return { ...state, schedule, nextCheckAt: at, nextCheckWhy: why };
}

/** After an answer. When to ask again depends on what its feed says: on the words of it that the state holds. */
export function afterSuccess(
  source: Source,
  state: SourceState,
  { fetched, isPushed }: { readonly fetched: FetchedFeed; readonly isPushed: boolean },
): SourceState {
  const { skipHours, skipDays, rhythm } = state;
  const next = nextCheckAfterSuccess(source, { ...fetched, skipHours, skipDays, rhythm, isPushed }, fetched.fetchedAt);
  return {
    ...state,
    etag: fetched.etag,
    lastModified: fetched.lastModified,
    checkedAt: fetched.fetchedAt,
    nextCheckAt: next.at,
    nextCheckWhy: next.why,
    schedule: scheduleMark(source),
    retryAfterUntil: retryAfterEnd(fetched.retryAfterSeconds, fetched.fetchedAt),
    failures: 0,
    lastFailure: null,
  };
}

/** What of a state is the feed's own word. */
export type FeedWords = Pick<
  SourceState,
  | 'feedTitle'
  | 'feedId'
  | 'feedLink'
  | 'feedUpdated'
  | 'feedRights'
  | 'feedLanguage'
  | 'skipHours'
  | 'skipDays'
  | 'repairs'
>;

/** What the feed says of itself, kept for attribution and for the next check. */
export function feedWords(feed: Feed): FeedWords {
  return {
    feedTitle: feed.title,
    feedId: feed.id,
    feedLink: feed.link,
    feedUpdated: feed.updated,
    feedRights: feed.rights,
    feedLanguage: feed.language,
    skipHours: feed.skipHours,
    skipDays: feed.skipDays,
    repairs: feed.repairs.map(({ detail }) => detail),
  };
}
