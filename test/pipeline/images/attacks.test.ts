import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { App } from '../../../src/app/open-app.ts';
import type { Order } from '../../../src/config/sources-file.ts';
import { imageFolder, imagesIn, type ImageFolder } from '../../../src/pipeline/images/image-folder.ts';
import { openImageCopier } from '../../../src/pipeline/images/open-image-copier.ts';
import { openListEntries } from '../../../src/pipeline/list-entries.ts';
import { publishTopics } from '../../../src/pipeline/publish-topics.ts';
import { openOutput } from '../../../src/publish/write-output.ts';
import { silentLog } from '../../../src/support/log.ts';
import { answer, redirect } from '../../support/scripted-server.ts';
import { bytesOf, gif, png } from '../../fetch/made-images.ts';
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

/** The copies that pages and feeds name, closed archives too. */
function namedCopies(): ReadonlySet<string> {
  const names = [...world.published()].flatMap(([path, text]) =>
    path.startsWith('images/')
      ? []
      : [...text.replaceAll('\\/', '/').matchAll(/https:\/\/news\.example\.org\/(images\/[\w/.]+)/g)],
  );
  return new Set(names.map(([, name]) => name!));
}

function expectNoBrokenPicture(): void {
  expect([...namedCopies()].filter((path) => !publicCopies().includes(path))).toEqual([]);
}

const retract = async (number: number): Promise<void> => {
  const { code, out } = await world.run(['retract', world.url(`news/${number}`), '--yes']);
  expect([code, code === 0 ? '' : out]).toEqual([0, '']);
};

const later = (minutes: number): void => {
  world.now = new Date(Date.parse(world.now) + minutes * 60_000).toISOString().replace('.000', '');
};

/** Publishes with another folder of copies than the program's own, or with one that fails. */
async function publishWith(app: App, order: Order, change: (folder: ImageFolder) => ImageFolder): Promise<void> {
  const output = await openOutput(join(world.folder, 'output'));
  const images = change(imageFolder(() => openOutput(imagesIn(join(world.folder, 'data')))));
  const { store, clock } = app;
  await publishTopics({ store, output, clock, log: silentLog, rendererDigest: 'another', images }, order);
}

describe('the copy of a picture that two articles show', () => {
  test('stays when the one is retracted that showed it later, and the other was there before copies were made', async () => {
    world.articles = [{}, { lead: 'lead.png' }];
    await world.cycle(world.order({ site: { images: 'hotlink' } }));
    world.articles = [{}, { lead: 'lead.png' }, { lead: 'lead.png' }];
    await world.cycle(world.order());
    await world.cycle(world.order());
    expect(namedCopies().size).toBe(1);
    await retract(2);
    await world.cycle(world.order());
    expect([namedCopies().size, publicCopies().length, keptCopies().length]).toEqual([1, 1, 1]);
  });

  test('goes from public files with the last public article that shows it, though a private topic still does', async () => {
    world.articles = [{ lead: 'lead.png' }, { within: ['lead.png'] }];
    const topics = [{ id: 'world', title: 'World' }];
    await world.cycle(world.order({ topics }));
    expect(publicCopies()).toHaveLength(1);
    await retract(0);
    await world.cycle(world.order({ topics: [{ ...topics[0], private: true }] }));
    expect([publicCopies(), keptCopies().length]).toEqual([[], 1]);
  });
});

describe('where less of an article may be shown than before', () => {
  const narrow = { source: { republish: 'excerpt' } };

  test('its copies go at once', async () => {
    await world.cycle(world.order());
    expect(keptCopies()).toHaveLength(3);
    await world.cycle(world.order(narrow));
    expect([namedCopies().size, publicCopies(), keptCopies()]).toEqual([0, [], []]);
    await world.cycle(world.order());
    await world.cycle(world.order());
    expect([namedCopies().size, publicCopies().length]).toEqual([3, 3]);
  });

  test('its copies go out of closed archives too', async () => {
    world.articles = [{ lead: 'lead.png' }, { lead: 'other.png' }, { within: ['harbour.jpg'] }];
    const topic = { maxEntries: 1 };
    await world.cycle(world.order({ topic }));
    expect(world.paths('output').filter((path) => path.startsWith('feeds/world/archive/'))).not.toEqual([]);
    await world.cycle(world.order({ topic, ...narrow }));
    expect([namedCopies().size, publicCopies(), keptCopies()]).toEqual([0, [], []]);
  });

  test('its copies go as well where pictures are shown from their publishers by now', async () => {
    await world.cycle(world.order());
    await world.cycle(world.order({ site: { images: 'hotlink' }, ...narrow }));
    expect([namedCopies().size, publicCopies(), keptCopies()]).toEqual([0, [], []]);
  });

  test('its copies go when its page begins to ask that nobody keeps any', async () => {
    const page = (robots: string): string =>
      `<!doctype html><html><head><title>A bridge</title><meta name="robots" content="${robots}"></head><body><article><h1>A bridge</h1><p>${'The bridge over the harbour is open again. '.repeat(30)}</p><img src="${world.url('harbour.jpg')}" alt="A bridge"></article></body></html>`;
    world.articles = [{ lead: 'lead.png' }];
    const order = world.order({ source: { content: 'page' } });
    world.files.set('news/0', answer(page('all'), { 'content-type': 'text/html' }));
    await world.cycle(order);
    expect(keptCopies()).toHaveLength(2);
    world.files.set('news/0', answer(page('noarchive'), { 'content-type': 'text/html' }));
    world.articles = [{ lead: 'lead.png', within: ['other.png'] }];
    later(60);
    await world.cycle(order);
    expect([namedCopies().size, publicCopies(), keptCopies()]).toEqual([0, [], []]);
  });
});

