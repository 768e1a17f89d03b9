import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import { curateAwaiting, type CurationReport } from '../../src/pipeline/curate-awaiting.ts';
import { openTextMemory, type TextMemory } from '../../src/pipeline/recent-texts.ts';
import { topicChangedAt } from '../../src/pipeline/topic-changes.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock, type Clock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { aStep, arrival } from '../store/records.ts';
import { aSite, aMatch, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

const FIRST = '2026-11-24T06:00:00Z';
const SECOND = '2026-11-24T07:00:00Z';
const THIRD = '2026-11-24T08:00:00Z';
let store: Store;
let memory: TextMemory;

beforeEach(async () => {
  memory = openTextMemory();
  store = await openMemoryStore();
});
afterEach(async () => store[Symbol.asyncDispose]());

const harbour = aTopic({ id: 'harbour', match: aMatch({ any: ['harbour'] }) });
const ferries = aTopic({ id: 'ferries', match: aMatch({ any: ['ferry'] }) });
const article = (letter: string, text: string, given: Partial<Article> = {}): Article =>
  anArticle({
    id: `urn:${letter}`,
    entryId: letter,
    link: `https://harbour.example/${letter}`,
    title: text,
    contentHtml: `<p>${text}</p>`,
    summary: '',
    ...given,
  });

function curate(now: string, topics = [harbour], clock: Partial<Clock> = {}): Promise<CurationReport> {
  const tools = { store, clock: { ...stoppedClock(now), ...clock }, log: silentLog, memory };
  return curateAwaiting(tools, {
    site: aSite(),
    sources: [aSource(), aSource({ id: 'wire', url: 'https://wire.example/feed' })],
    topics,
  });
}

const topicsOf = async (id: string): Promise<string[]> =>
  (await store.stories([id])).flatMap(({ story }) => story.topics.map(({ topicId }) => topicId));

test('articles are sorted once', async () => {
  await store.saveRefresh(arrival([article('a', 'The harbour opens'), article('b', 'A choir sings')]));
  expect(await curate(FIRST)).toEqual({ published: 1, merged: 0, dropped: 1, held: 0, refused: 0, resorted: 0 });
  expect(await curate(SECOND)).toEqual({ published: 0, merged: 0, dropped: 0, held: 0, refused: 0, resorted: 0 });
});

test('changed rules reach every story, however old, and say how many moved', async () => {
  const old = { published: '2020-01-01T00:00:00Z', updated: '2020-01-01T00:00:00Z' };
  await store.saveRefresh(
    arrival([
      article('a', 'The ferry leaves', old),
      article('b', 'The ferry returns to the harbour', old),
      article('c', 'A new ferry'),
      article('d', 'A choir sings', old),
    ]),
  );
  await curate(FIRST);
  expect(await curate(SECOND, [harbour, ferries])).toEqual({
    published: 0,
    merged: 0,
    dropped: 0,
    held: 0,
    refused: 0,
    resorted: 3,
  });
  expect(await topicsOf('urn:a')).toEqual(['ferries']);
  expect(await topicsOf('urn:b')).toEqual(['harbour', 'ferries']);
  expect(await topicsOf('urn:c')).toEqual(['ferries']);
  expect(await topicsOf('urn:d')).toEqual([]);
  expect((await store.trailOf('urn:a')).map(({ state }) => state)).toEqual(['awaiting', 'dropped', 'published']);
  expect(await curate(THIRD, [harbour, ferries])).toMatchObject({ resorted: 0 });
});

test('a topic is as old as its newest story until something changes in it, and never grows younger', async () => {
  await store.saveRefresh(arrival([article('a', 'The harbour opens'), article('b', 'The harbour closes')]));
  expect(await topicChangedAt(store, 'harbour')).toBeNull();
  await curate(FIRST);
  expect(await topicChangedAt(store, 'harbour')).toBe('2026-11-20T08:00:00Z');
  await curate(SECOND, [aTopic({ id: 'harbour', match: aMatch({ any: ['opens'] }) })]);
  expect(await topicChangedAt(store, 'harbour')).toBe(SECOND);
  expect(await topicChangedAt(store, null)).toBe(SECOND);
  await curate(FIRST, [harbour]);
  expect(await topicChangedAt(store, 'harbour')).toBe(SECOND);
});

test('a topic in which nothing changed keeps its date, whatever the clock says', async () => {
  await store.saveRefresh(arrival([article('a', 'The harbour opens'), article('b', 'The ferry sails')]));
  await curate(FIRST, [harbour, ferries]);
  const before = await topicChangedAt(store, 'harbour');
  await store.saveRefresh(arrival([article('c', 'Another ferry sails')]));
  await curate(THIRD, [harbour, ferries]);
  expect(await topicChangedAt(store, 'harbour')).toBe(before);
  expect(await topicChangedAt(store, 'ferries')).toBe(THIRD);
});

test('an article that another process changes meanwhile is sorted again', async () => {
  await store.saveRefresh(arrival([article('a', 'The harbour opens')]));
  const plain = store;
  let changed = false;
  store = {
    ...plain,
    reportsWithKeys: async (keys) => {
      const trail = [aStep({ at: SECOND, reason: 'changed upstream' })];
      if (!changed) await plain.saveRefresh(arrival([article('a', 'A choir sings')], { trail }));
      changed = true;
      return plain.reportsWithKeys(keys);
    },
  };
  await curate(FIRST);
  expect((await store.awaitingArticles()).map(({ id }) => id)).toEqual(['urn:a']);
  expect(await curate(SECOND)).toMatchObject({ dropped: 1 });
  expect(await topicsOf('urn:a')).toEqual([]);
});

test('long work gives way, and stops when it is told to, with nothing lost', async () => {
  await store.saveRefresh(arrival([article('a', 'The harbour opens'), article('b', 'The harbour closes')]));
  let elapsed = 0;
  let turns = 0;
  const slow = {
    elapsedMs: () => (elapsed += 1000),
    sleep: async () => {
      if (++turns === 3) throw new Error('told to stop');
    },
  };
  await expect(curate(FIRST, [harbour], slow)).rejects.toThrow('told to stop');
  expect(await store.awaitingArticles()).toHaveLength(2);
  expect(await curate(SECOND)).toMatchObject({ published: 2 });
});

const NOTICE =
  'The ferry strike at the piers of Port Meridian ended on Friday, after eleven days in which no boat left the harbour. ' +
  'Captains and deckhands voted in the old customs shed, by a narrow margin, to take the offer of the shipping line. ' +
  'It gives them two more free Sundays in a quarter and a bell that rings when a shift has lasted nine hours. ' +
  'The first boat left the east quay before midnight, with forty passengers and a brass band that had waited since noon.';
const notice = (letter: string, sourceId: string, given: Partial<Article> = {}): Article =>
  article(letter, NOTICE, {
    sourceId,
    title: `Strike at the harbour ends`,
    link: `https://${sourceId}.example/${letter}`,
    contentHtml: `<p>${NOTICE}</p>`,
    ...given,
  });

test('a copy is told in the story of the first, also after a restart, and the trail says why', async () => {
  await store.saveRefresh(arrival([notice('a', 'harbour')]));
  await curate(FIRST);
  memory = openTextMemory();
  await store.saveRefresh(arrival([notice('b', 'wire')]));
  expect(await curate(SECOND)).toMatchObject({ published: 0, merged: 1 });
  const [told] = await store.stories(['urn:a']);
  expect(told!.story.articleIds).toEqual(['urn:a', 'urn:b']);
  expect(told!.story.leadArticleId).toBe('urn:a');
  const last = (await store.trailOf('urn:b')).at(-1)!;
  expect(last.state).toBe('merged');
  expect(last.reason).toMatch(/^the same report as "Strike at the harbour ends", which leads \(\d+ % sure; /);
});

test('what another program has sorted meanwhile is known', async () => {
  await store.saveRefresh(arrival([article('x', 'The harbour opens')]));
  await curate(FIRST);
  const ours = memory;
  memory = openTextMemory();
  await store.saveRefresh(arrival([notice('a', 'harbour')]));
  await curate(SECOND);
  memory = ours;
  await store.saveRefresh(arrival([notice('b', 'wire')]));
  expect(await curate(THIRD)).toMatchObject({ merged: 1 });
});

test('what was not saved after all is not remembered', async () => {
  const plain = store;
  store = { ...plain, saveCuration: () => Promise.reject(new Error('the disk is full')) };
  await plain.saveRefresh(arrival([notice('a', 'harbour'), notice('b', 'wire')]));
  await expect(curate(FIRST)).rejects.toThrow('the disk is full');
  store = plain;
  expect(await curate(SECOND)).toMatchObject({ published: 1, merged: 1 });
  expect((await store.stories(['urn:a']))[0]!.story.articleIds).toEqual(['urn:a', 'urn:b']);
});

test('reports of one event in different words are stories of their own that share the event', async () => {
  const other =
    'Market stalls along the harbour of Port Meridian smell of fish again. For nearly two weeks the ferry strike had kept ' +
    'customers from the islands away; on Saturday they came in crowds. "We sold out by ten," says a fishmonger at the east quay. ' +
    'The deckhands of the shipping line, back at work since the vote, were given free herring. The union is planning a feast.';
  await store.saveRefresh(arrival([notice('a', 'harbour')]));
  await curate(FIRST);
  await store.saveRefresh(
    arrival([
      article('b', other, {
        sourceId: 'wire',
        title: 'After the ferry strike: herring for the crews of Port Meridian',
        link: 'https://wire.example/b',
        contentHtml: `<p>${other}</p>`,
      }),
    ]),
  );
  expect(await curate(SECOND)).toMatchObject({ published: 1, merged: 0 });
  expect((await store.stories(['urn:b']))[0]!.story.eventId).toBe('urn:a');
});
