import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import type { EditionEntry } from '../../src/model/edition.ts';
import { renderAtom } from '../../src/render/atom.ts';
import { renderJsonFeed } from '../../src/render/json-feed.ts';
import { renderRss } from '../../src/render/rss.ts';
import { silentLog } from '../../src/support/log.ts';
import { openPublished } from '../../src/web/published.ts';
import { routes } from '../../src/web/routes.ts';
import { anEdition, anEditionEntry } from '../support/an-edition.ts';
import { handClock } from '../support/hand-clock.ts';

// RFC 3229 with A-IM: feed, over feeds as we render them.

const outputDir = mkdtempSync(join(tmpdir(), 'tributary-deltas-'));
const clock = handClock('2027-01-15T12:00:00Z');
let app: Hono;

const FORMATS = [
  ['atom', renderAtom],
  ['rss', renderRss],
  ['json', renderJsonFeed],
] as const;

const entry = (number: number, given: Partial<EditionEntry> = {}): EditionEntry =>
  anEditionEntry({
    id: `urn:uuid:00000000-0000-8000-8000-0000000000${10 + number}`,
    url: `https://news.example.org/articles/2026/11/${number}.html`,
    title: `Story ${number}`,
    contentHtml: `<p>Told as &lt;entry&gt; ${number} &lt;/entry&gt; and &lt;item&gt;.</p>`,
    ...given,
  });
const publish = async (topic: string, entries: readonly EditionEntry[]): Promise<void> => {
  for (const [format, render] of FORMATS)
    writeFileSync(join(outputDir, `feeds/${topic}.${format}`), render(anEdition({ entries })));
  await clock.advance(1000);
};
const titlesIn = (text: string): string[] => [...new Set(text.match(/Story \d+/g) ?? [])];

beforeAll(() => {
  mkdirSync(join(outputDir, 'feeds'));
  app = routes({
    published: openPublished({ outputDir, clock }),
    clock,
    log: silentLog,
    health: { ready: () => Promise.resolve(true) },
  });
});
afterAll(() => rmSync(outputDir, { recursive: true }));

const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(app.request(path, { headers }));

