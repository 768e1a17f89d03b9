import { expect, test } from '@jest/globals';
import type { Order } from '../../../src/config/sources-file.ts';
import { appliedList, noteAppliedList } from '../../../src/pipeline/plan/applied-list.ts';
import { compareLists, saysNothingNew } from '../../../src/pipeline/plan/compare-lists.ts';
import { openMemoryStore } from '../../../src/store/open-store.ts';
import { aSite, aTopic } from '../../support/a-topic.ts';
import { aSource } from '../../support/an-entry.ts';

const list = (given: Partial<Order> = {}): Order => ({
  site: aSite(),
  topics: [aTopic({ id: 'world' }), aTopic({ id: 'towns' })],
  formerTopics: [],
  sources: [aSource({ id: 'herald' }), aSource({ id: 'wire', enabled: false })],
  ...given,
});

test('the same list says nothing new', () => {
  expect(saysNothingNew(compareLists(list(), list()))).toBe(true);
});

test('sources that come, go, are switched, and what of them is set otherwise', () => {
  const { sources } = compareLists(
    list({ sources: [...list().sources, aSource({ id: 'gone' }), aSource({ id: 'off' })] }),
    list({
      sources: [
        aSource({ id: 'herald', weight: 2, select: 'article' }),
        aSource({ id: 'wire' }),
        aSource({ id: 'off', enabled: false }),
        aSource({ id: 'new' }),
      ],
    }),
  );
  expect(sources).toEqual({
    added: ['new'],
    removed: ['gone'],
    enabled: ['wire'],
    disabled: ['off'],
    changed: [
      {
        id: 'herald',
        settings: ['select', 'weight'],
        values: [
          { setting: 'select', from: null, to: 'article' },
          { setting: 'weight', from: 1, to: 2 },
        ],
      },
    ],
    forEntriesToCome: [{ id: 'herald', settings: ['select'] }],
  });
});

test('a topic with another name is one topic, and one that is closed is not merely removed', () => {
  const { topics } = compareLists(
    list({ topics: ['world', 'towns', 'ships', 'sport'].map((id) => aTopic({ id })) }),
    list({
      topics: [aTopic({ id: 'planet', title: 'Planet' }), aTopic({ id: 'arts' })],
      formerTopics: [
        { id: 'world', movedTo: 'planet' },
        { id: 'long-ago', movedTo: 'planet' },
        { id: 'towns', movedTo: null },
      ],
    }),
  );
  expect(topics).toEqual({
    added: ['arts'],
    removed: ['ships', 'sport'],
    closed: ['towns'],
    renamed: [{ from: 'world', to: 'planet' }],
    changed: [{ id: 'planet', settings: ['title'], values: [{ setting: 'title', from: 'World', to: 'Planet' }] }],
  });
});

test('settings are called what sources.json calls them, and of their values the short and plain ones are told', () => {
  const { sources } = compareLists(
    list({ sources: [aSource({ id: 'herald', topicIds: ['world'], rights: null, proxy: null, quota: null })] }),
    list({
      sources: [
        aSource({
          id: 'herald',
          topicIds: ['world', 'towns'],
          rights: '©'.repeat(100),
          proxy: 'http://name:word@proxy.example/',
          quota: { most: 3, hours: 24 },
        }),
      ],
    }),
  );
  expect(sources.changed.map(({ settings }) => settings.toSorted())).toEqual([['proxy', 'quota', 'rights', 'topics']]);
  expect(sources.changed.map(({ values }) => values)).toEqual([
    [{ setting: 'topics', from: ['world'], to: ['world', 'towns'] }],
  ]);
});

test('the list that was applied is remembered without what may be secret, and a changed header is seen', async () => {
  await using store = await openMemoryStore();
  expect(await appliedList(store)).toBeNull();
  const withKey = (key: string): Order =>
    list({ sources: [aSource({ id: 'herald', headers: { authorization: key } })] });
  await noteAppliedList(store, withKey('Bearer open-sesame'));
  const noted = (await appliedList(store))!;
  expect(JSON.stringify(noted)).not.toContain('sesame');
  expect(saysNothingNew(compareLists(noted, withKey('Bearer open-sesame')))).toBe(true);
  expect(compareLists(noted, withKey('Bearer other')).sources.changed).toEqual([
    { id: 'herald', settings: ['headers'] },
  ]);
  await noteAppliedList(store, list());
  expect(saysNothingNew(compareLists((await appliedList(store))!, list()))).toBe(true);
});
