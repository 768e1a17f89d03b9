import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Block, NewsroomArticle } from '../../demo/newsroom/articles.ts';
import { issuesAt, type Issue } from '../../demo/newsroom/issue.ts';
import { blocksHtml } from '../../demo/newsroom/markup.ts';
import { answerTo } from '../../demo/newsroom/publisher-answers.ts';
import { PUBLISHERS } from '../../demo/newsroom/publishers.ts';
import { readArticles } from '../../demo/newsroom/read-articles.ts';
import { startNewsroom, type Newsroom } from '../../demo/newsroom/start-newsroom.ts';
import { ask, get, type Got } from './get.ts';

const EPOCH = '2026-11-24T06:00:00Z';
const articles = readArticles();
const alive = PUBLISHERS.filter(({ manner }) => manner !== 'dead').map(({ id }) => id);
const usual = { articles, epoch: EPOCH, round: 0, ports: PUBLISHERS.map(() => 0), controlPort: 0, slowMs: 20 };

let newsroom: Newsroom;
beforeAll(async () => {
  newsroom = await startNewsroom(usual);
});
afterAll(async () => {
  await newsroom[Symbol.asyncDispose]();
});

function feedAddress(id: string): string {
  return newsroom.publishers.find((publisher) => publisher.id === id)!.feed;
}

async function allFeeds(): Promise<Map<string, Got>> {
  return new Map(await Promise.all(alive.map(async (id) => [id, await get(feedAddress(id))] as const)));
}

/** The articles of a publisher's file that are out in a round: those it copies or points to must be out as well. */
function expected(id: string, round: number): readonly NewsroomArticle[] {
  return (articles.get(id) ?? []).filter(
    (article) =>
      [article.wireCopyOf, article.pointsTo].every((key) => key === undefined || isOut(key, round)) &&
      article.round <= round,
  );
}

function isOut(key: string, round: number): boolean {
  const [id, slug] = key.split('/') as [string, string];
  return (articles.get(id) ?? []).some((article) => article.slug === slug && article.round <= round);
}

function entryCount(id: string, { body }: Got): number {
  const text = body.toString('latin1');
  if (id === 'brightfield-science') return (JSON.parse(body.toString('utf8')) as { items: unknown[] }).items.length;
  return text.match(/<(?:item|entry)[ >]/g)?.length ?? 0;
}

