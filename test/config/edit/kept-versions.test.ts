import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editSourcesFile, type Change, type EditOutcome } from '../../../src/config/edit/edit-file.ts';
import { keptVersions, MOST_KEPT, moveOn, versionPath } from '../../../src/config/edit/kept-versions.ts';
import { restoreVersion, type RestoreOutcome } from '../../../src/config/edit/restore-version.ts';
import { systemClock } from '../../../src/support/clock.ts';

let room: string;
let file: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tributary-versions-'));
  file = join(room, 'sources.json');
  writeFileSync(file, list('T0'));
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

const signal = new AbortController().signal;
const tools = {
  judges: { scheduleFault: () => null, selectorFault: () => null },
  clock: { ...systemClock(), sleep: async () => undefined },
  pid: process.pid,
};

function list(title: string): string {
  return JSON.stringify({ site: { title, url: 'https://tide.example/' }, topics: [], sources: [] });
}
const titled =
  (title: string): Change =>
  (document) => ({ ...document, site: { ...(document['site'] as object), title } });
const edit = (title: string): Promise<EditOutcome> => editSourcesFile(tools, { file, change: titled(title) }, signal);
const undo = (number: number | null = null): Promise<RestoreOutcome> => restoreVersion(tools, { file, number }, signal);

const titleIn = (path: string): string =>
  (JSON.parse(readFileSync(path, 'utf8')) as { site: { title: string } }).site.title;
/** The list's title, then those of the versions that are kept, the newest first. */
const titles = async (): Promise<string[]> =>
  [file, ...(await keptVersions(file)).map(({ path }) => path)].map(titleIn);

describe('of a list that commands edit', () => {
  test('the last ten versions are kept, and no more', async () => {
    for (let edits = 1; edits <= 12; edits++) await edit(`T${edits}`);
    expect(await titles()).toEqual(Array.from({ length: MOST_KEPT + 1 }, (_, at) => `T${12 - at}`));
    expect(readdirSync(room)).toHaveLength(MOST_KEPT + 1);
    expect((await keptVersions(file)).map(({ number, path }) => [number, path]).slice(0, 2)).toEqual([
      [1, `${file}.previous`],
      [2, `${file}.previous-2`],
    ]);
  });

  test('a version is put back, and what it replaces is kept in its turn', async () => {
    for (const title of ['T1', 'T2', 'T3']) await edit(title);
    expect(await undo()).toMatchObject({ kind: 'written', version: { number: 1 } });
    expect(await titles()).toEqual(['T2', 'T3', 'T1', 'T0']);
    await undo();
    expect(await titles()).toEqual(['T3', 'T2', 'T1', 'T0']);
    const oldest = (await keptVersions(file)).at(-1)!;
    await undo(oldest.number);
    expect(await titles()).toEqual(['T0', 'T3', 'T2', 'T1']);
    expect(readdirSync(room)).toHaveLength(4);
  });

  test('one that was broken by hand, or is gone, is put back too, and nothing is lost', async () => {
    await edit('T1');
    writeFileSync(file, '{ "site": ');
    expect(await undo()).toMatchObject({ kind: 'written' });
    expect([titleIn(file), readFileSync(`${file}.previous`, 'utf8')]).toEqual(['T0', '{ "site": ']);
    expect(await undo()).toMatchObject({ kind: 'faulty', already: false });
    expect(titleIn(file)).toBe('T0');
    rmSync(file);
    rmSync(`${file}.previous`);
    await writeAsKept('T5', 4);
    expect(await undo()).toMatchObject({ kind: 'written', version: { number: 4 } });
    expect(titleIn(file)).toBe('T5');
  });

  test('what is not kept is told', async () => {
    expect(await undo()).toEqual({
      kind: 'refused',
      why: `there is no version of ${file} from before: commands that edit it keep them`,
    });
    await edit('T1');
    expect(await undo(3)).toEqual({
      kind: 'refused',
      why: 'there is no version 3; there are 1 (--list tells of them)',
    });
  });

  test('a rehearsal tells what would come, and does nothing', async () => {
    await edit('T1');
    const outcome = await restoreVersion(tools, { file, number: null, isRehearsal: true }, signal);
    expect(outcome).toMatchObject({ kind: 'written', before: list('T1'), after: list('T0') });
    expect(await titles()).toEqual(['T1', 'T0']);
  });
});

async function writeAsKept(title: string, number: number): Promise<void> {
  writeFileSync(versionPath(file, number), list(title));
}

/** What an edit does to the versions, step by step: the names that are given. */
function stepsOf(names: ReadonlySet<number>): (readonly [number, number])[] {
  let free = 1;
  while (free < MOST_KEPT && names.has(free)) free++;
  return Array.from({ length: free - 1 }, (_, at) => [free - 1 - at, free - at] as const);
}

describe('an edit that is killed', () => {
  test('at whatever step loses no version but the oldest of ten', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: MOST_KEPT }), { maxLength: MOST_KEPT }),
        fc.nat({ max: MOST_KEPT }),
        async (numbers, killedAfter) => {
          for (const name of readdirSync(room)) if (name !== 'sources.json') rmSync(join(room, name));
          for (const number of numbers) await writeAsKept(`V${number}`, number);
          const before = (await titles()).slice(1);
          for (const [from, to] of stepsOf(new Set(numbers)).slice(0, killedAfter))
            renameSync(versionPath(file, from), versionPath(file, to));
          await moveOn(file);
          const oldest = numbers.length === MOST_KEPT ? 1 : 0;
          expect((await titles()).slice(1)).toEqual(before.slice(0, before.length - oldest));
          expect((await keptVersions(file)).some(({ number }) => number === 1)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('between its last two steps leaves one copy of the list, which the next edit does not double', async () => {
    await edit('T1');
    await edit('T2');
    // As if the third edit had kept T2 and not yet put T3 in its place.
    await moveOn(file);
    writeFileSync(`${file}.previous`, readFileSync(file));
    await edit('T4');
    expect(await titles()).toEqual(['T4', 'T2', 'T1', 'T0']);
  });
});
