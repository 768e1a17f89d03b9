import { expect, test } from '@jest/globals';
import { readSourcesFile } from '../../src/config/sources-file.ts';

// How long what is published is kept, as it is written in sources.json.

const judges = { scheduleFault: () => null, selectorFault: () => null };
const world = { id: 'world', title: 'World' };
const harbour = { id: 'harbour', title: 'Harbour', url: 'https://harbour.example/feed' };
const wire = { id: 'wire', title: 'Wire', url: 'https://wire.example/feed' };
const read = (given: object) => {
  const document = {
    site: { title: 'News', url: 'https://news.example/' },
    topics: [world],
    sources: [harbour, wire],
    ...given,
  };
  return readSourcesFile(new TextEncoder().encode(JSON.stringify(document)), judges);
};
const orderOf = (given: object) => {
  const reading = read(given);
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  return reading.order;
};

test('everything is kept for good where nothing is said of it', () => {
  const order = orderOf({});
  expect([...order.sources, ...order.topics].map(({ retentionDays }) => retentionDays)).toEqual([null, null, null]);
  expect(order.retentionDays).toBe(undefined);
});

test('a source, a topic and the defaults say so many days; the defaults also for what is not listed any more', () => {
  const order = orderOf({
    defaults: { retentionDays: 90 },
    topics: [{ ...world, retentionDays: 7 }],
    sources: [{ ...harbour, retentionDays: 30 }, wire],
  });
  expect(order.sources.map(({ retentionDays }) => retentionDays)).toEqual([30, 90]);
  expect(order.topics[0]!.retentionDays).toBe(7);
  expect(order.retentionDays).toBe(90);
});

test.each([0, 1.5, -3, '30', 40_000])('%j is no number of days', (retentionDays) => {
  for (const given of [
    { sources: [{ ...harbour, retentionDays }] },
    { topics: [{ ...world, retentionDays }] },
    { defaults: { retentionDays } },
  ]) {
    const reading = read(given);
    expect('faults' in reading && reading.faults.map(({ path }) => path)).toEqual([
      expect.stringContaining('retentionDays'),
    ]);
  }
});
