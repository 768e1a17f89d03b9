import { readySite, type ReadySite } from '../../src/curate/opt-out.ts';
import type { Site } from '../../src/model/site.ts';
import type { Topic, TopicMatch } from '../../src/model/topic.ts';

export function aMatch(given: Partial<TopicMatch> = {}): TopicMatch {
  return {
    any: [],
    all: [],
    none: [],
    phrases: [],
    categories: [],
    sources: [],
    language: null,
    author: null,
    address: null,
    minWords: null,
    ...given,
  };
}

export function aTopic(given: Partial<Topic> = {}): Topic {
  return {
    id: 'world',
    foundedAs: given.id ?? 'world',
    title: 'World',
    description: null,
    match: null,
    filters: [],
    quota: null,
    retentionDays: null,
    maxEntries: 50,
    group: false,
    learn: false,
    updates: 'all',
    webhooks: [],
    private: false,
    note: null,
    ...given,
  };
}

export function aSite(given: Partial<Site> = {}): Site {
  return {
    title: 'The Daily Confluence',
    url: 'https://news.example.org/',
    language: 'en',
    timeZone: 'UTC',
    place: null,
    description: null,
    contact: null,
    commercial: true,
    optOut: [],
    images: 'hotlink',
    hub: null,
    ...given,
  };
}

/** A site as composing goes by it. */
export function aReadySite(given: Partial<Site> = {}): ReadySite {
  return readySite(aSite(given));
}
