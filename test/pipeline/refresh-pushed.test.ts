import { expect, test } from '@jest/globals';
import { StageError } from '../../src/model/errors.ts';
import { openPushedSources, runPushedSources, type PushedParts } from '../../src/pipeline/refresh-pushed.ts';
import { emptyReport, type RefreshReport } from '../../src/pipeline/refresh-report.ts';
import type { Order } from '../../src/config/sources-file.ts';
import { aSource } from '../support/an-entry.ts';
import { aSite } from '../support/a-topic.ts';
import { handClock, type HandClock } from '../support/hand-clock.ts';

const order: Order = { site: aSite(), topics: [], formerTopics: [], sources: [] };
const report = (id: string, given: Partial<RefreshReport> = {}): RefreshReport => ({
  ...emptyReport(aSource({ id }), 'refreshed'),
  added: 1,
  ...given,
});

/** Runs with a source's behaviour as given; what was done is a list of words. */
async function running(
  refreshPushed: (sourceId: string, signal: AbortSignal) => Promise<RefreshReport | null>,
  work: (given: {
    readonly push: (...ids: readonly string[]) => Promise<void>;
    readonly done: string[];
    readonly clock: HandClock;
  }) => Promise<void>,
  curate: () => Promise<void> = async () => undefined,
): Promise<void> {
  const clock = handClock();
  const pushed = openPushedSources();
  const done: string[] = [];
  const stop = new AbortController();
  const parts = {
    clock,
    pushed,
    refreshPushed(_order: Order, sourceId: string, signal: AbortSignal) {
      done.push(`ask ${sourceId}`);
      return refreshPushed(sourceId, signal);
    },
    async askAgainSoon(sourceId: string) {
      done.push(`again ${sourceId}`);
    },
    async curate() {
      done.push('sort');
      await curate();
    },
    async copyImages(_order: Order, { withinMs }: { readonly withinMs: number }) {
      if (withinMs > 5_000) done.push('pictures that keep others waiting');
    },
    async publish() {
      done.push('publish');
    },
  } as unknown as PushedParts;
  const given = {
    orderNow: () => order,
    onSource: () => undefined,
    onTrouble: (error: StageError) => void done.push(error.code),
  };
  const ended = runPushedSources(parts, given, stop.signal);
  const outcome = ended.catch((error: unknown) => error);
  const push = async (...ids: readonly string[]): Promise<void> => {
    for (const id of ids) pushed.note(id);
    await clock.advance(0);
    await clock.advance(0);
  };
  try {
    await work({ push, done, clock });
  } finally {
    stop.abort(new Error('stopped'));
  }
  expect(String(await outcome)).toContain('stopped');
}

test('a source that is pushed for is asked, sorted and published at once', () =>
  running(
    async (id) => report(id),
    async ({ push, done }) => {
      await push('a');
      expect(done).toEqual(['ask a', 'sort', 'publish']);
    },
  ));

test('pushes that come while it is asked, or soon after, lead to one more asking', () =>
  running(
    async (id) => report(id),
    async ({ push, done, clock }) => {
      await push('a');
      await push('a');
      await push('a', 'a');
      expect(done.filter((one) => one === 'ask a')).toHaveLength(1);
      await clock.advance(2_000);
      expect(done.filter((one) => one === 'ask a')).toHaveLength(2);
      await clock.advance(10_000);
      expect(done.filter((one) => one === 'ask a')).toHaveLength(2);
    },
  ));

test('a source that takes its time keeps no other from being published', () =>
  running(
    (id, signal) =>
      id === 'slow'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : Promise.resolve(report(id)),
    async ({ push, done }) => {
      await push('slow');
      await push('b');
      expect(done).toEqual(['ask slow', 'ask b', 'sort', 'publish']);
    },
  ));

test('a source that had nothing new is asked again soon, and nothing is published; one that failed is not', () =>
  running(
    async (id) => report(id, { added: 0, outcome: id === 'down' ? 'failed' : 'unchanged' }),
    async ({ push, done }) => {
      await push('a', 'down');
      expect(done).toEqual(['ask a', 'ask down', 'again a']);
    },
  ));

test('a source that must not be asked is not', () =>
  running(
    async () => null,
    async ({ push, done }) => {
      await push('held off');
      expect(done).toEqual(['ask held off']);
    },
  ));

test('a full disk is told, and the next push is published', () => {
  let full = true;
  return running(
    async (id) => report(id),
    async ({ push, done }) => {
      await push('a');
      full = false;
      await push('b');
      expect(done).toEqual(['ask a', 'sort', 'output-unwritable', 'ask b', 'sort', 'publish']);
    },
    async () => {
      if (full) throw new StageError('output-unwritable');
    },
  );
});

test('a fault of ours ends it', async () => {
  const pushed = openPushedSources();
  const parts = {
    clock: handClock(),
    pushed,
    refreshPushed: () => Promise.reject(new TypeError('a fault of ours')),
  } as unknown as PushedParts;
  pushed.note('a');
  const given = { orderNow: () => order, onSource: () => undefined, onTrouble: () => undefined };
  await expect(runPushedSources(parts, given, new AbortController().signal)).rejects.toThrow('a fault of ours');
});
