import { expect, test } from '@jest/globals';
import type { EntryJudge } from '../../../src/curate/holds/judge-entries.ts';
import { topicsOfStory } from '../../../src/curate/holds/story-topics.ts';
import type { EntryJudgement } from '../../../src/model/judgement.ts';
import { anArticle } from '../../support/an-entry.ts';

const reasons = (list: Readonly<Record<string, string>>): { topicId: string; reason: string }[] =>
  Object.entries(list).map(([topicId, reason]) => ({ topicId, reason }));
const pass = (topics: Record<string, string>, without: Record<string, string> = {}): EntryJudgement => ({
  kind: 'pass',
  topics: reasons(topics),
  without: reasons(without),
});

/** A judge that says of the nth article what is listed nth. */
function storyOf(...judgements: readonly EntryJudgement[]): ReturnType<typeof topicsOfStory> {
  const judge: EntryJudge = { judge: ({ id }) => judgements[Number(id)]!, isApproved: () => false };
  const articles = judgements.map((_, at) => anArticle({ id: String(at) }));
  return topicsOfStory(articles, judge, ['world', 'sport', 'city']);
}

test('a story is in the topics of all its articles, in the operator’s order, by the lead’s reasons first', () => {
  expect(storyOf(pass({ sport: 'lead' }), pass({ sport: 'copy', world: 'copy' }))).toEqual({
    topics: reasons({ world: 'copy', sport: 'lead' }),
    without: [],
  });
});

test('what a topic’s filter keeps the lead out of, no other report brings the story into', () => {
  expect(storyOf(pass({ world: 'w' }, { sport: 'filtered' }), pass({ sport: 'copy' }))).toEqual({
    topics: reasons({ world: 'w' }),
    without: reasons({ sport: 'filtered' }),
  });
});

test('what a filter keeps another report out of, the lead may bring the story into', () => {
  expect(storyOf(pass({ world: 'w' }), pass({}, { world: 'filtered', city: 'filtered' }))).toEqual({
    topics: reasons({ world: 'w' }),
    without: reasons({ city: 'filtered' }),
  });
});

test('reports that are not let through say nothing', () => {
  expect(storyOf(pass({}), { kind: 'hold', by: 'filter', reason: 'r' }, { kind: 'drop', reason: 'r' })).toEqual({
    topics: [],
    without: [],
  });
  expect(storyOf()).toEqual({ topics: [], without: [] });
});
