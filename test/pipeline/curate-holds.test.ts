import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import type { Source } from '../../src/model/source.ts';
import type { Topic } from '../../src/model/topic.ts';
import { curateAwaiting, type CurationReport } from '../../src/pipeline/curate-awaiting.ts';
import { openTextMemory, type TextMemory } from '../../src/pipeline/recent-texts.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { aStep, arrival } from '../store/records.ts';
import { aFilter } from '../support/a-filter.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aSite, aMatch, aTopic } from '../support/a-topic.ts';

// Filters, holds, probation and quotas on the way of an entry, from its arrival to where it stands.

const HOURS = ['06', '07', '08', '09', '10'].map((hour) => `2026-11-24T${hour}:00:00Z`) as [
  string,
  string,
  string,
  string,
  string,
];
let store: Store;
let memory: TextMemory;
beforeEach(async () => {
  memory = openTextMemory();
  store = await openMemoryStore();
});
afterEach(async () => store[Symbol.asyncDispose]());

const TEXTS = ['The bridge opens today', 'A ferry sinks in the storm', 'Choirs sing all night', 'Bakers ask for flour'];
const article = (letter: string, given: Partial<Article> = {}): Article => {
  const text = given.title ?? TEXTS['abcd'.indexOf(letter)] ?? `News of ${letter}`;
  return anArticle({
    id: `urn:${letter}`,
    entryId: letter,
    link: `https://harbour.example/${letter}`,
    title: text,
    contentHtml: `<p>${text}</p>`,
    summary: '',
    ...given,
  });
};
const arrive = (...articles: readonly Article[]): Promise<void> => store.saveRefresh(arrival(articles));

async function curate(
  hour: number,
  source: Partial<Source> = {},
  topics: readonly Topic[] = [aTopic()],
): Promise<CurationReport> {
  const tools = { store, clock: stoppedClock(HOURS[hour]!), log: silentLog, memory };
  const sources = [aSource({ topicIds: ['world'], ...source }), aSource({ id: 'wire', topicIds: ['world'] })];
  return curateAwaiting(tools, { site: aSite(), sources, topics });
}

const states = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await store.standings(null)).map(({ articleId, state }) => [articleId.slice(4), state]));
const reasonOf = async (letter: string): Promise<string | undefined> =>
  (await store.trailOf(`urn:${letter}`)).at(-1)?.reason;
const storyIds = async (): Promise<string[]> => (await store.allStories(null, 100)).map(({ story }) => story.id);

const noBridges = aFilter({ any: ['bridge'], note: 'no bridges' });

test('an entry that a filter drops or holds founds no story, and says why', async () => {
  await arrive(article('a'), article('b'), article('c'));
  const holdFerries = aFilter({ any: ['ferry'], does: 'hold' });
  expect(await curate(0, { filters: [noBridges, holdFerries] })).toMatchObject({ published: 1, dropped: 1, held: 1 });
  expect(await states()).toEqual({ a: 'dropped', b: 'held', c: 'published' });
  expect(await reasonOf('a')).toBe('the filter "no bridges" of the source drops it: it has the word "bridge"');
  expect(await reasonOf('b')).toBe('filter 2 of the source holds it: it has the word "ferry"');
  expect(await storyIds()).toEqual(['urn:c']);
});

test('a held entry is published once it is approved, and dropped once it is rejected, whatever the filters say', async () => {
  const source = { filters: [aFilter({ none: ['zebra'], does: 'hold' })] };
  await arrive(article('a'), article('b'));
  await curate(0, source);
  expect(await states()).toEqual({ a: 'held', b: 'held' });
  const verdict = { at: HOURS[1], note: null };
  await store.saveVerdicts([
    { articleId: 'urn:a', verdict: 'approved', ...verdict },
    { articleId: 'urn:b', verdict: 'rejected', ...verdict },
  ]);
  expect(await curate(2, source)).toMatchObject({ published: 1, dropped: 1, held: 0 });
  expect(await states()).toEqual({ a: 'published', b: 'dropped' });
  expect(await reasonOf('b')).toBe('the operator has rejected it');
  expect((await store.trailOf('urn:a')).map(({ state }) => state)).toEqual([
    'awaiting',
    'held',
    'awaiting',
    'published',
  ]);
});

test('a filter that comes later takes back what it fits, and gives it back when it goes', async () => {
  await arrive(article('a'), article('b'));
  await curate(0);
  expect(await states()).toEqual({ a: 'published', b: 'published' });
  await curate(1, { filters: [noBridges] });
  expect(await states()).toEqual({ a: 'dropped', b: 'published' });
  expect(await storyIds()).toEqual(['urn:b']);
  await curate(2, { filters: [noBridges, aFilter({ any: ['zebra'] })] });
  expect((await store.trailOf('urn:a')).map(({ state }) => state)).toEqual(['awaiting', 'published', 'dropped']);
  await curate(3);
  expect(await states()).toEqual({ a: 'published', b: 'published' });
});

