import { describe, expect, test } from '@jest/globals';
import { groupArticles, type GroupedStory } from '../../src/curate/group-articles.ts';
import { openJudge } from '../../src/curate/holds/judge-entries.ts';
import { openQuotas } from '../../src/curate/holds/quotas.ts';
import { prepareTopics } from '../../src/curate/match-topics.ts';
import { openPrivacy } from '../../src/curate/part-private.ts';
import { documentOf } from '../../src/curate/place-articles.ts';
import type { Article } from '../../src/model/article.ts';
import type { Source } from '../../src/model/source.ts';
import type { ToldStory } from '../../src/model/story.ts';
import type { Topic } from '../../src/model/topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aTopic } from '../support/a-topic.ts';

const CIRCLE = aTopic({ id: 'circle', private: true });
const TOPICS = [aTopic({ id: 'world' }), CIRCLE];
const SOURCES = [
  aSource({ id: 'open', topicIds: ['world'] }),
  aSource({ id: 'letter', topicIds: ['circle'] }),
  aSource({ id: 'both', topicIds: ['world', 'circle'] }),
  aSource({ id: 'none' }),
];
const of = (sourceId: string): Article => anArticle({ id: `urn:${sourceId}`, entryId: sourceId, sourceId });
const [open, letter, both, none] = ['open', 'letter', 'both', 'none'].map(of) as [Article, Article, Article, Article];

/** All are placed in the story of the first; those that are stored there come from it. */
function group(
  awaiting: readonly Article[],
  {
    stored = [],
    topics = TOPICS,
    sources = SOURCES,
  }: {
    readonly stored?: readonly ToldStory[];
    readonly topics?: readonly Topic[];
    readonly sources?: readonly Source[];
  } = {},
): GroupedStory[] {
  const storyId = stored[0]?.story.id ?? awaiting[0]!.id;
  const listed = new Map(sources.map((source) => [source.id, source]));
  const rules = prepareTopics(topics);
  return groupArticles({
    awaiting,
    placements: new Map(
      awaiting.map((article) => [article.id, { storyId, reason: 'the same words', document: documentOf(article) }]),
    ),
    eventOf: ({ id }) => `event of ${id}`,
    stored,
    sources: listed,
    topics: rules,
    judge: openJudge({
      site: { optOut: [] },
      sources: listed,
      topics: rules,
      known: { verdicts: new Map(), pasts: new Map(), counts: new Map() },
    }),
    quotas: openQuotas({ sources: listed, topics: [], published: { sources: new Map(), topics: new Map() } }),
    now: '2026-11-24T06:00:00Z',
  });
}

type Seen = { readonly articleIds: readonly string[]; readonly topics: readonly string[] };
const seen = (grouped: readonly GroupedStory[]): Seen[] =>
  grouped.map(({ after: { story } }) => ({
    articleIds: story.articleIds,
    topics: story.topics.map((topic) => `${topic.topicId}${topic.private === true ? ' (private)' : ''}`),
  }));

describe('reports of one thing', () => {
  test('are two stories where only few may read one of them, whichever came first', () => {
    const forFew = { articleIds: ['urn:letter'], topics: ['circle (private)'] };
    const forAll = { articleIds: ['urn:open'], topics: ['world'] };
    expect(seen(group([open, letter]))).toEqual([forAll, forFew]);
    expect(seen(group([letter, open]))).toEqual([forFew, forAll]);
    const [before] = group([letter]);
    expect(seen(group([open], { stored: [before!.after] }))).toEqual([forFew, forAll]);
  });

  test('are one story where everybody may read each, and the private topic has it as well', () => {
    expect(seen(group([open, both]))).toEqual([
      { articleIds: ['urn:open', 'urn:both'], topics: ['world', 'circle (private)'] },
    ]);
  });

  test('of which one is in no topic go together with either', () => {
    expect(seen(group([letter, none]))).toEqual([
      { articleIds: ['urn:letter', 'urn:none'], topics: ['circle (private)'] },
    ]);
    expect(seen(group([none, open]))).toEqual([{ articleIds: ['urn:none', 'urn:open'], topics: ['world'] }]);
  });

  test('that were one story are parted when the topic of some becomes private; both go on with the event', () => {
    const together = group([open, letter], { topics: [TOPICS[0]!, { ...CIRCLE, private: false }] });
    expect(seen(together)).toEqual([{ articleIds: ['urn:open', 'urn:letter'], topics: ['world', 'circle'] }]);
    const parted = group([], { stored: [together[0]!.after] });
    expect(seen(parted)).toEqual([
      { articleIds: ['urn:open'], topics: ['world'] },
      { articleIds: ['urn:letter'], topics: ['circle (private)'] },
    ]);
    expect(parted.map(({ after }) => after.story.eventId)).toEqual(['event of urn:open', 'event of urn:open']);
    expect(parted.every(({ changed }) => changed)).toBe(true);
  });

  test('stay private when nobody answers for their source any more, and take no public report in', () => {
    const [before] = group([letter]);
    const unlisted = SOURCES.filter(({ id }) => id !== 'letter');
    const after = seen(group([open], { stored: [before!.after], sources: unlisted }));
    expect(after).toEqual([
      { articleIds: ['urn:letter'], topics: ['circle (private)'] },
      { articleIds: ['urn:open'], topics: ['world'] },
    ]);
  });
});

test('a story chooses its topics again when one becomes private, or public again, though they are the same', () => {
  const [before] = group([both]);
  expect(group([], { stored: [before!.after] })[0]!.changed).toBe(false);
  const [after] = group([], { stored: [before!.after], topics: [TOPICS[0]!, { ...CIRCLE, private: false }] });
  expect(after!.changed).toBe(true);
  expect(after!.after.story.topics.map((topic) => topic.private)).toEqual([undefined, undefined]);
});

test('what was learnt makes nothing public that rules have sorted into private topics alone', () => {
  const privacy = openPrivacy(prepareTopics(TOPICS));
  const learnt = { topicId: 'world', reason: 'it reads like it', learnt: true } as const;
  const byRule = { topicId: 'circle', reason: 'r' };
  expect(privacy.settled([learnt, byRule])).toEqual([{ ...byRule, private: true }]);
  expect(privacy.audienceOf([learnt, byRule], null)).toBe('few');
  expect(privacy.settled([learnt])).toEqual([learnt]);
  expect(privacy.settled([learnt, { topicId: 'world', reason: 'r' }, byRule])).toHaveLength(3);
});
