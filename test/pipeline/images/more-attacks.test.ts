import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../../src/app/open-app.ts';
import type { Order } from '../../../src/config/sources-file.ts';
import { imageFolder, imagesIn } from '../../../src/pipeline/images/image-folder.ts';
import { noteImages } from '../../../src/pipeline/images/note-images.ts';
import { openImageCopier, type FetchImage, type ImageCopier } from '../../../src/pipeline/images/open-image-copier.ts';
import { openOutput } from '../../../src/publish/write-output.ts';
import { silentLog } from '../../../src/support/log.ts';
import { anArticle } from '../../support/an-entry.ts';
import { answer } from '../../support/scripted-server.ts';
import { aCuration, arrival, aStep } from '../../store/records.ts';
import { gif } from '../../fetch/made-images.ts';
import { openImagesWorld, PHOTOGRAPH, PICTURE, type ImagesWorld } from './images-world.ts';

let world: ImagesWorld;
beforeEach(async () => {
  world = await openImagesWorld([{ lead: 'lead.png', within: ['harbour.jpg'] }, { lead: 'other.png' }]);
  world.files.set('lead.png', PICTURE);
  world.files.set('harbour.jpg', PHOTOGRAPH);
  world.files.set('other.png', answer(gif(300, 200)));
});
afterEach(async () => world[Symbol.asyncDispose]());

const publicCopies = (): readonly string[] => world.paths('output').filter((path) => path.startsWith('images/'));
const keptCopies = (): readonly string[] => world.paths('data/images').map((path) => `images/${path}`);
const signal = new AbortController().signal;

const FETCHED = { kind: 'fetched', type: 'image/gif', ending: 'gif', width: 30, height: 20 } as const;

function copierWith(app: App, fetchImage: FetchImage): ImageCopier {
  const folder = imageFolder(() => openOutput(imagesIn(join(world.folder, 'data'))));
  const { store, clock } = app;
  return openImageCopier({ store, folder, fetchImage, clock, log: silentLog, mostBytes: 1_000_000 });
}

async function sorted(app: App, order: Order): Promise<void> {
  for await (const _ of app.refresh(order, 'all', signal));
  await app.curate(order, signal);
}

test('the copies of an article go when it is kept no longer', async () => {
  await world.cycle(world.order({ source: { retentionDays: 2 } }));
  expect(keptCopies()).toHaveLength(3);
  world.now = '2026-11-28T06:00:00Z';
  world.articles = [];
  await world.cycle(world.order({ source: { retentionDays: 2 } }));
  expect([publicCopies(), keptCopies()]).toEqual([[], []]);
});

test('the copies of an article that may be shown whole no more go, though one of another source leads its story', async () => {
  const listed = world.order();
  const [harbour] = listed.sources;
  const order = { ...listed, sources: [harbour!, { ...harbour!, id: 'wire', url: world.url('wire'), enabled: false }] };
  const wire = anArticle({ id: 'urn:wire', sourceId: 'wire', entryId: 'wire' });
  const url = world.url('other-lead.png');
  world.files.set('other-lead.png', answer(gif(99, 99)));
  await world.cycle(order);
  const before = keptCopies();
  await world.within(async ({ store }) => {
    await store.saveRefresh(arrival([wire]));
    // It led a story as long as nothing told that there was another report of it.
    await store.images.want([{ articleId: wire.id, sourceId: 'wire', addresses: [url] }], world.now);
    const [told] = await store.publishedStories(null, null, 1);
    const stories = [{ ...told!.story, articleIds: [...told!.story.articleIds, wire.id] }];
    await store.saveCuration(aCuration({ stories, trail: [aStep({ articleId: wire.id, state: 'merged' })] }));
  });
  await world.cycle(order);
  expect(keptCopies()).toHaveLength(before.length + 1);
  const narrowed = order.sources.map((one) => (one.id === 'wire' ? { ...one, republish: 'excerpt' as const } : one));
  await world.cycle({ ...order, sources: narrowed });
  expect([publicCopies(), keptCopies()]).toEqual([before, before]);
});

