import { expect, test } from '@jest/globals';
import { NOT_TRIED, type Tries } from '../../src/model/push.ts';
import {
  afterFailure,
  DELIVERY_BACK_OFF,
  HUB_BACK_OFF,
  INTENT_BACK_OFF,
  type BackOff,
} from '../../src/push/back-off.ts';
import { epochMsOf } from '../../src/support/instant.ts';

const NOON = '2026-11-24T12:00:00Z';
const given = { reason: 'status 500', now: NOON, seed: 'a', retryAfterSeconds: null };

/** The waits in seconds from one failure to the next, until it is given up or so often. */
function waits(backOff: BackOff, seed: string, most = 20): number[] {
  const found: number[] = [];
  let tries: Tries = NOT_TRIED;
  for (let now = NOON; found.length < most;) {
    const { dueAt, ...after } = afterFailure(tries, { ...given, now, seed }, backOff);
    if (dueAt === null) break;
    found.push((epochMsOf(dueAt) - epochMsOf(now)) / 1000);
    now = dueAt;
    tries = after;
  }
  return found;
}

test('a delivery is tried again after ten seconds, then three times as long each time, for a day', () => {
  const found = waits(DELIVERY_BACK_OFF, 'a');
  const plain = [10, 30, 90, 270, 810, 2430, 7290, 21_600, 21_600, 21_600];
  expect(found.length).toBeGreaterThanOrEqual(8);
  for (const [at, wait] of found.entries()) {
    expect(wait).toBeGreaterThanOrEqual(plain[at]! * 0.8);
    expect(wait).toBeLessThanOrEqual(plain[at]! * 1.2 + 1);
  }
  expect(found.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(86_400);
});

test('the same seed gives the same waits, and another one others', () => {
  expect(waits(DELIVERY_BACK_OFF, 'a')).toEqual(waits(DELIVERY_BACK_OFF, 'a'));
  expect(waits(DELIVERY_BACK_OFF, 'a')).not.toEqual(waits(DELIVERY_BACK_OFF, 'b'));
});

test('a callback that does not answer is asked three times at the most', () => {
  for (const seed of ['a', 'b', 'c', 'd']) expect(waits(INTENT_BACK_OFF, seed).length).toBeLessThanOrEqual(2);
});

test('hubs of others are asked for ever, once a day at last', () => {
  const found = waits(HUB_BACK_OFF, 'a', 30);
  expect(found).toHaveLength(30);
  expect(Math.max(...found)).toBeLessThanOrEqual(86_400 * 1.2 + 1);
});

test('whoever asks for a longer wait is left alone for it', () => {
  const { dueAt } = afterFailure(NOT_TRIED, { ...given, retryAfterSeconds: 600 }, DELIVERY_BACK_OFF);
  expect(dueAt).toBe('2026-11-24T12:10:00Z');
});

test('the count goes on, and the first failure is remembered', () => {
  const first = afterFailure(NOT_TRIED, given, DELIVERY_BACK_OFF);
  expect(first).toMatchObject({ tries: 1, since: NOON, lastFailure: 'status 500' });
  const second = afterFailure(first, { ...given, now: first.dueAt!, reason: 'silence' }, DELIVERY_BACK_OFF);
  expect(second).toMatchObject({ tries: 2, since: NOON, lastFailure: 'silence' });
});
