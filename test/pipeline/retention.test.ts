import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Order } from '../../src/config/sources-file.ts';
import type { Article } from '../../src/model/article.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openEditionFiles } from '../../src/pipeline/edition-files.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { publishTopics } from '../../src/pipeline/publish-topics.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { imbalances, untoldEntries } from '../support/balance.ts';
import { inventedSentences } from '../support/invented-text.ts';
import { aLedgerEntry, arrival, aStep } from '../store/records.ts';
import { memoryOutput } from './archive-world.ts';

const DAY = 86_400;
const START = '2026-11-01T06:00:00Z';
const onDay = (day: number): string => plusSeconds(START, day * DAY);

const WIRE = aSource({ id: 'wire', title: 'Wire', url: 'https://wire.example/feed', topicIds: ['world'] });
const HARBOUR = aSource({ id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed', topicIds: ['world'] });
const WORLD = aTopic({ id: 'world', title: 'World', maxEntries: 2 });
const ORDER: Order = { site: aSite(), topics: [WORLD], formerTopics: [], sources: [WIRE, HARBOUR] };

let store: Store;
let files: Map<string, string>;
const memory = openTextMemory();
beforeEach(async () => {
  store = await openMemoryStore();
  files = new Map();
  memory.forget();
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
});

const wordOf = (id: string): string => `Word${id.replaceAll(':', 'Q')}Q`;
let written = 0;
function article(id: string, day: number, given: Partial<Article> = {}): Article {
  const at = onDay(day);
  const { sourceId = 'wire' } = given;
  return anArticle({
    id,
    sourceId,
    entryId: id,
    link: `https://${sourceId}.example/${id.replaceAll(':', '-')}`,
    title: `${wordOf(id)} stands here`,
    published: at,
    updated: at,
    firstSeenAt: at,
    summary: wordOf(id),
    contentHtml: `<p>${wordOf(id)} ${inventedSentences(++written, 5).join(' ')}</p>`,
    ...given,
  });
}

async function bring(...articles: readonly Article[]): Promise<void> {
  for (const one of articles) {
    const { id, sourceId, entryId, firstSeenAt } = one;
    const ledger = [aLedgerEntry({ articleId: id, sourceId, entryId, firstSeenAt, digest: JSON.stringify(one) })];
    await store.saveRefresh(arrival([one], { ledger, trail: [aStep({ articleId: id, at: firstSeenAt })] }));
  }
}

async function publishOn(day: number, order: Order = ORDER): Promise<void> {
  const clock = stoppedClock(onDay(day));
  await curateAwaiting({ store, clock, log: silentLog, memory }, order);
  const tools = { store, output: memoryOutput(files), clock, log: silentLog, editionFiles: openEditionFiles() };
  await publishTopics({ ...tools, rendererDigest: '1' }, order);
  expect([...(await imbalances(store, order.sources)), ...(await untoldEntries(store))]).toEqual([]);
}

const keeping = (days: number): Order => ({ ...ORDER, sources: [{ ...WIRE, retentionDays: days }, HARBOUR] });
const stateOf = async (id: string): Promise<string | undefined> => (await store.trailOf(id)).at(-1)?.state;
const isAnywhere = (id: string): boolean => [...files.values()].some((text) => text.includes(wordOf(id)));

describe('what is older than it is kept', () => {
  test('is taken out of feeds, archives and pages, and its text out of the database; the ledger remembers it', async () => {
    await bring(...[0, 1, 2, 3, 4, 5].map((day) => article(`urn:${day}`, day)));
    await publishOn(5, keeping(30));
    const page = (await store.stories(['urn:0']))[0]!.story.path;
    expect(files.has(page)).toBe(true);
    await publishOn(31, keeping(30));
    expect(await stateOf('urn:0')).toBe('expired');
    expect(isAnywhere('urn:0')).toBe(false);
    expect(isAnywhere('urn:2')).toBe(true);
    expect(await store.fateOf(page)).toEqual({ kind: 'gone' });
    expect(await store.articles(['urn:0'])).toEqual([]);
    const known = await store.knownEntries('wire', [{ kind: 'guid', value: 'urn:0' }]);
    expect(known).toEqual([expect.objectContaining({ articleId: 'urn:0', state: 'expired' })]);
    const trail = await store.trailOf('urn:0');
    expect(trail.at(-1)).toMatchObject({ reason: 'older than the 30 days that its source is kept' });
    expect(trail.map(({ state }) => state)).toEqual(['awaiting', 'published', 'expired']);
  });

  test('makes those archives again in their places that go on holding something, and no others', async () => {
    const old = [0, 1].map((day) => article(`urn:${day}`, day));
    const between = [article('urn:2', 2), article('urn:h', 2, { sourceId: 'harbour' })];
    const young = [20, 21, 22, 23].map((day) => article(`urn:${day}`, day));
    for (const one of [...old, ...between, ...young]) await bring(one);
    await publishOn(23, keeping(30));
    const archive = (number: number): string | undefined => files.get(`feeds/world/archive/${number}.atom`);
    const [first, second, third] = [1, 2, 3].map(archive);
    expect(first).toContain(wordOf('urn:0'));
    expect(second).toContain(wordOf('urn:2'));
    expect(second).toContain(wordOf('urn:h'));
    await publishOn(34, keeping(30));
    expect(archive(1)).toBe(undefined);
    expect(await store.fateOf('feeds/world/archive/1.atom')).toEqual({ kind: 'gone' });
    expect(archive(2)).not.toContain(wordOf('urn:2'));
    expect(archive(2)).toContain(wordOf('urn:h'));
    expect(archive(3)).toBe(third);
    const before = new Map(files);
    await publishOn(34, keeping(30));
    expect(files).toEqual(before);
  });

  test('leaves its story to the other reports, which may be kept longer', async () => {
    const text = { contentHtml: `<p>${inventedSentences(7, 8).join(' ')}</p>`, title: 'The bridge opens at last' };
    await bring(article('urn:w', 0, text), article('urn:h', 1, { ...text, sourceId: 'harbour' }));
    await publishOn(2, keeping(30));
    expect(new Set([await stateOf('urn:w'), await stateOf('urn:h')])).toEqual(new Set(['merged', 'published']));
    await publishOn(31, keeping(30));
    expect([await stateOf('urn:w'), await stateOf('urn:h')]).toEqual(['expired', 'published']);
    expect((await store.newestStories('world', 5)).map(({ story }) => story.articleIds)).toEqual([['urn:h']]);
  });

  test('is never published when it is too old on arrival, on whatever day it comes', async () => {
    await publishOn(40, keeping(30));
    await bring(article('urn:0', 0));
    await publishOn(40, keeping(30));
    expect(await stateOf('urn:0')).toBe('expired');
    expect((await store.trailOf('urn:0')).some(({ state }) => state === 'published')).toBe(false);
    expect(isAnywhere('urn:0')).toBe(false);
  });

  test('does not come back: neither by another version of its publisher, nor by an approval, nor when more is kept', async () => {
    await bring(article('urn:0', 0));
    await publishOn(31, keeping(30));
    await bring(article('urn:0', 0, { contentHtml: '<p>Another text.</p>' }));
    await publishOn(32);
    expect(await stateOf('urn:0')).toBe('expired');
    await store.saveVerdicts([{ articleId: 'urn:0', verdict: 'approved', at: onDay(33), note: null }]);
    await publishOn(33);
    expect(await stateOf('urn:0')).toBe('expired');
    expect(await store.articles(['urn:0'])).toEqual([]);
  });

  test('may be of a source that is not listed any more: the defaults say how long that is kept', async () => {
    await bring(article('urn:0', 0), article('urn:h', 0, { sourceId: 'harbour' }));
    await publishOn(1);
    const order = { ...ORDER, sources: [HARBOUR], retentionDays: 30 };
    await publishOn(2, order);
    expect(await stateOf('urn:0')).toBe('published');
    await publishOn(31, order);
    expect([await stateOf('urn:0'), await stateOf('urn:h')]).toEqual(['expired', 'published']);
  });

  test('waits for the next day, or for another rule', async () => {
    await bring(article('urn:0', 0));
    await publishOn(30, keeping(30));
    await publishOn(30.2, keeping(30));
    expect(await stateOf('urn:0')).toBe('published');
    await publishOn(30.3, keeping(29));
    expect(await stateOf('urn:0')).toBe('expired');
  });

  test('is what the topic says that keeps it longest, of all that it is in', async () => {
    const notices = aTopic({ id: 'notices', title: 'Notices', retentionDays: 7 });
    const events = aTopic({ id: 'events', title: 'Events', retentionDays: 20 });
    const order = {
      ...ORDER,
      topics: [WORLD, notices, events],
      sources: [
        { ...WIRE, topicIds: ['notices'] },
        { ...HARBOUR, topicIds: ['notices', 'world'] },
        aSource({ id: 'both', url: 'https://both.example/', topicIds: ['events', 'notices'] }),
      ],
    };
    await bring(article('urn:w', 0), ...['harbour', 'both'].map((id) => article(`urn:${id}`, 0, { sourceId: id })));
    const states = async () => [await stateOf('urn:w'), await stateOf('urn:both'), await stateOf('urn:harbour')];
    await publishOn(7, order);
    expect(await states()).toEqual(['published', 'published', 'published']);
    await publishOn(8, order);
    expect(await states()).toEqual(['expired', 'published', 'published']);
    expect((await store.trailOf('urn:w')).at(-1)!.reason).toBe(
      'older than the 7 days that the topic "Notices" keeps it',
    );
    await publishOn(21, order);
    expect(await states()).toEqual(['expired', 'expired', 'published']);
  });

  test('is as much as there is, some at a time, and the rest at once after it', async () => {
    const many = Array.from({ length: 2100 }, (_, at) =>
      article(`urn:${at}`, 0, { title: `Number ${at}`, contentHtml: '' }),
    );
    await store.saveRefresh(
      arrival(many, {
        ledger: many.map(({ id }) => aLedgerEntry({ articleId: id, sourceId: 'wire', entryId: id })),
        trail: many.map(({ id }) => aStep({ articleId: id, state: 'dropped', reason: 'no topic takes it' })),
      }),
    );
    const sort = (day: number) =>
      curateAwaiting({ store, clock: stoppedClock(onDay(day)), log: silentLog, memory }, keeping(30));
    await sort(31);
    const countOf = async () => (await store.entryCounts()).find(({ state }) => state === 'expired')?.count;
    expect(await countOf()).toBe(2000);
    await sort(31);
    expect(await countOf()).toBe(2100);
  }, 60_000);
});
