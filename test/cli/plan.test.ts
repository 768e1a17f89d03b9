import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import { processMark } from '../../src/support/own-leftovers.ts';
import { treeOf } from '../../bench/support/output-tree.ts';

// The command, before anything was ever asked for: what needs a world with news is in test/pipeline/plan.

let room: string;
beforeAll(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-plan-cli-'));
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

const LIST = {
  site: { title: 'Harbour', url: 'https://harbour.example/' },
  topics: [{ id: 'ships', title: 'Ships', match: { any: ['ferry'] } }],
  sources: [{ id: 'herald', title: 'Herald', url: 'https://herald.invalid/feed.xml' }],
};

/** Runs `plan` in a folder of its own with these lists, and says whether anything but them is there afterwards. */
async function planned(lists: Readonly<Record<string, unknown>>, ...args: string[]) {
  return plannedUntil(null, lists, ...args);
}

/** The same, stopped as soon as it shows that it has come so far. */
async function plannedUntil(stopAt: string | null, lists: Readonly<Record<string, unknown>>, ...args: string[]) {
  const place = mkdtempSync(join(room, 'place-'));
  for (const [name, list] of Object.entries(lists)) writeFileSync(join(place, name), JSON.stringify(list));
  const before = treeOf(place);
  const told = { out: '', err: '' };
  const stop = new AbortController();
  const flags = [
    '--sources',
    join(place, 'sources.json'),
    '--output',
    join(place, 'output'),
    '--data',
    join(place, 'data'),
  ];
  const code = await runCli(['plan', ...flags, ...args.map((arg) => arg.replace('PLACE', place))], {
    environment: { TRIBUTARY_NOW: '2026-11-24T06:00:00Z' },
    stdout: { write: (text: string) => (told.out += text) },
    stderr: {
      isTTY: stopAt !== null,
      write(text: string) {
        told.err += text;
        if (stopAt !== null && text.includes(stopAt)) stop.abort();
      },
    },
    signal: stop.signal,
  });
  return {
    code,
    ...told,
    left: readdirSync(tmpdir()).filter((name) => name.startsWith(`tributary-plan-${processMark()}-`)),
    isUntouched: String([...treeOf(place)]) === String([...before]),
  };
}

test('before anything was applied all that is known is that nobody was asked', async () => {
  const { code, out, left, isUntouched } = await planned({ 'sources.json': LIST });
  expect([code, left, isUntouched]).toEqual([0, [], true]);
  expect(out).toContain('# What `');
  expect(out).toContain('source `herald` was never asked at https://herald.invalid/feed.xml');
});

test('for scripts it is JSON, and an exit code of its own where something would change or is not known', async () => {
  const { code, out, left, isUntouched } = await planned({ 'sources.json': LIST }, '--json', '--exit-code');
  expect([code, left, isUntouched]).toEqual([3, [], true]);
  const plan = JSON.parse(out) as Record<string, unknown>;
  expect(plan).toMatchObject({
    comparedWith: 'what is published',
    isComplete: false,
    changesNothing: false,
    lists: null,
    unknown: { sources: [{ id: 'herald', url: 'https://herald.invalid/feed.xml' }] },
  });
});

test('with another list it is compared with what that would give', async () => {
  const other = { ...LIST, topics: [{ ...LIST.topics[0], title: 'Boats' }] };
  const lists = { 'sources.json': LIST, 'old.json': other };
  const { code, out, isUntouched } = await planned(lists, '--against', 'PLACE/old.json');
  expect([code, isUntouched]).toEqual([0, true]);
  expect(out).toContain('- topic `ships`: title `Boats` → `Ships`');
  expect(out).toContain('## In short\n\n- Ships (ships): documents 6 changed\n');
  expect(out).not.toContain('## Feeds');
  const same = await planned({ ...lists, 'old.json': LIST }, '--against', 'PLACE/old.json');
  expect(same.out).toContain('No output would change.');
});

test('what is not known of the list that it is compared with is told as well, and makes the plan incomplete', async () => {
  const old = { ...LIST, sources: [{ ...LIST.sources[0], id: 'gazette', url: 'https://gazette.invalid/feed.xml' }] };
  const lists = { 'sources.json': { ...LIST, sources: [] }, 'old.json': old };
  const { code, out } = await planned(lists, '--against', 'PLACE/old.json', '--json', '--exit-code');
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({
    isComplete: false,
    unknown: { sources: [{ id: 'gazette', url: 'https://gazette.invalid/feed.xml' }] },
  });
});

test('the exit code tells what would change and what is not known, each by itself', async () => {
  const nobody = { ...LIST, sources: [] };
  const codeOf = async (list: object, against: object): Promise<number> =>
    (await planned({ 'sources.json': list, 'old.json': against }, '--against', 'PLACE/old.json', '--exit-code')).code;
  expect(await codeOf(nobody, nobody)).toBe(0);
  expect(await codeOf(LIST, LIST)).toBe(3);
  expect(await codeOf({ ...nobody, site: { ...LIST.site, title: 'Port' } }, nobody)).toBe(3);
});

test('a faulty list is told with its faults, and nothing is done', async () => {
  const faulty = { ...LIST, sources: [{ ...LIST.sources[0], topics: ['boats'] }] };
  for (const [lists, ...args] of [
    [{ 'sources.json': faulty }],
    [{ 'sources.json': LIST, 'old.json': faulty }, '--against', 'PLACE/old.json'],
  ] as const) {
    const { code, out, err, left, isUntouched } = await planned(lists, ...args);
    expect([code, out, left, isUntouched]).toEqual([1, '', [], true]);
    expect(err).toContain('names "boats", but there is no such topic');
  }
});

test('a database that cannot be read is told, and no copy is left behind', async () => {
  const place = mkdtempSync(join(room, 'broken-'));
  mkdirSync(join(place, 'data'));
  writeFileSync(join(place, 'data', 'tributary.sqlite'), 'this is no database, and never was one'.repeat(100));
  const { code, err, left } = await planned({ 'sources.json': LIST }, '--data', join(place, 'data'));
  expect([code, left]).toEqual([1, []]);
  expect(err).toContain('the file is no SQLite database');
  expect(readFileSync(join(place, 'data', 'tributary.sqlite'), 'utf8')).toContain('never was one');
});

test.each(['Copying the database', 'Reading what is published', 'Rehearsing'])(
  'stopped at “%s” it leaves nothing behind',
  async (stopAt) => {
    const { code, out, err, left, isUntouched } = await plannedUntil(stopAt, { 'sources.json': LIST });
    expect([code, out, left, isUntouched]).toEqual([1, '', [], true]);
    expect(err).toContain('Stopped.');
  },
);
