import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Article } from '../../src/model/article.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { fateOf } from '../../src/pipeline/former-topics.ts';
import { publishTopics, type PublishReport } from '../../src/pipeline/publish-topics.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Output } from '../../src/publish/write-output.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { arrival, aStep } from '../store/records.ts';
import { aFilter } from '../support/a-filter.ts';
import { aSite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { atomDocument } from '../support/atom-document.ts';
import { ask, openWorld } from '../support/feed-world.ts';
import { aWebhookDelivery } from '../support/pushes.ts';
import { memoryOutput } from './archive-world.ts';

// What is taken back, told piece by piece; archives.test.ts has all of it in every order.

const hour = (number: number): string => `2026-11-24T${String(number).padStart(2, '0')}:00:00Z`;
const ORDER = {
  formerTopics: [],
  site: aSite(),
  topics: [aTopic({ maxEntries: 2 })],
  sources: [
    aSource({ topicIds: ['world'] }),
    aSource({ id: 'wire', url: 'https://wire.example/feed', topicIds: ['world'] }),
  ],
};
let store: Store;
let files: Map<string, string>;
beforeEach(async () => {
  store = await openMemoryStore();
  files = new Map();
});
afterEach(async () => store[Symbol.asyncDispose]());

const article = (number: number, given: Partial<Article> = {}): Article =>
  anArticle({
    id: `urn:n${number}`,
    entryId: `n${number}`,
    link: `https://harbour.example/${number}`,
    title: `Harbour story ${number}`,
    contentHtml: `<p>Secret${number} words of the harbour, told for the ${number}th time.</p>`,
    published: hour(number),
    updated: hour(number),
    ...given,
  });

async function publish(
  now: number,
  order: typeof ORDER = ORDER,
  output: Output = memoryOutput(files),
): Promise<PublishReport> {
  const clock = stoppedClock(hour(now));
  await curateAwaiting({ store, clock, log: silentLog, memory: openTextMemory() }, order);
  return publishTopics({ store, output, clock, log: silentLog, rendererDigest: 'one' }, order);
}

const say = (number: number, verdict: 'retracted' | 'rejected' | 'approved', now: number): Promise<void> =>
  store.saveVerdicts([{ articleId: `urn:n${number}`, verdict, at: hour(now), note: null }]);
const stateOf = async (id: string): Promise<string | undefined> => (await store.trailOf(id)).at(-1)?.state;
const filesWith = (text: string): string[] => [...files].flatMap(([path, held]) => (held.includes(text) ? [path] : []));
const archives = (): string[] => [...files.keys()].filter((path) => path.startsWith('feeds/world/archive/')).toSorted();
const deleted = (): string[] =>
  [...files.get('feeds/world.atom')!.matchAll(/<at:deleted-entry ref="([^"]+)" when="([^"]+)"/g)].map(
    ([, id, when]) => `${id} ${when}`,
  );

test('what is retracted is gone from everything in one publication, with a word to readers as of that sorting', async () => {
  await store.saveRefresh(arrival([1, 2, 3, 4, 5].map((number) => article(number))));
  await publish(6);
  expect(archives().map((path) => path.slice(20))).toEqual(['1.atom', '1.json', '1.rss', '2.atom', '2.json', '2.rss']);
  const [told] = await store.stories(['urn:n1']);
  await say(1, 'retracted', 7);
  const { removed } = await publish(8);
  expect(filesWith('Secret1 ')).toEqual([]);
  expect(removed).toContain(told!.story.path);
  expect(removed).toContain('feeds/world/archive/1.atom');
  expect(await store.fateOf(told!.story.path)).toEqual({ kind: 'gone' });
  expect(await store.fateOf('feeds/world/archive/1.atom')).toEqual({ kind: 'gone' });
  expect(archives().map((path) => path.slice(20))).toEqual(['3.atom', '3.json', '3.rss']);
  expect(deleted()).toEqual([`urn:n1 ${hour(8)}`]);
  expect(await stateOf('urn:n1')).toBe('retracted');
});

test('an event’s entry is taken back with all that stands for its id, and its topic tells of it under that id', async () => {
  const grouped = { ...ORDER, topics: [aTopic({ group: true })] };
  await store.saveRefresh(arrival([1, 2].map((number) => article(number))));
  await publish(5, grouped);
  const [told] = await store.eventEntries({ eventId: 'urn:n1' });
  expect([told!.stands, told!.articleIds]).toEqual(['feed', ['urn:n1', 'urn:n2']]);
  const reports = await store.entriesAbout([{ by: 'event-entry', id: told!.entryId }], 10);
  for (const { articleId } of reports) await say(Number(articleId.slice(-1)), 'retracted', 6);
  await publish(7, grouped);
  expect([deleted(), filesWith('Secret1 '), filesWith('Secret2 ')]).toEqual([[`${told!.entryId} ${hour(7)}`], [], []]);
  expect(await store.eventEntries({ entryId: told!.entryId })).toMatchObject([
    { stands: 'nowhere', takenBack: { at: hour(7), reason: 'the operator has retracted it' } },
  ]);
});

test('however many are taken back at once, the feed tells of all of them', async () => {
  const many = Array.from({ length: 120 }, (_, at) => at + 1);
  const dated = { published: hour(1), updated: hour(1) };
  await store.saveRefresh(arrival(many.map((number) => article(number, dated))));
  await publish(6);
  for (const number of many) await say(number, 'retracted', 7);
  await publish(8);
  expect(deleted().toSorted()).toEqual(many.map((number) => `urn:n${number} ${hour(8)}`).toSorted());
});

test('it is told for sixty days of the feed, and a feed in which nothing happens tells of it as long as that', async () => {
  const late = (day: number): Partial<Article> => {
    const at = `2027-01-${day}T00:00:00Z`;
    return { published: at, updated: at };
  };
  await store.saveRefresh(arrival([article(1), article(2)]));
  await publish(3);
  await say(1, 'retracted', 4);
  await publish(5);
  const after = async (day: number, number: number): Promise<void> => {
    await store.saveRefresh(arrival([article(number, late(day))]));
    const clock = stoppedClock(`2027-01-${day}T01:00:00Z`);
    await curateAwaiting({ store, clock, log: silentLog, memory: openTextMemory() }, ORDER);
    const output = memoryOutput(files);
    await publishTopics({ store, output, clock, log: silentLog, rendererDigest: 'one' }, ORDER);
  };
  await after(22, 3);
  expect(deleted()).toEqual([`urn:n1 ${hour(5)}`]);
  await after(24, 4);
  expect(deleted()).toEqual([]);
});

test('on a full disk, too, the pages and archives go that show what was taken back', async () => {
  await store.saveRefresh(arrival([1, 2, 3, 4, 5].map((number) => article(number))));
  await publish(6);
  const [told] = await store.stories(['urn:n1']);
  const full: Output = { ...memoryOutput(files), write: () => Promise.reject(new Error('the disk is full')) };
  await say(1, 'retracted', 7);
  await expect(publish(8, ORDER, full)).rejects.toThrow('the disk is full');
  expect([files.has(told!.story.path), archives()]).toEqual([false, []]);
  expect(await store.fateOf(told!.story.path)).toEqual({ kind: 'gone' });
  await publish(9);
  expect([filesWith('harbour.example/1"'), deleted()]).toEqual([[], [`urn:n1 ${hour(8)}`]]);
});

test('of what was taken back no last good page stays where the gate refuses the next one, and it comes back mended', async () => {
  const copy = (given: Partial<Article>): Article =>
    article(2, {
      sourceId: 'wire',
      link: 'https://wire.example/2',
      sourceLink: { url: 'https://harbour.example/1', name: null, foundBy: 'visible-link' },
      ...given,
    });
  await store.saveRefresh(arrival([article(1), article(3)]));
  await store.saveRefresh(arrival([copy({ contentHtml: '<p onclick="go()">Bad\u0001.</p>' })]));
  expect((await publish(4)).refused).toEqual([]);
  const { path } = (await store.stories(['urn:n1']))[0]!.story;
  const bad = article(3, { contentHtml: '<p onclick="go()">Bad\u0001.</p>' });
  await store.saveRefresh(
    arrival([bad], { trail: [aStep({ articleId: bad.id, reason: 'its publisher changed it' })] }),
  );
  const kept = (await store.stories(['urn:n3']))[0]!.story.path;
  await publish(5);
  expect(files.get(kept)).toContain('Secret3 ');
  await say(1, 'retracted', 6);
  const { refused, removed } = await publish(7);
  expect(refused.map((one) => one.path)).toContain(path);
  expect(removed).toContain(path);
  expect([files.has(path), filesWith('Secret1 '), filesWith(path)]).toEqual([false, [], []]);
  expect(await fateOf(store, path)).toEqual({ kind: 'withheld' });
  await store.saveRefresh(
    arrival([copy({})], { trail: [aStep({ articleId: 'urn:n2', reason: 'its publisher changed it' })] }),
  );
  await publish(8);
  expect(files.get(path)).toContain('Secret2 ');
  expect(await fateOf(store, path)).toBeNull();
});

test('it never comes back, by whatever is read of it, by other rules or by another version', async () => {
  await store.saveRefresh(arrival([article(1), article(2)]));
  await publish(3);
  await say(1, 'retracted', 4);
  await publish(5);
  await store.saveRefresh(arrival([article(1, { contentHtml: '<p>Secret1 again.</p>', updated: hour(6) })]));
  await publish(6, { ...ORDER, topics: [aTopic({ maxEntries: 3, title: 'Earth' })] });
  expect([filesWith('Secret1 '), await stateOf('urn:n1')]).toEqual([[], 'retracted']);
  expect((await store.articles(['urn:n1']))[0]).toMatchObject({ contentHtml: '', title: 'Harbour story 1' });
  expect(deleted()).toEqual([`urn:n1 ${hour(5)}`]);
});

test('where another report leads then, the entry goes on with its text, changed as of then', async () => {
  const copy = article(2, {
    sourceId: 'wire',
    link: 'https://wire.example/2',
    sourceLink: { url: 'https://harbour.example/1', name: null, foundBy: 'visible-link' },
  });
  await store.saveRefresh(arrival([article(1)]));
  await store.saveRefresh(arrival([copy]));
  await publish(3);
  await say(1, 'retracted', 4);
  await publish(5);
  expect([filesWith('Secret1 '), deleted()]).toEqual([[], []]);
  const feed = JSON.parse(files.get('feeds/world.json')!) as { items: { id: string; date_modified: string }[] };
  expect(feed.items).toMatchObject([{ id: 'urn:n1', date_modified: hour(5) }]);
  expect(filesWith('Secret2 ').length).toBeGreaterThan(3);
});

test('who opts out is told of as taken back, and who comes back is told of no more', async () => {
  await store.saveRefresh(arrival([1, 2, 3].map((number) => article(number))));
  await publish(4);
  const without = { ...ORDER, site: aSite({ optOut: ['harbour.example'] }) };
  await publish(5, without);
  expect(deleted()).toEqual([1, 2, 3].map((number) => `urn:n${number} ${hour(5)}`));
  expect([archives(), filesWith('Secret')]).toEqual([[], []]);
  await publish(6);
  expect([deleted(), filesWith('Secret1 ').length > 0]).toEqual([[], true]);
});

test('what moves to another topic, or nowhere, is told of as taken back nowhere', async () => {
  await store.saveRefresh(arrival([1, 2, 3, 4].map((number) => article(number))));
  await publish(5);
  const closed = new Map(archives().map((path) => [path, files.get(path)]));
  await publish(6, { ...ORDER, sources: [aSource({ topicIds: [] }), ORDER.sources[1]!] });
  expect(deleted()).toEqual([]);
  expect(new Map(archives().map((path) => [path, files.get(path)]))).toEqual(closed);
  expect(closed.size).toBe(3);
});

test('what was published, held by a new filter and rejected, is taken back; approved, it is published again', async () => {
  await store.saveRefresh(arrival([1, 2, 3, 4].map((number) => article(number))));
  await publish(5);
  const filters = [aFilter({ phrases: ['told for the 1th time'], does: 'hold' })];
  const holding = { ...ORDER, sources: [aSource({ topicIds: ['world'], filters }), ORDER.sources[1]!] };
  await publish(6, holding);
  expect([await stateOf('urn:n1'), deleted()]).toEqual(['held', []]);
  await say(1, 'rejected', 7);
  await publish(8, holding);
  expect([await stateOf('urn:n1'), deleted(), filesWith('Secret1 ')]).toEqual(['dropped', [`urn:n1 ${hour(8)}`], []]);
  await say(1, 'approved', 9);
  await publish(10, holding);
  expect([await stateOf('urn:n1'), deleted(), filesWith('Secret1 ').length > 0]).toEqual(['published', [], true]);
});

test('an entry that the gate refuses is left out of its archive, and comes when its publisher mends it', async () => {
  await store.saveRefresh(arrival([1, 2, 3, 4].map((number) => article(number))));
  await publish(5);
  expect(archives()).toHaveLength(3);
  const faulty = article(3, { title: '' });
  await store.saveRefresh(arrival([faulty, article(5), article(6)]));
  const { refused } = await publish(7);
  expect(
    refused.map(({ reason }) => reason).filter((reason) => reason.includes('the entry urn:n3 is left out')),
  ).not.toEqual([]);
  const second = JSON.parse(files.get('feeds/world/archive/2.json')!) as { items: { id: string }[] };
  expect(second.items.map(({ id }) => id)).toEqual(['urn:n4']);
  await store.saveRefresh(
    arrival([article(3)], { trail: [aStep({ articleId: 'urn:n3', reason: 'its publisher changed it' })] }),
  );
  await publish(8);
  expect(filesWith('Secret3 ')).toContain('feeds/world.json');
});

test('its publisher is not even asked for its page again, and what he writes anew is not kept', async () => {
  const source = aSource({ topicIds: ['world'], content: 'page' });
  const item = (text: string) => ({
    guid: 'one',
    link: 'https://harbour.example/one',
    title: 'The harbour story',
    text,
    published: hour(1),
    author: 'Ada Harbour',
    image: null,
    via: null,
    originalLink: null,
  });
  const head = { title: 'Harbour', id: 'https://harbour.example/feed', site: 'https://harbour.example/' };
  let text = 'Secret words of the harbour.';
  const pages: string[] = [];
  const upstream = {
    documentOf: () => atomDocument(head, [item(text)]),
    pageAt: (url: string) => {
      pages.push(url);
      return null;
    },
  };
  await ask(openWorld(store, hour(2)), [source], upstream);
  await publish(3);
  const id = (await store.newestStories(null, 1))[0]!.story.id;
  await store.saveVerdicts([{ articleId: id, verdict: 'retracted', at: hour(4), note: null }]);
  await publish(5);
  const askedBefore = pages.length;
  expect(askedBefore).toBeGreaterThan(0);
  text = 'Secret words of the harbour, told once more.';
  await ask(openWorld(store, hour(6)), [source], upstream);
  await publish(7);
  expect([pages.length, await stateOf(id), filesWith('Secret')]).toEqual([askedBefore, 'retracted', []]);
  expect((await store.articles([id]))[0]!.contentHtml).toBe('');
});

test('the text is in nothing that waits for a webhook either, from the moment when it is wiped', async () => {
  await store.saveRefresh(arrival([1, 2].map((number) => article(number))));
  await publish(6);
  const { items } = JSON.parse(files.get('feeds/world.json')!) as { readonly items: readonly { id: string }[] };
  expect(items.map(({ id }) => id)).toEqual(['urn:n2', 'urn:n1']);
  const delivery = (id: string, added: readonly object[], changed: readonly object[]) =>
    aWebhookDelivery({ id, body: JSON.stringify({ version: 1, id, added, changed, retracted: [] }) });
  await store.push.saveWebhookNews({
    topicId: 'world',
    sha256: 'x',
    told: items.map(({ id }) => ({ entryId: id, digest: 'd' })),
    takenBack: [],
    present: items.map(({ id }) => id),
    deliveries: [delivery('both', items, []), delivery('one', [], [items[1]!])],
  });
  await say(1, 'retracted', 7);
  // Sorted, and not published yet.
  await curateAwaiting({ store, clock: stoppedClock(hour(8)), log: silentLog, memory: openTextMemory() }, ORDER);
  const waiting = await store.push.webhooksDue({ now: hour(13), busyHosts: [], limit: 9, tried: null });
  expect(waiting.map(({ id }) => id)).toEqual(['both']);
  expect(waiting[0]!.body).toContain('Secret2 ');
  expect(waiting[0]!.body).not.toContain('Secret1 ');
  await publish(9);
  expect(await store.push.untoldRetractions('world')).toEqual([{ id: 'urn:n1', at: hour(8) }]);
});