describe('a kill', () => {
  test('between what is forgotten of a copy and its file leaves none behind', async () => {
    await world.cycle(world.order());
    await retract(0);
    await retract(1);
    const order = world.order();
    const killed = world.within(async (app) => {
      await app.curate(order, new AbortController().signal);
      await publishWith(app, order, (folder) => ({
        ...folder,
        remove: async () => {
          throw new Error('killed');
        },
      }));
    });
    await expect(killed).rejects.toThrow('killed');
    await world.cycle(order);
    expect([publicCopies(), keptCopies()]).toEqual([[], []]);
  });

  test('between a copy and its note leaves none behind of an article that is taken back', async () => {
    const order = world.order();
    const killed = world.within(async (app) => {
      for await (const _ of app.refresh(order, 'all', new AbortController().signal));
      await app.curate(order, new AbortController().signal);
      const { images } = app.store;
      const save = async (): Promise<void> => {
        throw new Error('killed');
      };
      const copy = openImageCopier({
        store: Object.assign(Object.create(app.store) as typeof app.store, { images: { ...images, save } }),
        folder: imageFolder(() => openOutput(imagesIn(join(world.folder, 'data')))),
        fetchImage: async () => ({
          kind: 'fetched',
          type: 'image/gif',
          ending: 'gif',
          width: 30,
          height: 20,
          body: gif(30, 20),
        }),
        clock: app.clock,
        log: silentLog,
        mostBytes: 1_000_000,
      });
      await copy(order, { withinMs: 60_000 }, new AbortController().signal);
    });
    await expect(killed).rejects.toThrow('killed');
    await world.run(['retract', '--source', 'harbour', '--yes']);
    await world.cycle(order);
    expect([publicCopies(), keptCopies()]).toEqual([[], []]);
  });
});

test('a picture that comes when its article is taken back is kept no more', async () => {
  const order = world.order();
  await world.within(async (app) => {
    for await (const _ of app.refresh(order, 'all', new AbortController().signal));
    await app.curate(order, new AbortController().signal);
    const folder = imageFolder(() => openOutput(imagesIn(join(world.folder, 'data'))));
    const copy = openImageCopier({
      store: app.store,
      folder,
      async fetchImage() {
        await world.run(['retract', '--source', 'harbour', '--yes']);
        await app.curate(order, new AbortController().signal);
        await app.publish(order, new AbortController().signal);
        return { kind: 'fetched', type: 'image/gif', ending: 'gif', width: 30, height: 20, body: gif(30, 20) };
      },
      clock: app.clock,
      log: silentLog,
      mostBytes: 1_000_000,
    });
    await copy(order, { withinMs: 60_000 }, new AbortController().signal);
  });
  expect([publicCopies(), keptCopies()]).toEqual([[], []]);
});

describe('where the folder of copies cannot be written to', () => {
  /** Files where the folders should be: no right is needed for that, nor hindered by any. */
  const block = (): void => {
    mkdirSync(join(world.folder, 'data/images'), { recursive: true });
    for (let number = 0; number < 256; number++)
      writeFileSync(join(world.folder, 'data/images', number.toString(16).padStart(2, '0')), '');
  };

  test('news are published all the same, with the pictures of their publishers', async () => {
    block();
    const { published } = await world.cycle(world.order());
    expect(published.written).toContain('feeds/world.atom');
    expect([namedCopies().size, publicCopies()]).toEqual([0, []]);
    rmSync(join(world.folder, 'data/images'), { recursive: true });
    await world.cycle(world.order());
    expect(namedCopies().size).toBe(3);
  });

  test('what was taken back is gone from pages and feeds all the same', async () => {
    await world.cycle(world.order());
    await retract(0);
    const order = world.order();
    await world.within(async (app) => {
      await app.curate(order, new AbortController().signal);
      await publishWith(app, order, (folder) => ({
        ...folder,
        remove: () => openOutput('/dev/null/images').then(() => {}),
      }));
    });
    expect(world.published().get('feeds/world.json')).not.toContain(world.url('news/0'));
    expect(publicCopies()).toHaveLength(1);
    // The next publication takes up what was left.
    world.articles = [...world.articles, {}];
    await world.cycle(order);
    expect(keptCopies()).toHaveLength(1);
  });
});

