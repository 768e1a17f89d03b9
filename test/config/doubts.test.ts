import { expect, test } from '@jest/globals';
import { doubtsOf, type DoubtsWorld } from '../../src/config/doubts.ts';
import type { ClosedName, Order } from '../../src/config/sources-file.ts';
import { DEFAULT_ALERTS } from '../../src/model/alert.ts';
import { aMatch, aSite, aTopic } from '../support/a-topic.ts';
import { aSource } from '../support/an-entry.ts';

const world: DoubtsWorld = {
  refusalOfHost: (host) => (host === '[::1]' ? '::1 is a loopback address' : null),
  secretOf: (name) => ({ HARBOUR_SECRET: 'a secret', MAIL: 'smtps://a:b@mail.example' })[name] ?? null,
};
const right = { site: aSite(), topics: [aTopic()], formerTopics: [], sources: [aSource({ topicIds: ['world'] })] };
const doubtsIn = (change: Partial<Order>, closedNames: readonly ClosedName[] = []): readonly string[] =>
  doubtsOf({ order: { ...right, ...change }, closedNames, silentOnRepublish: [] }, world);

test('a list that publishes something at a public address leaves no doubt', () => {
  expect(doubtsIn({})).toEqual([]);
  expect(doubtsIn({ topics: [aTopic({ match: aMatch({ any: ['x'] }) })], sources: [aSource()] })).toEqual([]);
  const webhooks = [{ url: 'https://site.example/hook', secretEnv: 'HARBOUR_SECRET' }];
  const hubs = [
    { url: 'https://news.example.org/hub', isOwn: true },
    { url: 'https://hub.example/', isOwn: false },
  ];
  for (const hub of hubs) expect(doubtsIn({ site: aSite({ hub }), topics: [aTopic({ webhooks })] })).toEqual([]);
});

test('alerts that reach nobody, or mute what is not there, are doubted', () => {
  const alerts = {
    ...DEFAULT_ALERTS,
    webhook: { url: 'https://desk.example/', secretEnv: 'HARBOUR_SECRET' },
    mail: { from: 'a@example.org', to: ['b@example.org'], serverEnv: 'MAIL' },
    mute: ['harbour'],
  };
  expect(doubtsIn({ alerts })).toEqual([]);
  const wrong = {
    ...alerts,
    webhook: { url: 'http://[::1]/', secretEnv: 'NONE' },
    mail: { ...alerts.mail, serverEnv: 'NEITHER' },
    mute: ['harbuor'],
  };
  expect(doubtsIn({ alerts: wrong })).toEqual([
    'alerts.webhook is told nothing: ::1 is a loopback address; if that is meant, add --allow-network',
    'alerts.webhook is told nothing: the environment variable NONE is not set; set it where the program is started',
    'alerts.mail is sent nothing: the environment variable NEITHER is not set; set it where the program is started',
    'alerts.mute names "harbuor", but there is no such source',
  ]);
  expect(doubtsIn({ alerts: { ...alerts, mail: { ...alerts.mail, serverEnv: 'HARBOUR_SECRET' } } })).toEqual([
    'alerts.mail is sent nothing: the environment variable HARBOUR_SECRET is not of the form smtps://user:password@mail.example.org',
  ]);
});

test.each([
  [{ sources: [] }, /no sources/],
  [{ sources: [aSource({ enabled: false, topicIds: ['world'] })] }, /switched off/],
  [{ topics: [] }, /no topics/],
  [
    { sources: [aSource({ url: 'http://[::1]/', topicIds: ['world'] })] },
    /^sources\[0\]\.url: source "harbour" is never asked: ::1 is a loopback address/,
  ],
  [{ sources: [aSource()] }, /topic "world" stays empty/],
  [{ site: aSite({ url: 'http://127.0.0.1:8080/' }) }, /their own machine/],
])('%j is asked about', (change, doubt) => {
  expect(doubtsIn(change)[0]).toMatch(doubt);
});

test('a webhook that can be told nothing is named by its host, and not by its address', () => {
  const webhooks = [
    { url: 'https://site.example/a-secret-place', secretEnv: 'HARBOUR_SECRET' },
    { url: 'https://[::1]:8443/a-secret-place', secretEnv: 'OTHER_SECRET' },
  ];
  const which = 'webhook 2 of topic "world" ([::1]:8443) is told nothing';
  expect(doubtsIn({ topics: [aTopic({ webhooks })] })).toEqual([
    `${which}: ::1 is a loopback address; if that is meant, add --allow-network`,
    `${which}: the environment variable OTHER_SECRET, its secret, is not set; set it where the program is started`,
  ]);
});

test.each([
  [
    'https://news.example.org/hub',
    false,
    /^site\.hub is .*, a place of your own site, where a hub is only with "hub": true$/,
  ],
  ['https://NEWS.example.org:443/hub/', false, /a place of your own site/],
  ['https://[::1]/', false, /^site\.hub is never told of anything: ::1 is a loopback address; .*--allow-network/],
])('a hub at %s is asked about', (url, isOwn, doubt) => {
  expect(doubtsIn({ site: aSite({ hub: { url, isOwn } }) })).toEqual([expect.stringMatching(doubt)]);
});

test('a hub of our own at an address that no other reaches is asked about', () => {
  const site = aSite({ url: 'http://[::1]/', hub: { url: 'http://[::1]/hub', isOwn: true } });
  expect(doubtsIn({ site })[0]).toMatch(/^site\.hub is true, but no other can reach http:\/\/\[::1\]\/: ::1 is/);
});

test('a closed topic that sources name is told of once, with the first of them', () => {
  const names = [null, 'a', 'b', 'c', 'd'].map((sourceId) => ({ topicId: 'sport', sourceId }));
  expect(doubtsIn({}, [...names, { topicId: 'chess', sourceId: 'a' }])).toEqual([
    'topic "sport" is closed, so nothing comes into it; yet it is named in "topics" by "defaults", source "a", source "b" and 2 more',
    'topic "chess" is closed, so nothing comes into it; yet it is named in "topics" by source "a"',
  ]);
});
