import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answer, redirect, startScriptedServer, type ScriptedServer } from '../support/scripted-server.ts';
import { openListRoom, type ListRoom, type Said } from './sources/run-on-list.ts';

const WORDS = 'The ferry leaves the harbour at noon and comes back in the evening with the post. '.repeat(10);
const feed = (title: string): string =>
  `<rss version="2.0"><channel><title>${title}</title><item><guid>1</guid><link>https://a.example/1</link><title>Tom & Co</title><pubDate>01 Nov 2026 08:00:00 GMT</pubDate><description>${WORDS}</description></item></channel></rss>`;

let server: ScriptedServer;
let room: ListRoom;
beforeAll(async () => {
  server = await startScriptedServer({
    '/a': answer(feed('A'), { link: '<https://hub.example/>; rel=hub' }),
    '/old': redirect(301, '/a'),
    '/page': answer('<html><title>Welcome</title></html>'),
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  const source = (id: string, path: string, more: object = {}): object => ({
    id,
    title: id,
    url: server.url(path),
    ...more,
  });
  room = openListRoom(
    JSON.stringify({
      site: { title: 'The Tide', url: 'https://tide.example/' },
      topics: [],
      sources: [
        source('good', '/a', { content: 'page' }),
        source('moved', '/old'),
        source('broken', '/page'),
        source('off', '/off', { enabled: false }),
      ],
    }),
  );
});
afterEach(() => room[Symbol.dispose]());

const check = (...args: readonly string[]): Promise<Said> =>
  room.run('check', ...args, '--allow-network', '127.0.0.1/32', '--host-spacing-ms', '0');

test('each enabled source is asked once, and what was found is told with what would help', async () => {
  const before = server.requests.length;
  const { code, stdout } = await check('--probe');
  expect([code, stdout.split('\n')]).toEqual([
    1,
    [
      'source  answers  format  entries  newest      texts        mended',
      'good    well     RSS     1        2026-11-01  whole texts  1 kind',
      'moved   moved    RSS     1        2026-11-01  whole texts  1 kind',
      'broken  fails',
      '',
      'not well:',
      expect.stringMatching(/^ {2}broken: .*web page.*“Welcome”/),
      '',
      'mended while reading:',
      '  good: an ampersand is not escaped',
      '  moved: an ampersand is not escaped',
      '',
      'what would suit better:',
      '  tributary sources set good content=feed  # the feed holds the whole texts; no page needs to be asked for',
      `  tributary sources set moved url=${server.url('/a')}  # it has moved there for good`,
      '',
      '2 have hubs that would push news at once: put "hub": true under "site" (docs/notes/push.md).',
      '',
    ],
  ]);
  expect(
    server.requests
      .slice(before)
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(['/a', '/a', '/old', '/page']);
  expect(existsSync(join(room.folder, 'data'))).toBe(false);
});

test('some sources can be named, also one that is not enabled', async () => {
  const { code, stdout } = await check('--probe', 'good', '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    { ok: true, probed: [{ sourceId: 'good', outcome: 'well', feed: { entries: 1, hub: 'https://hub.example/' } }] },
  ]);
  const off = await check('--probe', 'off', '--json');
  expect([off.code, JSON.parse(off.stdout)]).toMatchObject([
    1,
    { ok: false, probed: [{ sourceId: 'off', outcome: 'failed', code: 'fetch-not-found' }] },
  ]);
  expect(await check('--probe', 'goood')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean "good"?'),
  });
  expect((await check('good')).code).toBe(2);
});

test('a network that is not allowed is not asked', async () => {
  const before = server.requests.length;
  const { code, stdout } = await room.run('check', '--probe');
  expect([code, server.requests.length]).toEqual([1, before]);
  expect(stdout).toContain('private or local network');
});