function words(html: string): string {
  return html
    .replace(/<(script|style)\b[^>]*>.*?<\/\1>/gis, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ');
}

function paragraphs(body: readonly Block[]): string[] {
  return blocksHtml(body.filter((block) => typeof block === 'string')).map(words);
}

describe('feeds', () => {
  test('each feed has a tag and a date, and neither comes from the clock', async () => {
    for (const [id, { status, headers }] of await allFeeds()) {
      const lastChange = new Date(newsroom.issue(id).lastChange).toUTCString();
      expect({ id, status, lastModified: headers['last-modified'], date: headers.date }).toEqual({
        id,
        status: 200,
        lastModified: lastChange,
        date: undefined,
      });
      expect(headers.etag).toMatch(/^(W\/)?"[\w-]{20}"$/);
    }
  });

  test('a client that has the feed already gets 304, whichever validator it shows', async () => {
    for (const [id, { headers }] of await allFeeds()) {
      const { etag = '', 'last-modified': lastModified = '' } = headers;
      const statusFor = async (conditions: Record<string, string>) => (await get(feedAddress(id), conditions)).status;
      expect(await statusFor({ 'If-None-Match': `"other", ${etag}` })).toBe(304);
      expect(await statusFor({ 'If-Modified-Since': lastModified })).toBe(304);
      expect(await statusFor({ 'If-Modified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT' })).toBe(200);
      expect(await statusFor({ 'If-None-Match': '"other"', 'If-Modified-Since': lastModified })).toBe(200);
    }
  });

  test('a 304 has no body and repeats the validators', async () => {
    const { headers } = await get(feedAddress('harbour-herald'));
    const unchanged = await get(feedAddress('harbour-herald'), { 'If-None-Match': headers.etag! });
    expect(unchanged.body).toHaveLength(0);
    expect(unchanged.headers).toMatchObject({ etag: headers.etag, 'last-modified': headers['last-modified'] });
  });

  test('each feed holds the newest articles of the rounds that are out, thirty at most', async () => {
    for (const [id, feed] of await allFeeds()) {
      const unreadable = id === 'foundry-and-forge' ? 1 : 0;
      expect({ id, entries: entryCount(id, feed) }).toEqual({
        id,
        entries: Math.min(30, expected(id, 0).length) + unreadable,
      });
    }
  });

  test('the same epoch and round give the same bytes', () => {
    const origins = new Map(PUBLISHERS.map(({ id }, index) => [id, `http://127.0.0.1:${8801 + index}`]));
    const everything = () =>
      [...issuesAt({ articles: readArticles(), publishers: PUBLISHERS, origins, epoch: Date.parse(EPOCH) }, 2).values()]
        .filter(({ publisher }) => publisher.manner !== 'dead')
        .flatMap((issue) => pathsOf(issue).map((path) => answerTo(issue, new URL(path, issue.origin), new Map())))
        .map((answer) => ({ ...answer, body: answer.body.toString('latin1') }));
    expect(everything()).toEqual(everything());
  });

  test('packed bytes are the plain ones, and a strong tag of their own names them', async () => {
    const plain = await get(feedAddress('harbour-herald'));
    const zipped = await get(feedAddress('harbour-herald'), { 'Accept-Encoding': 'br;q=0.5, gzip' });
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
    expect(zipped.headers.etag).not.toBe(plain.headers.etag);
    const brotli = await get(feedAddress('sporting-post'), { 'Accept-Encoding': 'gzip, br' });
    expect(brotliDecompressSync(brotli.body).toString()).toContain('<rss');
    expect(
      (await get(feedAddress('harbour-herald'), { 'Accept-Encoding': 'gzip;q=0' })).headers['content-encoding'],
    ).toBeUndefined();
  });

  test('Волна’s feed is in windows-1251, and only its XML declaration says so', async () => {
    const { headers, body } = await get(feedAddress('volna'));
    expect(headers['content-type']).not.toContain('charset');
    expect(body.subarray(0, 60).toString('latin1')).toContain('encoding="windows-1251"');
    // The title in the bytes of windows-1251: В о л н а.
    expect(body.includes(Buffer.from([0xc2, 0xee, 0xeb, 0xed, 0xe0]))).toBe(true);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
  });

  test('Foundry & Forge’s feed is broken in every way it is known for', async () => {
    const { text } = await get(feedAddress('foundry-and-forge'));
    expect(text).not.toMatch(/^\s*<\?xml/);
    expect(text).toMatch(/<title>Foundry & Forge<\/title>/);
    expect(text).toMatch(/&nbsp;.*&eacute;/);
    expect(text).toMatch(/<item>\s*<category>[^<]*<\/category>\s*<\/item>/);
    const { length } = expected('foundry-and-forge', 0);
    if (length > 1) expect(text).toContain('Thursday-ish');
    if (length > 2) expect(text).toMatch(/<category>[^<]*\n<\/item>/);
    if (length > 3) expect(text).toContain('\u000b');
  });

  test('Open Forum’s traps stand around the text and leave every paragraph readable', async () => {
    const { text } = await get(feedAddress('open-forum'));
    const threads = newsroom.issue('open-forum').articles;
    if (threads.length >= 6) {
      expect(text).toMatch(/\]\]&gt;.*\]\]&gt;.*<\/title>/);
      expect(text).toContain('\u202e');
      for (const trap of [
        'onerror=',
        'javascript:',
        'srcdoc=',
        'data:text/html',
        'http-equiv="refresh"',
        '<form',
        '<svg',
      ])
        expect(text).toContain(trap);
    }
    const readable = words(text.replace(/<!\[CDATA\[|\]\]>/g, ''));
    for (const { body } of threads) for (const paragraph of paragraphs(body)) expect(readable).toContain(paragraph);
  });
});

