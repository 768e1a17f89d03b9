import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { EntryQuestion, ListAnswer } from '../../src/pipeline/list-entries.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { startServer, type RunningServer } from '../../src/web/server.ts';
import { rawGet } from '../support/raw-get.ts';

// The list of entries over HTTP. What is in it: test/pipeline/list-entries.test.ts.

const outputDir = mkdtempSync(join(tmpdir(), 'tributary-api-'));
const asked: EntryQuestion[] = [];
const listed: ListAnswer = {
  kind: 'listed',
  list: {
    version: 1,
    topic: {
      id: 'world',
      title: 'World',
      scheme: 'urn:x-tributary:topic',
      url: 'https://news.example/topics/world/',
      feed_url: 'https://news.example/feeds/world.json',
    },
    changes: [{ kind: 'entry', entry: { id: 'urn:a', content_html: `<p>${'Ferries. '.repeat(100)}</p>` } }],
    next: 'abc',
    hasMore: false,
  },
};
const answers: Readonly<Record<string, ListAnswer>> = {
  world: listed,
  old: { kind: 'moved', to: 'world' },
  over: { kind: 'closed' },
  stale: { kind: 'cursor-ended' },
  odd: { kind: 'no-cursor' },
  early: { kind: 'not-published-yet' },
};
let server: RunningServer;
beforeAll(async () => {
  server = await startServer({
    outputDir,
    host: '127.0.0.1',
    port: 0,
    basePath: '/news/',
    health: { ready: async () => true },
    clock: systemClock(),
    log: silentLog,
    listEntries: async (question) => {
      asked.push(question);
      if (question.topicId === 'broken') throw new Error('the database is away: secret');
      return answers[question.topicId] ?? { kind: 'no-such-topic' };
    },
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(outputDir, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${server.url}api/${path}`, { redirect: 'manual', ...init });

describe('a list of entries', () => {
  test('is asked for by topic, cursor and limit, fifty at a time if nobody says otherwise', async () => {
    asked.length = 0;
    await ask('topics/world/entries');
    await ask('topics/all/entries?since=xyz&limit=100&other=1');
    expect(asked).toEqual([
      { topicId: 'world', since: null, limit: 50 },
      { topicId: 'all', since: 'xyz', limit: 100 },
    ]);
  });

  test('is JSON that other sites may read, fresh for a minute, and names its schema', async () => {
    const answer = await ask('topics/world/entries');
    expect([
      answer.status,
      ...fields(answer, 'content-type', 'cache-control', 'access-control-allow-origin', 'vary'),
    ]).toEqual([200, 'application/json; charset=utf-8', 'public, max-age=60', '*', 'Accept-Encoding']);
    expect(fields(answer, 'x-content-type-options', 'link', 'set-cookie')).toEqual([
      'nosniff',
      '</news/api/entries.schema.json>; rel="describedby"; type="application/schema+json"',
      null,
    ]);
    const text = await answer.text();
    expect([text.includes('<'), JSON.parse(text)]).toEqual([false, listed.kind === 'listed' && listed.list]);
  });

  test('is confirmed by its strong tag, in any coding, and as HEAD it is the same without a body', async () => {
    const { headers } = await ask('topics/world/entries', { headers: { 'accept-encoding': 'identity' } });
    const tag = headers.get('etag')!;
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    for (const [given, status] of [
      [tag, 304],
      [`"x", W/${tag}`, 304],
      ['*', 304],
      ['"x"', 200],
    ] as const) {
      const again = await ask('topics/world/entries', { headers: { 'if-none-match': given } });
      expect([given, again.status, again.headers.get('cache-control')]).toEqual([given, status, 'public, max-age=60']);
    }
    const head = await ask('topics/world/entries', { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, tag, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(900);
  });

  test('comes packed to who takes it so, under a tag of its own', async () => {
    const plain = await rawGet(`${server.url}api/topics/world/entries`, {});
    for (const [coding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const { headers, body } = await rawGet(`${server.url}api/topics/world/entries`, { 'accept-encoding': coding });
      expect([headers['content-encoding'], headers['content-length']]).toEqual([coding, String(body.length)]);
      expect(headers['etag']).toBe(`${plain.headers['etag']!.slice(0, -1)}-${coding}"`);
      expect(unpack(body).toString()).toBe(plain.body.toString());
      expect(body.length).toBeLessThan(plain.body.length / 2);
    }
  });
});

