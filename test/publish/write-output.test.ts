import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../src/support/hash.ts';
import { openOutput } from '../../src/publish/write-output.ts';

let folder: string;
let dir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-'));
  dir = join(folder, 'output');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const unwritable = (says: string): unknown =>
  expect.objectContaining({ code: 'output-unwritable', message: expect.stringContaining(says) });

describe('writing', () => {
  test('makes the folders, and the file as a whole', async () => {
    const output = await openOutput(dir, { flush: 'each-file' });
    expect(await output.write('articles/2026/11/a.html', 'größer')).toBe('written');
    expect(readFileSync(join(dir, 'articles/2026/11/a.html'), 'utf8')).toBe('größer');
    expect(readdirSync(join(dir, 'articles/2026/11'))).toEqual(['a.html']);
    expect(await output.exists('articles/2026/11/a.html')).toBe(true);
    expect(Buffer.from((await output.read('articles/2026/11/a.html')) ?? []).toString()).toBe('größer');
  });

  test('leaves a file alone that holds the same bytes', async () => {
    const output = await openOutput(dir);
    await output.write('index.html', 'same');
    const { ino, mtimeMs } = statSync(join(dir, 'index.html'));
    expect(await output.write('index.html', new TextEncoder().encode('same'))).toBe('unchanged');
    expect(statSync(join(dir, 'index.html'))).toMatchObject({ ino, mtimeMs });
    expect(await output.write('index.html', 'sane')).toBe('written');
    expect(readFileSync(join(dir, 'index.html'), 'utf8')).toBe('sane');
  });

  test('replaces by rename: who reads the old file reads all of it', async () => {
    const output = await openOutput(dir);
    await output.write('a.json', 'old');
    const { ino } = statSync(join(dir, 'a.json'));
    await output.write('a.json', 'new');
    expect(statSync(join(dir, 'a.json')).ino).not.toBe(ino);
  });

  test('removes a file and the folders that it leaves empty, but not the others', async () => {
    const output = await openOutput(dir);
    await output.write('a/b/c.html', 'c');
    await output.write('a/d.html', 'd');
    await output.remove('a/b/c.html');
    await output.remove('a/b/c.html');
    await output.remove('x/y/z.html');
    expect(readdirSync(dir, { recursive: true })).toEqual(['a', join('a', 'd.html')]);
    await output.remove('a/d.html');
    expect(readdirSync(dir)).toEqual([]);
    expect(existsSync(dir)).toBe(true);
  });

  test('answers null and false for what is not there', async () => {
    const output = await openOutput(dir);
    await output.write('a', 'a file');
    expect(await output.read('b/c')).toBeNull();
    expect(await output.exists('b/c')).toBe(false);
    expect(await output.exists('a/c')).toBe(false);
  });
});

describe('paths', () => {
  test.each([
    '',
    '/etc/passwd',
    '../a',
    'a/../b',
    'a//b',
    'a/',
    './a',
    '.htaccess',
    'a/.b',
    'a.',
    'A.html',
    'a b',
    'a\\b',
    'ä.html',
    'c:/a',
    'a\u0000b',
    'a\n',
    'x'.repeat(201),
    'a/'.repeat(600),
  ])('%j is none', async (path) => {
    const output = await openOutput(dir);
    await expect(output.write(path, 'a')).rejects.toThrow('no path for a published file');
    await expect(output.remove(path)).rejects.toThrow(RangeError);
    await expect(output.read(path)).rejects.toThrow(RangeError);
    await expect(output.exists(path)).rejects.toThrow(RangeError);
    expect(readdirSync(folder)).toEqual(['output']);
  });
});

describe('symbolic links', () => {
  test('a folder that leads elsewhere is refused, for reading as for writing', async () => {
    const output = await openOutput(dir);
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'a.html'), 'theirs');
    symlinkSync(outside, join(dir, 'articles'));
    await expect(output.write('articles/a.html', 'ours')).rejects.toEqual(unwritable('symbolic link'));
    await expect(output.write('articles/new/a.html', 'ours')).rejects.toEqual(unwritable('symbolic link'));
    await expect(output.remove('articles/a.html')).rejects.toEqual(unwritable('symbolic link'));
    await expect(output.read('articles/a.html')).rejects.toEqual(unwritable('symbolic link'));
    expect(readdirSync(outside)).toEqual(['a.html']);
    expect(readFileSync(join(outside, 'a.html'), 'utf8')).toBe('theirs');
  });

  test('a link in the place of a file gives way to the file', async () => {
    const output = await openOutput(dir);
    const outside = join(folder, 'secret');
    writeFileSync(outside, 'theirs');
    symlinkSync(outside, join(dir, 'a.html'));
    expect(await output.exists('a.html')).toBe(false);
    expect(await output.read('a.html')).toBeNull();
    expect(await output.write('a.html', 'theirs')).toBe('written');
    expect(readFileSync(outside, 'utf8')).toBe('theirs');
    expect(statSync(join(dir, 'a.html')).ino).not.toBe(statSync(outside).ino);
  });

  test('the output folder itself may be one', async () => {
    mkdirSync(join(folder, 'www'));
    symlinkSync(join(folder, 'www'), dir);
    const output = await openOutput(dir);
    expect(await output.write('a/b.html', 'b')).toBe('written');
    expect(readFileSync(join(folder, 'www', 'a', 'b.html'), 'utf8')).toBe('b');
  });
});

