import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import { fetchPage } from '../../src/fetch/fetch-page.ts';
import type { Outbound } from '../../src/model/outbound.ts';
import type { PageShape } from '../../src/model/source-watch.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openHistoryKeeper, type HistoryKeeper } from '../../src/pipeline/keep-history.ts';
import { openReplay } from '../../src/pipeline/plan/replay.ts';
import { publishTopics } from '../../src/pipeline/publish-topics.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { refreshDue } from '../../src/pipeline/refresh-due.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock, systemClock } from '../../src/support/clock.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { postgresServer, sqliteFiles, type LastingDatabase, type Where } from '../store/databases.ts';
import { arrival, aState } from '../store/records.ts';
import { aSite, aTopic } from '../support/a-topic.ts';
import { anEntry, aSource } from '../support/an-entry.ts';
import { findPostgres, tellPostgres } from '../support/postgres.ts';
import { aWebhookDelivery } from '../support/pushes.ts';
import { memoryOutput } from './archive-world.ts';

// Who has a text taken down relies on it that it is nowhere any more: here every table is looked through, and every byte of
// the database's files.

const none = new AbortController().signal;
const HARBOUR = aSource({ url: 'https://harbour.example/feed', content: 'page', topicIds: ['world'] });
const WIRE = aSource({ id: 'wire', url: 'https://wire.example/feed', content: 'feed', topicIds: ['world'] });
const ORDER = { formerTopics: [], site: aSite(), topics: [aTopic()], sources: [HARBOUR, WIRE] };
const SECRET = /whirlybird|quicksilver|marzipan/i;

const postgres = findPostgres();

describe('SQLite', () => suite(sqliteFiles(), wholeSqlite));
if ('reason' in postgres) test.skip(`PostgreSQL: ${postgres.reason}`, () => {});
else describe('PostgreSQL', () => suite(postgresServer(postgres), wholePostgres));

type Whole = (where: Where) => Promise<readonly string[]>;

