import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overlayOutput, type OverlayOutput } from '../../src/publish/overlay-output.ts';
import { openOutput, openOutputToRead } from '../../src/publish/write-output.ts';
import { treeOf } from '../../bench/support/output-tree.ts';

let folder: string;
let below: string;
let output: OverlayOutput;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-overlay-'));
  below = join(folder, 'below');
  const there = await openOutput(below);
  await there.write('a.html', 'a');
  await there.write('feeds/b.atom', 'b');
  output = overlayOutput(await openOutputToRead(below), await openOutput(join(folder, 'above')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = async (path: string): Promise<string | null> => {
  const bytes = await output.read(path);
  return bytes === null ? null : Buffer.from(bytes).toString();
};

test('what is written and removed is seen, and what lies below stays as it is', async () => {
  const before = treeOf(below);
  expect(await output.write('a.html', 'A')).toBe('written');
  expect(await output.write('a.html', 'A')).toBe('unchanged');
  expect(await output.write('new/c.html', 'c')).toBe('written');
  await output.remove('feeds/b.atom');
  expect([await read('a.html'), await read('new/c.html'), await read('feeds/b.atom')]).toEqual(['A', 'c', null]);
  expect([await output.exists('a.html'), await output.exists('feeds/b.atom')]).toEqual([true, false]);
  expect(output.changes()).toEqual({ written: ['a.html', 'new/c.html'], removed: ['feeds/b.atom'] });
  expect(treeOf(below)).toEqual(before);
});

test('what is as it was in the end is no change, whatever it was in between', async () => {
  expect(await output.write('a.html', 'a')).toBe('unchanged');
  await output.write('a.html', 'A');
  expect(await output.write('a.html', 'a')).toBe('written');
  await output.remove('feeds/b.atom');
  expect(await output.write('feeds/b.atom', 'b')).toBe('written');
  await output.write('c.html', 'c');
  await output.remove('c.html');
  expect(output.changes()).toEqual({ written: [], removed: [] });
  expect([await read('a.html'), await read('feeds/b.atom'), await read('c.html')]).toEqual(['a', 'b', null]);
  expect(readdirSync(join(folder, 'above'))).toEqual([]);
});

test('a folder that is not there is empty, and is not made', async () => {
  const nothing = await openOutputToRead(join(folder, 'nowhere'));
  expect([await nothing.exists('a.html'), await nothing.read('a.html')]).toEqual([false, null]);
  expect(readdirSync(folder).toSorted()).toEqual(['above', 'below']);
});
