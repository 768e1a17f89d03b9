import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { publishTopics, type PublishReport } from '../../src/pipeline/publish-topics.ts';
import type { Output } from '../../src/publish/write-output.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog, type Log } from '../../src/support/log.ts';
import { arrival, aState } from '../store/records.ts';
import { aSite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

const FIRST = '2026-11-24T06:00:00Z';
const SECOND = '2026-11-24T07:00:00Z';
const ORDER = { site: aSite(), topics: [aTopic()], formerTopics: [], sources: [aSource({ topicIds: ['world'] })] };
let store: Store;
let files: Map<string, string>;
let asked: string[];
let errors: string[];

beforeEach(async () => {
  store = await openMemoryStore();
  files = new Map();
  asked = [];
  errors = [];
});
afterEach(async () => store[Symbol.asyncDispose]());

const output: Output = {
  write: async (path, content) => {
    const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
    if (files.get(path) === text) return 'unchanged';
    files.set(path, text);
    return 'written';
  },
  remove: async (path) => void files.delete(path),
  read: async (path) => new TextEncoder().encode(files.get(path) ?? ''),
  exists: async (path) => files.has(path),
};

const article = (letter: string, given: Partial<Article> = {}): Article => {
  const title = `Harbour story ${letter}`;
  const html = `<p>The harbour has a story, and it is the one of ${letter}.</p>`;
  const link = `https://harbour.example/${letter}`;
  return anArticle({ id: `urn:${letter}`, entryId: letter, link, title, contentHtml: html, ...given });
};
/** What no sanitiser of ours would let through: the gate refuses its page. */
const FAULTY = { contentHtml: '<p onclick="go()">A bad story of the harbour\u0001.</p>' };

async function publish(now: string, given: { readonly rendererDigest?: string } = {}): Promise<PublishReport> {
  const clock = stoppedClock(now);
  await curateAwaiting({ store, clock, log: silentLog, memory: openTextMemory() }, ORDER);
  const log: Log = { ...silentLog, error: (_, fields) => void errors.push(String(fields?.['path'])) };
  const watched: Store = {
    ...store,
    publishedStories: (topicId, afterId, limit) => {
      asked.push('publishedStories');
      return store.publishedStories(topicId, afterId, limit);
    },
  };
  const tools = { store: watched, output, clock, log, rendererDigest: 'one', ...given };
  return publishTopics(tools, ORDER);
}

const pathOf = async (id: string): Promise<string> => (await store.stories([id]))[0]!.story.path;

test('where nothing has changed, not even the stories are read, and the report is as before', async () => {
  await store.saveRefresh(arrival([article('a'), article('b')]));
  const first = await publish(FIRST);
  asked = [];
  const second = await publish(SECOND);
  expect(asked).toEqual([]);
  expect(second).toEqual({ written: [], removed: [], unchanged: first.written.length, refused: [] });
});

test('a lost file comes back as it was', async () => {
  await store.saveRefresh(arrival([article('a'), article('b')]));
  await publish(FIRST);
  const before = new Map(files);
  files.delete('feeds/world.atom');
  expect((await publish(SECOND)).written).toEqual(['feeds/world.atom']);
  expect(files).toEqual(before);
});

test('what a feed says of itself is published, and another program makes everything anew', async () => {
  await store.saveRefresh(arrival([article('a')]));
  await publish(FIRST);
  await store.saveSourceState(aState({ feedTitle: 'Harbour', feedLink: 'https://harbour.example/', checkedAt: FIRST }));
  expect((await publish(SECOND)).written).toContain('feeds/world.atom');
  asked = [];
  await publish(SECOND, { rendererDigest: 'two' });
  expect(asked).not.toEqual([]);
});

test('only a change of the topic moves the date of its feed', async () => {
  await store.saveRefresh(arrival([article('a'), article('b')]));
  await publish(FIRST);
  const updatedOf = (): string => /<updated>([^<]+)/.exec(files.get('feeds/world.atom')!)![1]!;
  expect(updatedOf()).toBe('2026-11-20T08:00:00Z');
  await store.saveRefresh(arrival([article('c', { published: '2026-11-01T00:00:00Z' })]));
  await publish(SECOND);
  expect(updatedOf()).toBe(SECOND);
});

test('nothing links to a new page that the gate refuses', async () => {
  await store.saveRefresh(arrival([article('a'), article('b'), article('c', FAULTY)]));
  const { refused } = await publish(FIRST);
  const path = await pathOf('urn:c');
  expect(refused.map((each) => each.path)).toContain(path);
  expect(files.has(path)).toBe(false);
  for (const [name, text] of files) expect([name, text.includes(path)]).toEqual([name, false]);
  expect(files.has(await pathOf('urn:a'))).toBe(true);
  expect(files.get('feeds/world.json')).toContain('Harbour story a');
});

test('what is refused is told once and reported always', async () => {
  await store.saveRefresh(arrival([article('a'), article('b', FAULTY)]));
  const first = await publish(FIRST);
  expect(errors).toContain(await pathOf('urn:b'));
  errors = [];
  expect((await publish(SECOND)).refused).toEqual(first.refused);
  await store.saveRefresh(arrival([article('d')]));
  expect((await publish(SECOND)).refused).toEqual(first.refused);
  expect(errors).toEqual([]);
});

test('a page that is mended is linked to again', async () => {
  await store.saveRefresh(arrival([article('a'), article('b', FAULTY)]));
  await publish(FIRST);
  await store.saveRefresh(arrival([article('b')]));
  expect((await publish(SECOND)).refused).toEqual([]);
  const path = await pathOf('urn:b');
  for (const name of [path, 'index.html', 'sitemap.xml', 'feeds/world.rss']) expect(files.has(name)).toBe(true);
  expect(files.get('sitemap.xml')).toContain(path);
  expect(files.get('feeds/world.rss')).toContain(path);
});

test('an entry that turns bad is left out of the feeds, which go on; its last good page stays', async () => {
  await store.saveRefresh(arrival([article('a'), article('b')]));
  await publish(FIRST);
  const path = await pathOf('urn:b');
  const page = files.get(path);
  await store.saveRefresh(arrival([article('b', { ...FAULTY, title: '' }), article('c')]));
  const { refused, written } = await publish(SECOND);
  expect(files.get(path)).toBe(page);
  expect(written).toContain('feeds/world.atom');
  expect(files.get('feeds/world.atom')).toContain('Harbour story c');
  expect(files.get('feeds/world.atom')).not.toContain('urn:b');
  expect(refused.find((each) => each.path === 'feeds/world.atom')?.reason).toContain('the entry urn:b is left out');
  expect((await publish(SECOND)).refused).toEqual(refused);
});

test('publication gives way, and goes on the next time where it was told to stop', async () => {
  await store.saveRefresh(arrival([article('a'), article('b')]));
  await curateAwaiting({ store, clock: stoppedClock(FIRST), log: silentLog, memory: openTextMemory() }, ORDER);
  let elapsed = 0;
  const stop = new AbortController();
  const clock = {
    ...stoppedClock(FIRST),
    elapsedMs: () => (elapsed += 1000),
    sleep: async (_: number, signal: AbortSignal) => {
      stop.abort(new Error('told to stop'));
      signal.throwIfAborted();
    },
  };
  const tools = { store, output, clock, log: silentLog, rendererDigest: 'one' };
  await expect(publishTopics(tools, ORDER, stop.signal)).rejects.toThrow('told to stop');
  await publish(SECOND);
  expect(files.has('index.html')).toBe(true);
});

// Reports of one event in three publishers' own words, and one of something else.
const REPORTS = {
  herald: [
    'Ferry strike ends in Port Meridian',
    'Crews in Port Meridian return to the ferries on Monday. The union of the ferry crews accepts the offer of the harbour board, and the strike is over after nine days.',
  ],
  times: [
    'Port Meridian: ferry crews return',
    'The strike of the ferry crews in Port Meridian is over, says their union. The harbour board had offered shorter night watches and a rise of three in a hundred.',
  ],
  crossing: [
    'Ferry crews of Port Meridian accept the offer, strike over',
    'No ferry had left Port Meridian for nine days. On Monday the crews return: their union has accepted what the harbour board offered, and calls off the strike.',
  ],
  choir: ['Choir sings in the valley', 'Forty voices from six villages sang under the lime trees until it was dark.'],
} as const;

const report = (name: keyof typeof REPORTS, hour: number): Article => {
  const [title, text] = REPORTS[name];
  return article(name, {
    sourceId: name,
    publisher: { name, url: null },
    title,
    summary: text,
    contentHtml: `<p>${text}</p>`,
    link: `https://${name}.example/a`,
    published: `2026-11-23T0${hour}:00:00Z`,
    updated: `2026-11-23T0${hour}:00:00Z`,
  });
};

test('a topic of events passes the gate, keeps its ids when a report is added, and tells each story once', async () => {
  const order = {
    formerTopics: [],
    site: aSite(),
    topics: [aTopic({ group: true }), aTopic({ id: 'plain' })],
    sources: Object.keys(REPORTS).map((id) => aSource({ id, title: id, topicIds: ['world', 'plain'] })),
  };
  const publishEvents = async (now: string): Promise<PublishReport> => {
    const clock = stoppedClock(now);
    await curateAwaiting({ store, clock, log: silentLog, memory: openTextMemory() }, order);
    return publishTopics({ store, output, clock, log: silentLog, rendererDigest: 'one' }, order);
  };
  type Item = { readonly id: string; readonly title: string; readonly content_html: string };
  const itemsOf = (topic: string): readonly Item[] =>
    (JSON.parse(files.get(`feeds/${topic}.json`)!) as { readonly items: readonly Item[] }).items;
  const idsIn = (path: string): string[] =>
    [...files.get(path)!.matchAll(/<(?:id|guid[^>]*)>(urn:[^<]+)</g)].map((match) => match[1]!);

  for (const one of [report('herald', 6), report('times', 7), report('choir', 8)])
    await store.saveRefresh(arrival([one]));
  expect((await publishEvents(FIRST)).refused).toEqual([]);
  const before = itemsOf('world');
  expect(before.map(({ title }) => title)).toEqual([REPORTS.choir[0], REPORTS.herald[0]]);
  expect(itemsOf('plain')).toHaveLength(3);

  await store.saveRefresh(arrival([report('crossing', 9)]));
  const { refused, written } = await publishEvents(SECOND);
  expect([refused, written]).toEqual([[], expect.arrayContaining(['feeds/world.atom', 'feeds/world.json'])]);
  const after = itemsOf('world');
  expect(after.map(({ id, title }) => [id, title])).toEqual(before.map(({ id, title }) => [id, title]));
  for (const format of ['atom', 'rss'])
    expect(idsIn(`feeds/world.${format}`).filter((id) => before.some((item) => item.id === id))).toEqual(
      after.map(({ id }) => id),
    );
  // The lead once as an entry, each other report once in the list below it.
  const [choir, strike] = after;
  expect(choir!.content_html).not.toContain('<li>');
  expect([...strike!.content_html.matchAll(/<li><a href="([^"]+)"/g)].map((match) => match[1])).toEqual([
    'https://times.example/a',
    'https://crossing.example/a',
  ]);
  expect(itemsOf('plain')).toHaveLength(4);
  for (const page of ['topics/world/index.html', 'index.html'])
    for (const { title } of itemsOf('plain'))
      expect([page, title, files.get(page)!.split(`>${title}</`).length - 1]).toEqual([page, title, 1]);
});
