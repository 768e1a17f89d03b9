import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, startScriptedServer } from '../support/scripted-server.ts';
import { feedExtractor } from './by-feed-extractor.ts';
import { feedsmith } from './by-feedsmith.ts';
import { nodeFeedparser } from './by-node-feedparser.ts';
import { findPython, pythonFeedparser } from './by-python-feedparser.ts';
import { rssParser } from './by-rss-parser.ts';
import { findNewsboat, openNewsboat } from './newsboat.ts';
import { openMemory } from './reader-memory.ts';
import { playSubscription, type Story } from './subscription.ts';

// Readers that were subscribed to the demo before its news came.

const newsboat = findNewsboat();
const python = findPython();
const readers = [
  rssParser,
  feedsmith,
  nodeFeedparser,
  feedExtractor,
  ...(python === null ? [] : [pythonFeedparser(python)]),
];
const room = mkdtempSync(join(tmpdir(), 'tributary-subscribed-'));

afterAll(() => rmSync(room, { recursive: true, force: true }));

describe('subscribers over eleven publications with edits, a retraction, new guids and a moved article', () => {
  let story: Story;

  beforeAll(async () => {
    story = await playSubscription(room, { newsboat, readers });
  }, 300_000);

  test('hold each entry once, and unread only when it is new', () => {
    expect(story.faults).toEqual([]);
    expect(story.publications).toHaveLength(11);
    expect(story.checks).toBeGreaterThan(newsboat === null ? 400 : 1000);
    if (newsboat !== null) expect(story.publications.at(-1)!.kept).toBeGreaterThan(200);
  });

  test('get a 304 for every document when there was no news', () => {
    const quiet = story.publications.filter(({ says }) => /without news/.test(says));
    expect(quiet.map(({ notModified, asked }) => [notModified, asked])).toEqual([
      [9, 9],
      [9, 9],
    ]);
  });
});

describe('an entry that comes under another id', () => {
  const feed = (id: string): string =>
    `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x-test:feed</id><title>Feed</title>` +
    `<updated>2026-11-24T06:00:00Z</updated><author><name>A</name></author><link rel="alternate" href="https://a.example/"/>` +
    `<entry><id>${id}</id><title>Entry</title><updated>2026-11-24T06:00:00Z</updated><link rel="alternate" href="https://a.example/1"/><content type="html">Text</content></entry></feed>`;

  test.each(readers.map((reader) => ({ name: reader.name, reader })))('is new to $name', async ({ reader }) => {
    const memory = openMemory(reader);
    const take = (id: string): Promise<ReadonlyMap<string, readonly string[]>> =>
      memory.take([{ path: 'a.atom', status: 200, document: { path: 'a.atom', format: 'atom', text: feed(id) } }]);
    expect([...(await take('urn:x-test:1'))]).toEqual([['a.atom', ['urn:x-test:1']]]);
    expect([...(await take('urn:x-test:1'))]).toEqual([['a.atom', []]]);
    expect([...(await take('urn:x-test:2'))]).toEqual([['a.atom', ['urn:x-test:2']]]);
  });

  (newsboat === null ? test.skip : test)('is new to newsboat, and unread', async () => {
    await using server = await startScriptedServer({
      '/a.atom': [answer(feed('urn:x-test:1')), answer(feed('urn:x-test:1')), answer(feed('urn:x-test:2'))],
    });
    const subscriber = openNewsboat(newsboat!, join(room, 'planted'), [server.url('/a.atom')]);
    const unread: (readonly string[])[] = [];
    for (let poll = 0; poll < 3; poll++) {
      await subscriber.poll();
      unread.push(subscriber.kept().flatMap(({ guid, unread }) => (unread ? [guid] : [])));
      subscriber.markAllRead();
    }
    expect(unread).toEqual([['urn:x-test:1'], [], ['urn:x-test:2']]);
    expect(subscriber.kept().map(({ title }) => title)).toEqual(['Entry', 'Entry']);
  });
});
