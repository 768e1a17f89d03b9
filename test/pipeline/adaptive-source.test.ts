import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { UpstreamHub } from '../../src/model/push.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { epochMsOf, instantFrom, plusSeconds, type Instant } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSource } from '../support/an-entry.ts';
import { anUpstreamHub } from '../support/pushes.ts';

// A source over days, minute by minute as the service looks, on a clock that is moved by hand.

const START = '2026-11-24T00:00:00Z';
const HOUR = 3600;
const DAY = 24 * HOUR;
const source = aSource({ adaptive: { minSeconds: 900, maxSeconds: 6 * HOUR }, content: 'feed' });
const signal = new AbortController().signal;
let store: Store;
beforeEach(async () => {
  store = await openMemoryStore();
});
afterEach(async () => store[Symbol.asyncDispose]());

/** A feed of its ten newest entries, one every so often from long before the start until it ends. */
function feedAt(now: Instant, pauseSeconds: number, until: Instant = '2100-01-01T00:00:00Z'): string {
  const from = epochMsOf(START) - 20 * pauseSeconds * 1000;
  const to = Math.min(epochMsOf(now), epochMsOf(until));
  const newest = Math.floor((to - from) / (pauseSeconds * 1000));
  const items = Array.from({ length: 10 }, (_, at) => newest - at).map((number) => {
    const at = new Date(from + number * pauseSeconds * 1000).toUTCString();
    return `<item><guid isPermaLink="false">${number}</guid><title>Title ${number}</title><pubDate>${at}</pubDate></item>`;
  });
  return `<rss version="2.0"><channel><title>Harbour</title>${items.join('')}</channel></rss>`;
}

/** When it is asked from one moment to another; the service looks every ten minutes here. */
async function asked(from: Instant, seconds: number, feed: (now: Instant) => string): Promise<number[]> {
  const at: number[] = [];
  for (let passed = 0; passed <= seconds; passed += 600) {
    const now = plusSeconds(from, passed);
    const tools = {
      outbound: async ({ url }: { readonly url: string }) => {
        at.push(passed);
        return { url, status: 200, headers: {}, body: new TextEncoder().encode(feed(now)), redirects: [] };
      },
      fetchPage: async (url: string) => ({
        kind: 'not-fetched' as const,
        url,
        code: 'fetch-not-found',
        reason: 'none',
      }),
      store,
      clock: stoppedClock(now),
      log: silentLog,
      limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
    };
    for await (const report of refreshDue(tools, [source], { which: 'due', atOnce: 1 }, signal))
      expect(report.outcome).not.toBe('failed');
  }
  return at;
}

const state = async () => (await store.sourceStates()).get(source.id)!;
const pauses = (times: readonly number[]): number[] => times.slice(1).map((time, at) => time - times[at]!);

describe('a source without a schedule', () => {
  test('is asked about twice for each thing that it brings', async () => {
    const times = await asked(START, 2 * DAY, (now) => feedAt(now, 2 * HOUR));
    expect(times.length).toBeGreaterThan(36);
    expect(times.length).toBeLessThan(56);
    expect((await state()).nextCheckWhy).toBe('it brings something new every 2 hours or so');
  });

  test('is asked less and less once it is silent, never later than its bounds, and often again when it wakes', async () => {
    const silentFrom = plusSeconds(START, DAY);
    const feed = (now: Instant): string => feedAt(now, 2 * HOUR, silentFrom);
    await asked(START, DAY, feed);
    const silent = pauses(await asked(silentFrom, 6 * DAY, feed));
    expect(Math.max(...silent.slice(0, 3))).toBeLessThan(2 * HOUR);
    expect(Math.min(...silent.slice(-3))).toBeGreaterThan(5 * HOUR);
    expect(Math.max(...silent)).toBeLessThanOrEqual(6 * HOUR + 600);
    const awake = await asked(plusSeconds(START, 8 * DAY), 2 * DAY, (now) => feedAt(now, 2 * HOUR));
    expect(pauses(awake).at(-1)).toBeLessThan(6 * HOUR);
  });

  test('goes on after a restart as if there had been none', async () => {
    await asked(START, DAY, (now) => feedAt(now, 3 * HOUR));
    const kept = await state();
    expect(kept.rhythm).toMatchObject({ pauseSeconds: 3 * HOUR });
    const again = await asked(plusSeconds(START, DAY + 600), DAY, (now) => feedAt(now, 3 * HOUR));
    const due = (epochMsOf(kept.nextCheckAt!) - epochMsOf(START)) / 1000 - DAY - 600;
    expect(again[0]! - due).toBeGreaterThanOrEqual(0);
    expect(again[0]! - due).toBeLessThan(600);
  });

  test('is asked by its new bounds once they are edited', async () => {
    await asked(START, HOUR, (now) => feedAt(now, 6 * HOUR));
    const { schedule, nextCheckAt } = await state();
    const narrow = { ...source, adaptive: { minSeconds: 900, maxSeconds: HOUR } };
    const { stateFor } = await import('../../src/pipeline/source-state.ts');
    const edited = stateFor(narrow, await state());
    expect(edited.schedule).not.toBe(schedule);
    expect(edited.nextCheckAt! < nextCheckAt!).toBe(true);
    expect(stateFor(source, await state())).toEqual(await state());
  });
});

describe('a hub that pushes', () => {
  const withHub = async (given: Partial<UpstreamHub>): Promise<string> => {
    await asked(START, HOUR, (now) => feedAt(now, 2 * HOUR));
    await store.push.saveUpstreamHub(
      anUpstreamHub({ sourceId: source.id, status: 'active', leaseEndsAt: plusSeconds(START, 9 * DAY), ...given }),
    );
    await asked(plusSeconds(START, 2 * HOUR), 2 * HOUR, (now) => feedAt(now, 2 * HOUR));
    return (await state()).nextCheckWhy!;
  };
  const later = plusSeconds(START, 4 * HOUR);

  test('has its source asked as seldom as can be', async () => {
    expect(await withHub({ pushes: 3, lastPushAt: later })).toBe('its hub pushes what is new');
    const { checkedAt, nextCheckAt } = await state();
    const seconds = (epochMsOf(nextCheckAt!) - epochMsOf(checkedAt!)) / 1000;
    expect(seconds).toBeGreaterThan(5 * HOUR);
    expect(seconds).toBeLessThanOrEqual(6 * HOUR);
  });

  test.each([
    ['never pushed', { lastPushAt: null }],
    ['kept silent when there was news', { pushes: 3, lastPushAt: instantFrom(epochMsOf(START) - 90_000_000) }],
    ['has not taken the subscription', { status: 'failing' as const, pushes: 3, lastPushAt: later }],
    ['let the subscription run out', { pushes: 3, lastPushAt: later, leaseEndsAt: START }],
  ])('is not relied on if it %s', async (_what, given) => {
    expect(await withHub(given)).toBe('it brings something new every 2 hours or so');
  });
});
