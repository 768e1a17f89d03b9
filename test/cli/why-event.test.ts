import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { anArticle } from '../support/an-entry.ts';
import { handClock } from '../support/hand-clock.ts';
import { askWhy, askWhyForJson, type Answer } from './ask-why.ts';
import { aCuration, arrival, aStep, aStory, NOON, ONE, TWO } from '../store/records.ts';

// What `tributary why` tells of an event, which a topic that groups its stories has as one entry.

const EVENT = '1b6a0e2c-7f2e-8c11-9d6e-0123456789ab';
const ELSEWHERE = `urn:uuid:${EVENT.replace('1b', '2b')}`;

const LIST = {
  site: { title: 'Test', url: 'https://news.example/daily/' },
  topics: [
    { id: 'world', title: 'World', group: true },
    { id: 'local', title: 'Local', group: true, private: true },
  ],
  sources: [],
};

let room: string;
beforeEach(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-why-event-'));
  writeFileSync(join(room, 'sources.json'), JSON.stringify(LIST));
  await inStore(async (store) => {
    await fill(store);
    await tellEvents(store);
  });
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

async function fill(store: Store): Promise<void> {
  const of = (id: string, title: string, sourceId = 'harbour') =>
    anArticle({ id: `urn:${id}`, entryId: id, title, sourceId, link: `https://${sourceId}.example/${id}` });
  await store.saveRefresh(arrival([of('bridge', 'The bridge opens'), of('ferry', 'A ferry sails')]));
  await store.saveRefresh(arrival([of('copy', 'Bridge opens at last', 'wire')]));
  const topics = [{ topicId: 'world', reason: 'because of "bridge"' }];
  const path = 'articles/2026/11/the-bridge-opens.html';
  const ids = ['urn:bridge', 'urn:copy'];
  await store.saveCuration(
    aCuration({
      stories: [
        aStory({ id: 'urn:bridge', path, leadArticleId: 'urn:copy', articleIds: ids, topics, eventId: 'urn:event' }),
        aStory({ id: 'urn:ferry', topics: [], eventId: 'urn:event' }),
      ],
      trail: [
        aStep({
          articleId: 'urn:bridge',
          at: ONE,
          state: 'merged',
          reason: 'the same report as "Bridge opens at last"',
        }),
        aStep({ articleId: 'urn:copy', at: ONE, state: 'published', reason: 'in world: because of "bridge"' }),
        aStep({ articleId: 'urn:ferry', at: ONE, state: 'dropped', reason: 'no topic takes it' }),
      ],
    }),
  );
}

/** An event as two topics tell it: one with the ferry in it, which that topic does not take any more. */
async function tellEvents(store: Store): Promise<void> {
  const stories = [
    { storyId: 'urn:bridge', articleId: 'urn:bridge' },
    { storyId: 'urn:bridge', articleId: 'urn:copy' },
  ];
  const version = (topicId: string, entryId: string, shown = stories) => ({
    topicId,
    entryId,
    subjectId: 'urn:event',
    leadArticleId: 'urn:copy',
    published: NOON,
    updated: ONE,
    extent: 'full' as const,
    words: null,
    characters: null,
    shown,
  });
  const place = (given: Partial<Parameters<Store['savePlaced']>[0]>): Promise<void> =>
    store.savePlaced({ opened: [], left: [], there: [], gone: [], tombstones: [], reopened: [], done: [], ...given });
  for (const topicId of ['world', 'towns']) await store.startChain({ topicId, madeAs: 'events', anew: false });
  const withFerry = [...stories, { storyId: 'urn:ferry', articleId: 'urn:ferry' }];
  await place({ opened: [version('world', `urn:uuid:${EVENT}`, withFerry), version('towns', ELSEWHERE)] });
  await store.closePage({ topicId: 'towns', page: 1, entries: [version('towns', ELSEWHERE)], leftOut: [] });
}

async function inStore(work: (store: Store) => Promise<void>): Promise<void> {
  await using store = await openStore({ databaseUrl: null, dataDir: join(room, 'data') }, { clock: handClock(NOON) });
  await work(store);
}

const ask = (...args: string[]): Promise<Answer> => askWhy(room, args);
const askForJson = (...args: string[]): Promise<Record<string, unknown>> => askWhyForJson(room, ...args);

test.each([`urn:uuid:${EVENT}`, EVENT.toUpperCase(), `"urn:uuid:${EVENT}",`])(
  'tells of the entry of an event, by the id that stands in the feeds (%s), what it is made of',
  async (asked) => {
    const { code, out, err } = await ask(asked);
    expect([code, err]).toEqual([0, '']);
    expect(out.trimEnd().split('\n')).toEqual([
      'Bridge opens at last',
      `  entry        urn:uuid:${EVENT}`,
      '  of           the event urn:event, in the topic World (world)',
      '  stands       in its feeds',
      `  dated        ${NOON}, changed last ${ONE}`,
      '  lead         urn:copy of wire',
      '  page         https://news.example/daily/articles/2026/11/the-bridge-opens.html',
      `  also         as ${ELSEWHERE} in towns, in its archive 1`,
      '',
      'its 3 reports:',
      '  published  wire: Bridge opens at last  urn:copy',
      '             in world: because of "bridge"',
      '  dropped    harbour: A ferry sails  urn:ferry',
      '             no topic takes it',
      '  merged     harbour: The bridge opens  urn:bridge',
      '             the same report as "Bridge opens at last"',
      '',
      'More of one of them: tributary why with its id.',
      `To take back all of them: tributary retract urn:uuid:${EVENT}`,
    ]);
  },
);

test('tells scripts of the entry of an event, and of each of its reports all that there is', async () => {
  const { event, entries } = (await askForJson(EVENT)) as { event: object; entries: object[] };
  expect(event).toEqual({
    id: 'urn:event',
    title: 'Bridge opens at last',
    topics: [
      {
        topicId: 'world',
        topicTitle: 'World',
        entryId: `urn:uuid:${EVENT}`,
        stands: 'feed',
        archive: null,
        takenBack: null,
        published: NOON,
        updated: ONE,
        leadArticleId: 'urn:copy',
        isAsked: true,
      },
      {
        topicId: 'towns',
        topicTitle: null,
        entryId: ELSEWHERE,
        stands: 'archive',
        archive: 1,
        takenBack: null,
        published: NOON,
        updated: ONE,
        leadArticleId: 'urn:copy',
        isAsked: false,
      },
    ],
    page: 'https://news.example/daily/articles/2026/11/the-bridge-opens.html',
    reports: [
      { articleId: 'urn:copy', storyId: 'urn:bridge', isShown: true },
      { articleId: 'urn:ferry', storyId: 'urn:ferry', isShown: true },
      { articleId: 'urn:bridge', storyId: 'urn:bridge', isShown: true },
    ].map((one) => expect.objectContaining(one)),
  });
  expect(entries).toMatchObject([{ articleId: 'urn:copy' }, { articleId: 'urn:ferry' }, { articleId: 'urn:bridge' }]);
});

test('tells of the entry of an event that is not there any more when it was taken back, and why', async () => {
  await inStore((store) =>
    store.savePlaced({
      opened: [],
      left: [{ topicId: 'world', entryId: `urn:uuid:${EVENT}` }],
      there: [],
      gone: [],
      tombstones: [{ topicId: 'world', entryId: `urn:uuid:${EVENT}`, at: TWO, reason: 'it is untrue' }],
      reopened: [],
      done: [],
    }),
  );
  const { out } = await ask(EVENT);
  expect(out).toContain('  stands       in none of its documents any more');
  expect(out).toContain(`  taken back   ${TWO}: it is untrue`);
  expect((await ask('urn:copy')).out).not.toContain(`as one entry of world`);
});

test('an entry is told with the entries of its event that stand in the feeds', async () => {
  const { out } = await ask('urn:bridge');
  expect(out.split('\n').filter((line) => line.startsWith('  event'))).toEqual([
    `  event  urn:event, as one entry of towns: ${ELSEWHERE}`,
    `  event  urn:event, as one entry of world: urn:uuid:${EVENT}`,
  ]);
  expect(await askForJson('urn:bridge')).toMatchObject({
    event: null,
    entries: [
      {
        story: {
          eventEntries: [
            { topicId: 'towns', entryId: ELSEWHERE },
            { topicId: 'world', entryId: `urn:uuid:${EVENT}` },
          ],
        },
      },
    ],
  });
});

test('a report that has come since is told as one that the entry shows next, and what is retracted as that', async () => {
  const late = anArticle({
    id: 'urn:late',
    entryId: 'late',
    title: 'Ships wait',
    link: 'https://harbour.example/late',
  });
  await inStore(async (store) => {
    await store.saveRefresh(arrival([late], { trail: [aStep({ articleId: 'urn:late', state: 'published' })] }));
    const topics = [{ topicId: 'world', reason: 'because of "ships"' }];
    await store.saveCuration(
      aCuration({
        stories: [aStory({ id: 'urn:late', topics, eventId: 'urn:event' })],
        trail: [aStep({ articleId: 'urn:ferry', at: TWO, state: 'retracted', reason: 'retracted by the operator' })],
      }),
    );
  });
  const { out } = await ask(EVENT);
  expect(out).toContain('its 4 reports:');
  expect(out).toContain('  published  harbour: Ships wait  urn:late (shown from the next publication on)');
  expect(out).toContain('  retracted  harbour: A ferry sails  urn:ferry\n');
});
