import { describe, expect, test } from '@jest/globals';
import { composeEvent, founderOf, groupByEvent, type EventReports } from '../../src/curate/group-edition.ts';
import { NO_CONTEXT } from '../../src/curate/group-articles.ts';
import type { Article } from '../../src/model/article.ts';
import type { Source } from '../../src/model/source.ts';
import type { ToldStory } from '../../src/model/story.ts';
import { aReadySite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

const context = (given: readonly Partial<Source>[] = []) => ({
  site: aReadySite(),
  sources: new Map(
    ['harbour', 'wire', 'crossing'].map((id, at) => [
      id,
      aSource({ id, title: id, url: `https://${id}.example/feed`, ...given[at] }),
    ]),
  ),
  states: new Map(),
  images: new Map(),
});

function told(
  id: string,
  sourceId: string,
  hour: number,
  given: Partial<Article> & { eventId?: string } = {},
): ToldStory {
  const { eventId = id, ...own } = given;
  const at = `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;
  const article = anArticle({
    id,
    sourceId,
    title: `Report ${id}`,
    link: `https://${sourceId}.example/${id}`,
    published: at,
    updated: at,
    ...own,
  });
  const story = {
    id,
    path: `articles/${id}.html`,
    leadArticleId: id,
    articleIds: [id],
    topics: [{ topicId: 'world', reason: 'r' }],
    eventId,
    firstSeenAt: at,
    published: at,
    updated: at,
    score: 1,
    context: NO_CONTEXT,
  };
  return { story, articles: [article] };
}

const strike = [
  told('s3', 'crossing', 9, { eventId: 's1' }),
  told('s2', 'wire', 8, { eventId: 's1' }),
  told('s1', 'harbour', 7, { eventId: 's1' }),
];
const choir = told('c', 'harbour', 8);
const newestFirst = [strike[0]!, choir, strike[1]!, strike[2]!];

function events(
  stories: readonly ToldStory[] = newestFirst,
  given: { readonly most?: number; readonly sources?: readonly Partial<Source>[] } = {},
): EventReports[] {
  const foundedAt = new Map([['s1', '2026-11-20T07:00:00Z']]);
  return groupByEvent(stories, { most: given.most ?? 10, foundedAt, context: context(given.sources) });
}

describe('stories as events', () => {
  test('each stands in one, ordered by when the event began', () => {
    expect(
      events().map(({ eventId, published, told: own }) => [eventId, published, own.map(({ story }) => story.id)]),
    ).toEqual([
      ['c', '2026-11-20T08:00:00Z', ['c']],
      ['s1', '2026-11-20T07:00:00Z', ['s1', 's2', 's3']],
    ]);
  });

  test('those with the newest reports are taken', () => {
    expect(events(newestFirst, { most: 1 }).map(({ eventId }) => eventId)).toEqual(['s1']);
  });

  test('the weightiest report leads, and one that may only be pointed to never does while another may be shown', () => {
    const leads = (sources: readonly Partial<Source>[]): string => events(strike, { sources })[0]!.told[0]!.story.id;
    expect(leads([{}, { weight: 3 }])).toBe('s2');
    expect(leads([{ republish: 'link', weight: 9 }])).toBe('s2');
  });

  test('the date stays when the founder’s story is no longer among them', () => {
    expect(events(strike.slice(0, 2))[0]!.published).toBe('2026-11-20T07:00:00Z');
  });
});

describe('an event as an entry', () => {
  const topic = aTopic({ group: true });
  const entryOf = (event: EventReports, given = topic): ReturnType<typeof composeEvent> =>
    composeEvent(event, context(), given);

  test('has the lead’s text, and every other report as a link and in a list', () => {
    const entry = entryOf(events(strike)[0]!);
    expect(entry.title).toBe('Report s1');
    expect(entry.otherReports).toEqual([
      { title: 'Report s2', url: 'https://wire.example/s2', publisher: 'Harbour News' },
      { title: 'Report s3', url: 'https://crossing.example/s3', publisher: 'Harbour News' },
    ]);
    expect(entry.contentHtml).toContain(
      '<h2>More reports</h2><ul><li><a href="https://wire.example/s2" rel="noopener nofollow">Report s2</a> (Harbour News)</li>',
    );
  });

  test('keeps id and date, whoever leads and however many report', () => {
    const [alone] = events([strike[2]!]);
    const [all] = events(strike, { sources: [{}, { weight: 3 }] });
    const [first, then] = [entryOf(alone!), entryOf(all!)];
    expect([then.id, then.published]).toEqual([first.id, first.published]);
    expect(then.title).not.toBe(first.title);
    expect(first.id).not.toBe('s1');
    expect(first.otherReports).toEqual([]);
    expect(first.contentHtml).not.toContain('More reports');
  });

  test('is told again for a further report where the topic tells extensions, and else not', () => {
    const [event] = events(strike);
    expect(entryOf(event!).updated).toBe('2026-11-20T09:00:00Z');
    expect(entryOf(event!, aTopic({ group: true, updates: 'corrections' })).updated).toBe('2026-11-20T07:00:00Z');
  });

  test('has a date that neither an earlier report nor another lead moves back', () => {
    const early = told('e', 'wire', 5, { eventId: 's1' });
    const [event] = events([...strike, early]);
    expect(entryOf(event!).published).toBe('2026-11-20T07:00:00Z');
    const corrections = aTopic({ group: true, updates: 'corrections' });
    const [heavier] = events([...strike, early], { sources: [{}, { weight: 3 }] });
    expect(entryOf(heavier!, corrections).updated).toBe('2026-11-20T07:00:00Z');
  });

  test('an event that was parted from another is founded by a story of its own', () => {
    expect([founderOf('s1'), founderOf('s1/2')]).toEqual(['s1', 's1']);
  });
});
