import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import type { Fate } from '../../src/model/published-entry.ts';
import type { Log, LogFields } from '../../src/support/log.ts';
import { silentLog } from '../../src/support/log.ts';
import type { PublishedFile } from '../../src/web/kept-files.ts';
import { openPublished } from '../../src/web/published.ts';
import { routes } from '../../src/web/routes.ts';
import { handClock } from '../support/hand-clock.ts';

// What is answered besides whole documents, and what every answer says.

const room = mkdtempSync(join(tmpdir(), 'tributary-answers-'));
const outputDir = join(room, 'output');
const clock = handClock('2027-01-15T12:00:00Z');
const HOUR_MS = 3_600_000;
const TOKEN = 'k7Jw0yqTz1uXb3fNvR5mPg';
const fates = new Map<string, Fate>([
  ['feeds/world/archive/1.atom', { kind: 'gone' }],
  ['feeds/closed.rss', { kind: 'gone' }],
  ['articles/2027/01/refused.html', { kind: 'withheld' }],
  ['feeds/old-name.atom', { kind: 'moved', to: 'feeds/world.atom' }],
  ['topics/old-name/index.html', { kind: 'moved', to: 'topics/world/index.html' }],
]);
const logged: LogFields[] = [];
let app: Hono;

const put = (path: string, content: string | Uint8Array, ageHours = 0): void => {
  const file = join(outputDir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  const at = (Date.parse(clock.now()) - ageHours * HOUR_MS) / 1000;
  utimesSync(file, at, at);
};

beforeAll(() => {
  put('feeds/world.atom', `<feed>${'<entry>news</entry>'.repeat(100)}</feed>`, 12);
  put('feeds/quick.rss', '<rss/>', 0.1);
  put('feeds/slow.json', '{}', 500);
  put('feeds/world/archive/2.atom', '<feed/>');
  put('feeds/world/archive/3.atom', '<feed/>');
  put('index.html', '<!doctype html><title>Front</title>');
  put('assets/site.css', 'a { color: red }');
  put('assets/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  put(
    'media/short.mp3',
    Uint8Array.from({ length: 1000 }, (_, at) => at % 251),
    1,
  );
  put(
    'media/long.mp3',
    Uint8Array.from({ length: 5_000_000 }, (_, at) => at % 251),
  );
  put('images/0a/1b2c.jpg', Uint8Array.from([0xff, 0xd8]));
  put('empty.txt', '');
  put('schema/entries.json', '{}');
  put('future.txt', 'later', -24);
  const secret = join(room, 'private/team');
  mkdirSync(join(secret, 'feeds'), { recursive: true });
  writeFileSync(join(secret, 'feeds/team.atom'), `<feed>${'<entry/>'.repeat(100)}</feed>`);
  writeFileSync(join(secret, 'index.html'), '<!doctype html><title>Team</title>');
  const log: Log = { ...silentLog, error: (_sentence, fields = {}) => void logged.push(fields) };
  app = routes({
    published: openPublished({
      outputDir,
      clock,
      fateOf: (path) =>
        path === 'breaks.atom' ? Promise.reject(new Error('no database')) : Promise.resolve(fates.get(path) ?? null),
      linksOf: (path) => (path.startsWith('feeds/') ? '<https://hub.example/>; rel="hub"' : null),
    }),
    clock,
    log,
    health: { ready: () => Promise.resolve(true) },
    privateRoom: (token) =>
      token === TOKEN
        ? Promise.resolve(secret)
        : token === 'a'.repeat(20)
          ? Promise.reject(new Error('x'))
          : Promise.resolve(null),
  });
});
afterAll(() => rmSync(room, { recursive: true }));

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  Promise.resolve(app.request(path, { headers, method }));
const head = async (path: string, name: string): Promise<string | null> => (await ask(path)).headers.get(name);

describe('media types', () => {
  test.each([
    ['/assets/site.css', 'text/css; charset=utf-8'],
    ['/assets/icon.svg', 'image/svg+xml'],
    ['/media/short.mp3', 'audio/mpeg'],
    ['/schema/entries.json', 'application/json; charset=utf-8'],
    ['/feeds/slow.json', 'application/feed+json; charset=utf-8'],
    ['/feeds/world/archive/2.atom', 'application/atom+xml; charset=utf-8'],
  ])('%s is %s', async (path, type) => {
    expect(await head(path, 'content-type')).toBe(type);
  });
});

describe('how long an answer is fresh', () => {
  test.each([
    ['/feeds/quick.rss', 'max-age=300,'],
    ['/feeds/world.atom', 'max-age=1800,'],
    ['/feeds/slow.json', 'max-age=3600,'],
    ['/assets/site.css', 'max-age=3600,'],
  ])('%s: %s and stale while it is asked for again, or cannot be had', async (path, part) => {
    expect(await head(path, 'cache-control')).toBe(`public, ${part} stale-while-revalidate=600, stale-if-error=86400`);
  });

  test('an archive never changes', async () => {
    expect(await head('/feeds/world/archive/3.atom', 'cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('a copy of a picture is named after its bytes, and goes from caches in a week where it was taken back', async () => {
    expect(await head('/images/0a/1b2c.jpg', 'cache-control')).toBe('public, max-age=604800, immutable');
    expect(await head('/images/0a/1b2c.jpg', 'content-type')).toBe('image/jpeg');
    expect(await head('/images/0a/1b2c.jpg', 'content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(await head('/images/0a/1b2c.jpg', 'x-content-type-options')).toBe('nosniff');
  });

  test('what is dated in the future says no date rather than a false one', async () => {
    expect(await head('/future.txt', 'last-modified')).toBeNull();
  });
});

describe('every answer', () => {
  test.each([
    ['/feeds/world.atom', {}, 200],
    ['/feeds/world.atom', { 'if-none-match': '*' }, 304],
    ['/media/short.mp3', { range: 'bytes=0-1' }, 206],
    ['/media/short.mp3', { range: 'bytes=5000-' }, 416],
    ['/nothing', {}, 404],
    ['/feeds/world.atom', { 'if-match': '"x"' }, 412],
    ['/feeds/world.atom', { 'accept-encoding': 'identity;q=0, x;q=1' }, 406],
    ['/feeds/closed.rss', {}, 410],
  ])(
    'of %s with %j is %d, may be read by other sites, is never sniffed and sets no cookie',
    async (path, headers, status) => {
      const answer = await ask(path, { ...headers });
      expect([
        answer.status,
        answer.headers.get('access-control-allow-origin'),
        answer.headers.get('x-content-type-options'),
      ]).toEqual([status, '*', 'nosniff']);
      expect([
        answer.headers.get('set-cookie'),
        answer.headers.get('server'),
        answer.headers.get('x-powered-by'),
      ]).toEqual([null, null, null]);
    },
  );

  test('to "not modified" has what the whole would have, but for what is of the body', async () => {
    const whole = await ask('/feeds/world.atom');
    const unchanged = await ask('/feeds/world.atom', { 'if-none-match': whole.headers.get('etag')! });
    const names = ['etag', 'cache-control', 'vary', 'last-modified', 'link'];
    expect(names.map((name) => unchanged.headers.get(name))).toEqual(names.map((name) => whole.headers.get(name)));
    expect(names.map((name) => whole.headers.get(name))).not.toContain(null);
    expect(
      ['content-type', 'content-length', 'content-encoding', 'expires'].map((name) => unchanged.headers.get(name)),
    ).toEqual([null, null, null, null]);
  });

  test('is the same whatever the query says', async () => {
    const [plain, queried] = await Promise.all([
      ask('/feeds/world.atom'),
      ask('/feeds/world.atom?utm_source=x&<script>'),
    ]);
    expect(await queried.text()).toBe(await plain.text());
    expect(queried.headers.get('etag')).toBe(plain.headers.get('etag'));
  });

  test.each(['/', '/feeds/world.atom', '/feeds/quick.rss', '/assets/icon.svg'])(
    '%s runs no script in a browser and is in no frame',
    async (path) => {
      const policy = (await head(path, 'content-security-policy')) ?? '';
      expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
      expect(policy).not.toMatch(/unsafe|script-src/);
    },
  );
});

describe('a part of a file', () => {
  const whole = Uint8Array.from({ length: 5_000_000 }, (_, at) => at % 251);
  test.each([
    ['/media/short.mp3', 'bytes=10-19', 'bytes 10-19/1000', [10, 20]],
    ['/media/short.mp3', 'bytes=-1', 'bytes 999-999/1000', [999, 1000]],
    ['/media/long.mp3', 'bytes=4000000-4000099', 'bytes 4000000-4000099/5000000', [4_000_000, 4_000_100]],
    ['/media/long.mp3', 'bytes=4999990-', 'bytes 4999990-4999999/5000000', [4_999_990, 5_000_000]],
  ] as const)('%s, %s', async (path, range, contentRange, [from, to]) => {
    const answer = await ask(path, { range });
    expect([answer.status, answer.headers.get('content-range'), answer.headers.get('content-length')]).toEqual([
      206,
      contentRange,
      String(to - from),
    ]);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(whole.slice(from, to));
  });

  test('behind the end cannot be had', async () => {
    const answer = await ask('/media/short.mp3', { range: 'bytes=1000-' });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
  });

  test.each([
    ['of several parts the whole is sent', { range: 'bytes=0-1,5-6' }],
    ['of another version the whole is sent', { range: 'bytes=0-1', 'if-range': '"other"' }],
    [
      'of a date that is not this one the whole is sent',
      { range: 'bytes=0-1', 'if-range': 'Sun, 06 Nov 1994 08:49:37 GMT' },
    ],
    ['nobody understands: the whole is sent', { range: 'lines=1-2' }],
  ])('%s', async (_what, headers) => {
    const answer = await ask('/media/short.mp3', { ...headers });
    expect([answer.status, (await answer.arrayBuffer()).byteLength, answer.headers.get('accept-ranges')]).toEqual([
      200,
      1000,
      'bytes',
    ]);
  });

  test('of this version is sent, by tag and by date', async () => {
    const { headers } = await ask('/media/short.mp3');
    for (const name of ['etag', 'last-modified']) {
      expect([
        name,
        (await ask('/media/short.mp3', { range: 'bytes=0-1', 'if-range': headers.get(name)! })).status,
      ]).toEqual([name, 206]);
    }
  });

  test('is not made of packed bytes: the whole is sent, packed', async () => {
    const answer = await ask('/feeds/world.atom', { range: 'bytes=0-1', 'accept-encoding': 'gzip' });
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'gzip']);
  });

  test('HEAD knows no parts, and has the length of large files', async () => {
    const answer = await ask('/media/long.mp3', { range: 'bytes=0-1' }, 'HEAD');
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '5000000']);
  });
});

describe('packing', () => {
  test('a picture or sound is packed for no one but who refuses it as it is', async () => {
    expect(
      (await ask('/media/short.mp3', { 'accept-encoding': 'br, gzip' })).headers.get('content-encoding'),
    ).toBeNull();
    const packed = await ask('/media/short.mp3', { 'accept-encoding': 'gzip, *;q=0' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await packed.arrayBuffer()).length).toBe(1000);
  });

  test('of nothing is nothing', async () => {
    const answer = await ask('/empty.txt', { 'accept-encoding': 'br' });
    expect([answer.status, await answer.text(), answer.headers.get('content-encoding')]).toEqual([200, '', null]);
  });
});

describe('what is not there', () => {
  test('is a page for browsers, in its own words and with no script, and plain words for all others', async () => {
    const page = await ask('/no-such-thing', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    const text = await page.text();
    expect([page.status, page.headers.get('content-type'), page.headers.get('vary')]).toEqual([
      404,
      'text/html; charset=utf-8',
      'Accept',
    ]);
    expect(text).toContain('<h1>Not found</h1>');
    expect(text).not.toMatch(/no-such-thing|<script|style=|<style/);
    for (const accept of ['*/*', 'application/atom+xml', 'text/html;q=0, */*'])
      expect([accept, await (await ask('/no-such-thing', { accept })).text()]).toEqual([accept, 'Not found\n']);
  });

  test('because it was taken back is gone, in both ways of saying it', async () => {
    expect([(await ask('/feeds/closed.rss')).status, await (await ask('/feeds/closed.rss')).text()]).toEqual([
      410,
      'Gone\n',
    ]);
    const page = await ask('/feeds/world/archive/1.atom', { accept: 'text/html' });
    const text = await page.text();
    expect([page.status, text]).toEqual([410, expect.stringContaining('is published no more')]);
    // An opt-out that ends, or a topic that is opened again, brings it back.
    expect(text).not.toContain('will not return');
  });

  test('because its archive was made anew names the feed that leads to the new ones, where there is one', async () => {
    const linkAt = async (path: string): Promise<string | null> => (await ask(path)).headers.get('link');
    expect(await linkAt('/feeds/world/archive/1.atom')).toBe('</feeds/world.atom>; rel="current"');
    expect(await linkAt('/feeds/closed.rss')).toBeNull();
  });

  test('because the gate refuses it is asked for again later, and no cache keeps that', async () => {
    const answer = await ask('/articles/2027/01/refused.html');
    expect([answer.status, await answer.text()]).toEqual([503, 'Not at present\n']);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('because it moved is found at its new place for ever', async () => {
    const answer = await ask('/feeds/old-name.atom');
    expect([answer.status, answer.headers.get('location'), answer.headers.get('access-control-allow-origin')]).toEqual([
      301,
      '/feeds/world.atom',
      '*',
    ]);
  });

  test('because it moved is found at the address that people know', async () => {
    const answer = await ask('/topics/old-name/');
    expect([answer.status, answer.headers.get('location')]).toEqual([301, '/topics/world/']);
  });

  test('because it is the next archive is the subscription document for now', async () => {
    const answer = await ask('/feeds/world/archive/4.atom');
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
      307,
      '/feeds/world.atom',
      'no-cache',
    ]);
  });

  test.each([
    '/feeds/world/archive/5.atom',
    '/feeds/world/archive/04.atom',
    '/feeds/world/archive/4.rss',
    '/feeds/none/archive/1.atom',
    '/feeds/world/archive/0.atom',
  ])('%s is no next archive', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test('and cannot be looked up is an error that says nothing of why', async () => {
    const answer = await ask('/breaks.atom');
    expect([answer.status, await answer.text()]).toEqual([500, 'The server failed to answer\n']);
    expect(logged.at(-1)).toEqual({ path: '/breaks.atom', reason: 'no database' });
  });
});

test('a site that begins below the root leads to addresses below it', async () => {
  const below = routes({
    published: openPublished({
      outputDir,
      clock,
      fateOf: (path) => Promise.resolve(fates.get(path) ?? null),
      basePath: '/news/',
    }),
    clock,
    log: silentLog,
    health: { ready: () => Promise.resolve(true) },
  });
  const places = await Promise.all(
    ['/feeds', '/feeds/old-name.atom', '/feeds/world/archive/4.atom'].map(async (path) =>
      (await below.request(path)).headers.get('location'),
    ),
  );
  expect(places).toEqual(['/news/feeds/', '/news/feeds/world.atom', '/news/feeds/world.atom']);
  expect(await (await below.request('/nothing', { headers: { accept: 'text/html' } })).text()).toContain(
    'href="/news/assets/site.css"',
  );
});

test('other sites may ask whether they may ask', async () => {
  const answer = await ask(
    '/feeds/world.atom',
    { origin: 'https://reader.example', 'access-control-request-headers': 'if-none-match' },
    'OPTIONS',
  );
  expect([
    answer.status,
    answer.headers.get('access-control-allow-origin'),
    answer.headers.get('access-control-allow-methods'),
  ]).toEqual([204, '*', 'GET, HEAD, OPTIONS']);
  expect(answer.headers.get('access-control-allow-headers')).toMatch(/If-None-Match, If-Modified-Since/);
});

describe('a private feed', () => {
  const path = `/private/${TOKEN}/feeds/team.atom`;

  test('is there for whoever knows its token, and for nobody else', async () => {
    const answer = await ask(path, { 'accept-encoding': 'br' });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-encoding')]).toEqual([
      200,
      'application/atom+xml; charset=utf-8',
      'br',
    ]);
    for (const other of [
      path.replace(TOKEN, 'k7Jw0yqTz1uXb3fNvR5mPh'),
      '/private/',
      `/private/${TOKEN}`,
      '/private//feeds/team.atom',
      '/feeds/team.atom',
    ])
      expect([other, (await ask(other)).status]).toEqual([other, 404]);
  });

  test('is kept by no shared cache, read by no other site, listed nowhere, and gives its token to no link', async () => {
    const known = await ask(path);
    const answers = [
      known,
      await ask(path, { 'if-none-match': known.headers.get('etag')! }),
      await ask(`/private/${TOKEN}/`),
      await ask(`/private/${TOKEN}/nothing`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 304, 200, 404]);
    for (const { status, headers } of answers) {
      expect([
        status,
        headers.get('access-control-allow-origin'),
        headers.get('referrer-policy'),
        headers.get('x-robots-tag'),
      ]).toEqual([status, null, 'no-referrer', 'noindex, nofollow']);
      expect(headers.get('cache-control')).toMatch(/^private, (?:max-age|no-cache)/);
      expect(headers.get('link')).toBeNull();
    }
    expect((await ask(path, {}, 'OPTIONS')).headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each([
    ['feeds/team.atom', {}, 'GET', 200],
    ['feeds/team.atom', { range: 'bytes=0-1' }, 'GET', 206],
    ['feeds', {}, 'GET', 301],
    ['feeds/team.atom', { 'if-none-match': '*' }, 'GET', 304],
    ['feeds/team/archive/1.atom', {}, 'GET', 307],
    ['nothing', {}, 'GET', 404],
    ['feeds/team.atom', {}, 'POST', 405],
    ['feeds/team.atom', { 'accept-encoding': 'identity;q=0, x' }, 'GET', 406],
    ['feeds/team.atom', { 'if-match': '"x"' }, 'GET', 412],
    ['feeds/team.atom', { range: 'bytes=5000-' }, 'GET', 416],
  ])('%s with %j (%s) is %d, and public in nothing', async (rest, headers, method, status) => {
    const answer = await ask(`/private/${TOKEN}/${rest}`, { ...headers }, method);
    expect([
      answer.status,
      answer.headers.get('cache-control')?.split(',')[0],
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('referrer-policy'),
    ]).toEqual([status, 'private', null, 'no-referrer']);
  });

  test('that is replaced while its answer is made is refused as what it is: private', async () => {
    const published = openPublished({ outputDir, clock });
    writeFileSync(join(room, 'private/team/long.mp3'), new Uint8Array(5_000_000));
    const found = (await published.files.find(join(room, 'private/team'), 'long.mp3')) as PublishedFile;
    const replaced = { ...found, open: () => Promise.resolve(null) };
    const racing = routes({
      published: { ...published, files: { ...published.files, find: () => Promise.resolve(replaced) } },
      clock,
      log: silentLog,
      health: { ready: () => Promise.resolve(true) },
      privateRoom: () => Promise.resolve(join(room, 'private/team')),
    });
    const { status, headers } = await racing.request(`/private/${TOKEN}/long.mp3`);
    expect([status, headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([
      500,
      'private, no-store',
      null,
    ]);
  });

  test('leads from a folder to its page below the same token', async () => {
    expect((await ask(`/private/${TOKEN}/feeds`)).headers.get('location')).toBe(`/private/${TOKEN}/feeds/`);
  });

  test('leaves no token in the log', async () => {
    const answer = await ask(`/private/${'a'.repeat(20)}/feeds/team.atom`);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([500, null]);
    expect(logged.at(-1)).toEqual({ path: '/private/…/feeds/team.atom', reason: 'x' });
  });
});
