import { expect, test } from '@jest/globals';
import { doubtsOf } from '../../src/config/doubts.ts';
import { aMatch, aSite, aTopic } from '../support/a-topic.ts';
import { aSource } from '../support/an-entry.ts';

const open = (host: string): string | null => (host === '[::1]' ? '::1 is a loopback address' : null);
const right = { site: aSite(), topics: [aTopic()], formerTopics: [], sources: [aSource({ topicIds: ['world'] })] };

test('a list that publishes something at a public address leaves no doubt', () => {
  expect(doubtsOf(right, open)).toEqual([]);
  expect(
    doubtsOf({ ...right, topics: [aTopic({ match: aMatch({ any: ['x'] }) })], sources: [aSource()] }, open),
  ).toEqual([]);
});

test.each([
  [{ sources: [] }, /no sources/],
  [{ sources: [aSource({ enabled: false, topicIds: ['world'] })] }, /switched off/],
  [{ topics: [] }, /no topics/],
  [
    { sources: [aSource({ url: 'http://[::1]/', topicIds: ['world'] })] },
    /"harbour" is never asked: ::1 is a loopback address/,
  ],
  [{ sources: [aSource()] }, /topic "world" stays empty/],
  [{ site: aSite({ url: 'http://127.0.0.1:8080/' }) }, /their own machine/],
])('%j is asked about', (change, doubt) => {
  expect(doubtsOf({ ...right, ...change }, open)[0]).toMatch(doubt);
});
