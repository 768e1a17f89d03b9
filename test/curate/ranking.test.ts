import { expect, test } from '@jest/globals';
import { NO_CONTEXT } from '../../src/curate/group-articles.ts';
import { hottest, rankByHeat } from '../../src/curate/rank-stories.ts';
import { compareWindow, contextOf, lookOver, MOST_COMPARED } from '../../src/curate/story-context.ts';
import type { ToldStory } from '../../src/model/story.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

function told(id: string, sourceId: string, text: string, published = '2026-11-20T08:00:00Z', eventId = id): ToldStory {
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
    eventId,
    context: NO_CONTEXT,
  };
  return { story, articles: [article] };
}

const ferry = [
  told(
    'f1',
    'a',
    'Ferry strike ends in Port Meridian. Crews return to the harbour after eleven days as the union accepts the shipping line offer.',
    '2026-11-20T08:00:00Z',
    'f1',
  ),
  told(
    'f2',
    'b',
    'Port Meridian ferry crews return. The harbour union accepted the shipping line offer and the strike of eleven days ends.',
    '2026-11-20T08:00:00Z',
    'f1',
  ),
  told(
    'f3',
    'c',
    'Strike over: ferry crews sail again. Union accepts offer of the shipping line, harbour of Port Meridian opens.',
    '2026-11-20T08:00:00Z',
    'f1',
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

test('the hottest is what most publishers report, one of each event, old ones last', () => {
  const ranked = rankByHeat(all, { sources, asOf: '2026-11-20T08:00:00Z' });
  const list = hottest(ranked, 10);
  expect(list[0]).toMatch(/^f/);
  expect(list.filter((id) => id.startsWith('f'))).toHaveLength(1);
  expect(list.at(-1)).toBe('o4');
  expect(ranked[0]).toMatchObject({ publishers: 3 });
});

test('no story stands twice beside another, and never itself', () => {
  const window = compareWindow(all, sources);
  for (const { story } of all) {
    const { related, hot, topicNews } = contextOf(story, window, ['world']);
    const shown = [...related, ...hot, ...topicNews.flatMap(({ storyIds }) => storyIds)];
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).not.toContain(story.id);
  }
  expect(contextOf(ferry[0]!.story, window, []).related.toSorted()).toEqual(['f2', 'f3']);
});

test('only the newest stories are compared', () => {
  const many = Array.from({ length: MOST_COMPARED + 1 }, (_, at) =>
    told(`m${at}`, 'a', `Word${at}`, new Date(Date.UTC(2026, 10, 1) + at * 60_000).toISOString().replace('.000', '')),
  );
  const { ranked, newest } = lookOver(many, sources);
  expect(ranked).toHaveLength(MOST_COMPARED);
  expect(newest.get('world')?.at(-1)).toBe('m1');
});
