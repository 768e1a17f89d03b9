import { describe, expect, test } from '@jest/globals';
import { judgeFilters, prepareFilters } from '../../../src/curate/holds/judge-filters.ts';
import { searchable } from '../../../src/curate/match-rules.ts';
import type { Article } from '../../../src/model/article.ts';
import type { EntryFilter } from '../../../src/model/rule.ts';
import { aFilter } from '../../support/a-filter.ts';
import { anArticle } from '../../support/an-entry.ts';

const judged = (filters: readonly EntryFilter[], given: Partial<Article> = {}): string | null => {
  const article = anArticle(given);
  return judgeFilters(article, searchable(article), prepareFilters('the source', filters))?.reason ?? null;
};

describe('a filter fits', () => {
  test.each<[Partial<EntryFilter>, Partial<Article>, string]>([
    [{ any: ['bridge'] }, {}, 'it has the word "bridge"'],
    [{ any: ['ÉLYSÉE'] }, { title: 'Dinner at the Elysee' }, 'it has the word "ÉLYSÉE"'],
    [{ any: ['ГОРОСКОП'] }, { title: 'Гороскоп на день' }, 'it has the word "ГОРОСКОП"'],
    [{ any: ['占い'] }, { title: '今日の占い' }, 'it has the word "占い"'],
    [{ phrases: ['the bridge is open'] }, {}, 'it has the phrase "the bridge is open"'],
    [{ categories: ['ads'] }, { categories: ['Ads'] }, 'its publisher files it under "ads"'],
    [{ categories: ['ads'] }, { section: 'ADS' }, 'its publisher files it under "ads"'],
    [{ all: ['bridge', 'years'] }, {}, 'it has "bridge", "years"'],
    [{ all: ['bridge', 'is', 'years', 'three', 'open'] }, {}, 'it has "bridge", "is", "years" and 2 more'],
    [{ none: ['toll', 'ferry'] }, {}, 'it has none of "toll", "ferry"'],
    [{ language: 'de' }, { language: 'de-AT' }, 'it is written in "de"'],
    [{ author: 'ellison' }, { authors: [{ name: 'Mara Ellison', email: null, url: null }] }, 'its author is "ellison"'],
    [{ address: 'https://harbour.example/' }, {}, 'its address begins with https://harbour.example/'],
    [{ minWords: 7 }, {}, 'it is 7 words long'],
    [{ maxWords: 7 }, {}, 'it is 7 words long'],
    [{ any: ['bridge'], all: ['years'], maxWords: 9 }, {}, 'it has the word "bridge"'],
    [{ language: 'en', maxWords: 9 }, {}, 'it is written in "en", it is 7 words long'],
    [{}, {}, 'it fits every entry'],
  ])('%j', (filter, article, why) => {
    expect(judged([aFilter(filter)], article)).toBe(`filter 1 of the source drops it: ${why}`);
  });
});

describe('a filter does not fit', () => {
  test.each<[string, Partial<EntryFilter>, Partial<Article>]>([
    ['a word inside another', { any: ['bridge'] }, { title: 'Bridgeport', contentHtml: '', summary: '' }],
    ['a word in the markup alone', { any: ['strong'] }, { contentHtml: '<p><strong>No</strong></p>' }],
    ['when one of all words is not there', { all: ['bridge', 'toll'] }, {}],
    ['when a word is there that must not be', { any: ['bridge'], none: ['open'] }, {}],
    ['words that stand apart', { phrases: ['bridge years'] }, {}],
    ['a category that is part of another', { categories: ['ads'] }, { categories: ['Roads', 'ads and offers'] }],
    ['another language', { language: 'en-US' }, {}],
    ['no language at all', { language: 'en' }, { language: null }],
    ['another author', { author: 'ellis' }, { authors: [{ name: 'Mara Ellison', email: null, url: null }] }],
    ['another address', { address: 'https://other.example/' }, {}],
    ['no address at all', { address: 'https://harbour.example/' }, { link: null }],
    ['what is shorter', { minWords: 8 }, {}],
    ['what is longer', { any: ['bridge'], maxWords: 6 }, {}],
    ['a word that is there when a condition does not hold', { any: ['bridge'], language: 'de' }, {}],
  ])('%s', (_, filter, article) => {
    expect(judged([aFilter(filter)], article)).toBeNull();
  });
});

describe('of several filters', () => {
  const bridge = aFilter({ any: ['bridge'], does: 'hold', note: 'bridges  are\nlooked at first' });
  const open = aFilter({ any: ['open'], note: 'nothing open' });

  test('the first that fits decides, and is called by its note', () => {
    expect(judged([aFilter({ any: ['ferry'] }), bridge, open])).toBe(
      'the filter "bridges are looked at first" of the source holds it: it has the word "bridge"',
    );
    expect(judged([open, bridge])).toBe('the filter "nothing open" of the source drops it: it has the word "open"');
  });

  test('one without a note is called by its number', () => {
    expect(judged([aFilter({ any: ['ferry'] }), aFilter({ any: ['open'], note: ' ' })])).toMatch(/^filter 2 of/);
  });

  test('a long note is cut between words', () => {
    const note = Array.from({ length: 40 }, (_, at) => `word${at}`).join(' ');
    expect(judged([aFilter({ any: ['open'], note })])).toContain('word10 word11…" of the source');
  });

  test('none fits where there is none', () => {
    expect(judged([])).toBeNull();
  });
});
