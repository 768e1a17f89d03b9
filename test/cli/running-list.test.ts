import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOrder } from '../../src/cli/read-order.ts';
import { openList } from '../../src/cli/running-list.ts';
import { openTerminal } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config/config.ts';
import { jsonLog } from '../../src/support/log.ts';

const listOf = (...ids: readonly string[]): string =>
  JSON.stringify({
    site: { title: 'The Tide', url: 'https://tide.example/' },
    topics: [],
    sources: ids.map((id) => ({ id, title: id, url: `https://${id}.example/feed` })),
  });

let room: string;
let file: string;
let said: string;
let logged: string;
let read: () => Promise<string>;
beforeEach(async () => {
  room = mkdtempSync(join(tmpdir(), 'tributary-running-'));
  file = join(room, 'sources.json');
  writeFileSync(file, listOf('a'));
  [said, logged] = ['', ''];
  const reading = readConfig({ sources: file }, {});
  if ('faults' in reading) throw new Error('the settings are right');
  const first = await readOrder(reading.config);
  if ('faults' in first) throw new Error('the list is right');
  const stream = { write: (text: string) => (said += text) };
  const log = jsonLog('error', { write: (text: string) => void (logged += text) });
  const list = openList({ config: reading.config, terminal: openTerminal(stream, stream), log }, first.order);
  read = async () => (await list.read()).sources.map(({ id }) => id).join(' ');
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

test.each<[string, () => void, string]>([
  ['emptied', () => writeFileSync(file, ''), 'the file is empty'],
  ['half written', () => writeFileSync(file, listOf('a', 'b').slice(0, 90)), 'ends in the middle'],
  ['removed', () => unlinkSync(file), 'does not exist'],
  [
    'a folder now',
    () => {
      unlinkSync(file);
      mkdirSync(file);
    },
    'is a folder',
  ],
  [
    'a link that leads nowhere now',
    () => {
      unlinkSync(file);
      symlinkSync(join(room, 'nowhere'), file);
    },
    'does not exist',
  ],
  ['no text', () => writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00])), 'is not UTF-8 text'],
])('a list that is %s leaves the running one as it is, and that is told once', async (_, spoil, told) => {
  spoil();
  expect([await read(), await read()]).toEqual(['a', 'a']);
  expect(said.split(told)).toHaveLength(2);
  expect(said.split('the list that was right before goes on')).toHaveLength(2);
  expect(logged.split('sources.json is faulty, the running list is kept')).toHaveLength(2);
  rmSync(file, { recursive: true, force: true });
  writeFileSync(file, listOf('a', 'b'));
  expect([await read(), said.includes('is right again')]).toEqual(['a b', true]);
});

test('a list that a link or another file takes the place of is read from there', async () => {
  writeFileSync(join(room, 'other.json'), listOf('c'));
  renameSync(file, join(room, 'old.json'));
  symlinkSync('other.json', file);
  expect([await read(), said]).toEqual(['c', `${file} was taken over: 1 source added, 1 source removed\n`]);
  said = '';
  writeFileSync(join(room, 'fresh.json'), listOf('d'));
  renameSync(join(room, 'fresh.json'), file);
  expect([await read(), said]).toEqual(['d', `${file} was taken over: 1 source added, 1 source removed\n`]);
});

test('what an edit changes is told once, and nothing where it changes nothing', async () => {
  const list = JSON.parse(listOf('a', 'b')) as { sources: object[]; site: object; topics: object[] };
  writeFileSync(file, JSON.stringify({ ...list, note: 'for people', topics: [{ id: 'world', title: 'World' }] }));
  expect([await read(), await read()]).toEqual(['a b', 'a b']);
  expect(said).toBe(`${file} was taken over: 1 source added, 1 topic added\n`);
  said = '';
  writeFileSync(file, JSON.stringify({ ...list, topics: [{ id: 'world', title: 'World' }] }, null, 2));
  expect([await read(), said]).toEqual(['a b', '']);
});
