import { expect, test } from '@jest/globals';
import { withoutFloods } from '../../src/admit/link-floods.ts';
import { entryMarks } from '../../src/admit/entry-marks.ts';
import type { Entry } from '../../src/model/feed.ts';
import { anEntry } from '../support/an-entry.ts';
import { ids, kinds, remembered } from './remembered.ts';

const pointers = (count: number, given: Partial<Entry> = {}, from = 0): Entry[] =>
  Array.from({ length: count }, (_, at) =>
    anEntry({ id: `f${from + at}`, link: 'https://good.example/1', title: `T ${from + at}`, ...given }),
  );

test('a flood of entries with new guids, one link and no word of their own is one entry', () => {
  const other = anEntry({ id: 'o', link: 'https://good.example/2', title: 'Other' });
  const { entries, floods } = withoutFloods([other, ...pointers(1000)], 'guid');
  expect(entries.map(({ id, title }) => [id, title])).toEqual([
    ['o', 'Other'],
    [null, 'T 0'],
  ]);
  expect(floods).toEqual([{ link: 'https://good.example/1', entries: 1000 }]);
});

test('the next flood to the same page brings no new entry, and neither does the entry that was there before', () => {
  const poll = remembered();
  const first = poll(...pointers(1));
  const floods = [0, 1000, 2000].map((from) => poll(...withoutFloods(pointers(500, {}, from), 'guid').entries));
  expect(floods.map((flood) => ids(flood))).toEqual([ids(first), ids(first), ids(first)]);
  expect(kinds(floods[2]!)).toEqual(['changed']);
});

test.each<readonly [string, Partial<Entry>]>([
  ['texts', { summary: { type: 'text', value: 'The north quay is closed.' } }],
  ['dates', { published: '2026-11-24T06:00:00Z' }],
  ['the home page as their link', { link: 'https://good.example/' }],
])('entries with %s are no flood, however many they are', (_, given) => {
  const entries = pointers(500, given);
  expect(withoutFloods(entries, 'guid')).toEqual({ entries, floods: [] });
  expect(entryMarks(entries, 'guid')).toHaveLength(500);
});

test('a hundred are no flood yet, and where titles tell entries apart there is none', () => {
  expect(withoutFloods(pointers(100), 'guid').entries).toHaveLength(100);
  expect(withoutFloods(pointers(500), 'title').entries).toHaveLength(500);
});
