import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer } from '../../support/scripted-server.ts';
import { gif } from '../../fetch/made-images.ts';
import { openImagesWorld, PHOTOGRAPH, PICTURE, type ImagesWorld } from './images-world.ts';

const CACHE = 'https://news.example.org/images/';

let world: ImagesWorld;
beforeEach(async () => {
  world = await openImagesWorld([{ lead: 'lead.png', within: ['harbour.jpg'] }, { lead: 'other.png' }]);
  world.files.set('lead.png', PICTURE);
  world.files.set('harbour.jpg', PHOTOGRAPH);
  world.files.set('other.png', answer(gif(300, 200)));
});
afterEach(async () => world[Symbol.asyncDispose]());

/** Every address of a picture in pages and feeds. */
function shown(which: 'ours' | 'theirs', texts = world.published()): string[] {
  const begins = which === 'ours' ? CACHE : world.url('');
  return [...texts].flatMap(([path, text]) =>
    path.startsWith('images/')
      ? []
      : text
          .replaceAll('\\/', '/')
          .split(begins)
          .slice(1)
          .flatMap((rest) => /^[\w/.-]+\.(?:png|jpg|gif|webp|avif)/.exec(rest)?.[0] ?? []),
  );
}

const retract = (title: RegExp): Promise<void> =>
  world.within(async ({ store }) => {
    const entry = (await store.standings(null)).find((one) => title.test(one.link ?? ''))!;
    await store.saveVerdicts([]);
    await store.saveCuration({
      stories: [],
      dissolved: [...(await store.storiesOfArticles([entry.articleId])).values()],
      keys: [],
      compared: [],
      comparedFromMs: 0,
      trail: [{ articleId: entry.articleId, at: world.now, state: 'retracted', reason: 'a test' }],
      readAt: new Map([[entry.articleId, Number.MAX_SAFE_INTEGER]]),
      facts: {},
    });
  });

