import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { articleOf, bring, LIST, NOW, openPlace, writeList, type Place } from './upkeep-room.ts';

let place: Place & Disposable;
beforeEach(async () => {
  place = openPlace();
  writeList(place, LIST);
  await place.inStore((store) =>
    bring(
      store,
      [0, 1, 2, 3, 4].map((number) => articleOf(number)),
    ),
  );
});
afterEach(() => place[Symbol.dispose]());

const reportOf = async (...args: readonly string[]) => {
  const { code, out } = await place.run('publish', '--json', ...args);
  return { code, ...(JSON.parse(out) as { readonly written: string[]; readonly unchanged: number; sorted: object }) };
};

test('what is stored is sorted and published, and no source is asked', async () => {
  const first = await reportOf();
  expect(first).toMatchObject({ code: 0, ok: true, sorted: { published: 5 } });
  expect(first.written).toEqual(
    expect.arrayContaining(['index.html', 'feeds/world.atom', 'feeds/world/archive/1.atom']),
  );
  expect(await place.inStore((store) => store.sourceStates())).toMatchObject(
    new Map([['harbour', expect.objectContaining({ checkedAt: null })]]),
  );
  expect(await reportOf()).toMatchObject({ code: 0, written: [], removed: [] });
});

test('what was taken back is gone at once', async () => {
  await reportOf();
  const { title, id } = articleOf(1);
  expect(await place.run('retract', id)).toMatchObject({ code: 0 });
  await reportOf();
  expect([...place.files('output').values()].some((text) => text.includes(title))).toBe(false);
});

test('all documents are made anew where that is wanted, and those that were altered are put right', async () => {
  await reportOf();
  const page = join(place.output, 'index.html');
  const archive = join(place.output, 'feeds/world/archive/1.atom');
  const before = readFileSync(page, 'utf8');
  const untouched = statSync(join(place.output, 'feeds/world.rss')).mtimeMs;
  writeFileSync(page, 'altered by others');
  const closed = readFileSync(archive, 'utf8');
  expect((await reportOf()).written).toEqual([]);
  expect((await reportOf('--anew')).written).toEqual(['index.html']);
  expect(readFileSync(page, 'utf8')).toBe(before);
  expect(readFileSync(archive, 'utf8')).toBe(closed);
  expect(statSync(join(place.output, 'feeds/world.rss')).mtimeMs).toBe(untouched);
});

test('status tells of the program, its database and the last publication', async () => {
  const before = await place.run('status');
  expect(before.out).toContain('published last: never');
  await reportOf();
  const { out } = await place.run('status');
  expect(out).toMatch(/^version: \d+\.\d+\.\d+, with SQLite of \d+\.\d MB$/m);
  expect(out).toMatch(new RegExp(`^published last: ${NOW}; \\d+ files$`, 'm'));
  expect(out).toContain('oldest of 5 articles kept: 2026-11-20T06:00:00Z');
  const status = JSON.parse((await place.run('status', '--json')).out) as object;
  expect(status).toMatchObject({
    version: expect.stringMatching(/^\d/),
    schema: expect.stringMatching(/^\d{4}-/),
    database: { kind: 'sqlite', articles: 5, oldestArticle: '2026-11-20T06:00:00Z' },
    lastPublication: { at: NOW, refused: 0 },
  });
});