describe.each(FORMATS)('a reader of %s that takes deltas', (format, render) => {
  const path = `/feeds/${format}-topic.${format}`;
  const publishTopic = (entries: readonly EditionEntry[]): Promise<void> => publish(`${format}-topic`, entries);

  test('is sent the new and the changed entries alone, in a document that is whole', async () => {
    await publishTopic([entry(1), entry(2), entry(3)]);
    const before = (await ask(path)).headers.get('etag')!;
    const edited = entry(2, { title: 'Story 22', updated: '2026-11-21T08:00:00Z' });
    await publishTopic([entry(5), entry(4), entry(1), edited]);
    const whole = await ask(path);
    const delta = await ask(path, { 'a-im': 'feed', 'if-none-match': before });
    const text = await delta.text();
    expect([delta.status, delta.headers.get('im'), delta.headers.get('etag')]).toEqual([
      226,
      'feed',
      whole.headers.get('etag'),
    ]);
    expect([delta.headers.get('vary'), delta.headers.get('cache-control')]).toEqual([
      format === 'json' ? 'A-IM, Accept-Encoding' : 'A-IM, Accept-Encoding, Sec-Fetch-Dest',
      'no-store',
    ]);
    expect(titlesIn(text)).toEqual(['Story 5', 'Story 4', 'Story 22']);
    const expected = render(anEdition({ entries: [entry(5), entry(4), edited] }));
    const plain = (document: string): unknown =>
      format === 'json' ? JSON.parse(document) : document.replaceAll(/\s+/g, ' ').trim();
    expect(plain(text)).toEqual(plain(expected));
    if (format === 'json') expect(text).toBe(expected);
  });

  test('has it packed, and may have had any packing before', async () => {
    await publishTopic([entry(6), entry(7)]);
    const before = (await ask(path, { 'accept-encoding': 'br' })).headers.get('etag')!;
    await publishTopic([entry(8), entry(6), entry(7)]);
    const unpack = { gzip: gunzipSync, br: brotliDecompressSync };
    for (const coding of ['gzip', 'br'] as const) {
      const headers = { 'a-im': 'diffe, feed;q=1', 'if-none-match': `W/"x", ${before}`, 'accept-encoding': coding };
      const delta = await ask(path, headers);
      expect([coding, delta.status, delta.headers.get('content-encoding')]).toEqual([coding, 226, coding]);
      expect(titlesIn(unpack[coding](await delta.arrayBuffer()).toString())).toEqual(['Story 8']);
    }
  });

  test('has a version that a browser showed: the rest of it', async () => {
    await publishTopic([entry(30)]);
    const before = (await ask(path, { 'sec-fetch-dest': 'document' })).headers.get('etag')!;
    await publishTopic([entry(31), entry(30)]);
    const delta = await ask(path, { 'a-im': 'feed', 'if-none-match': before });
    expect([delta.status, titlesIn(await delta.text())]).toEqual([226, ['Story 31']]);
  });

  test('has nothing new: 304; knows nothing, or what is unknown, or takes no deltas: everything', async () => {
    await publishTopic([entry(9), entry(8)]);
    const old = (await ask(path)).headers.get('etag')!;
    await publishTopic([entry(1), entry(9), entry(8)]);
    const now = (await ask(path)).headers.get('etag')!;
    const statuses = await Promise.all(
      [
        { 'a-im': 'feed', 'if-none-match': now },
        { 'a-im': 'feed' },
        { 'a-im': 'feed', 'if-none-match': '"unknown"' },
        { 'a-im': 'vcdiff', 'if-none-match': old },
        { 'if-none-match': old },
        { 'a-im': 'feed', 'if-none-match': old },
      ].map(async (headers) => (await ask(path, headers as Record<string, string>)).status),
    );
    expect(statuses).toEqual([304, 200, 200, 200, 200, 226]);
  });

  test('has a version so old that it is forgotten: everything', async () => {
    await publishTopic([entry(1)]);
    const old = (await ask(path)).headers.get('etag')!;
    for (let number = 2; number < 27; number++) {
      await publishTopic([entry(number)]);
      await ask(path);
    }
    expect((await ask(path, { 'a-im': 'feed', 'if-none-match': old })).status).toBe(200);
  });
});

test('an archive and a page are sent whole', async () => {
  mkdirSync(join(outputDir, 'feeds/world/archive'), { recursive: true });
  for (const path of ['feeds/world/archive/1.atom', 'index.html']) {
    writeFileSync(join(outputDir, path), '<feed><entry>one</entry></feed>');
    const before = (await ask(`/${path}`)).headers.get('etag')!;
    writeFileSync(join(outputDir, path), '<feed><entry>two</entry></feed>');
    await clock.advance(1000);
    expect([path, (await ask(`/${path}`, { 'a-im': 'feed', 'if-none-match': before })).status]).toEqual([path, 200]);
  }
});

test('a document that is not of our rendering is sent whole', async () => {
  for (const [path, text] of [
    ['feeds/cdata.atom', '<feed><![CDATA[<entry>]]><entry>one</entry></feed>'],
    ['feeds/comment.rss', '<rss><!-- <item> --><item>one</item></rss>'],
    ['feeds/list.json', '["one"]'],
    ['feeds/torn.json', '{"items": ["one"'],
  ] as const) {
    writeFileSync(join(outputDir, path), text);
    const before = (await ask(`/${path}`)).headers.get('etag')!;
    writeFileSync(join(outputDir, path), text.replace('one', 'two'));
    await clock.advance(1000);
    expect([path, (await ask(`/${path}`, { 'a-im': 'feed', 'if-none-match': before })).status]).toEqual([path, 200]);
  }
});
