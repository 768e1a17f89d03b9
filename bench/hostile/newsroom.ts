import type { Order } from '../../src/config/sources-file.ts';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import type { Source, SourceState } from '../../src/model/source.ts';
import type { Topic } from '../../src/model/topic.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { publishTopics, type PublishReport } from '../../src/pipeline/publish-topics.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import type { RefreshReport } from '../../src/pipeline/refresh-report.ts';
import type { Output } from '../../src/publish/write-output.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import type { Log, LogFields } from '../../src/support/log.ts';
import { aSource } from '../../test/support/an-entry.ts';
import { SITE } from './read-topics.ts';

/** What upstream says at one poll of one source. */
export type Answer = {
  readonly sourceId: string;
  readonly body: Uint8Array;
  readonly contentType: string | null;
  /** Article pages by address. */
  readonly pages: Readonly<Record<string, string>>;
};

export type Newsroom = AsyncDisposable & {
  /** Polls, sorts and publishes, an hour after the poll before. */
  poll(answer: Answer): Promise<{ readonly refresh: RefreshReport; readonly published: PublishReport }>;
  /** Published files by path; bytes as text. */
  readonly files: ReadonlyMap<string, string>;
  /** All log lines, as JSON. */
  readonly logged: readonly string[];
  readonly store: Store;
  stateOf(sourceId: string): Promise<SourceState | undefined>;
};

const BEGINS = '2026-11-24T06:00:00Z';

/** The whole product with its store and its output in memory, and answers that are handed in. Its one topic is `news`. */
export async function openNewsroom(given: {
  readonly sourceIds: readonly string[];
  readonly source?: Partial<Source>;
  readonly topicTitle?: string;
}): Promise<Newsroom> {
  const store = await openMemoryStore();
  const memory = openTextMemory();
  const order = orderOf(given.sourceIds, given.topicTitle ?? 'News', given.source ?? {});
  const files = new Map<string, string>();
  const logged: string[] = [];
  const log = logInto(logged);
  let now = BEGINS;
  const clock = { ...systemClock(), now: () => now };
  const poll: Newsroom['poll'] = async ({ sourceId, body, contentType, pages }) => {
    now = plusSeconds(now, 3600);
    const tools = {
      outbound: async ({ url }: { readonly url: string }) => ({
        url,
        status: 200,
        headers: contentType === null ? {} : { 'content-type': contentType },
        body,
        redirects: [],
      }),
      fetchPage: async (url: string) => pageAt(url, pages),
      store,
      clock,
      log,
      limits: { maxFeedBytes: 10_000_000, timeoutMs: 1000 },
    };
    const asked = order.sources.filter(({ id }) => id === sourceId);
    const reports: RefreshReport[] = [];
    for await (const report of refreshDue(tools, asked, { which: 'all', atOnce: 1 }, new AbortController().signal))
      reports.push(report);
    await curateAwaiting({ store, clock, log, memory }, order);
    const published = await publishTopics({ store, output: outputInto(files), clock, log, rendererDigest: '' }, order);
    return { refresh: reports[0]!, published };
  };
  return {
    poll,
    files,
    logged,
    store,
    stateOf: async (sourceId) => (await store.sourceStates()).get(sourceId),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

function orderOf(sourceIds: readonly string[], topicTitle: string, source: Partial<Source>): Order {
  const topic: Topic = {
    id: 'news',
    foundedAs: 'news',
    title: topicTitle,
    description: null,
    match: null,
    filters: [],
    quota: null,
    retentionDays: null,
    maxEntries: 500,
    group: false,
    learn: false,
    updates: 'all',
    webhooks: [],
    private: false,
    note: null,
  };
  return {
    site: {
      ...SITE,
      language: 'en',
      timeZone: 'UTC',
      place: null,
      description: null,
      contact: null,
      commercial: true,
      optOut: [],
      images: 'hotlink',
      hub: null,
    },
    topics: [topic],
    formerTopics: [],
    sources: sourceIds.map((id) =>
      aSource({ id, title: `Source ${id}`, url: `https://${id}.example/feed.xml`, topicIds: ['news'], ...source }),
    ),
  };
}

function pageAt(url: string, pages: Answer['pages']): FetchedPage {
  const page = pages[url];
  if (page === undefined)
    return { kind: 'not-fetched', url, code: 'fetch-not-found', reason: 'the server knows no such document (404)' };
  return { kind: 'fetched', url, contentType: 'text/html; charset=utf-8', body: new TextEncoder().encode(page) };
}

function outputInto(files: Map<string, string>): Output {
  const text = (content: string | Uint8Array): string =>
    typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  return {
    write: async (path, content) => {
      files.set(path, text(content));
      return 'written';
    },
    remove: async (path) => void files.delete(path),
    read: async (path) => {
      const content = files.get(path);
      return content === undefined ? null : new TextEncoder().encode(content);
    },
    exists: async (path) => files.has(path),
  };
}

function logInto(lines: string[]): Log {
  const at =
    (level: string) =>
    (says: string, fields: LogFields = {}): void =>
      void lines.push(JSON.stringify({ level, says, ...fields }));
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}
