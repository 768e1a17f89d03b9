import { expect, test } from '@jest/globals';
import { NO_CONTEXT } from '../../src/curate/group-articles.ts';
import { hottest, rankByHeat } from '../../src/curate/rank-stories.ts';
import { documentOf, indexBySimilarity, LEAST_LIKENESS } from '../../src/curate/similarity.ts';
import { contextOf, lookOver, lookOverInSteps, MOST_COMPARED } from '../../src/curate/story-context.ts';
import type { ToldStory } from '../../src/model/story.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

function told(id: string, sourceId: string, text: string, published = '2026-11-20T08:00:00Z'): ToldStory {
  const article = anArticle({ id, sourceId, title: text.split('. ')[0]!, contentHtml: `<p>${text}</p>`, published });
  const story = {
    id,
    path: `${id}.html`,
    leadArticleId: id,
    articleIds: [id],
    topics: [{ topicId: 'world', reason: '' }],
    firstSeenAt: published,
    published,
    updated: published,
    score: 1,
    context: NO_CONTEXT,
  };
  return { story, articles: [article] };
}

const ferry = [
  told(
    'f1',
    'a',
    'Ferry strike ends in Port Meridian. Crews return to the harbour after eleven days as the union accepts the shipping line offer.',
  ),
  told(
    'f2',
    'b',
    'Port Meridian ferry crews return. The harbour union accepted the shipping line offer and the strike of eleven days ends.',
  ),
  told(
    'f3',
    'c',
    'Strike over: ferry crews sail again. Union accepts offer of the shipping line, harbour of Port Meridian opens.',
  ),
];
const others = [
  told(
    'o1',
    'a',
    'Choir wins prize. The village singers brought home a silver bowl from the valley festival of voices.',
  ),
  told(
    'o2',
    'b',
    'New telescope sees dust rings. Astronomers measured faint light around a young star with the mirror.',
  ),
  told('o3', 'c', 'Bakery prices rise. Flour and butter cost more than last winter, says the guild of bakers.'),
  told('o4', 'd', 'Goalkeeper signs contract. The club keeps its captain for three seasons.', '2026-11-10T08:00:00Z'),
];
const all = [...ferry, ...others];
const sources = new Map(['a', 'b', 'c', 'd'].map((id) => [id, aSource({ id })]));

test('reports of one event in different words are alike, others are not', () => {
  const index = indexBySimilarity(all.map(({ story, articles }) => documentOf(story.id, articles[0]!)));
  expect(
    index
      .alike('f1')
      .slice(0, 2)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['f2', 'f3']);
  expect(index.alike('o1').filter(({ likeness }) => likeness > 0.1)).toEqual([]);
});

test('the hottest is what most publishers report, one of each event, old ones last', () => {
  const index = indexBySimilarity(all.map(({ story, articles }) => documentOf(story.id, articles[0]!)));
  const ranked = rankByHeat(all, index, { sources, asOf: '2026-11-20T08:00:00Z' });
  const list = hottest(ranked, 10);
  expect(list[0]).toMatch(/^f/);
  expect(list.filter((id) => id.startsWith('f'))).toHaveLength(1);
  expect(list.at(-1)).toBe('o4');
  expect(ranked[0]).toMatchObject({ publishers: 3 });
});

test('no story stands twice beside another, and never itself', () => {
  const window = lookOver(all, sources);
  for (const { story } of all) {
    const { related, hot, topicNews } = contextOf(story, window, ['world']);
    const shown = [...related, ...hot, ...topicNews.flatMap(({ storyIds }) => storyIds)];
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).not.toContain(story.id);
  }
  expect(contextOf(ferry[0]!.story, window, []).related.toSorted()).toEqual(['f2', 'f3']);
});

test('an index answers from memory, with the likest first and no chance likeness', () => {
  const index = indexBySimilarity(all.map(({ story, articles }) => documentOf(story.id, articles[0]!)));
  const alike = index.alike('f1');
  expect(index.alike('f1')).toBe(alike);
  expect(alike).toEqual(alike.toSorted((a, b) => b.likeness - a.likeness));
  for (const { likeness } of alike) expect([likeness >= LEAST_LIKENESS, likeness <= 1]).toEqual([true, true]);
  expect(index.alike('unknown')).toEqual([]);
});

test('words are alike whatever their endings', () => {
  const texts = ['Harbours reopened', 'Harbour reopening', 'Choirs singing', 'Telescope', 'Bakery', 'Goalkeeper'];
  const index = indexBySimilarity(texts.map((title, at) => ({ id: String(at), title, text: '' })));
  expect(index.alike('0').map(({ id }) => id)).toEqual(['1']);
  expect(index.alike('0')[0]!.likeness).toBeCloseTo(1);
});

test('a look over the stories pauses after each one, so that others have their turn', () => {
  let pauses = 0;
  for (const _ of lookOverInSteps(all, sources)) pauses++;
  expect(pauses).toBeGreaterThanOrEqual(all.length);
});

test('only the newest stories are compared', () => {
  const many = Array.from({ length: MOST_COMPARED + 1 }, (_, at) =>
    told(`m${at}`, 'a', `Word${at}`, new Date(Date.UTC(2026, 10, 1) + at * 60_000).toISOString().replace('.000', '')),
  );
  const { ranked, newest } = lookOver(many, sources);
  expect(ranked).toHaveLength(MOST_COMPARED);
  expect(newest.get('world')?.at(-1)).toBe('m1');
});