describe('what cannot be answered is told as a problem', () => {
  test.each([
    ['topics/nowhere/entries', 404, 'no-such-topic'],
    ['topics/over/entries', 410, 'closed'],
    ['topics/stale/entries?since=a', 410, 'cursor-ended'],
    ['topics/odd/entries?since=%00', 400, 'no-cursor'],
    ['topics/early/entries', 503, 'not-published-yet'],
    ['topics/broken/entries', 500, 'failed'],
    ['topics/world/entries?limit=0', 400, 'bad-limit'],
    ['topics/world/entries?limit=101', 400, 'bad-limit'],
    ['topics/world/entries?limit=1e1', 400, 'bad-limit'],
    ['topics/world/entries?limit=', 400, 'bad-limit'],
    ['topics/world', 404, 'no-such-call'],
    ['', 404, 'no-such-call'],
  ])('%s: %d %s', async (path, status, code) => {
    const answer = await ask(path);
    const problem = (await answer.json()) as Record<string, unknown>;
    expect([answer.status, ...fields(answer, 'content-type', 'access-control-allow-origin')]).toEqual([
      status,
      'application/problem+json',
      '*',
    ]);
    expect(problem).toEqual({
      type: 'about:blank',
      status,
      code,
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect(JSON.stringify(problem)).not.toContain('secret');
    const head = await ask(path, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([status, '']);
  });

  test('a renamed topic is answered elsewhere, with what was asked', async () => {
    const answer = await ask('topics/old/entries?since=abc&limit=5');
    expect([answer.status, answer.headers.get('location')]).toEqual([
      301,
      '/news/api/topics/world/entries?since=abc&limit=5',
    ]);
  });

  test('nothing can be changed', async () => {
    expect((await ask('topics/world/entries', { method: 'POST', body: '{}' })).status).toBe(405);
    expect((await ask('topics/world/entries', { method: 'OPTIONS' })).status).toBe(204);
  });
});

describe('the contract', () => {
  test.each([
    ['entries.schema.json', 'application/schema+json'],
    ['openapi.json', 'application/vnd.oai.openapi+json;version=3.1'],
  ])('%s is served, and confirmed', async (name, type) => {
    const answer = await ask(name);
    expect([answer.status, ...fields(answer, 'content-type', 'access-control-allow-origin')]).toEqual([200, type, '*']);
    const file = readFileSync(new URL(`../../src/web/api/${name}`, import.meta.url), 'utf8');
    expect(await answer.json()).toEqual(JSON.parse(file));
    const again = await ask(name, { headers: { 'if-none-match': answer.headers.get('etag')! } });
    expect(again.status).toBe(304);
  });

  test('names every problem that there is, and refers to nothing that is not there', async () => {
    const document = (await (await ask('openapi.json')).json()) as OpenApi;
    const told = Object.keys(document.paths['/api/topics/{topic}/entries']!['get']!.responses);
    expect(told).toEqual(['200', '301', '304', '400', '404', '406', '410', '500', '503']);
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!);
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of new Set(refs)) {
      const found = ref.startsWith('#/')
        ? ref
            .slice(2)
            .split('/')
            .reduce<unknown>((within, part) => (within as Record<string, unknown>)?.[part], document)
        : (await ask(ref)).status === 200;
      expect([ref, Boolean(found)]).toEqual([ref, true]);
    }
  });

  test('each of its addresses is one that the server knows', async () => {
    const document = (await (await ask('openapi.json')).json()) as OpenApi;
    const at = new URL(document.servers[0]!.url, `${server.url}api/openapi.json`).href;
    expect(at).toBe(server.url);
    for (const path of ['/healthz', '/readyz', '/api/entries.schema.json', '/api/openapi.json']) {
      expect(document.paths[path]).toBeDefined();
      expect((await fetch(`${at.slice(0, -1)}${path}`)).status).toBe(200);
    }
  });
});

type OpenApi = {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, unknown>> }>>>
  >;
};

function fields({ headers }: Response, ...names: readonly string[]): (string | null)[] {
  return names.map((name) => headers.get(name));
}
