import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { articleOf, bring, LIST, openPlace, writeList, type Place } from './upkeep-room.ts';

let place: Place & Disposable;
beforeEach(async () => {
  place = openPlace();
  writeList(place, LIST);
});
afterEach(() => place[Symbol.dispose]());

const some = (): Promise<void> =>
  place.inStore((store) => bring(store, [articleOf(1), articleOf(2), articleOf(3, { sourceId: 'letter' })]));

test('what nothing is kept of is counted, and stays', async () => {
  await some();
  const said = await place.run('reprocess');
  expect(said).toMatchObject({ code: 0, told: '' });
  expect(said.out.trim().split('\n')).toEqual([
    'source   articles  changed  unchanged  not kept  left',
    'harbour         2        0          0         2     0',
    'letter          1        0          0         1     0',
    '3 articles: 0 come out as something else, 0 as they were; of 3 what they were read from is not kept.',
  ]);
});

test('one that was stopped goes on behind the last source that was done, where the same is asked', async () => {
  await some();
  const factOf = () => place.inStore((store) => store.fact('reprocessing'));
  await place.run('reprocess');
  expect(await factOf()).toBe('');
  // As it stands when it is stopped behind the first source.
  const whole = JSON.parse((await place.run('reprocess', '--json')).out) as { sources: object[] };
  expect(whole.sources).toHaveLength(2);
  await place.run('reprocess', '--dry-run');
  expect(await factOf()).toBe('');
  await place.inStore(async (store) => {
    const { digestOfReader } = await import('../../src/app.ts');
    const mark = JSON.stringify([await digestOfReader(), null, ['harbour', 'letter']]);
    await store.saveFact('reprocessing', JSON.stringify({ mark, behind: 'harbour' }));
  });
  const other = JSON.parse((await place.run('reprocess', '--dry-run', '--json')).out) as {
    goesOnBehind: string | null;
  };
  expect(other.goesOnBehind).toBe(null);
  const rest = JSON.parse((await place.run('reprocess', '--json')).out) as object;
  expect(rest).toMatchObject({ goesOnBehind: 'harbour', articles: 1, sources: [{ sourceId: 'letter' }] });
  expect(await factOf()).toBe('');
});

test('what cannot be meant is told', async () => {
  expect(await place.run('reprocess')).toMatchObject({ code: 1, told: expect.stringContaining('no database') });
  await some();
  expect(await place.run('reprocess', '--since', 'yesterday')).toMatchObject({
    code: 2,
    told: '--since: "yesterday" is no date such as 2026-11-01 or 2026-11-01T06:00:00Z\n',
  });
  expect(await place.run('reprocess', '--source', 'harbor')).toMatchObject({
    code: 2,
    told: 'there is no source "harbor"; did you mean "harbour"?\n',
  });
});
