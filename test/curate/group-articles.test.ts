import { describe, expect, test } from '@jest/globals';
import { addressesOf } from '../../src/curate/fingerprint.ts';
import { trailOf } from '../../src/curate/entry-states.ts';
import { groupArticles, type GroupedStory } from '../../src/curate/group-articles.ts';
import { openJudge } from '../../src/curate/holds/judge-entries.ts';
import { openQuotas } from '../../src/curate/holds/quotas.ts';
import { prepareTopics } from '../../src/curate/match-topics.ts';
import { documentOf, placeArticles, type Placement, type Report } from '../../src/curate/place-articles.ts';
import { openRecentTexts } from '../../src/curate/recent-texts.ts';
import type { Article } from '../../src/model/article.ts';
import type { Source } from '../../src/model/source.ts';
import type { ToldStory } from '../../src/model/story.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aTopic } from '../support/a-topic.ts';

const sources = [
  aSource({ id: 'harbour', url: 'https://harbour.example/feed', topicIds: ['world'] }),
  aSource({ id: 'wire', url: 'https://wire.example/feed' }),
  aSource({ id: 'crossing', url: 'https://crossing.example/feed' }),
];
const long =
  'The strike at the ferry piers of Port Meridian ended on Friday evening, after eleven days in which nobody sailed. ' +
  'Captains and deckhands voted in the old customs shed, by a narrow margin, to take the offer of the shipping line. ' +
  'It gives them two more free Sundays in a quarter and a bell that rings when a shift has lasted nine hours. ' +
  'The first boat left the east quay before midnight, with forty passengers and a brass band that had waited since noon. ' +
  'Whether the line will also repair the leaking roof of the crew hall is left to a commission, which meets in spring.';
const body = (text: string): Partial<Article> => ({ contentHtml: `<p>${text}</p>`, wordCount: text.split(' ').length });

/** Where each awaiting article belongs, as the store and the memory of texts would tell. */
function place(awaiting: readonly Article[], stored: readonly ToldStory[]): Map<string, Placement> {
  const texts = openRecentTexts();
  const reportsAt = new Map<string, Report[]>();
  for (const { story, articles } of stored) {
    for (const article of articles) {
      texts.note(documentOf(article), story.id);
      const report = { storyId: story.id, articleId: article.id, sourceId: article.sourceId };
      for (const address of addressesOf(article)) reportsAt.set(address, [...(reportsAt.get(address) ?? []), report]);
    }
  }
  return placeArticles({
    awaiting,
    addressesOf: new Map(awaiting.map((article) => [article.id, addressesOf(article)])),
    reportsAt,
    rivals: new Map(stored.flatMap(({ articles }) => articles.map((article) => [article.id, article]))),
    storyOfArticle: new Map(
      stored.flatMap(({ story }) => story.articleIds.map((id): [string, string] => [id, story.id])),
    ),
    copies: texts,
  });
}

function group(
  awaiting: readonly Article[],
  stored: readonly ToldStory[] = [],
  given: readonly Source[] = sources,
): GroupedStory[] {
  const listed = new Map(given.map((source) => [source.id, source]));
  const topics = prepareTopics([aTopic({ id: 'world' })]);
  return groupArticles({
    awaiting,
    placements: place(awaiting, stored),
    eventOf: ({ id }) => id,
    stored,
    sources: listed,
    topics,
    judge: openJudge({
      site: { optOut: [] },
      sources: listed,
      topics,
      known: { verdicts: new Map(), pasts: new Map(), counts: new Map() },
    }),
    quotas: openQuotas({ sources: listed, topics: [], published: { sources: new Map(), topics: new Map() } }),
    now: '2026-11-24T06:00:00Z',
  });
}

const original = anArticle({
  id: 'urn:o',
  sourceId: 'wire',
  link: 'https://wire.example/2026/strike',
  title: 'Strike ends',
  published: '2026-11-20T07:00:00Z',
  updated: '2026-11-20T07:00:00Z',
  ...body(long),
});
const pointer = anArticle({
  id: 'urn:p',
  sourceId: 'crossing',
  link: 'https://crossing.example/x',
  sourceLink: { url: 'https://wire.example/2026/strike', name: 'Wire', foundBy: 'visible-link' },
  title: 'The strike is over',
});
const copy = anArticle({
  id: 'urn:c',
  sourceId: 'harbour',
  link: 'https://harbour.example/strike',
  title: 'Ferries sail again',
  ...body(`PORT MERIDIAN ${long} Source: Wire`),
});
const other = anArticle({
  id: 'urn:x',
  sourceId: 'harbour',
  link: 'https://harbour.example/other',
  title: 'Something else',
  ...body('quite different words'),
});