describe('rounds', () => {
  test('a tick changes the feeds that have news, and no others', async () => {
    await using other = await startNewsroom(usual);
    const tagsNow = () =>
      Promise.all(
        other.publishers
          .filter(({ id }) => alive.includes(id))
          .map(async ({ id, feed }) => [id, (await get(feed)).headers.etag] as const),
      );
    const before = new Map(await tagsNow());
    expect(JSON.parse((await ask('POST', `${other.control}tick?rounds=1`)).text)).toEqual({ round: 1 });
    expect(JSON.parse((await get(`${other.control}round`)).text)).toEqual({ round: 1 });
    for (const [id, tag] of await tagsNow()) {
      const corrected = expected(id, 1).some(({ correction }) => correction?.round === 1);
      const news = corrected || expected(id, 1).length > expected(id, 0).length;
      expect({ id, changed: tag !== before.get(id) }).toEqual({ id, changed: news });
    }
  });

  test('a correction changes the text, moves the date of change alone, and says so on the page', async () => {
    await using other = await startNewsroom({ ...usual, round: 3 });
    for (const id of alive) {
      for (const { article, ...published } of other.issue(id).articles) {
        if (article.correction === undefined || article.correction.round > 3) continue;
        const earlier = newsroom.issue(id).articles.find((one) => one.article.slug === article.slug);
        expect(published.published).toBe(earlier?.published ?? published.published);
        expect(published.updated).toBe(Date.parse(EPOCH) + article.correction.round * 3_600_000);
        expect(words((await get(published.url)).body.toString('utf8'))).toContain(
          words(blocksHtml([article.correction.note]).join('')),
        );
      }
    }
  });
});

/** The feed, the front page, and the pages of all articles. */
function pathsOf({ publisher, articles: shown }: Issue): string[] {
  return ['/', publisher.feedPath, '/robots.txt', '/style.css', '/nowhere', ...shown.map(({ path }) => path)];
}

describe('pages', () => {
  test('every article has a page with its title, its whole text and its picture', async () => {
    for (const id of alive) {
      const issue = newsroom.issue(id);
      for (const { article, url, body } of issue.articles) {
        const page = await get(url);
        const html =
          issue.publisher.charset === 'utf-8' ? page.text : new TextDecoder('windows-1251').decode(page.body);
        expect({ url, status: page.status }).toEqual({ url, status: 200 });
        expect(html).toContain(blocksHtml([article.title]).join('').slice(3, -4));
        if (article.image) expect(html).toContain(`/images/${article.image.file}`);
        const readable = words(html);
        for (const paragraph of paragraphs(body)) expect(readable).toContain(paragraph);
      }
    }
  });

  test('a copy of an agency’s text says so in the way of its carrier', async () => {
    for (const id of alive) {
      for (const { wire, url, article } of newsroom.issue(id).articles) {
        if (wire === null) continue;
        const { text } = await get(url);
        const { wireCredit } = PUBLISHERS.find((publisher) => publisher.id === id)!;
        expect(text).toContain('Source: ');
        expect({ id, linked: text.includes(`Source: <a href="${wire.url}"`) }).toEqual({
          id,
          linked: wireCredit !== 'text',
        });
        expect({ id, canonical: text.includes(`rel="canonical" href="${wire.url}"`) }).toEqual({
          id,
          canonical: wireCredit === 'link-and-canonical',
        });
        expect(url).toContain(article.slug);
      }
    }
  });

  test('the aggregators lead to the source, one by a decorated link, one by a redirector of its own', async () => {
    for (const { target, url } of newsroom.issue('the-crossing').articles) {
      if (target) expect((await get(url)).text).toContain(`${target.url}?utm_source=`);
    }
    for (const { target, url } of newsroom.issue('daily-confluence-digest').articles) {
      if (target)
        expect((await get(url)).text).toContain(`/out?url=${encodeURIComponent(target.url)}">Read the full story at`);
    }
    const redirector = new URL('/out', feedAddress('daily-confluence-digest'));
    const onward = await get(`${redirector.href}?url=${encodeURIComponent('http://127.0.0.1:8801/2026/11/a.html')}`);
    expect([onward.status, onward.headers.location]).toEqual([302, 'http://127.0.0.1:8801/2026/11/a.html']);
    expect((await get(`${redirector.href}?url=javascript:alert(1)`)).status).toBe(400);
  });

  test('every host has a robots.txt, and a 404 for what it does not have', async () => {
    for (const id of alive) {
      expect((await get(new URL('/robots.txt', feedAddress(id)).href)).text).toMatch(/^User-agent: \*/);
      expect((await get(new URL('/2026/11/nowhere.html', feedAddress(id)).href)).status).toBe(404);
    }
  });

  test('a picture is a PNG of 1200 by 675 pixels', async () => {
    const pictures = alive
      .flatMap((id) => newsroom.issue(id).articles.map(({ imageUrl }) => imageUrl))
      .filter((url) => url !== null);
    for (const url of pictures.slice(0, 2)) {
      const { body, headers } = await get(url);
      expect(headers['content-type']).toBe('image/png');
      expect(body.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([1200, 675]);
      const length = body.readUInt32BE(33);
      expect(body.subarray(37, 41).toString('latin1')).toBe('IDAT');
      expect(inflateSync(body.subarray(41, 41 + length)).length).toBe(675 * (1 + 1200 * 3));
    }
  });

  test('the sound of The Sporting Post is as long as its feed says', async () => {
    const { text } = await get(feedAddress('sporting-post'));
    const [, url, length] = /<enclosure url="([^"]+)" length="(\d+)"/.exec(text) ?? [];
    if (url !== undefined) expect((await get(url)).body).toHaveProperty('length', Number(length));
  });
});

