import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { openKeptFiles, type KeptFiles, type PublishedFile } from '../../src/web/kept-files.ts';
import { handClock, type HandClock } from '../support/hand-clock.ts';

const room = mkdtempSync(join(tmpdir(), 'tributary-kept-'));
const root = join(room, 'output');
let clock: HandClock;
let files: KeptFiles;
let read: string[];

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'feeds'), { recursive: true });
  clock = handClock();
  read = [];
  files = openKeptFiles(clock, { onNewVersion: ({ path }) => read.push(path) });
});
afterAll(() => rmSync(room, { recursive: true }));

const put = (path: string, text: string): void => {
  writeFileSync(join(root, `${path}.part`), text);
  renameSync(join(root, `${path}.part`), join(root, path));
};
const found = async (path: string): Promise<PublishedFile> => (await files.find(root, path)) as PublishedFile;
const textOf = async (path: string): Promise<string> => Buffer.from((await found(path)).bytes!).toString();

describe('a file', () => {
  test('is looked at once a second, and read when it is another', async () => {
    put('feeds/a.atom', 'one');
    expect(await textOf('feeds/a.atom')).toBe('one');
    put('feeds/a.atom', 'two');
    expect([await textOf('feeds/a.atom'), files.recent(root, 'feeds/a.atom')?.size]).toEqual(['one', 3]);
    await clock.advance(1000);
    expect(files.recent(root, 'feeds/a.atom')).toBeNull();
    expect(await textOf('feeds/a.atom')).toBe('two');
    await clock.advance(5000);
    expect([await textOf('feeds/a.atom'), read]).toEqual(['two', ['feeds/a.atom', 'feeds/a.atom']]);
  });

  test('of the same size and the same date is another all the same', async () => {
    put('feeds/a.atom', 'one');
    utimesSync(join(root, 'feeds/a.atom'), 1e9, 1e9);
    expect(await textOf('feeds/a.atom')).toBe('one');
    put('feeds/a.atom', 'two');
    utimesSync(join(root, 'feeds/a.atom'), 1e9, 1e9);
    await clock.advance(1000);
    expect(await textOf('feeds/a.atom')).toBe('two');
  });

  test('is looked at at once when something was published, also by those who come while somebody looks', async () => {
    put('feeds/a.atom', 'one');
    await found('feeds/a.atom');
    await clock.advance(1000);
    const looking = textOf('feeds/a.atom');
    put('feeds/a.atom', 'two');
    files.lookAgain();
    expect(files.recent(root, 'feeds/a.atom')).toBeNull();
    expect(await textOf('feeds/a.atom')).toBe('two');
    await looking;
    expect(await textOf('feeds/a.atom')).toBe('two');
  });

  test('that is taken away is gone, and found when it is back', async () => {
    put('feeds/a.atom', 'one');
    await found('feeds/a.atom');
    rmSync(join(root, 'feeds/a.atom'));
    await clock.advance(1000);
    expect(await files.find(root, 'feeds/a.atom')).toBeNull();
    put('feeds/a.atom', 'back');
    expect(await textOf('feeds/a.atom')).toBe('back');
  });

  test('is read once for a hundred who ask at the same time, and packed once', async () => {
    put('feeds/a.atom', 'news '.repeat(1000));
    const all = await Promise.all(Array.from({ length: 100 }, () => found('feeds/a.atom')));
    const packed = await Promise.all(all.map((file) => file.pack('br')));
    expect([read.length, new Set(packed).size]).toEqual([1, 1]);
    expect(brotliDecompressSync(packed[0]!).toString()).toBe('news '.repeat(1000));
  });

  test('has a tag of its bytes alone: the same under another name, in another folder, after a restart', async () => {
    put('feeds/a.atom', 'one');
    const { digest } = await found('feeds/a.atom');
    await clock.advance(10_000);
    const again = openKeptFiles(clock);
    put('feeds/b.atom', 'one');
    const other = (await again.find(root, 'feeds/b.atom')) as PublishedFile;
    expect([other.digest, digest.length]).toEqual([digest, 22]);
  });
});

describe('memory', () => {
  test('is given back by what was not asked for the longest', async () => {
    const MB = 1024 * 1024;
    for (let number = 0; number < 24; number++) {
      put(`feeds/${number}.atom`, 'a'.repeat(3 * MB));
      await found(`feeds/${number}.atom`);
    }
    const kept = Array.from({ length: 24 }, (_, number) => files.recent(root, `feeds/${number}.atom`)).filter(Boolean);
    expect(kept.length).toBe(21);
    expect(files.recent(root, 'feeds/23.atom')).not.toBeNull();
  });

  test('holds no large file: it is opened for each answer, and only while it is the same', async () => {
    put('feeds/large.mp3', 'a'.repeat(5 * 1024 * 1024));
    const file = await found('feeds/large.mp3');
    expect([file.bytes, file.size, files.recent(root, 'feeds/large.mp3')]).toEqual([null, 5 * 1024 * 1024, null]);
    const opened = (await file.open())!;
    expect((await opened.stat()).size).toBe(file.size);
    await opened.close();
    put('feeds/large.mp3', 'b'.repeat(5 * 1024 * 1024));
    expect(await file.open()).toBeNull();
    expect((await found('feeds/large.mp3')).digest).not.toBe(file.digest);
  });
});

describe('not found', () => {
  test('a link to a file outside, a folder behind a link, and a link that a file turns into', async () => {
    writeFileSync(join(room, 'secret'), 'secret');
    mkdirSync(join(room, 'elsewhere'), { recursive: true });
    writeFileSync(join(room, 'elsewhere/a.atom'), 'elsewhere');
    symlinkSync(join(room, 'secret'), join(root, 'feeds/link.atom'));
    symlinkSync(join(room, 'elsewhere'), join(root, 'away'));
    put('feeds/turns.atom', 'one');
    expect(await textOf('feeds/turns.atom')).toBe('one');
    rmSync(join(root, 'feeds/turns.atom'));
    symlinkSync(join(room, 'secret'), join(root, 'feeds/turns.atom'));
    await clock.advance(1000);
    for (const path of ['feeds/link.atom', 'away/a.atom', 'feeds/turns.atom', 'feeds/nothing.atom'])
      expect([path, await files.find(root, path)]).toEqual([path, null]);
  });

  test('a pipe, which nobody waits for', async () => {
    execFileSync('mkfifo', [join(root, 'feeds/pipe.atom')]);
    expect(await files.find(root, 'feeds/pipe.atom')).toBeNull();
  });
});

test('the folder itself may be a link, and may be changed for another', async () => {
  put('feeds/a.atom', 'one');
  mkdirSync(join(room, 'second/feeds'), { recursive: true });
  writeFileSync(join(room, 'second/feeds/a.atom'), 'two');
  const link = join(room, 'current');
  symlinkSync(root, link);
  const text = async (): Promise<string> =>
    Buffer.from(((await files.find(link, 'feeds/a.atom')) as PublishedFile).bytes!).toString();
  expect(await text()).toBe('one');
  rmSync(link);
  symlinkSync(join(room, 'second'), link);
  await clock.advance(1000);
  expect(await text()).toBe('two');
});