describe('articles of one report', () => {
  test('become one story: an aggregator’s pointer by the true source’s address', () => {
    const [story, ...rest] = group([original, pointer]);
    expect(rest).toEqual([]);
    expect(story!.after.story).toMatchObject({
      id: 'urn:o',
      leadArticleId: 'urn:o',
      articleIds: ['urn:o', 'urn:p'],
      score: 2,
    });
  });

  test('become one story: an agency’s copy by its words, whatever stands before and behind', () => {
    expect(group([original, copy])).toHaveLength(1);
  });

  test('stay apart when one merely claims, by rel=canonical, to be the other', () => {
    const claim = { url: 'https://wire.example/2026/strike', name: null, foundBy: 'canonical' } as const;
    expect(group([original, { ...other, sourceLink: claim }])).toHaveLength(2);
    expect(group([original, { ...copy, sourceLink: claim }])).toHaveLength(1);
  });

  test('stay apart when they share nothing, or only a home page', () => {
    const home = { url: 'https://wire.example/', name: null, foundBy: 'visible-link' } as const;
    expect(group([{ ...pointer, sourceLink: home }, { ...other, sourceLink: home }, original])).toHaveLength(3);
  });

  test('are led by the true source, whoever came first, under the id of the first', () => {
    const [before] = group([pointer]);
    const [after] = group([original], [before!.after]);
    expect(after!.after.story).toMatchObject({
      id: 'urn:p',
      path: before!.after.story.path,
      leadArticleId: 'urn:o',
      published: pointer.published,
    });
    expect(after!.after.story.updated).toBe('2026-11-24T06:00:00Z');
    expect(after!.after.articles[0]!.title).toBe('Strike ends');
  });

  test('are not led by one that poses as another’s page', () => {
    const posing = {
      ...pointer,
      link: 'https://wire.example/2026/strike',
      sourceLink: null,
      ...body(`${long} more words than the true source has`),
    };
    const [story] = group([posing, original]);
    expect(story!.after.story.leadArticleId).toBe('urn:o');
  });
});

describe('entries of one source that share a link', () => {
  const alert = (id: string, text: string, link = 'https://harbour.example/alerts'): Article =>
    anArticle({ id, entryId: id, sourceId: 'harbour', link, title: `Alert ${id}`, ...body(text) });

  test('stay apart, in one curation and over several', () => {
    const both = [alert('urn:1', 'the north quay is closed'), alert('urn:2', 'the ferry is late')];
    expect(group(both)).toHaveLength(2);
    const [before] = group([both[0]!]);
    const after = group([both[1]!], [before!.after]);
    expect(after.map(({ after: { story } }) => story.articleIds)).toEqual([['urn:1'], ['urn:2']]);
  });

  test('stay apart also where another source has pointed to the link', () => {
    const link = 'https://harbour.example/alerts';
    const pointing = { ...pointer, sourceLink: { url: link, name: null, foundBy: 'visible-link' } as const };
    const [before] = group([alert('urn:1', 'the north quay is closed'), pointing]);
    expect(before!.after.story.articleIds).toEqual(['urn:1', 'urn:p']);
    expect(group([alert('urn:2', 'the ferry is late')], [before!.after])).toHaveLength(2);
  });

  test('are one story where the words agree: of long texts most, of short ones all', () => {
    expect(group([alert('urn:1', long), alert('urn:2', `${long} and more`)])).toHaveLength(1);
    const again = { ...alert('urn:2', 'the ferry is late'), title: 'Alert' };
    expect(group([{ ...alert('urn:1', 'the ferry is late'), title: 'Alert' }, again])).toHaveLength(1);
  });

  test('that name parts of one page have no address in common', () => {
    const part = (version: string, sourceId: string): Article => ({
      ...alert(`urn:${version}`, `what is new in ${version}`, `https://harbour.example/changes#${version}`),
      sourceId,
    });
    expect(group([part('v1', 'harbour'), part('v2', 'wire')])).toHaveLength(2);
    const route = (version: string, sourceId: string): Article => ({
      ...part(version, sourceId),
      link: 'https://harbour.example/#!changes',
    });
    expect(group([route('v1', 'harbour'), route('v2', 'wire')])).toHaveLength(1);
  });
});

