import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runCli } from '../../src/cli/cli.ts';
import type { ExitCode } from '../../src/cli/command.ts';
import { articleOf, bring, LIST, NOW, openPlace, writeList, type Place } from './upkeep-room.ts';

let place: Place & Disposable;
beforeEach(async () => {
  place = openPlace();
  writeList(place, LIST);
});
afterEach(() => place[Symbol.dispose]());

const some = (): Promise<void> =>
  place.inStore((store) => bring(store, [articleOf(1), articleOf(2), articleOf(3, { sourceId: 'letter' })]));

/** With a version of each feed, so that there is something to be stopped at. */
async function bringWithFeeds(): Promise<void> {
  await some();
  await place.inStore((store) =>
    store.history.keep(
      LIST.sources.map(({ url }) => {
        const response = { url, status: 200, headers: {}, body: Buffer.from('<rss version="2.0"/>'), redirects: [] };
        return { kind: 'feed', url, askedAs: '', at: NOW, outcome: { kind: 'answered', response } } as const;
      }),
    ),
  );
}

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

/** Stops it, as Ctrl-C does, while it is at the second source. */
async function stopAtTheSecond(): Promise<ExitCode> {
  const stop = new AbortController();
  return runCli(['reprocess', '--sources', place.list, '--data', place.data, '--output', place.output], {
    environment: { TRIBUTARY_NOW: NOW },
    stdout: { write: () => {} },
    stderr: { isTTY: true, write: (text) => void (text.includes('now letter') && stop.abort()) },
    signal: stop.signal,
  });
}

type Report = { readonly goesOnBehind: string | null; readonly sources: readonly { readonly sourceId: string }[] };
const reported = async (...args: readonly string[]): Promise<Report> =>
  JSON.parse((await place.run('reprocess', '--json', ...args)).out) as Report;
const idsOf = ({ sources }: Report): readonly string[] => sources.map(({ sourceId }) => sourceId);

test('one that was stopped goes on behind the last source that was done, where the same is asked', async () => {
  await bringWithFeeds();
  expect(idsOf(await reported())).toEqual(['harbour', 'letter']);
  expect(await stopAtTheSecond()).not.toBe(0);
  const rehearsed = await reported('--dry-run');
  expect([rehearsed.goesOnBehind, idsOf(rehearsed)]).toEqual([null, ['harbour', 'letter']]);
  const rest = await reported();
  expect([rest.goesOnBehind, idsOf(rest)]).toEqual(['harbour', ['letter']]);
  const anew = await reported();
  expect([anew.goesOnBehind, idsOf(anew)]).toEqual([null, ['harbour', 'letter']]);
});

test('one that was stopped begins anew where a source is set otherwise since', async () => {
  await bringWithFeeds();
  expect(await stopAtTheSecond()).not.toBe(0);
  const [harbour, letter] = LIST.sources;
  writeList(place, { ...LIST, sources: [{ ...harbour, select: 'main' }, letter] });
  const report = await reported();
  expect([report.goesOnBehind, idsOf(report)]).toEqual([null, ['harbour', 'letter']]);
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
