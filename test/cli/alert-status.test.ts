import { expect, test } from '@jest/globals';
import { alertLines, gatherAlertStatus } from '../../src/cli/alert-status.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';

const NOW = '2026-11-25T06:00:00Z';
const trouble = {
  key: 'failing fen',
  kind: 'failing',
  subject: 'fen',
  says: 'Fen Gazette (fen) cannot be had',
} as const;

test('status tells what holds, and which messages reached nobody', async () => {
  await using store = await openMemoryStore();
  expect(alertLines(await gatherAlertStatus(store))).toEqual([]);
  const states = [
    { ...trouble, seenFrom: NOW, seenLast: NOW, raisedAt: NOW },
    { ...trouble, key: 'failing marsh', subject: 'marsh', seenFrom: NOW, seenLast: NOW, raisedAt: null },
  ];
  const deliveries = [{ channel: 'mail', body: '{}' } as const];
  await store.alerts.saveBoard({ board: { revision: 0, states }, events: [], deliveries, now: NOW });
  expect(alertLines(await gatherAlertStatus(store))).toEqual([
    'alerts:',
    '  Fen Gazette (fen) cannot be had (since 2026-11-25T06:00:00Z)',
    '',
  ]);
  const [mail] = await store.alerts.deliveriesDue(NOW, 1);
  await store.alerts.saveTries(mail!.number, { tries: 9, since: NOW, lastFailure: 'no such server', dueAt: null });
  expect(alertLines(await gatherAlertStatus(store))[2]).toBe(
    '  1 messages were given up, the last by mail: no such server; tributary alerts test tries it',
  );
});