describe('entries of one source that only another source’s report brings together', () => {
  const first = { ...original, link: 'https://wire.example/2026/1' };
  const second = anArticle({
    id: 'urn:s',
    sourceId: 'wire',
    link: 'https://wire.example/2026/2',
    title: 'A choir sings',
    ...body(long.replaceAll(/[aeiou]/g, 'o')),
  });
  const idsOf = (grouped: readonly GroupedStory[]): (readonly string[])[] =>
    grouped.map(({ after }) => after.story.articleIds);

  test('stay two, where it is told under the address of both', () => {
    const named = { url: first.link, name: null, foundBy: 'via' } as const;
    const claiming = { ...pointer, link: second.link, sourceLink: named };
    const [before] = group([first, claiming]);
    expect(before!.after.story.articleIds).toEqual(['urn:o', 'urn:p']);
    expect(idsOf(group([second], [before!.after]))).toEqual([before!.after.story.articleIds, ['urn:s']]);
  });

  test('stay two, where it has the words of both', () => {
    const mixed = { ...copy, ...body(`${long} ${long.replaceAll(/[aeiou]/g, 'o')}`) };
    const [before] = group([first, mixed]);
    expect(before!.after.story.articleIds).toEqual(['urn:o', 'urn:c']);
    expect(idsOf(group([second], [before!.after]))).toEqual([before!.after.story.articleIds, ['urn:s']]);
  });

  test('are one where they say the same', () => {
    const [before] = group([first, copy]);
    const [after, ...rest] = group([{ ...first, id: 'urn:s', link: second.link }], [before!.after]);
    expect(rest).toEqual([]);
    expect(after!.after.story.articleIds).toEqual(['urn:o', 'urn:c', 'urn:s']);
  });
});

describe('a story', () => {
  test('has the same id, path and lead whatever order its articles came in', () => {
    const inOnePoll = group([original, pointer])[0]!.after.story;
    const again = group([original, pointer].toReversed().toSorted((a, b) => (a.published < b.published ? -1 : 1)))[0]!
      .after.story;
    expect(again).toEqual(inOnePoll);
  });

  test('keeps its id, path and date while its articles are not kept, and has them when its entry comes back', () => {
    const [before] = group([original]);
    const purged = { story: { ...before!.after.story, articleIds: [], topics: [] }, articles: [] };
    expect(group([], [purged])).toMatchObject([{ changed: false, after: purged }]);
    const [after] = group([{ ...original, title: 'Strike ends at last' }], [purged]);
    expect(after!.after.story).toMatchObject({ ...before!.after.story, topics: [] });
  });

  test('moves its updated only when its lead does', () => {
    const [before] = group([original]);
    const [joined] = group([pointer], [before!.after]);
    expect(joined!.after.story.updated).toBe(original.updated);
    const [changed] = group([{ ...original, updated: '2026-11-21T00:00:00Z' }], [joined!.after]);
    expect(changed!.after.story).toMatchObject({ updated: '2026-11-21T00:00:00Z', published: original.published });
  });
});

describe('the trail', () => {
  test('tells for each article where it stands and why', () => {
    const unsorted = group([original, pointer, other]);
    const steps = trailOf(unsorted, place([original, pointer, other], []), '2026-11-24T06:00:00Z');
    expect(steps.map(({ articleId, state, reason }) => [articleId, state, reason])).toEqual([
      ['urn:o', 'dropped', 'no topic takes it'],
      ['urn:p', 'merged', 'the same report as "Strike ends", which leads (it is told under wire.example/2026/strike)'],
      ['urn:x', 'published', 'in world: everything from Harbour News belongs here'],
    ]);
  });

  test('tells it again only for those whose standing has changed', () => {
    const [before] = group([original]);
    const grouped = group([pointer], [before!.after]);
    expect(
      trailOf(grouped, place([pointer], [before!.after]), '2026-11-24T06:00:00Z').map(({ articleId }) => articleId),
    ).toEqual(['urn:p']);
  });
});