describe('the newsroom as a whole', () => {
  test('it counts what each publisher was asked and how it answered, until it is reset', async () => {
    await ask('POST', `${newsroom.control}stats/reset`);
    const { headers } = await get(feedAddress('tidewater-times'));
    await get(feedAddress('tidewater-times'), { 'If-None-Match': headers.etag! });
    const stats = JSON.parse((await get(`${newsroom.control}stats`)).text) as { publishers: Record<string, unknown> };
    expect(stats.publishers['tidewater-times']).toMatchObject({
      requests: 2,
      byStatus: { 200: 1, 304: 1 },
      lines: [
        { number: 1, line: 'GET /rss/all.xml', status: 200, conditional: false },
        { number: 2, status: 304, bytes: 0, conditional: true },
      ],
    });
  });

  test('nothing listens at the dead publisher’s address', async () => {
    await expect(get(feedAddress('ghost-town'))).rejects.toThrow('ECONNREFUSED');
  });

  test('a port in use is told in a sentence, and nothing is left running', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as AddressInfo;
    await expect(startNewsroom({ ...usual, controlPort: port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1, meant for the newsroom’s control, is in use.`,
    );
    await new Promise((resolve) => squatter.close(resolve));
  });

  test('the program says when it is ready, and ends with its parent', async () => {
    const program = fileURLToPath(new URL('../../demo/newsroom/newsroom.ts', import.meta.url));
    const child = spawn(process.execPath, [program, '--first-port', '0', '--control-port', '0', '--with-parent'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    const { ready, publishers } = JSON.parse(line) as { ready: boolean; publishers: unknown[] };
    expect([ready, publishers.length]).toEqual([true, PUBLISHERS.length]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  test('the demo’s sources.json asks every publisher at its feed’s address', () => {
    const file = JSON.parse(readFileSync(new URL('../../demo/sources.json', import.meta.url), 'utf8')) as {
      sources: { id: string; url: string }[];
    };
    const addresses = PUBLISHERS.map(({ id, feedPath }, index) => ({
      id,
      url: `http://127.0.0.1:${8801 + index}${feedPath}`,
    }));
    expect(file.sources.map(({ id, url }) => ({ id, url }))).toEqual(addresses);
  });
});
