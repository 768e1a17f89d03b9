import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openRehearsalRoom } from '../../../src/pipeline/plan/open-rehearsal-room.ts';
import { systemClock } from '../../../src/support/clock.ts';
import { processMark } from '../../../src/support/own-leftovers.ts';

let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-room-test-'));
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

const placed = (mark: string): string => {
  const path = join(room, `tributary-plan-${mark}-abcDEF`);
  mkdirSync(path);
  writeFileSync(join(path, 'tributary.sqlite'), 'a copy');
  return path;
};
/** The number of a process that has ended. */
const endedPid = (): number => spawnSync(process.execPath, ['--eval', '']).pid;
const host = processMark().split('-')[0]!;

test('what a killed plan left is removed by the next one; what others may still use is not', async () => {
  placed(`${host}-${endedPid()}`);
  const kept = [placed(processMark()), placed(`00000000-${endedPid()}`)];
  const old = placed('00000001-1');
  utimesSync(old, new Date(0), new Date(0));
  writeFileSync(join(room, 'tributary-plan-of-somebody'), 'mine');
  {
    const places = { databaseUrl: null, data: join(room, 'data'), output: join(room, 'output') };
    await using _ = await openRehearsalRoom(places, { clock: systemClock(), temporary: room });
    const own = readdirSync(room).filter((name) => name.startsWith(`tributary-plan-${processMark()}-`));
    expect(own).toHaveLength(2);
  }
  const left = [...kept.map((path) => basename(path)), 'tributary-plan-of-somebody'];
  expect(readdirSync(room).toSorted()).toEqual(left.toSorted());
});
