import { expect, test } from '@jest/globals';
import { intentAddress, isConfirmation } from '../../src/push/verify-intent.ts';
import { anIntent } from '../support/pushes.ts';

const queryOf = (address: string): Record<string, string> => Object.fromEntries(new URL(address).searchParams);

test('a callback is asked with mode, topic, challenge and lease behind its own query', () => {
  const callback = 'https://reader.example/callback?id=1&x=a%20b';
  const address = intentAddress(anIntent({ callback }), 'c/h+1');
  expect(address.startsWith(`${callback}&hub.mode=subscribe&`)).toBe(true);
  expect(queryOf(address)).toEqual({
    id: '1',
    x: 'a b',
    'hub.mode': 'subscribe',
    'hub.topic': 'https://news.example.org/feeds/world.atom',
    'hub.challenge': 'c/h+1',
    'hub.lease_seconds': '864000',
  });
});

test('an end is asked for without a lease', () => {
  const asked = queryOf(intentAddress(anIntent({ mode: 'unsubscribe' }), 'c'));
  expect(Object.keys(asked)).toEqual(['hub.mode', 'hub.topic', 'hub.challenge']);
});

test('a denial is told with its reason, and asks for nothing', () => {
  const asked = queryOf(intentAddress(anIntent({ mode: 'denied', reason: 'the feed is closed' }), 'c'));
  expect(asked).toEqual({
    'hub.mode': 'denied',
    'hub.topic': 'https://news.example.org/feeds/world.atom',
    'hub.reason': 'the feed is closed',
  });
});

test('only the challenge itself confirms', () => {
  const answers = ['challenge', 'challenge\n', 'Challenge', '', 'challenge challenge', '<p>challenge</p>'];
  expect(answers.map((answer) => isConfirmation(Buffer.from(answer), 'challenge'))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
