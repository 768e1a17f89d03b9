import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
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
import { editSourcesFile, type Change, type EditOutcome } from '../../../src/config/edit/edit-file.ts';
import type { Clock } from '../../../src/support/clock.ts';
import { systemClock } from '../../../src/support/clock.ts';

const LIST = `{
  "site": { "title": "The Tide", "url": "https://tide.example/" },
  "topics": [],
  "sources": [{ "id": "a", "title": "A", "url": "https://a.example/feed",   "note": "kept   as it is" }]
}
`;

let room: string;
let file: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-edit-'));
  file = join(room, 'sources.json');
  writeFileSync(file, LIST);
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

const signal = new AbortController().signal;
const judges = { scheduleFault: () => null, selectorFault: () => null };
/** One whose time passes at once. */
const hurried: Clock = { ...systemClock(), sleep: async () => undefined };

function edit(
  change: Change,
  given: { readonly at?: string; readonly pid?: number; readonly clock?: Clock } = {},
): Promise<EditOutcome> {
  const { at = file, pid = process.pid, clock = hurried } = given;
  return editSourcesFile({ judges, clock, pid }, { file: at, change }, signal);
}

const adding =
  (id: string): Change =>
  (document) => ({
    ...document,
    sources: [...document.sources!, { id, title: id, url: `https://${id}.example/feed` }],
  });

const read = (): string => readFileSync(file, 'utf8');
const idsIn = (text: string): string[] =>
  (JSON.parse(text) as { sources: { id: string }[] }).sources.map(({ id }) => id);

test('an edit changes its place alone, and the version before is kept', async () => {
  chmodSync(file, 0o640);
  expect(await edit(adding('b'))).toMatchObject({ kind: 'written', previous: `${file}.previous` });
  expect(read()).toBe(
    LIST.replace('as it is" }]', 'as it is" }, { "id": "b", "title": "b", "url": "https://b.example/feed" }]'),
  );
  expect(readFileSync(`${file}.previous`, 'utf8')).toBe(LIST);
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(readdirSync(room).toSorted()).toEqual(['sources.json', 'sources.json.previous']);
});

test('an edit that changes nothing, one that cannot be and one that would be faulty leave the file as it is', async () => {
  expect(await edit((document) => document)).toEqual({ kind: 'unchanged' });
  expect(await edit(() => ({ refusal: 'no' }))).toEqual({ kind: 'refused', why: 'no' });
  expect(await edit(adding('not an id'))).toMatchObject({
    kind: 'faulty',
    already: false,
    faults: [{ path: 'sources[1].id' }, { path: 'sources[1].url' }],
  });
  expect([read(), readdirSync(room)]).toEqual([LIST, ['sources.json']]);
});

test.each([
  ['emptied', ''],
  ['half written', LIST.slice(0, 90)],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
])('a file that is %s is told of and stays', async (_, content) => {
  writeFileSync(file, content);
  expect(await edit(adding('b'))).toMatchObject({ kind: 'faulty', already: true });
  expect(readFileSync(file)).toEqual(Buffer.from(content));
});

test('a file that is not there, or a folder, is told of', async () => {
  mkdirSync(join(room, 'folder'));
  expect(await edit(adding('b'), { at: join(room, 'none.json') })).toEqual({
    kind: 'failed',
    why: 'does not exist; make one (README.md shows how) or name another with --sources FILE',
  });
  expect(await edit(adding('b'), { at: join(room, 'folder') })).toEqual({
    kind: 'failed',
    why: 'is a folder; name the file with --sources FILE',
  });
});

test('a link stays one, and what it leads to is changed', async () => {
  const link = join(room, 'link.json');
  symlinkSync('sources.json', link);
  expect(await edit(adding('b'), { at: link })).toMatchObject({ kind: 'written' });
  expect([lstatSync(link).isSymbolicLink(), idsIn(read())]).toEqual([true, ['a', 'b']]);
});

describe('several at once', () => {
  test('take turns: each finds what those before it did', async () => {
    const ids = ['b', 'c', 'd', 'e', 'f', 'g'];
    const outcomes = await Promise.all(ids.map((id) => edit(adding(id), { clock: systemClock() })));
    expect(outcomes.map(({ kind }) => kind)).toEqual(ids.map(() => 'written'));
    expect(idsIn(read()).toSorted()).toEqual(['a', ...ids]);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test('and an editor that saves in between: its change is there too', async () => {
    let calls = 0;
    const outcome = await edit((document, order) => {
      if (calls++ === 0) writeFileSync(file, LIST.replace('The Tide', 'The Other Tide'));
      return adding('b')(document, order);
    });
    expect([outcome.kind, calls, idsIn(read())]).toEqual(['written', 2, ['a', 'b']]);
    expect(read()).toContain('The Other Tide');
  });

  test('a file that never rests is left alone', async () => {
    let calls = 0;
    const outcome = await edit((document, order) => {
      writeFileSync(file, LIST.replace('The Tide', `The Tide ${calls++}`));
      return adding('b')(document, order);
    });
    expect(outcome).toEqual({
      kind: 'failed',
      why: 'is changed by others again and again; nothing was changed by this command',
    });
    expect([idsIn(read()), readdirSync(room)]).toEqual([['a'], ['sources.json']]);
  });

  test('whoever holds it for long is named', async () => {
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: process.pid, host: hostname(), token: 'other' }));
    expect(await edit(adding('b'))).toEqual({
      kind: 'failed',
      why: `is being edited by process ${process.pid} on ${hostname()}; if that is not so, remove ${file}.lock`,
    });
    expect(read()).toBe(LIST);
  });

  test('what a program left that is no more is taken over, by one of many, and nothing is lost', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (let round = 0; round < 10; round++) {
      writeFileSync(file, LIST);
      writeFileSync(`${file}.lock`, JSON.stringify({ pid, host: hostname(), token: `old ${round}` }));
      writeFileSync(join(room, `.sources.json.new.${pid}`), 'left over');
      const ids = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
      const outcomes = await Promise.all(ids.map((id) => edit(adding(id), { clock: systemClock() })));
      expect(outcomes.map(({ kind }) => kind)).toEqual(ids.map(() => 'written'));
      expect(idsIn(read()).toSorted()).toEqual(['a', ...ids]);
      const left = readdirSync(room).filter((name) => !/^sources\.json(?:\.previous(?:-\d+)?)?$/.test(name));
      expect(left).toEqual([]);
    }
  });

  test('a lock of another machine, or an empty one, holds for as long as an edit could take', async () => {
    const lock = `${file}.lock`;
    for (const content of ['', JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' })]) {
      writeFileSync(lock, content);
      expect(await edit(adding('b'))).toMatchObject({ kind: 'failed' });
      utimesSync(lock, new Date(0), new Date(0));
      expect(await edit(adding('b'))).toMatchObject({ kind: 'written' });
      writeFileSync(file, LIST);
    }
  });

  test('a lock that somebody has removed meanwhile does not spoil an edit that is done', async () => {
    const outcome = await edit((document, order) => {
      rmSync(`${file}.lock`);
      return adding('b')(document, order);
    });
    expect([outcome.kind, idsIn(read())]).toEqual(['written', ['a', 'b']]);
  });
});
