import type { Order } from '../../src/config/sources-file.ts';
import { composeEdition, composeEntry, type ComposeContext } from '../../src/curate/compose-edition.ts';
import { readySite } from '../../src/curate/opt-out.ts';
import type { Edition, EditionEntry } from '../../src/model/edition.ts';
import type { Source } from '../../src/model/source.ts';
import type { Topic } from '../../src/model/topic.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openTextMemory, type TextMemory } from '../../src/pipeline/recent-texts.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import type { Instant } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aSite } from './a-topic.ts';

/** The program between a store and what upstream says: it asks, sorts and composes, at moments that a test sets. */
export type FeedWorld = { store: Store; memory: TextMemory; now: Instant };

/** What upstream says: a source's document, and the pages behind addresses (null: there is none). */
export type Upstream = {
  readonly documentOf: (sourceId: string) => string;
  readonly pageAt: (url: string) => string | null;
};

/** More than any test publishes. */
const ALL_OF_THEM = 100_000;

export function openWorld(store: Store, now: Instant): FeedWorld {
  return { store, memory: openTextMemory(), now };
}

export function orderOf(sources: readonly Source[], topics: readonly Topic[]): Order {
  return { site: aSite(), sources, topics, formerTopics: [] };
}

/** Asks sources, one after the other, in the order in which they are given. Throws where one of them fails. */
export async function ask({ store, now }: FeedWorld, sources: readonly Source[], upstream: Upstream): Promise<void> {
  const urls = new Map(sources.map(({ id, url }) => [url, id]));
  const tools = {
    outbound: async ({ url }: { readonly url: string }) => {
      const body = new TextEncoder().encode(upstream.documentOf(urls.get(url)!));
      return { url, status: 200, headers: {}, body, redirects: [] };
    },
    fetchPage: async (url: string) => {
      const page = upstream.pageAt(url);
      if (page === null)
        return { kind: 'not-fetched' as const, url, code: 'fetch-not-found' as const, reason: 'there is none (404)' };
      const body = new TextEncoder().encode(page);
      return { kind: 'fetched' as const, url, contentType: 'text/html; charset=utf-8', body };
    },
    store,
    clock: stoppedClock(now),
    log: silentLog,
    limits: { maxFeedBytes: 5_000_000, timeoutMs: 1000 },
  };
  // One by one: the order of a round is then the test's, and not that of the addresses.
  for (const source of sources)
    for await (const { outcome, reason } of refreshDue(
      tools,
      [source],
      { which: 'all', atOnce: 1 },
      new AbortController().signal,
    ))
      if (outcome === 'failed') throw new Error(`${source.id} failed: ${reason}`);
}

export async function sort({ store, memory, now }: FeedWorld, order: Order): Promise<void> {
  await curateAwaiting({ store, memory, clock: stoppedClock(now), log: silentLog }, order);
}

/** Every story that is published, as its entry, by the story's id. */
export async function entriesOf({ store }: FeedWorld, order: Order): Promise<Map<string, EditionEntry>> {
  const context = await contextOf(store, order);
  const told = await store.publishedStories(null, null, ALL_OF_THEM);
  return new Map(told.map((one) => [one.story.id, composeEntry(one, context)]));
}

/** The editions of all topics, and of everything. */
export async function editionsOf({ store, now }: FeedWorld, order: Order): Promise<Edition[]> {
  const context = await contextOf(store, order);
  return Promise.all(
    [...order.topics, null].map(async (topic) => {
      const told = await store.newestStories(topic?.id ?? null, ALL_OF_THEM);
      const entries = told.map((one) => composeEntry(one, context, topic));
      return composeEdition(topic, entries, { ...context, updated: now });
    }),
  );
}

async function contextOf(store: Store, order: Order): Promise<ComposeContext> {
  const sources = new Map(order.sources.map((source) => [source.id, source]));
  return { site: readySite(order.site), sources, states: await store.sourceStates(), images: new Map() };
}
