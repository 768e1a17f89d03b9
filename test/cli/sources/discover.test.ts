import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { answer, startScriptedServer, type ScriptedServer } from '../../support/scripted-server.ts';
import { openListRoom, type ListRoom, type Said } from './run-on-list.ts';

const LIST = `{
  "site": { "title": "The Tide", "url": "https://tide.example/" },
  "topics": [],
  "sources": []
}
`;

const rss = (title: string, ...ids: readonly number[]): string =>
  `<rss version="2.0"><channel><title>${title}</title>${ids
    .map(
      (id) =>
        `<item><guid>${id}</guid><title>Story ${id}</title><pubDate>0${id} Nov 2026 08:00:00 GMT</pubDate></item>`,
    )
    .join('')}</channel></rss>`;
const alternate = (href: string): string => `<link rel="alternate" type="application/rss+xml" href="${href}">`;

let server: ScriptedServer;
let room: ListRoom;
beforeAll(async () => {
  server = await startScriptedServer({
    '/': answer(`<title>Harbour</title>${alternate('/news.xml')}`),
    '/two': answer(`${alternate('/news.xml')}${alternate('/other')}${alternate('/comments/feed')}`),
    '/none': answer('<title>Nothing here</title>', { connection: 'close' }),
    '/news.xml': answer(rss("Harbour's News", 2, 1)),
    '/other': answer(rss('Other', 5)),
    '/comments/feed': answer(rss('Comments', 7)),
    '/moved': answer('', { location: '/news.xml' }, 302),
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  room = openListRoom(LIST);
});
afterEach(() => room[Symbol.dispose]());

const run = (...args: readonly string[]): Promise<Said> =>
  room.run(...args, '--allow-network', '127.0.0.1/32', '--host-spacing-ms', '0');

describe('sources discover', () => {
  test('shows what a feed holds and how it is added, by an address without a scheme', async () => {
    const { code, stdout } = await run('sources', 'discover', server.host);
    expect([code, stdout]).toEqual([
      0,
      [
        `http://${server.host}/ (Harbour): one feed.`,
        '',
        "1. Harbour's News: RSS, 2 entries, newest 2026-11-02, no texts",
        `   ${server.url('/news.xml')}`,
        '     2026-11-02  Story 2',
        '     2026-11-01  Story 1',
        String.raw`   tributary sources add ${server.url('/news.xml')} --title 'Harbour'\''s News'`,
        `   { "id": "harbours-news", "title": "Harbour's News", "url": "${server.url('/news.xml')}" }`,
        '',
      ].join('\n'),
    ]);
  });

  test('works without a list, and tells scripts all of it', async () => {
    writeFileSync(room.file, 'not JSON');
    const { code, stdout } = await run('sources', 'discover', server.url('/two'), '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      {
        ok: true,
        feeds: [
          { title: "Harbour's News", isOfComments: false, listedAs: null, source: { id: 'harbours-news' } },
          { title: 'Other' },
          { title: 'Comments', isOfComments: true },
        ],
      },
    ]);
  });

  test('says where there is none, and where the page cannot be had', async () => {
    const none = await run('sources', 'discover', server.url('/none'));
    expect([none.code, none.stdout]).toEqual([
      1,
      `${server.url('/none')} (Nothing here): no feed was found, nor at 14 usual places.\n`,
    ]);
    expect(await run('sources', 'discover', server.url('/gone'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('404'),
    });
    expect(await room.run('sources', 'discover', server.url('/'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--allow-network'),
    });
    expect((await run('sources', 'discover')).code).toBe(2);
  });

  test('says what is in the list already', async () => {
    await run('sources', 'add', server.url('/news.xml'));
    const { stdout } = await run('sources', 'discover', server.url('/'));
    expect(stdout).toContain('It is in the list already, as "harbours-news".');
    expect(stdout).not.toContain('sources add');
  });
});

describe('sources add', () => {
  test("takes a page's only feed, with the feed's title", async () => {
    const { code, stdout, stderr } = await run('sources', 'add', server.host);
    expect([code, stdout.split('\n')[0]]).toEqual([
      0,
      `Added harbours-news: Harbour's News, ${server.url('/news.xml')}`,
    ]);
    expect(stderr).toContain(`http://${server.host}/ has the feed ${server.url('/news.xml')}`);
    expect(room.sources()).toEqual([{ id: 'harbours-news', title: "Harbour's News", url: server.url('/news.xml') }]);
  });

  test('keeps the address of a feed where it leads elsewhere for today', async () => {
    expect((await run('sources', 'add', server.url('/moved'), '--title', 'My own')).code).toBe(0);
    expect(room.sources()).toEqual([{ id: 'my-own', title: 'My own', url: server.url('/moved') }]);
  });

  test('asks which, where a page has several, those of comments apart', async () => {
    const { code, stderr } = await run('sources', 'add', server.url('/two'));
    expect([code, stderr.trimEnd().split('\n')]).toEqual([
      2,
      [
        `${server.url('/two')} has 2 feeds; say which:`,
        `  tributary sources add ${server.url('/news.xml')}  # Harbour's News: RSS, 2 entries, newest 2026-11-02, no texts`,
        `  tributary sources add ${server.url('/other')}  # Other: RSS, one entry, newest 2026-11-05, no texts`,
      ],
    ]);
    const { stdout } = await run('sources', 'add', server.url('/two'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, feeds: [{}, {}] });
    expect(room.text()).toBe(LIST);
  });

  test('adds nothing that is no feed, or that cannot be had, unless it is not to ask', async () => {
    for (const path of ['/none', '/gone']) {
      const { code, stderr } = await run('sources', 'add', server.url(path));
      expect([code, stderr]).toEqual([1, expect.stringContaining('To add it all the same: --no-ask')]);
    }
    expect(room.text()).toBe(LIST);
    expect((await run('sources', 'add', server.url('/gone'), '--no-ask')).code).toBe(0);
    expect(room.sources()).toEqual([{ id: 'source', title: '127.0.0.1', url: server.url('/gone') }]);
  });
});
