import { expect, test } from '@jest/globals';
import { comparedTextOf } from '../../src/curate/compared-text-of.ts';
import { documentOf } from '../../src/curate/place-articles.ts';
import { openRecentTexts, type RecentTexts } from '../../src/curate/recent-texts.ts';
import type { Article } from '../../src/model/article.ts';
import { anArticle } from '../support/an-entry.ts';

const FERRIES = 'The crews of the Oldport ferries went back to work on Monday after nine days of strike over pay.';
const BUDGET = 'The council of Marlin has passed a budget that closes two swimming baths and spares the library.';

function article(id: string, text: string): Article {
  return anArticle({ id, sourceId: id, title: `News of ${id}`, contentHtml: `<p>${text}</p>` });
}

function noted(texts: RecentTexts, one: Article, how: 'with its words' | 'alone'): void {
  const words = comparedTextOf(one);
  if (how === 'alone') texts.note(documentOf(one), one.id);
  else texts.note(documentOf(one, words), one.id, words);
}

test('a story is placed by the same words, whether they were read when its founder was noted or not', () => {
  const ways = (['with its words', 'alone'] as const).map((how) => {
    const texts = openRecentTexts();
    return ['one', 'two', 'three'].map((id, at) => {
      const founder = article(id, at === 1 ? BUDGET : FERRIES);
      noted(texts, founder, how);
      return texts.found(founder);
    });
  });
  expect(ways[0]).toEqual(ways[1]);
  expect(ways[0]!.map(({ eventId }) => eventId)).toEqual(['one', 'two', 'one']);
});

test('a story whose founder has changed before it was found its event is placed by what it says now', () => {
  const texts = openRecentTexts();
  const first = article('first', BUDGET);
  noted(texts, first, 'with its words');
  texts.found(first);
  noted(texts, article('second', FERRIES), 'with its words');
  const changed = article('second', BUDGET);
  noted(texts, changed, 'with its words');
  expect(texts.found(changed).eventId).toBe('first');
});

test('what is held is counted, and forgotten by its age', () => {
  const texts = openRecentTexts();
  noted(texts, article('one', FERRIES), 'with its words');
  noted(texts, { ...article('two', BUDGET), published: '2026-11-21T08:00:00Z' }, 'with its words');
  expect(texts.size()).toBe(2);
  texts.forgetBefore(Date.parse('2026-11-21T00:00:00Z'));
  expect(texts.size()).toBe(1);
});
