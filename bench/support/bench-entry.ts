import type { Entry } from '../../src/model/feed.ts';
import type { Source } from '../../src/model/source.ts';

/** An entry with what a corpus says of it, all else absent. */
export function benchEntry(given: Partial<Entry>): Entry {
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
    duration: null,
    explicit: null,
    ...given,
  };
}

export function benchSource(given: Partial<Source> = {}): Source {
  return {
    id: 'bench',
    title: 'Bench',
    url: 'https://feed.example/',
    topicIds: [],
    enabled: true,
    schedule: '*/15 * * * *',
    language: null,
    content: 'auto',
    select: null,
    remove: [],
    identity: 'guid',
    weight: 1,
    republish: 'full',
    excerptWords: 60,
    rights: null,
    headers: {},
    userAgent: null,
    note: null,
    ...given,
  };
}