test('a copy that is lost in the folder of copies is taken from among the published files, which closed archives need', async () => {
  const topic = { id: 'world', title: 'World', maxEntries: 1 };
  await world.cycle(world.order({ topics: [topic] }));
  const before = publicCopies();
  expect(before).toHaveLength(3);
  rmSync(join(world.folder, 'data/images'), { recursive: true });
  world.files.clear();
  const topics = [topic, { id: 'own', title: 'Own', private: true, match: { sources: ['harbour'] } }];
  for (let round = 0; round < 3; round++) await world.cycle(world.order({ topics }));
  expect(publicCopies()).toEqual(before);
  expect(keptCopies()).toEqual(before);
  expect(world.paths('data/private').filter((path) => path.includes('/images/'))).toHaveLength(3);
});

test('what lies in the place of a copy among the published files is not taken for it', async () => {
  await world.cycle(world.order());
  rmSync(join(world.folder, 'data/images'), { recursive: true });
  for (const path of publicCopies()) writeFileSync(join(world.folder, 'output', path), 'something else');
  const topics = [
    { id: 'world', title: 'World' },
    { id: 'own', title: 'Own', private: true, match: { sources: ['harbour'] } },
  ];
  for (let round = 0; round < 3; round++) await world.cycle(world.order({ topics }));
  expect(keptCopies()).toHaveLength(3);
  for (const path of keptCopies())
    expect(readFileSync(join(world.folder, 'data', path), 'latin1')).not.toBe('something else');
});

test('a source whose pictures never come keeps those of no other source waiting', async () => {
  const order = world.order();
  await world.within(async (app) => {
    await sorted(app, order);
    const { storyIds } = await app.store.storyChanges(10);
    await noteImages(app.store, await app.store.stories(storyIds), { order, now: app.clock.now() });
    // They came last.
    const slow = Array.from({ length: 100 }, (_, number) => `https://p${number}.slow.example/picture.jpg`);
    const [one] = await app.store.standings(null);
    await app.store.images.want([{ articleId: one!.articleId, sourceId: 'slow', addresses: slow }], app.clock.now());
    const over = new AbortController();
    let had = 0;
    const copy = copierWith(app, async (url, _source, until) => {
      if (url.includes('slow.example')) {
        await new Promise((resolve) => until.addEventListener('abort', resolve));
        throw until.reason;
      }
      // All that can be had is had.
      if (++had === 3) setImmediate(() => over.abort('over'));
      return { ...FETCHED, body: gif(30, 20 + had) };
    });
    await expect(copy(order, { withinMs: 5_000 }, over.signal)).rejects.toBe('over');
    expect(had).toBe(3);
  });
});

test('an address that is none is told, with no password of one that is, and keeps nothing waiting', async () => {
  const order = world.order();
  await world.within(async (app) => {
    await sorted(app, order);
    const [one] = await app.store.standings(null);
    const addresses = ['https://[', 'https://harbour.example:99999/a.png', 'https://us:secret@harbour.example:1/a.png'];
    await app.store.images.want([{ articleId: one!.articleId, sourceId: 'wire', addresses }], app.clock.now());
    const { copied, missed } = await app.copyImages(order, { withinMs: 60_000 }, signal);
    expect(copied).toBe(3);
    expect(missed).toMatchObject({ 'fetch-bad-address': 3 });
    const reasons = (await app.store.images.ofArticle(one!.articleId)).map(({ reason }) => reason);
    expect(reasons.join(' ')).not.toContain('secret');
  });
});

test('a host that asks for rest is asked for nothing new before its time', async () => {
  const order = world.order();
  await world.within(async (app) => {
    await sorted(app, order);
    let asked = 0;
    const copy = copierWith(app, async () => {
      asked++;
      return { kind: 'not-fetched', code: 'fetch-too-many-requests', reason: 'later', retryAfterSeconds: 7200 };
    });
    await copy(order, { withinMs: 60_000 }, signal);
    const first = asked;
    expect(first).toBeGreaterThan(0);
    const [one] = await app.store.standings(null);
    const addresses = [world.url('new.png'), world.url('newer.png')];
    await app.store.images.want([{ articleId: one!.articleId, sourceId: 'harbour', addresses }], app.clock.now());
    await copy(order, { withinMs: 60_000 }, signal);
    expect(asked).toBe(first);
  });
});
