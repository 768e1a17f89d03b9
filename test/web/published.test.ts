import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { silentLog } from '../../src/support/log.ts';
import { openPublished } from '../../src/web/published.ts';
import { routes } from '../../src/web/routes.ts';
import { handClock } from '../support/hand-clock.ts';

const room = mkdtempSync(join(tmpdir(), 'tributary-web-'));
const outputDir = join(room, 'output');
const FEED = `<feed>${'<entry>news</entry>'.repeat(200)}</feed>`;
const health = { isReady: true };
const clock = handClock('2027-01-15T12:00:00Z');
let app: Hono;

beforeAll(() => {
  mkdirSync(join(outputDir, 'feeds'), { recursive: true });
  mkdirSync(join(outputDir, 'topics/world'), { recursive: true });
  writeFileSync(join(outputDir, 'index.html'), '<!doctype html><title>Front</title>');
  writeFileSync(join(outputDir, 'topics/world/index.html'), '<!doctype html><title>World</title>');
  writeFileSync(join(outputDir, 'feeds/world.atom'), FEED);
  writeFileSync(join(outputDir, 'feeds/world.json'), '{}');
  writeFileSync(join(room, 'secret.txt'), 'secret');
  writeFileSync(join(outputDir, '.hidden'), 'hidden');
  symlinkSync(join(room, 'secret.txt'), join(outputDir, 'link.txt'));
  utimesSync(join(outputDir, 'feeds/world.atom'), 1_795_500_000, 1_795_500_000);
  app = routes({
    published: openPublished({ outputDir, clock }),
    clock,
    log: silentLog,
    health: { ready: () => Promise.resolve(health.isReady) },
  });
});
afterAll(() => rmSync(room, { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  Promise.resolve(app.request(path, { headers, method }));
const bytes = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer());

describe('a published file', () => {
  test.each([
    ['/feeds/world.atom', 'application/atom+xml; charset=utf-8'],
    ['/feeds/world.json', 'application/feed+json; charset=utf-8'],
    ['/', 'text/html; charset=utf-8'],
    ['/topics/world/', 'text/html; charset=utf-8'],
    ['/topics/world/index.html', 'text/html; charset=utf-8'],
  ])('%s has its media type, and is for everyone', async (path, type) => {
    const response = await get(path);
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('x-content-type-options'),
      response.headers.get('access-control-allow-origin'),
    ]).toEqual([200, type, 'nosniff', '*']);
  });

  test('that is a feed is called XML for a browser that shows it, and caches are told', async () => {
    const shown = await get('/feeds/world.atom', { 'sec-fetch-dest': 'document' });
    const fetched = await get('/feeds/world.atom', { 'sec-fetch-dest': 'empty' });
    expect([shown, fetched].map(({ headers }) => [headers.get('content-type'), headers.get('vary')])).toEqual([
      ['application/xml; charset=utf-8', 'A-IM, Accept-Encoding, Sec-Fetch-Dest'],
      ['application/atom+xml; charset=utf-8', 'A-IM, Accept-Encoding, Sec-Fetch-Dest'],
    ]);
    expect(new Set([shown, fetched].map(({ headers }) => headers.get('etag'))).size).toBe(2);
    for (const own of [{}, { 'sec-fetch-dest': 'document' }]) {
      for (const { headers } of [shown, fetched]) {
        const etag = headers.get('etag')!;
        const confirmed = await get('/feeds/world.atom', { ...own, 'if-none-match': etag });
        expect([confirmed.status, confirmed.headers.get('etag')]).toEqual([304, etag]);
      }
    }
    const json = await get('/feeds/world.json', { 'sec-fetch-dest': 'document' });
    expect(json.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
  });

  test('is packed for those who take it, each packing under its own strong tag', async () => {
    const [plain, gzip, br] = await Promise.all(
      ['identity', 'gzip', 'gzip, br'].map((coding) => get('/feeds/world.atom', { 'accept-encoding': coding })),
    );
    expect([plain!, gzip!, br!].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip', 'br']);
    expect(gunzipSync(await bytes(gzip!)).toString()).toBe(FEED);
    expect(brotliDecompressSync(await bytes(br!)).toString()).toBe(FEED);
    const tags = [plain!, gzip!, br!].map(({ headers }) => headers.get('etag'));
    expect(new Set(tags).size).toBe(3);
    expect(tags.every((tag) => tag?.startsWith('"'))).toBe(true);
    expect(plain!.headers.get('vary')).toBe('A-IM, Accept-Encoding, Sec-Fetch-Dest');
  });

  test('is not packed for those who refuse it', async () => {
    expect(
      (await get('/feeds/world.atom', { 'accept-encoding': 'br;q=0, gzip;q=0.0' })).headers.get('content-encoding'),
    ).toBeNull();
  });

  test('has the date of its file, and HEAD says what GET would', async () => {
    const [whole, head] = await Promise.all([get('/feeds/world.atom'), get('/feeds/world.atom', {}, 'HEAD')]);
    expect(whole.headers.get('last-modified')).toBe(new Date(1_795_500_000_000).toUTCString());
    expect((await bytes(head)).length).toBe(0);
    for (const name of ['etag', 'last-modified', 'content-type', 'content-length', 'cache-control'])
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
  });

  test('runs no script, wherever it came from', async () => {
    expect((await get('/')).headers.get('content-security-policy')).toMatch(/^default-src 'none';(?!.*script)/);
  });
});

describe('a conditional request', () => {
  const tag = async (): Promise<string> => (await get('/feeds/world.atom')).headers.get('etag')!;
  const date = new Date(1_795_500_000_000).toUTCString();

  test('by tag is answered 304 with the tag: alone, in a list, weak, of a packing, or any', async () => {
    const known = await tag();
    const packed = `${known.slice(0, -1)}-gzip"`;
    for (const [value, confirmed] of [
      [known, known],
      [`"other", ${known}`, known],
      [`W/${known}`, known],
      [packed, packed],
      [`${packed}, ${known}`, known],
      ['*', known],
    ] as const) {
      const response = await get('/feeds/world.atom', { 'if-none-match': value });
      expect([value, response.status, (await bytes(response)).length]).toEqual([value, 304, 0]);
      expect([value, response.headers.get('etag')]).toEqual([value, confirmed]);
      expect(response.headers.get('cache-control')).toContain('max-age');
    }
  });

  test('by date is answered 304 unless the file is newer', async () => {
    expect((await get('/feeds/world.atom', { 'if-modified-since': date })).status).toBe(304);
    expect(
      (await get('/feeds/world.atom', { 'if-modified-since': new Date(1_795_499_999_000).toUTCString() })).status,
    ).toBe(200);
    expect((await get('/feeds/world.atom', { 'if-modified-since': 'rubbish' })).status).toBe(200);
  });

  test('by date gets the second of two versions that were published within one second', async () => {
    const file = join(outputDir, 'feeds/lively.atom');
    const secondMs = Date.parse(clock.now()) + 10_000;
    const publish = (text: string, ms: number): void => {
      writeFileSync(file, text);
      utimesSync(file, ms / 1000, ms / 1000);
    };
    await clock.advance(10_200);
    publish('<feed>one</feed>', secondMs + 150);
    const first = await get('/feeds/lively.atom');
    expect([await first.text(), first.headers.get('last-modified')]).toEqual(['<feed>one</feed>', null]);
    publish('<feed>two</feed>', secondMs + 350);
    await clock.advance(1000);
    // Whoever was told no date takes that of the answer, or that of the file.
    for (const date of [
      first.headers.get('date') ?? new Date(secondMs).toUTCString(),
      new Date(secondMs + 1000).toUTCString(),
    ])
      expect([date, (await get('/feeds/lively.atom', { 'if-modified-since': date })).status]).toEqual([date, 200]);
    await clock.advance(3000);
    const settled = await get('/feeds/lively.atom');
    const told = settled.headers.get('last-modified')!;
    expect([await settled.text(), told]).toEqual(['<feed>two</feed>', new Date(secondMs + 1000).toUTCString()]);
    expect((await get('/feeds/lively.atom', { 'if-modified-since': told })).status).toBe(304);
    expect((await get('/feeds/lively.atom', { 'if-modified-since': new Date(secondMs).toUTCString() })).status).toBe(
      200,
    );
  });

  test('whose tag does not match is answered in full, whatever its date', async () => {
    expect((await get('/feeds/world.atom', { 'if-none-match': '"other"', 'if-modified-since': date })).status).toBe(
      200,
    );
  });

  test('after a change is answered in full', async () => {
    writeFileSync(join(outputDir, 'feeds/world.json'), '{"version":2}');
    const before = (await get('/feeds/world.json')).headers.get('etag')!;
    writeFileSync(join(outputDir, 'feeds/world.json'), '{"version":30}');
    await clock.advance(1000);
    const response = await get('/feeds/world.json', { 'if-none-match': before });
    expect([response.status, await response.text()]).toEqual([200, '{"version":30}']);
  });
});

describe('what is not published', () => {
  test.each([
    '/nothing.html',
    '/.hidden',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/feeds/..%2f..%2fsecret.txt',
    '/link.txt',
    '/feeds/world.atom/x',
    '/a//b',
    '/<script>',
  ])('%s is not there, and is not repeated', async (path) => {
    const response = await get(path);
    const text = await response.text();
    expect([response.status, text, response.headers.get('content-type')]).toEqual([
      404,
      'Not found\n',
      expect.stringContaining('text/plain'),
    ]);
  });

  test('a folder without its slash is shown the way', async () => {
    const response = await get('/topics/world');
    expect([response.status, response.headers.get('location')]).toEqual([301, '/topics/world/']);
  });

  test('nothing can be sent', async () => {
    const response = await get('/feeds/world.atom', {}, 'POST');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

test('health: alive, and ready when the database answers', async () => {
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/readyz')).status).toBe(200);
  health.isReady = false;
  expect((await get('/readyz')).status).toBe(503);
});