test('sites that take over entries are told no copy that is not published yet', async () => {
  world.files.set('lead.png', answer('busy', {}, 503));
  const order = world.order();
  await world.cycle(order);
  world.files.set('lead.png', PICTURE);
  later(20);
  await world.within(async (app) => {
    const list = openListEntries({ store: app.store, orderNow: () => order });
    await app.copyImages(order, { withinMs: 60_000 }, new AbortController().signal);
    const told = await list({ topicId: 'world', since: null, limit: 100 });
    const named = JSON.stringify(told).match(/images\/[\w/]+\.\w+/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !publicCopies().includes(path))).toEqual([]);
  });
});

describe('publishers', () => {
  const missedAs = async (environment: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
    const { images, published } = await world.cycle(world.order(), environment);
    expect(published.refused).toEqual([]);
    return Object.keys(images.missed);
  };

  test.each([
    ['that lead into a private network', redirect(302, 'http://10.0.0.1/lead.png'), 'fetch-refused-address'],
    ['that lead to the keeper of secrets', redirect(302, 'http://169.254.169.254/'), 'fetch-refused-address'],
    ['that lead out of the web', redirect(302, 'file:///etc/passwd'), 'fetch-bad-address'],
    ['whose picture never ends', { kind: 'endless', body: 'GIF89a'.repeat(200) } as const, 'fetch-too-large'],
    [
      'whose picture is little on the way and much when it is unpacked',
      answer(gzipSync(Buffer.concat([gif(300, 200), Buffer.alloc(5_000_000)])), { 'content-encoding': 'gzip' }),
      'fetch-too-large',
    ],
    ['whose picture breaks off', { kind: 'cut', body: 'GIF89a' } as const, 'fetch-broken-off'],
    ['that send nothing at all', answer(''), 'image-unshowable'],
    [
      'that call a picture of another format AVIF',
      answer(bytesOf([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic')),
      'image-unshowable',
    ],
    [
      'that ask robots by their names, ours among them',
      answer(gif(300, 200), { 'x-robots-tag': 'tributary: noarchive' }),
      'image-not-to-be-kept',
    ],
  ])('%s', async (_, play, code) => {
    world.files.set('lead.png', play);
    expect(await missedAs({ TRIBUTARY_MAX_IMAGE_BYTES: '100000' })).toEqual([code]);
    expect(keptCopies()).toHaveLength(2);
  });

  test('that ask us to wait are not asked for all their other pictures, nor sooner than they say', async () => {
    const names = Array.from({ length: 60 }, (_, number) => `p${number}.png`);
    world.articles = [{ within: names }];
    for (const name of names) world.files.set(name, answer('slow down', { 'retry-after': '7200' }, 429));
    await world.cycle(world.order());
    const asked = (): number => Object.values(world.asked()).reduce((sum, count) => sum + count, 0);
    const first = asked();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(8);
    later(60);
    await world.cycle(world.order());
    expect(asked()).toBe(first);
    for (const name of names) world.files.set(name, PICTURE);
    later(61);
    await world.cycle(world.order());
    expect(keptCopies()).toHaveLength(1);
    expect(new Set(Object.keys(world.asked())).size).toBe(60);
  });

  test('whose picture is a page too are served as the picture alone', async () => {
    const both = bytesOf(gif(300, 200), '<script>alert(1)</script>');
    world.files.set('lead.png', answer(both, { 'content-type': 'text/html' }));
    await world.cycle(world.order());
    expect(publicCopies().filter((path) => path.endsWith('.gif'))).toHaveLength(2);
  });

  test('that change a picture are shown as they were when it was copied', async () => {
    await world.cycle(world.order());
    const before = world.published();
    world.files.set('lead.png', answer(png(20, 20)));
    later(60);
    await world.cycle(world.order());
    expect(world.published()).toEqual(before);
  });
});

describe('a closed archive', () => {
  const topic = { maxEntries: 1 };

  test('shows its pictures whatever becomes of the articles', async () => {
    world.articles = [{ lead: 'lead.png' }, { lead: 'other.png' }, { within: ['harbour.jpg'] }, {}];
    await world.cycle(world.order({ topic }));
    const archives = (): readonly string[] =>
      [...world.published()].filter(([path]) => path.includes('/archive/')).map(([, text]) => text);
    expect(archives().join('')).toContain('/images/');
    expectNoBrokenPicture();
    // The publisher has another lead image.
    world.files.set('new.png', answer(gif(64, 64)));
    world.articles = [{ lead: 'new.png' }, { lead: 'new.png' }, { within: ['new.png'] }, {}];
    later(60);
    await world.cycle(world.order({ topic }));
    expectNoBrokenPicture();
    await world.cycle(world.order({ topic, site: { images: 'hotlink' } }));
    expectNoBrokenPicture();
    // Sorted otherwise, renamed, and without its source.
    await world.cycle(world.order({ topic: { ...topic, match: { any: ['nothing of the kind'] } } }));
    expectNoBrokenPicture();
    await world.cycle(
      world.order({
        topics: [{ id: 'earth', title: 'Earth', formerly: ['world'], ...topic }],
        source: { topics: ['earth'] },
      }),
    );
    expectNoBrokenPicture();
  });
});