function suite(database: LastingDatabase, whole: Whole): void {
  let store: Store;
  let where: Where;
  let now: string;
  let items: string[];
  let keeper: HistoryKeeper;
  let files: Map<string, string>;
  let feedUrl: string;
  let order: typeof ORDER;
  beforeAll(() => database.start(), 90_000);
  afterAll(() => database.stop());
  beforeEach(async () => {
    where = await database.newPlace();
    store = await openStore(where, { clock: systemClock() });
    now = '2026-11-24T06:00:00Z';
    items = ['secret', 'plain'];
    files = new Map();
    feedUrl = HARBOUR.url;
    order = ORDER;
    keeper = openHistoryKeeper({ history: store.history, clock: stoppedClock(now) }, { days: 14, megabytes: 50 });
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
  });

  const outbound: Outbound = async ({ url }) => {
    const isFeed = url.endsWith('/feed');
    const body = new TextEncoder().encode(isFeed ? feedOf(new URL(url).host, items) : pageOf(url));
    const headers = { 'content-type': isFeed ? 'application/rss+xml' : 'text/html; charset=utf-8' };
    return { url, status: 200, headers, body, redirects: [] };
  };

  async function refresh(): Promise<void> {
    now = plusSeconds(now, 3600);
    const pageTools = { outbound: keeper.listening('page', outbound), robots: { permit: async () => {} } };
    const tools = {
      outbound: keeper.listening('feed', outbound),
      fetchPage: (url: string, _: unknown, signal: AbortSignal) =>
        fetchPage(pageTools, { url, maxBodyBytes: 1_000_000, timeoutMs: 1000 }, signal),
      store,
      clock: stoppedClock(now),
      log: silentLog,
      limits: { maxFeedBytes: 1_000_000, timeoutMs: 1000 },
    };
    const sources = [{ ...HARBOUR, url: feedUrl }, WIRE];
    for await (const { outcome, reason } of refreshDue(tools, sources, { which: 'all', atOnce: 1 }, none))
      if (outcome === 'failed') throw new Error(String(reason));
  }

  async function sort(): Promise<void> {
    now = plusSeconds(now, 60);
    await curateAwaiting({ store, clock: stoppedClock(now), log: silentLog, memory: openTextMemory() }, order);
  }

  async function publish(): Promise<void> {
    await sort();
    const tools = { store, output: memoryOutput(files), clock: stoppedClock(now), log: silentLog };
    await publishTopics({ ...tools, rendererDigest: 'one' }, order);
  }

  /** The ids of what is secret, which both sources told. */
  async function secrets(): Promise<string[]> {
    const told = await store.newestStories(null, 10);
    const reports = told.flatMap(({ articles }) => articles);
    return reports.flatMap(({ id, contentHtml }) => (SECRET.test(contentHtml) ? [id] : []));
  }

  async function retract(ids: readonly string[]): Promise<void> {
    await store.saveVerdicts(ids.map((articleId) => ({ articleId, verdict: 'retracted', at: now, note: null })));
  }

  const feedBodies = async (url: string): Promise<string[]> => {
    const versions = await store.history.versions({ kind: 'feed', url });
    const answers = await Promise.all(versions.map(({ number }) => store.history.version(number)));
    return answers.map((answer) => Buffer.from(answer!.body).toString());
  };

  test('what is retracted is in no table and in no byte of the database any more', async () => {
    await refresh();
    await keeper.flush();
    await publish();
    const ids = await secrets();
    expect(ids).toHaveLength(2);
    await leaveTraces(store, { ids, document: files.get('feeds/world.json')!, now });
    expect((await whole(where)).length).toBeGreaterThan(4);
    // The next answer tells of it once more, and waits in memory while it is taken back.
    await refresh();
    await retract(ids);
    await publish();
    await keeper.flush();
    await refresh();
    await keeper.flush();
    expect([...files].filter(([, content]) => SECRET.test(content)).map(([path]) => path)).toEqual([]);
    // While the service runs, and once it has ended.
    expect(await whole(where)).toEqual([]);
    await store[Symbol.asyncDispose]();
    expect(await whole(where)).toEqual([]);
    store = await openStore(where, { clock: systemClock() });
  });

  const elsewhere = [HARBOUR, WIRE].map((source) => ({ ...source, topicIds: ['science'] }));
  test.each([
    ['it left', [aTopic(), aTopic({ id: 'science' })]],
    ['is there no more', [aTopic({ id: 'science' })]],
  ])('nor in what a webhook was not told of a topic that %s', async (_, topics) => {
    await refresh();
    await keeper.flush();
    await publish();
    const ids = await secrets();
    await leaveTraces(store, { ids, document: files.get('feeds/world.json')!, now });
    order = { ...ORDER, topics, sources: elsewhere };
    await publish();
    expect(await whole(where)).toContain('webhook_deliveries');
    await retract(ids);
    await sort();
    expect(await whole(where)).toEqual([]);
  });

  test('a feed that tells of it is kept no more, and is again as soon as it does not', async () => {
    await refresh();
    await keeper.flush();
    await publish();
    const [own] = (await store.articles(await secrets())).filter(({ sourceId }) => sourceId === HARBOUR.id);
    await retract([own!.id]);
    await sort();
    items = ['secret', 'plain', 'more'];
    await refresh();
    await keeper.flush();
    expect(await feedBodies(HARBOUR.url)).toEqual([]);
    // The other source's is another article, which nobody has taken back.
    expect(await feedBodies(WIRE.url)).toHaveLength(2);
    const question = { kind: 'feed' as const, url: HARBOUR.url, askedAs: '' };
    expect(await store.history.isWithheld(question)).toBe(true);
    expect(await store.history.isWithheld({ ...question, url: WIRE.url })).toBe(false);
    items = ['plain', 'more'];
    await refresh();
    await keeper.flush();
    expect(await feedBodies(HARBOUR.url)).toEqual([expect.stringContaining('The more of it')]);
    expect(await store.history.isWithheld(question)).toBe(false);
    // What was kept meanwhile is not taken for the last answer when it tells of it again.
    items = ['plain', 'more', 'secret'];
    await refresh();
    await keeper.flush();
    expect(await feedBodies(HARBOUR.url)).toEqual([]);
  });

  test('the feed under its new address, and what is kept of its old one, tell nothing of it either', async () => {
    await refresh();
    await keeper.flush();
    await publish();
    const ids = await secrets();
    const old = feedUrl;
    feedUrl = 'https://news.harbour.example/feed';
    await refresh();
    await keeper.flush();
    expect([await feedBodies(old), await feedBodies(feedUrl)].map(({ length }) => length)).toEqual([1, 1]);
    await retract(ids);
    await sort();
    expect([await feedBodies(old), await feedBodies(feedUrl)]).toEqual([[], []]);
    feedUrl = 'https://new.harbour.example/feed';
    await refresh();
    await keeper.flush();
    expect(await feedBodies(feedUrl)).toEqual([]);
  });

  test('a feed that cannot be read to its end is not kept where something of its source was taken back', async () => {
    await refresh();
    await publish();
    await retract(await secrets());
    await sort();
    items = ['plain', 'broken', 'secret'];
    await refresh().catch(() => {});
    await keeper.flush();
    expect(await feedBodies(HARBOUR.url)).toEqual([]);
  });

  test('whoever replays is told that it is withheld, and why it cannot be known', async () => {
    await refresh();
    await keeper.flush();
    await publish();
    await retract(await secrets());
    await sort();
    const replay = openReplay(store.history, null);
    const ask = replay.answering('feed')({ url: HARBOUR.url, maxBodyBytes: 1000, timeoutMs: 1000 }, none);
    await expect(ask).rejects.toMatchObject({ code: 'fetch-not-kept' });
    expect(replay.notKept()).toEqual([{ kind: 'feed', url: HARBOUR.url, isWithheld: true }]);
  });
}