test('what has left its story draws no copy into it', async () => {
  await arrive(article('a'));
  await curate(0);
  await curate(1, { filters: [noBridges] });
  expect(await storyIds()).toEqual([]);
  await arrive(article('w', { sourceId: 'wire', link: 'https://wire.example/w', title: TEXTS[0]! }));
  await curate(2, { filters: [noBridges] });
  expect(await states()).toEqual({ a: 'dropped', w: 'published' });
  expect(await storyIds()).toEqual(['urn:w']);
});

test('an entry that was approved stays through every change of the filters', async () => {
  await arrive(article('a'));
  await curate(0, { probation: 1 });
  expect(await states()).toEqual({ a: 'held' });
  await store.saveVerdicts([{ articleId: 'urn:a', verdict: 'approved', at: HOURS[1], note: null }]);
  await curate(1, { probation: 1 });
  await curate(2, { probation: 1, filters: [noBridges] }, [aTopic({ filters: [noBridges] })]);
  expect(await states()).toEqual({ a: 'published' });
});

test('the first entries of a source wait; what comes later does not, and a change is no way around', async () => {
  const source = { probation: 2 };
  await arrive(article('a', { published: '2026-11-20T01:00:00Z' }), article('b'), article('c'));
  expect(await curate(0, source)).toMatchObject({ held: 2, published: 1 });
  expect(await states()).toEqual({ a: 'held', b: 'held', c: 'published' });
  await arrive(article('d'));
  await curate(1, source);
  await store.saveRefresh(
    arrival([article('a', { title: 'The bridge opens at last' })], {
      trail: [aStep({ at: HOURS[2], reason: 'changed upstream' })],
    }),
  );
  await curate(3, source);
  expect(await states()).toEqual({ a: 'held', b: 'held', c: 'published', d: 'published' });
});

test('a copy of a story is told in it, though its topic’s quota is used up; another story is not', async () => {
  const quota = [aTopic({ quota: { most: 1, hours: 24 } })];
  await arrive(article('a'));
  await curate(0, {}, quota);
  const copy = article('a', { id: 'urn:x', entryId: 'x', sourceId: 'wire', link: 'https://harbour.example/a' });
  await arrive(article('b'), copy);
  await curate(1, {}, quota);
  expect(await states()).toEqual({ a: 'published', b: 'dropped', x: 'merged' });
  expect(await reasonOf('b')).toBe('not in world: the topic "World" has its 1 in 24 hours already');
  await store.saveVerdicts([{ articleId: 'urn:b', verdict: 'approved', at: HOURS[2], note: null }]);
  await curate(2, {}, quota);
  expect(await states()).toMatchObject({ b: 'published' });
});

test('a quota of a source counts by dates, and takes back nothing when it comes later', async () => {
  const dated = (letter: string, day: number): Article => article(letter, { published: `2026-11-${day}T08:00:00Z` });
  await arrive(dated('a', 10), dated('b', 11), dated('c', 11));
  await curate(0, { quota: { most: 1, hours: 24 } });
  expect(await states()).toEqual({ a: 'published', b: 'published', c: 'dropped' });
  await arrive(dated('d', 13));
  await curate(1);
  expect(await states()).toEqual({ a: 'published', b: 'published', c: 'published', d: 'published' });
  await curate(2, { quota: { most: 1, hours: 500 } });
  expect(await states()).toEqual({ a: 'published', b: 'published', c: 'published', d: 'published' });
});

test('a topic’s filter keeps an entry out of that topic alone', async () => {
  const topics = [aTopic(), aTopic({ id: 'city', match: aMatch({ any: ['bridge'] }), filters: [noBridges] })];
  await arrive(article('a'));
  await curate(0, {}, topics);
  expect(await reasonOf('a')).toBe(
    'in world: everything from Harbour News belongs here; not in city: the filter "no bridges" of the topic "World" drops it: it has the word "bridge"',
  );
  expect(await states()).toEqual({ a: 'published' });
});

test('when the lead is taken back, the other report leads on, under the same id', async () => {
  const copy = article('a', { id: 'urn:x', entryId: 'x', sourceId: 'wire', link: 'https://harbour.example/a' });
  await arrive(article('a'), copy);
  await curate(0);
  const [before] = await store.allStories(null, 10);
  const lead = before!.story.leadArticleId;
  const filters = [noBridges];
  await curate(1, lead === 'urn:a' ? { filters } : {}, [aTopic()]);
  const [after] = await store.allStories(null, 10);
  expect([after!.story.id, after!.story.path]).toEqual([before!.story.id, before!.story.path]);
  expect(after!.story.articleIds).toEqual(lead === 'urn:a' ? ['urn:x'] : before!.story.articleIds);
  expect(Object.values(await states()).filter((state) => state === 'published')).toHaveLength(1);
});
