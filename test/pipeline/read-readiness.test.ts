import { expect, test } from '@jest/globals';
import { StageError } from '../../src/model/errors.ts';
import { readReadiness } from '../../src/pipeline/read-readiness.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

/** Whoever waits on it has waited long at once; or, stopped, never. */
const hasty = { sleep: () => Promise.resolve() };
const patient = { sleep: () => new Promise<void>(() => {}) };
const output = { exists: () => Promise.resolve(true) };
const neverAnswering = { schemaVersion: () => new Promise(() => {}) } as unknown as Store;
const failing = (error: Error): Store => ({ schemaVersion: () => Promise.reject(error) }) as unknown as Store;

test('it is ready where the database answers and something is published', async () => {
  await using store = await openMemoryStore();
  const clock = patient;
  expect(await readReadiness({ store, output, clock }, 0)).toEqual({ ready: true, reasons: [], doubts: [] });
  const empty = await readReadiness({ store, output: { exists: () => Promise.resolve(false) }, clock }, 2);
  expect(empty).toEqual({
    ready: false,
    reasons: ['nothing is published yet'],
    doubts: ['sources.json has faults (2); the list before it goes on'],
  });
});

test('a database that hangs is not ready, and nobody waits for it for ever', async () => {
  const waited: number[] = [];
  const clock = { sleep: (ms: number) => hasty.sleep().then(() => void waited.push(ms)) };
  const { ready, reasons } = await readReadiness({ store: neverAnswering, output, clock }, 0);
  expect([ready, reasons]).toEqual([false, ['the database or the disk does not answer within 5 s']]);
  expect(waited).toEqual([5000]);
});

test('the wait ends with the answer', async () => {
  await using store = await openMemoryStore();
  let signal: AbortSignal | null = null;
  const clock = {
    sleep: (_: number, until: AbortSignal) => {
      signal = until;
      return new Promise<void>((_resolve, reject) => until.addEventListener('abort', () => reject(until.reason)));
    },
  };
  expect(await readReadiness({ store, output, clock }, 0)).toMatchObject({ ready: true });
  expect(signal!.aborted).toBe(true);
});

test('what the database or the disk refuses is a reason; a fault of the program is not taken for one', async () => {
  const clock = patient;
  const refused = await readReadiness({ store: failing(new StageError('store-unusable')), output, clock }, 0);
  expect(refused.reasons).toEqual(['the database does not answer']);
  await using store = await openMemoryStore();
  const unread = { exists: () => Promise.reject(new StageError('output-unwritable')) };
  expect((await readReadiness({ store, output: unread, clock }, 0)).reasons).toEqual([
    'the output folder cannot be read',
  ]);
  await expect(readReadiness({ store: failing(new TypeError('a fault')), output, clock }, 0)).rejects.toThrow(
    'a fault',
  );
});