const SENTENCES: Readonly<Record<string, string>> = {
  secret: 'Whirlybird crews of the island hauled quicksilver lamps across the marzipan bridge at dawn.',
  plain: 'The council met in the town hall to speak of the ferry, the fish market and the new school.',
  more: 'Rain is expected on both shores until the weekend, with little wind and no frost at night.',
  broken: 'Nothing follows this one.',
};

function feedOf(host: string, items: readonly string[]): string {
  const told = items.map((name) =>
    name === 'broken'
      ? '<item><title>Broken'
      : `<item><guid isPermaLink="false">${host === 'wire.example' ? 'w' : 'h'}-${name}</guid><link>https://harbour.example/news/${name}</link>
        <title>The ${name} of it</title><pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate>
        <description>${SENTENCES[name]}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>${host}</title>${told.join('')}</channel></rss>`;
}

function pageOf(url: string): string {
  const name = url.split('/').at(-1)!;
  const text = `<p>${SENTENCES[name]}</p>`.repeat(3);
  return `<html><head><title>The ${name} of it</title></head><body><article><h1>The ${name} of it</h1>${text}</article></body></html>`;
}

/** What else the service keeps for a while: a dead letter, a page that was not had, and strange pages. */
async function leaveTraces(
  store: Store,
  { ids, document, now }: { readonly ids: readonly string[]; readonly document: string; readonly now: string },
): Promise<void> {
  const { items } = JSON.parse(document) as { readonly items: readonly { readonly id: string }[] };
  const body = JSON.stringify({ version: 1, id: 'd', added: items, changed: [], retracted: [] });
  await store.push.saveWebhookNews({
    topicId: 'world',
    sha256: 'x',
    told: items.map(({ id }) => ({ entryId: id, digest: 'd' })),
    takenBack: [],
    present: items.map(({ id }) => id),
    deliveries: [aWebhookDelivery({ id: 'dead', body, dueAt: null }), aWebhookDelivery({ id: 'waits', body })],
  });
  const article = (await store.articles(ids)).find(({ sourceId }) => sourceId === HARBOUR.id)!;
  const feed = { url: '', title: null, link: null, language: null, rights: null, licence: null, rsl: [], authors: [] };
  const given = { entry: anEntry({ summary: { type: 'text', value: SENTENCES['secret']! } }), feed };
  const states = await store.sourceStates();
  await store.saveRefresh(
    arrival([], {
      state: states.get(HARBOUR.id) ?? aState(),
      missed: [
        { articleId: article.id, sourceId: HARBOUR.id, code: 'fetch-timed-out', retries: 0, nextAt: now, given },
      ],
      watch: {
        selectors: '[]',
        shapes: [],
        latest: [{ shape: SHAPE, signs: [], madeFrom: { articleId: article.id, given, previous: article } }],
        drift: null,
      },
    }),
  );
}

const SHAPE: PageShape = {
  article: 'a',
  address: 'b',
  text: null,
  lines: [],
  missed: false,
  wall: null,
  words: 1,
  paragraphs: 1,
  hasImage: false,
  agreement: null,
  shared: 0,
  repeated: 0,
  refrain: 0,
  steps: false,
  language: null,
};

/** Where the secret stands: tables, and files. */
async function wholeSqlite({ dataDir }: Where): Promise<readonly string[]> {
  const path = join(dataDir, 'tributary.sqlite');
  const found = readdirSync(dataDir).filter((name) =>
    SECRET.test(readFileSync(join(dataDir, name)).toString('latin1')),
  );
  using file = new DatabaseSync(path);
  for (const { name } of file.prepare(`select name from sqlite_schema where type = 'table'`).all())
    found.push(...tellsIn(String(name), file.prepare(`select * from "${String(name)}"`).all()));
  return found;
}

async function wholePostgres({ databaseUrl }: Where): Promise<readonly string[]> {
  const tables = await tellPostgres(
    databaseUrl!,
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    found.push(...tellsIn(String(name), await tellPostgres(databaseUrl!, `select * from "${String(name)}"`)));
  return found;
}

function tellsIn(table: string, rows: readonly Record<string, unknown>[]): string[] {
  const isTold = rows.some((row) => Object.values(row).some((value) => SECRET.test(textOf(value))));
  return isTold ? [table] : [];
}

function textOf(value: unknown): string {
  if (!ArrayBuffer.isView(value)) return String(value);
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const isPacked = bytes.length > 4 && bytes.readUInt32LE(0) === 0xfd2fb528;
  return (isPacked ? zstdDecompressSync(bytes) : bytes).toString('latin1');
}
