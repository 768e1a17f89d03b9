import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openListRoom, type ListRoom } from './sources/run-on-list.ts';

const LIST = `{
  "site": { "title": "The Tide", "url": "https://tide.example/" },
  "topics": [],
  "sources": [{ "id": "fen", "title": "Fen Gazette", "url": "https://fen.example/rss" }]
}
`;

let room: ListRoom;
beforeEach(() => {
  room = openListRoom(LIST);
});
afterEach(() => room[Symbol.dispose]());

test('undo puts a version back, tells until when it held, and goes forward again', async () => {
  await room.run('sources', 'set', 'fen', 'weight=2');
  await room.run('topics', 'add', 'world');
  const edited = room.text();
  const { code, stdout, stderr } = await room.run('undo', '2');
  expect([code, room.text()]).toEqual([0, LIST]);
  expect(stdout.split('\n')[0]).toMatch(/sources\.json is again as it was until \d{4}-\d\d-\d\dT[\d:]{8}Z\.$/);
  expect(stderr).toBe(
    `The list before is kept as ${room.file}.previous; tributary undo --sources ${room.file} puts it back.\n`,
  );
  expect((await room.run('undo')).code).toBe(0);
  expect(room.text()).toBe(edited);
});

test('undo --list tells which versions there are, also for scripts', async () => {
  expect((await room.run('undo', '--list')).stdout).toBe(`No version of ${room.file} from before an edit is kept.\n`);
  await room.run('sources', 'set', 'fen', 'weight=2');
  await room.run('sources', 'set', 'fen', 'weight=3');
  const lines = (await room.run('undo', '--list')).stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.replace(/\d{4}-\S+/, 'then'))).toEqual([
    ` 1  until then  ${room.file}.previous`,
    ` 2  until then  ${room.file}.previous-2`,
  ]);
  const told = JSON.parse((await room.run('undo', '--list', '--json')).stdout) as { number: number }[];
  expect(told.map(({ number }) => number)).toEqual([1, 2]);
});

test('undo shows the lines under --dry-run, and refuses what it does not understand', async () => {
  await room.run('sources', 'set', 'fen', 'weight=2');
  const edited = room.text();
  const shown = await room.run('undo', '--dry-run');
  expect([shown.code, room.text()]).toEqual([0, edited]);
  expect(shown.stdout).toContain('-   "sources": [{ "id": "fen"');
  for (const [args, told] of [
    [['undo', '2'], 'there is no version 2; there are 1 (--list tells of them)'],
    [['undo', 'all'], '"all" is no number of a version: that is 1 to 10'],
    [['undo', '0'], '"0" is no number of a version: that is 1 to 10'],
    [['undo', '1', '--list'], '--list tells of all versions and takes no number'],
  ] as const) {
    const { code, stderr } = await room.run(...args);
    expect([code, stderr]).toEqual([2, `${told}\n`]);
  }
  expect(room.text()).toBe(edited);
});
