import { expect, test } from '@jest/globals';
import { StageError } from '../../src/model/errors.ts';
import type { PlannedFile } from '../../src/pipeline/planned-files.ts';
import { changedFiles, type ChangedFiles } from '../../src/pipeline/write-changed.ts';
import { silentLog } from '../../src/support/log.ts';
import { memoryOutput } from './archive-world.ts';

// What becomes of a file whose next version the gate refuses, whether a feed's, a page's or the front page's.

const refused: PlannedFile = {
  path: 'feeds/world.atom',
  madeFrom: 'something else',
  make: () => {
    throw new StageError('gate-refused', { url: 'feeds/world.atom', detail: 'its title is empty' });
  },
  makeWithoutFaulty: null,
};
const good: PlannedFile = { ...refused, madeFrom: 'this', make: () => 'new' };

function openFiles(files: Map<string, string>, given: { readonly nothingTakenBack: boolean }): ChangedFiles {
  return changedFiles(
    { output: memoryOutput(files), log: silentLog, rendererDigest: 'one', store: { saveOutputs: async () => {} } },
    { records: new Map(), refusals: new Map(), ...given },
  );
}

test('it stays where nothing was taken back', async () => {
  const files = new Map([[refused.path, 'old']]);
  const changed = openFiles(files, { nothingTakenBack: true });
  expect([await changed.put(refused), files.get(refused.path), [...changed.withheld]]).toEqual([true, 'old', []]);
});

test('it goes where something was, and is known as a path that may come back', async () => {
  const files = new Map([[refused.path, 'old']]);
  const changed = openFiles(files, { nothingTakenBack: false });
  expect([await changed.put(refused), files.size, [...changed.withheld]]).toEqual([false, 0, [refused.path]]);
  expect([...changed.records.keys()]).toEqual([refused.path]);
  expect([await changed.put(good), files.get(refused.path), [...changed.withheld]]).toEqual([true, 'new', []]);
});

test('one of the same publication stays', async () => {
  const files = new Map<string, string>();
  const changed = openFiles(files, { nothingTakenBack: false });
  await changed.put(good);
  expect([await changed.put(refused), files.get(refused.path)]).toEqual([true, 'new']);
});
