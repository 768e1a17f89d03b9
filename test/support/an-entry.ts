import type { Article } from '../../src/model/article.ts';
import type { Entry } from '../../src/model/feed.ts';
import type { Source } from '../../src/model/source.ts';

/** An entry with what a test says of it, all else absent. */
export function anEntry(given: Partial<Entry> = {}): Entry {
  return {
    id: null,
    idIsPermalink: false,
    link: null,
    title: null,
    authors: [],
    categories: [],
    published: null,
    updated: null,
    summary: null,
    content: null,
    enclosures: [],
    image: null,
    language: null,
    links: [],
    source: null,
    originalLink: null,
    commentsUrl: null,
    rights: null,
    licence: null,
    rsl: [],
    duration: null,
    explicit: null,
    season: null,
    episode: null,
    episodeKind: null,
    episodeImage: null,
    ...given,
  };
}

export function aSource(given: Partial<Source> = {}): Source {
  return {
    id: 'harbour',
    title: 'Harbour News',
    url: 'https://harbour.example/feed.xml',
    topicIds: [],
    enabled: true,
    schedule: '*/15 * * * *',
    adaptive: null,
    language: null,
    content: 'auto',
    select: null,
    remove: [],
    follow: false,
    identity: 'guid',
    filters: [],
    quota: null,
    retentionDays: null,
    probation: 0,
    weight: 1,
    republish: 'full',
    excerptWords: 60,
    rights: null,
    headers: {},
    userAgent: null,
    auth: null,
    proxy: null,
    limits: { maxFeedBytes: null, maxPageBytes: null, timeoutSeconds: null, entriesPerRefresh: null },
    note: null,
    ...given,
  };
}

export function anArticle(given: Partial<Article> = {}): Article {
  return {
    id: 'urn:uuid:00000000-0000-8000-8000-000000000001',
    sourceId: 'harbour',
    entryId: 'a',
    link: 'https://harbour.example/a',
    sourceLink: null,
    publisher: { name: 'Harbour News', url: null },
    title: 'The bridge opens',
    authors: [],
    categories: [],
    section: null,
    published: '2026-11-20T08:00:00Z',
    updated: '2026-11-20T08:00:00Z',
    firstSeenAt: '2026-11-20T09:00:00Z',
    language: 'en',
    image: null,
    enclosures: [],
    episode: null,
    rights: { text: null, licence: null, declared: [] },
    summary: 'After three years the bridge is open.',
    contentHtml: '<p>After three years the bridge is open.</p>',
    contentFrom: 'feed',
    contentReason: 'the feed holds the whole text',
    wordCount: 7,
    corrections: [],
    ...given,
  };
}
