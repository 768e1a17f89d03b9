import { expect, test } from '@jest/globals';
import type { Order } from '../../../src/config/sources-file.ts';
import { appliedList, noteAppliedList } from '../../../src/pipeline/plan/applied-list.ts';
import { compareLists, saysNothingNew } from '../../../src/pipeline/plan/compare-lists.ts';
import { DEFAULT_ALERTS } from '../../../src/model/alert.ts';
import type { Source, SourceAuth } from '../../../src/model/source.ts';
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
    merged: [],
    changed: [{ id: 'planet', settings: ['title'], values: [{ setting: 'title', from: 'World', to: 'Planet' }] }],
  });
});

test('a topic that goes on in one that was there before, or is called otherwise as well, is merged into it', () => {
  const { topics } = compareLists(
    list({ topics: ['asia', 'world', 'ships', 'boats'].map((id) => aTopic({ id })) }),
    list({
      topics: [aTopic({ id: 'world', title: 'The World' }), aTopic({ id: 'sea' })],
      formerTopics: [
        { id: 'asia', movedTo: 'world' },
        { id: 'ships', movedTo: 'sea' },
        { id: 'boats', movedTo: 'sea' },
      ],
    }),
  );
  expect(topics).toEqual({
    added: [],
    removed: [],
    closed: [],
    renamed: [{ from: 'ships', to: 'sea' }],
    merged: [
      { from: 'asia', to: 'world' },
      { from: 'boats', to: 'sea' },
    ],
    changed: [{ id: 'world', settings: ['title'], values: [{ setting: 'title', from: 'World', to: 'The World' }] }],
  });
});

test('what stands beside site, topics and sources is told as well', () => {
  const alerts = { ...DEFAULT_ALERTS, failingHours: 3 };
  const changes = compareLists(list({ retentionDays: 30 }), list({ alerts }));
  expect(changes.others).toEqual(['alerts', 'defaults.retentionDays']);
  expect(saysNothingNew(changes)).toBe(false);
  expect(compareLists(list({ alerts }), list({ alerts })).others).toEqual([]);
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

test('how a source is asked is told when it changes, limits and quotas by their parts, and no word that may be secret', () => {
  const limits = { maxFeedBytes: null, maxPageBytes: 2_000_000, timeoutSeconds: 30, entriesPerRefresh: null };
  const auth: SourceAuth = { scheme: { kind: 'bearer', tokenEnv: 'HARBOUR_TOKEN' }, headerEnvs: {} };
  const before = aSource({ id: 'herald', limits, quota: { most: 3, hours: 24 } });
  const after = aSource({
    ...before,
    limits: { ...limits, timeoutSeconds: 5, maxPageBytes: null },
    quota: { most: 5, hours: 24 },
    auth,
    proxy: 'http://proxy.example:3128',
    headers: { 'x-key': 'open-sesame' },
  });
  const changed = compareLists(list({ sources: [before] }), list({ sources: [after] })).sources.changed;
  expect(changed.map(({ settings }) => settings.toSorted())).toEqual([
    ['auth', 'headers', 'limits.maxPageBytes', 'limits.timeoutSeconds', 'proxy', 'quota.most'],
  ]);
  expect(changed[0]!.values?.toSorted((a, b) => (a.setting < b.setting ? -1 : 1))).toEqual([
    { setting: 'limits.maxPageBytes', from: 2_000_000, to: null },
    { setting: 'limits.timeoutSeconds', from: 30, to: 5 },
    { setting: 'quota.most', from: 3, to: 5 },
  ]);
  expect(JSON.stringify(changed)).not.toMatch(/sesame|TOKEN|3128/);
});

test('a setting that an older version did not know is an edit where somebody has written it, and else is none', () => {
  const { limits, auth, proxy, headers, quota, adaptive, weight, ...older } = aSource({ id: 'herald' });
  const before = list({ sources: [older as Source] });
  const same = aSource({ id: 'herald', limits, auth, proxy, headers, quota, adaptive, weight });
  expect(saysNothingNew(compareLists(before, list({ sources: [same] })))).toBe(true);
  const written = aSource({ id: 'herald', limits: { ...limits, timeoutSeconds: 5 }, proxy: 'none' });
  expect(compareLists(before, list({ sources: [written] })).sources.changed).toEqual([
    { id: 'herald', settings: ['proxy', 'limits'] },
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

test('a list that is applied again and again is written down once', async () => {
  await using store = await openMemoryStore();
  const saved: string[] = [];
  const listening = {
    fact: (name: string) => store.fact(name),
    saveFact: (name: string, value: string) => {
      saved.push(name);
      return store.saveFact(name, value);
    },
  };
  for (let times = 0; times < 3; times++) await noteAppliedList(listening, list());
  expect(saved).toHaveLength(2);
});
