import { expect, test } from '@jest/globals';
import type { HubOffer } from '../../src/model/push.ts';
import type { OutboundRequest } from '../../src/model/outbound.ts';
import { refreshDue, refreshPushed } from '../../src/pipeline/refresh-due.ts';
import type { RefreshTools } from '../../src/pipeline/refresh-source.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSource } from '../support/an-entry.ts';

const signal = new AbortController().signal;
const source = aSource({ content: 'feed' });
const RSS =
  '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour</title>' +
  '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://harbour.example/canonical"/>' +
  '<item><guid>a</guid><title>The bridge opens</title></item></channel></rss>';

async function reading(
  body: string,
  headers: Readonly<Record<string, string>>,
  work: (given: {
    readonly tools: RefreshTools;
    readonly offers: (HubOffer | null)[];
    readonly asked: OutboundRequest[];
  }) => Promise<void>,
): Promise<void> {
  await using store = await openMemoryStore();
  const offers: (HubOffer | null)[] = [];
  const asked: OutboundRequest[] = [];
  const tools: RefreshTools = {
    store,
    clock: stoppedClock('2026-11-24T12:00:00Z'),
    log: silentLog,
    limits: { maxFeedBytes: 100_000, timeoutMs: 1_000 },
    fetchPage: async (url) => ({ kind: 'not-fetched', url, code: 'fetch-not-found', reason: 'there is none' }),
    async outbound(request) {
      asked.push(request);
      return { url: request.url, status: 200, headers, body: Buffer.from(body), redirects: [] };
    },
    async noteOffer(_sourceId, offer) {
      offers.push(offer);
    },
  };
  await work({ tools, offers, asked });
}

const refreshAll = async (tools: RefreshTools): Promise<void> => {
  for await (const report of refreshDue(tools, [source], { which: 'all', atOnce: 1 }, signal))
    expect(report.outcome).not.toBe('failed');
};

test('the hub that a feed names is told of when the feed is read, and not again while it is as it was', () =>
  reading(RSS, {}, async ({ tools, offers }) => {
    await refreshAll(tools);
    await refreshAll(tools);
    expect(offers).toEqual([{ hub: 'https://hub.example/', topic: 'https://harbour.example/canonical' }]);
  }));

test('so is one that its server names in the header', () =>
  reading(RSS, { link: '<https://other.example/>; rel="hub"' }, async ({ tools, offers }) => {
    await refreshAll(tools);
    expect(offers).toMatchObject([{ hub: 'https://other.example/' }]);
  }));

test('and that a feed names none', () =>
  reading(RSS.replace('rel="hub"', 'rel="related"'), {}, async ({ tools, offers }) => {
    await refreshAll(tools);
    expect(offers).toEqual([null]);
  }));

test('a source that is pushed for is asked before its time, past caches on the way', () =>
  reading(RSS, {}, async ({ tools, asked }) => {
    await refreshAll(tools);
    expect(asked[0]!.headers).not.toHaveProperty('cache-control');
    expect(await refreshPushed(tools, [source], source.id, signal)).toMatchObject({ outcome: 'unchanged' });
    expect(asked[1]!.headers).toMatchObject({ 'cache-control': 'no-cache' });
  }));

test('a source that is off, unknown, or whose server asked to be left alone, is not asked for a push', () =>
  reading(RSS, {}, async ({ tools, asked }) => {
    const off = { ...source, enabled: false };
    expect(await refreshPushed(tools, [off], source.id, signal)).toBeNull();
    expect(await refreshPushed(tools, [source], 'another', signal)).toBeNull();
    await refreshAll(tools);
    const state = (await tools.store.sourceStates()).get(source.id)!;
    await tools.store.saveSourceState({ ...state, retryAfterUntil: '2026-11-24T13:00:00Z' });
    expect(await refreshPushed(tools, [source], source.id, signal)).toBeNull();
    expect(asked).toHaveLength(1);
  }));