describe('where pictures are copied', () => {
  test('they are had before anything is published, and pages and feeds show the copies alone', async () => {
    const { images, published } = await world.cycle(world.order());
    expect(images).toEqual({ copied: 3, missed: {}, isFull: false, trouble: null });
    expect(published.refused).toEqual([]);
    expect(shown('theirs')).toEqual([]);
    const ours = new Set(shown('ours'));
    expect(ours.size).toBe(3);
    expect(new Set(world.paths('output').filter((path) => path.startsWith('images/')))).toEqual(
      new Set([...ours].map((name) => `images/${name}`)),
    );
    expect(new Set([...ours].map((name) => name.split('.').at(-1)))).toEqual(new Set(['gif', 'jpg', 'png']));
  });

  test('their sizes and kinds are told as they are', async () => {
    await world.cycle(world.order());
    const feed = JSON.parse(world.published().get('feeds/world.json')!) as {
      readonly items: readonly { readonly content_html: string; readonly _tributary: { readonly image: object } }[];
    };
    expect(feed.items.map((item) => item._tributary.image)).toMatchObject([
      { type: 'image/png', width: 640, height: 360 },
      { type: 'image/gif', width: 300, height: 200 },
    ]);
    expect(feed.items[0]!.content_html).toMatch(
      /<img src="https:\/\/news\.example\.org\/images\/[0-9a-f]{2}\/[0-9a-f]{32}\.jpg" alt="harbour\.jpg"[^<>]* width="800" height="450">/,
    );
  });

  test('each is asked for once, and a round without news writes nothing', async () => {
    await world.cycle(world.order());
    const { published, images } = await world.cycle(world.order());
    expect(published).toMatchObject({ written: [], removed: [] });
    expect(images.copied).toBe(0);
    expect(world.asked()).toEqual({ 'lead.png': 1, 'harbour.jpg': 1, 'other.png': 1 });
  });

  test('one that cannot be had is shown from where it is, asked for again later, and then copied without a new date', async () => {
    world.files.set('lead.png', answer('busy', {}, 503));
    const { images } = await world.cycle(world.order());
    expect(images).toMatchObject({ copied: 2, missed: { 'fetch-server-error': 1 } });
    expect(new Set(shown('theirs'))).toEqual(new Set(['lead.png']));
    const updated = (): unknown =>
      (JSON.parse(world.published().get('feeds/world.json')!) as { readonly items: readonly object[] }).items.map(
        (item) => ('date_modified' in item ? item.date_modified : null),
      );
    const before = updated();
    world.files.set('lead.png', PICTURE);
    world.now = '2026-11-24T06:10:00Z';
    await world.cycle(world.order());
    expect(world.asked()['lead.png']).toBe(1);
    world.now = '2026-11-24T06:16:00Z';
    expect((await world.cycle(world.order())).images.copied).toBe(1);
    expect(shown('theirs')).toEqual([]);
    expect(updated()).toEqual(before);
  });

  test.each([
    [
      'drawings that may hold scripts',
      answer('<svg xmlns="http://www.w3.org/2000/svg"></svg>', { 'content-type': 'image/svg+xml' }),
      'image-unshowable',
    ],
    ['pages', answer('<!doctype html><p>Sign in', { 'content-type': 'image/png' }), 'image-unshowable'],
    ['what counts readers', answer(gif(1, 1)), 'image-unshowable'],
    ['what fills the memory of browsers', answer(gif(60_000, 60_000)), 'image-unshowable'],
    ['what its publisher wants nobody to keep', answer(gif(30, 30), { 'x-robots-tag': 'otherbot: all' }), null],
    [
      'what its publisher wants nobody to keep, said to all',
      answer(gif(30, 30), { 'x-robots-tag': 'nofollow, noarchive' }),
      'image-not-to-be-kept',
    ],
  ] as const)('%s', async (_, play, code) => {
    world.files.set('lead.png', play);
    const { images } = await world.cycle(world.order());
    expect(images.missed).toEqual(code === null ? {} : { [code]: 1 });
    // Nor is it asked for again.
    world.now = '2026-12-24T06:16:00Z';
    await world.cycle(world.order());
    expect(world.asked()['lead.png']).toBe(1);
  });

  test('robots.txt is heard', async () => {
    world.files.set('robots.txt', answer('User-agent: *\nDisallow: /lead', { 'content-type': 'text/plain' }));
    expect((await world.cycle(world.order())).images).toMatchObject({ copied: 2, missed: { 'fetch-robots': 1 } });
    expect(world.asked()['lead.png']).toBeUndefined();
  });

  test('what is too large stays where it is', async () => {
    world.files.set('lead.png', answer(Buffer.concat([gif(300, 200), Buffer.alloc(2_000)])));
    const { images } = await world.cycle(world.order(), { TRIBUTARY_MAX_IMAGE_BYTES: '1000' });
    expect(images.missed).toEqual({ 'fetch-too-large': 1 });
  });

  test('of excerpts and links no picture is asked for: they are shown from where they are, or not at all', async () => {
    await world.cycle(world.order({ source: { republish: 'excerpt' } }));
    expect(world.asked()).toEqual({});
    expect(new Set(shown('theirs'))).toEqual(new Set(['lead.png', 'other.png']));
  });

  test('there is room for no more than the operator says', async () => {
    const { images } = await world.cycle(world.order(), { TRIBUTARY_IMAGES_MEGABYTES: '0' });
    expect(images).toEqual({ copied: 0, missed: {}, isFull: true, trouble: null });
    expect(world.asked()).toEqual({});
    expect(new Set(shown('theirs'))).toEqual(new Set(['lead.png', 'harbour.jpg', 'other.png']));
    expect((await world.cycle(world.order())).images.copied).toBe(3);
    expect(shown('theirs')).toEqual([]);
  });
});

describe('where they were shown from their publishers', () => {
  test('an edit of the list has them copied by and by, and another one shows them from there again', async () => {
    await world.cycle(world.order({ site: { images: 'hotlink' } }));
    expect([world.asked(), shown('ours')]).toEqual([{}, []]);
    await world.cycle(world.order());
    await world.cycle(world.order());
    expect([new Set(shown('ours')).size, shown('theirs')]).toEqual([3, []]);
    await world.cycle(world.order({ site: { images: 'hotlink' } }));
    expect(shown('ours')).toEqual([]);
    await world.cycle(world.order());
    expect(shown('theirs')).toEqual([]);
    expect(world.asked()).toEqual({ 'lead.png': 1, 'harbour.jpg': 1, 'other.png': 1 });
  });
});

