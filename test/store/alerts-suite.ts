import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AlertEvent, AlertState } from '../../src/model/alert.ts';
import type { Store } from '../../src/store/store.ts';
import type { TestDatabase } from './databases.ts';

const NOW = '2026-11-25T06:00:00Z';
const LATER = '2026-11-25T06:02:00Z';
const trouble = { key: 'list', kind: 'list', subject: null, says: 'sources.json has faults' } as const;
const state: AlertState = { ...trouble, seenFrom: NOW, seenLast: NOW, raisedAt: null };
const event: AlertEvent = { ...trouble, happened: 'raised', at: NOW, since: NOW };

export function alertsSuite(database: TestDatabase): void {
  let store: Store;
  beforeEach(async () => {
    store = await database.emptyStore();
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  test('a board is saved by whoever has read it last, with all that goes with it, or not at all', async () => {
    const before = await store.alerts.board();
    expect(before).toEqual({ revision: 0, states: [] });
    const change = {
      board: { ...before, states: [state] },
      events: [event],
      deliveries: [{ channel: 'webhook', body: '{}' } as const],
      now: NOW,
    };
    expect(await store.alerts.saveBoard(change)).toBe(true);
    expect(await store.alerts.saveBoard(change)).toBe(false);
    expect(await store.alerts.board()).toEqual({ revision: 1, states: [state] });
    expect(await store.alerts.events(10)).toEqual([event]);
    expect(await store.alerts.deliveriesDue(NOW, 10)).toHaveLength(1);
  });

  test('a delivery is taken in hand by one, tried again when it fails, and dead when it is given up', async () => {
    const deliveries = [{ channel: 'mail', body: 'a' } as const, { channel: 'webhook', body: 'b' } as const];
    const board = { revision: 0, states: [] };
    await store.alerts.saveBoard({ board, events: [], deliveries, now: NOW });
    const [mail, webhook] = await store.alerts.deliveriesDue(NOW, 10);
    expect([mail, webhook].map((one) => [one!.channel, one!.body, one!.tries])).toEqual([
      ['mail', 'a', 0],
      ['webhook', 'b', 0],
    ]);
    expect([await store.alerts.claim(mail!, LATER), await store.alerts.claim(mail!, LATER)]).toEqual([true, false]);
    expect(await store.alerts.deliveriesDue(NOW, 10)).toEqual([webhook]);
    expect(await store.alerts.deliveriesDue(LATER, 10)).toHaveLength(2);
    await store.alerts.drop(mail!.number);
    const tried = { tries: 9, since: NOW, lastFailure: 'no answer', dueAt: null };
    await store.alerts.saveTries(webhook!.number, tried);
    expect(await store.alerts.deliveriesDue(LATER, 10)).toEqual([]);
    expect(await store.alerts.dead()).toEqual([{ ...webhook, ...tried }]);
  });
}
