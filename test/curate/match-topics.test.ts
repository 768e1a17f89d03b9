import { describe, expect, test } from '@jest/globals';
import { matchTopics, prepareTopics } from '../../src/curate/match-topics.ts';
import type { Article } from '../../src/model/article.ts';
import type { TopicMatch } from '../../src/model/topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aMatch, aTopic } from '../support/a-topic.ts';

const reasonOf = (match: Partial<TopicMatch>, article: Partial<Article> = {}): string | null =>
  matchTopics(anArticle(article), aSource(), prepareTopics([aTopic({ match: aMatch(match) })]))[0]?.reason ?? null;

describe('a topic takes an article', () => {
  test('whose source is sorted into it', () => {
    const taken = matchTopics(
      anArticle(),
      aSource({ topicIds: ['world'] }),
      prepareTopics([aTopic(), aTopic({ id: 'sport' })]),
    );
    expect(taken).toEqual([{ topicId: 'world', reason: 'everything from Harbour News belongs here' }]);
  });

  test.each<[Partial<TopicMatch>, Partial<Article>, string]>([
    [{ any: ['bridge'] }, {}, 'it has the word "bridge"'],
    [{ any: ['ÉLYSÉE'] }, { title: 'Dinner at the Elysee' }, 'it has the word "ÉLYSÉE"'],
    [{ any: ['мост'] }, { title: 'Мост открыт' }, 'it has the word "мост"'],
    [{ any: ['橋'] }, { title: '新しい橋が開通' }, 'it has the word "橋"'],
    [{ any: ["can't stop"] }, { title: 'We can’t stop' }, 'it has the word "can\'t stop"'],
    [{ phrases: ['the bridge is open'] }, {}, 'it has the phrase "the bridge is open"'],
    [{ categories: ['World News'] }, { categories: ['world  news'] }, 'its publisher files it under "World News"'],
    [{ categories: ['city'] }, { section: 'City' }, 'its publisher files it under "city"'],
    [{ sources: ['harbour'] }, {}, 'it comes from the source "harbour"'],
    [{ language: 'en' }, { language: 'en-GB' }, 'it fulfils the topic’s conditions'],
    [
      { author: 'Ellison' },
      { authors: [{ name: 'Mara Ellison', email: null, url: null }] },
      'it fulfils the topic’s conditions',
    ],
    [{ any: ['bridge'], all: ['years'], minWords: 5 }, {}, 'it has the word "bridge"'],
  ])('%j', (match, article, reason) => {
    expect(reasonOf(match, article)).toBe(reason);
  });
});

describe('a topic does not take an article', () => {
  test.each<[string, Partial<TopicMatch>, Partial<Article>]>([
    ['that has a word only inside another', { any: ['bridge'] }, { title: 'Bridgeport', contentHtml: '', summary: '' }],
    ['that has a word only in its markup', { any: ['strong'] }, { contentHtml: '<p><strong>No</strong></p>' }],
    ['that lacks one of all words', { any: ['bridge'], all: ['years', 'toll'] }, {}],
    ['that has a word it must not have', { any: ['bridge'], none: ['open'] }, {}],
    ['whose words stand apart', { phrases: ['bridge years'] }, {}],
    ['that is too short', { any: ['bridge'], minWords: 100 }, {}],
    ['in another language', { any: ['bridge'], language: 'en-US' }, { language: 'en' }],
    ['from elsewhere', { any: ['bridge'], address: 'https://other.example/' }, {}],
    ['when its rules are empty words', { any: ['…'] }, {}],
  ])('%s', (_, match, article) => {
    expect(reasonOf(match, article)).toBeNull();
  });
});
