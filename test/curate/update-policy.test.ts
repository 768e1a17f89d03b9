import { expect, test } from '@jest/globals';
import { composeEntry } from '../../src/curate/compose-edition.ts';
import { updatedUnder } from '../../src/curate/update-policy.ts';
import { aReadySite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { NO_CONTEXT } from '../../src/curate/group-articles.ts';

const story = { published: '2026-11-20T08:00:00Z', updated: '2026-11-20T12:00:00Z' };
const corrections = [
  { at: '2026-11-20T09:00:00Z', kind: 'extension' as const, note: 'a' },
  { at: '2026-11-20T10:00:00Z', kind: 'correction' as const, note: 'b' },
  { at: '2026-11-20T12:00:00Z', kind: 'extension' as const, note: 'c' },
];

test('a topic’s policy says which changes move an entry', () => {
  const under = (policy: 'all' | 'corrections' | 'none'): string => updatedUnder(policy, story, { corrections });
  expect([under('all'), under('corrections'), under('none')]).toEqual([
    '2026-11-20T12:00:00Z',
    '2026-11-20T10:00:00Z',
    '2026-11-20T08:00:00Z',
  ]);
});

test('a correction from before the story was published, or after its last change, does not count', () => {
  const at = (moment: string): string =>
    updatedUnder('corrections', story, { corrections: [{ at: moment, kind: 'correction', note: 'a' }] });
  expect([at('2026-11-20T07:00:00Z'), at('2026-11-21T07:00:00Z')]).toEqual([story.published, story.published]);
});

test('an entry has the date of its topic’s policy, and without a topic that of every change', () => {
  const lead = anArticle({ corrections });
  const told = {
    story: {
      ...story,
      id: 'urn:1',
      eventId: 'urn:1',
      path: 'articles/2026/11/a.html',
      leadArticleId: lead.id,
      articleIds: [lead.id],
      topics: [{ topicId: 'world', reason: 'r' }],
      firstSeenAt: lead.firstSeenAt,
      score: 1,
      context: NO_CONTEXT,
    },
    articles: [lead],
  };
  const context = {
    site: aReadySite(),
    sources: new Map([['harbour', aSource()]]),
    states: new Map(),
    images: new Map(),
  };
  expect(composeEntry(told, context).updated).toBe('2026-11-20T12:00:00Z');
  const entry = composeEntry(told, context, aTopic({ updates: 'corrections' }));
  expect([entry.published, entry.updated]).toEqual(['2026-11-20T08:00:00Z', '2026-11-20T10:00:00Z']);
});