describe('a copy', () => {
  test('goes with the article that showed it, and stays as long as another shows it', async () => {
    world.articles = [
      { lead: 'lead.png', within: ['harbour.jpg'] },
      { lead: 'other.png', within: ['same.jpg'] },
    ];
    world.files.set('same.jpg', PHOTOGRAPH);
    await world.cycle(world.order());
    const photograph = world.paths('data/images').filter((path) => path.endsWith('.jpg'));
    expect([photograph.length, world.paths('data/images').length]).toEqual([1, 3]);
    await retract(/news\/0$/);
    const { published } = await world.cycle(world.order());
    expect(published.removed.filter((path) => path.startsWith('images/'))).toHaveLength(1);
    expect(world.paths('data/images')).toHaveLength(2);
    expect(world.paths('data/images')).toEqual(expect.arrayContaining(photograph));
    await retract(/news\/1$/);
    await world.cycle(world.order());
    expect(world.paths('data/images')).toEqual([]);
    expect(world.paths('output').filter((path) => path.startsWith('images/'))).toEqual([]);
  });

  test('comes back with output/, and is asked for again where it is lost', async () => {
    await world.cycle(world.order());
    const before = world.published();
    rmSync(join(world.folder, 'output'), { recursive: true });
    await world.cycle(world.order());
    expect(world.published()).toEqual(before);
    expect(world.asked()['lead.png']).toBe(1);
    for (const folder of ['output', 'data/images']) rmSync(join(world.folder, folder), { recursive: true });
    await world.cycle(world.order());
    await world.cycle(world.order());
    expect(world.published()).toEqual(before);
    expect(world.asked()['lead.png']).toBe(2);
  });

  test('goes where its article may be shown whole no more, out of archives too, and comes back with it', async () => {
    world.articles = Array.from({ length: 4 }, (_, number) => ({ lead: number === 3 ? 'lead.png' : 'other.png' }));
    const topic = { maxEntries: 2 };
    await world.cycle(world.order({ topic }));
    expect(world.published().get('feeds/world/archive/1.atom')).toContain(CACHE);
    const { published } = await world.cycle(world.order({ topic, source: { republish: 'excerpt' } }));
    expect(published.refused).toEqual([]);
    expect([world.paths('data/images'), shown('ours')]).toEqual([[], []]);
    expect(world.paths('output').filter((path) => path.startsWith('images/'))).toEqual([]);
    await world.cycle(world.order({ topic }));
    await world.cycle(world.order({ topic }));
    expect(world.paths('output').filter((path) => path.startsWith('images/'))).toHaveLength(2);
  });

  test('that cannot be written keeps no news waiting, and is written when it can be', async () => {
    mkdirSync(join(world.folder, 'data'));
    writeFileSync(join(world.folder, 'data/images'), 'not a folder');
    const { images, published } = await world.cycle(world.order());
    expect(images).toMatchObject({ copied: 0, trouble: expect.stringContaining('the file cannot be written') });
    expect(published.written).toContain('feeds/world.atom');
    expect(new Set(shown('theirs'))).toEqual(new Set(['lead.png', 'harbour.jpg', 'other.png']));
    rmSync(join(world.folder, 'data/images'));
    expect((await world.cycle(world.order())).images).toMatchObject({ copied: 3, trouble: null });
    expect(shown('theirs')).toEqual([]);
  });

  test('that was known when a kill came, and not written, is asked for again', async () => {
    await world.cycle(world.order({ site: { images: 'hotlink' } }));
    await world.within(async ({ store }) => {
      const [entry] = await store.standings(null);
      const url = world.url('lead.png');
      await store.images.want([{ articleId: entry!.articleId, sourceId: 'harbour', addresses: [url] }], world.now);
      const copy = { path: 'images/ab/cd.png', type: 'image/png', width: 640, height: 360, bytes: 10 };
      await store.images.save({ url, kind: 'copied', copy });
    });
    await world.cycle(world.order());
    await world.cycle(world.order());
    expect([shown('theirs'), world.paths('data/images').length]).toEqual([[], 3]);
  });

  test('of a private topic lies in its room, and nowhere else', async () => {
    const order = world.order({ topic: { private: true } });
    await world.cycle(order);
    expect(world.paths('output').filter((path) => path.startsWith('images/'))).toEqual([]);
    expect(world.paths('data/private').filter((path) => path.includes('/images/'))).toHaveLength(3);
    // Once it is public it is in the public room, and in no other.
    await world.cycle(world.order());
    expect(world.paths('output').filter((path) => path.startsWith('images/'))).toHaveLength(3);
    expect(world.paths('data/private').filter((path) => path.includes('/images/'))).toEqual([]);
    await world.cycle(order);
    expect(world.paths('output').filter((path) => path.startsWith('images/'))).toEqual([]);
    expect(world.asked()['lead.png']).toBe(1);
  });
});