describe('what cannot be written', () => {
  test('a folder in the place of the file: the reason is told, and nothing is left over', async () => {
    const output = await openOutput(dir);
    mkdirSync(join(dir, 'index.html'));
    await expect(output.write('index.html', 'a')).rejects.toEqual(
      unwritable('a folder stands where the file should be'),
    );
    expect(readdirSync(dir)).toEqual(['index.html']);
  });

  test('a file in the place of a folder', async () => {
    const output = await openOutput(dir);
    await output.write('a', 'a file');
    await expect(output.write('a/b.html', 'b')).rejects.toEqual(unwritable('a file stands where a folder should be'));
    expect(readFileSync(join(dir, 'a'), 'utf8')).toBe('a file');
  });

  test('an output folder that cannot be made', async () => {
    writeFileSync(join(folder, 'file'), 'a');
    await expect(openOutput(join(folder, 'file', 'output'))).rejects.toEqual(unwritable('a file stands where'));
  });

  // Root may write anywhere.
  const unlessRoot = process.getuid?.() === 0 ? test.skip : test;
  unlessRoot('a folder of somebody else: the old file stays whole', async () => {
    const output = await openOutput(dir);
    await output.write('a.html', 'old');
    chmodSync(dir, 0o555);
    await expect(output.write('a.html', 'new')).rejects.toEqual(unwritable('may not write there'));
    chmodSync(dir, 0o755);
    expect(readFileSync(join(dir, 'a.html'), 'utf8')).toBe('old');
  });

  // A device that is always full stands for a full disk.
  const withFullDisk = existsSync('/dev/full') ? test : test.skip;
  withFullDisk('a full disk is told in words, with the path', async () => {
    const { orUnwritable } = await import('../../src/publish/unwritable.ts');
    const { open } = await import('node:fs/promises');
    const work = async (): Promise<void> => {
      const full = await open('/dev/full', 'w');
      try {
        await full.writeFile('a');
      } finally {
        await full.close();
      }
    };
    await expect(orUnwritable('feeds/world.atom', work)).rejects.toEqual(
      unwritable('feeds/world.atom: the disk is full'),
    );
  });

  test('a fault of the program is not taken for the disk’s', async () => {
    const { orUnwritable } = await import('../../src/publish/unwritable.ts');
    await expect(orUnwritable('a', () => Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError);
  });
});

describe('opening', () => {
  // No process has a number as high as that.
  const GONE = 99_999_999;
  const HERE = sha256(hostname()).slice(0, 8);
  const temporary = (pid: number, ageMinutes: number, where = dir, host = HERE): string => {
    const name = `.tributary-${host}-${pid}-${String(ageMinutes).padStart(16, '0')}.part`;
    writeFileSync(join(where, name), 'half');
    const then = new Date(statSync(join(where, name)).mtimeMs - ageMinutes * 60_000);
    utimesSync(join(where, name), then, then);
    return name;
  };

  test('clears away what a killed process left, and nothing else', async () => {
    mkdirSync(join(dir, 'a'), { recursive: true });
    temporary(GONE, 0, join(dir, 'a'));
    temporary(GONE, 11, dir, '00000000');
    temporary(GONE, 11);
    temporary(process.pid, 11);
    temporary(process.ppid, 11);
    const foreign = ['.htaccess', '.tributary-1.part', '.tributary-00000000-99999999-3.part.bak'];
    for (const name of foreign) {
      writeFileSync(join(dir, name), 'the operator’s');
      utimesSync(join(dir, name), 0, 0);
    }
    await openOutput(dir);
    expect(readdirSync(dir).toSorted()).toEqual([...foreign, 'a'].toSorted());
    expect(readdirSync(join(dir, 'a'))).toEqual([]);
  });

  test('leaves alone what may be being written: by a process of our own number, one that runs, or one in another container', async () => {
    mkdirSync(dir);
    const written = [temporary(process.pid, 9), temporary(process.ppid, 9), temporary(GONE, 9, dir, '00000000')];
    await openOutput(dir);
    expect(readdirSync(dir).toSorted()).toEqual(written.toSorted());
  });
});
