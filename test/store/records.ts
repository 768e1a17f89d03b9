import type { Article } from '../../src/model/article.ts';
import type { LedgerEntry } from '../../src/model/ledger.ts';
import type { MissedPage } from '../../src/model/missed-page.ts';
import type { SourceState } from '../../src/model/source.ts';
import type { Story } from '../../src/model/story.ts';
import type { TrailStep } from '../../src/model/trail.ts';
import { newState } from '../../src/pipeline/source-state.ts';
import type { CurationRecord, RefreshRecord } from '../../src/store/store.ts';
import { uuidUrn } from '../../src/support/hash.ts';
import { anArticle, anEntry, aSource } from '../support/an-entry.ts';

// What the suites save: plain, with what a test says of it.

export const NOON = '2026-11-24T12:00:00Z';
export const ONE = '2026-11-24T13:00:00Z';
export const TWO = '2026-11-24T14:00:00Z';

export function aState(given: Partial<SourceState> = {}): SourceState {
  return { ...newState(aSource()), ...given };
}

export function aLedgerEntry(given: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    articleId: 'urn:a',
    sourceId: 'harbour',
    entryId: 'a',
    digest: 'digest-1',
    firstSeenAt: NOON,
    aliases: [{ kind: 'guid', value: given.entryId ?? 'a' }],
    ...given,
  };
}

export function aStep(given: Partial<TrailStep> = {}): TrailStep {
  return { articleId: 'urn:a', at: NOON, state: 'awaiting', reason: 'new in its feed', ...given };
}

/** The first refresh that brings these articles: for each a ledger entry, a step, and the article. */
export function arrival(articles: readonly Article[], given: Partial<RefreshRecord> = {}): RefreshRecord {
  return {
    state: aState({ sourceId: articles[0]?.sourceId ?? 'harbour' }),
    ledger: articles.map(({ id, sourceId, entryId, firstSeenAt }) =>
      aLedgerEntry({ articleId: id, sourceId, entryId, firstSeenAt }),
    ),
    articles,
    trail: articles.map(({ id }) => aStep({ articleId: id })),
    missed: [],
    missedNoLonger: [],
    watch: null,
    askAgain: null,
    ...given,
  };
}

/** A page that is asked for again at noon. */
export function aMissedPage(given: Partial<MissedPage> = {}): MissedPage {
  const feed = { url: 'https://harbour.example/feed.xml', title: 'Harbour', link: null, language: null };
  return {
    articleId: 'urn:a',
    sourceId: 'harbour',
    code: 'fetch-timed-out',
    retries: 0,
    nextAt: NOON,
    given: {
      entry: anEntry({ id: 'a', link: 'https://harbour.example/a', title: 'The bridge opens' }),
      feed: { ...feed, rights: null, licence: null, rsl: [], authors: [] },
    },
    ...given,
  };
}

/** Articles of their own ids and entries. */
export function someArticles(count: number, given: Partial<Article> = {}): Article[] {
  return Array.from({ length: count }, (_, at) =>
    anArticle({ id: uuidUrn('article', given.sourceId ?? 'harbour', String(at)), entryId: `entry-${at}`, ...given }),
  );
}

export function aStory(given: Partial<Story> = {}): Story {
  const id = given.id ?? 'urn:a';
  return {
    id,
    path: `articles/2026/11/${id.replaceAll(':', '-')}.html`,
    leadArticleId: id,
    articleIds: [id],
    topics: [{ topicId: 'world', reason: 'the source "Harbour News" is sorted into it' }],
    firstSeenAt: NOON,
    published: NOON,
    updated: NOON,
    score: 1,
    eventId: 'urn:a',
    context: { related: [], hot: [], topicNews: [] },
    ...given,
  };
}

/** Entries are as they were read, unless a test says otherwise. */
export function aCuration(given: Partial<CurationRecord> = {}): CurationRecord {
  const readAt = new Map((given.trail ?? []).map(({ articleId }) => [articleId, Number.MAX_SAFE_INTEGER]));
  return {
    stories: [],
    dissolved: [],
    keys: [],
    compared: [],
    comparedFromMs: 0,
    trail: [],
    readAt,
    facts: {},
    ...given,
  };
}
