import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openImagesWorld, PHOTOGRAPH, PICTURE, type ImagesWorld } from './images-world.ts';

let world: ImagesWorld;
let elsewhere: string;
beforeEach(async () => {
  world = await openImagesWorld([{ lead: 'lead.png', within: ['harbour.jpg'] }]);
  world.files.set('lead.png', PICTURE);
  world.files.set('harbour.jpg', PHOTOGRAPH);
  await world.cycle(world.order());
  elsewhere = join(world.folder, 'elsewhere');
  mkdirSync(elsewhere);
});
afterEach(async () => world[Symbol.asyncDispose]());

const imagesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\/images\/[0-9a-f]{2}$/.test(entry.parentPath))
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')]),
  );

describe('a backup', () => {
  test('holds copies of pictures, which are there again after it is restored, though they are nowhere else any more', async () => {
    const file = join(world.folder, 'backup.tar.gz');
    expect((await world.run(['backup', file])).code).toBe(0);
    world.files.clear();
    expect((await world.run(['restore', file, '--force'], {}, elsewhere)).code).toBe(0);
    expect((await world.run(['publish'], {}, elsewhere)).code).toBe(0);
    expect(imagesIn(join(elsewhere, 'output'))).toEqual(imagesIn(join(world.folder, 'output')));
    const feed = 'output/feeds/world.atom';
    rmSync(join(elsewhere, 'output'), { recursive: true });
    await world.run(['publish'], {}, elsewhere);
    expect(imagesIn(join(elsewhere, 'output'))).toEqual(imagesIn(join(world.folder, 'output')));
    expect(readFileSync(join(elsewhere, feed), 'utf8')).toBe(readFileSync(join(world.folder, feed), 'utf8'));
  });

  test('without them has them asked for again', async () => {
    const file = join(world.folder, 'backup.tar.gz');
    expect((await world.run(['backup', file, '--without-images'])).code).toBe(0);
    await world.run(['restore', file, '--force'], {}, elsewhere);
    await world.run(['publish'], {}, elsewhere);
    expect(imagesIn(join(elsewhere, 'output')).size).toBe(0);
    expect(readFileSync(join(elsewhere, 'output/feeds/world.atom'), 'utf8')).toContain(world.url('lead.png'));
    expect((await world.run(['once', '--all'], {}, elsewhere)).out).toMatch(/pictures copied +2\n/);
    expect(imagesIn(join(elsewhere, 'output'))).toEqual(imagesIn(join(world.folder, 'output')));
  });
});

describe('a plan', () => {
  test('of the list as it is changes nothing, of what is published or copied neither', async () => {
    const before = [imagesIn(world.folder), world.published()];
    const { out } = await world.run(['plan']);
    expect(out).toContain('No output would change.');
    expect([imagesIn(world.folder), world.published()]).toEqual(before);
  });

  test('shows the copies where they are to be shown no more, and asks for none', async () => {
    const before = [imagesIn(world.folder), world.published()];
    const { out } = await world.run(['plan'], { site: { images: 'hotlink' } });
    expect(out).toContain('picture');
    expect(out).toContain('site: images');
    expect([imagesIn(world.folder), world.published()]).toEqual(before);
    expect(world.asked()).toEqual({ 'lead.png': 1, 'harbour.jpg': 1 });
  });
});

test('status counts the copies, and why tells of those of an article', async () => {
  world.files.delete('harbour.jpg');
  world.articles = [{ lead: 'lead.png' }, { lead: 'gone.png' }];
  await world.cycle(world.order());
  expect((await world.run(['status'])).out).toMatch(
    /^copies of pictures: 2, 0\.0 MB; 1 to be asked for; 1 not had \(the server knows no such document \(404\)\)$/m,
  );
  const { out } = await world.run(['why', world.url('news/1')]);
  expect(out).toContain(`${world.url('gone.png')}: not copied: `);
  expect(out).toContain('asked for again at 2026-11-24T06:15:00Z');
});

test('why says so where an article may not be republished whole, and its picture is shown from where it is', async () => {
  const { out } = await world.run(['why', world.url('news/0')], { source: { republish: 'excerpt' } });
  expect(out).toContain(
    `${world.url('lead.png')}: not copied: its article may not be republished whole; it is shown from where it is`,
  );
});
