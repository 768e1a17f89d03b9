import { expect, test } from '@jest/globals';
import { openDuplicateIndex } from '../../../src/curate/duplicates/duplicate-index.ts';
import { findDuplicate } from '../../../src/curate/duplicates/find-duplicate.ts';
import { printOf } from '../../../src/curate/duplicates/text-print.ts';

type Notice = { readonly title: string; readonly text: string };

/** Whether the second is taken for the first, which came a day before, from its own source and from another. */
function isTakenFor(first: Notice, second: Notice): boolean[] {
  return ['wire', 'harbour'].map((sourceId) => {
    const index = openDuplicateIndex();
    const atMs = Date.UTC(2026, 10, 20);
    index.add({ id: 'first', sourceId: 'wire', atMs, print: printOf(first) });
    return findDuplicate(index, { id: 'second', sourceId, atMs: atMs + 86_400_000, print: printOf(second) }) !== null;
  });
}

const inStreet = (street: string): Notice => ({
  title: `Fire in ${street} Street`,
  text: `Firefighters put out a fire in a flat in ${street} Street on Monday night. Nobody was hurt.`,
});
const release = (version: string): Notice => ({
  title: `Release ${version}`,
  text: 'Bug fixes and better speed. See the list of changes for details.',
});
const weather = (day: string, degrees: number): Notice => ({
  title: `Weather for ${day}`,
  text: `Sunny with a light wind from the west, ${degrees} to ${degrees + 6} degrees.`,
});

test.each([
  ['of two fires', inStreet('Harrow'), inStreet('Linden')],
  ['of two releases', release('v1.2.3'), release('v1.2.4')],
  ['of two days’ weather', weather('Monday', 12), weather('Tuesday', 13)],
])('notices %s are two', (_of, first, second) => {
  expect(isTakenFor(first, second)).toEqual([false, false]);
});

test('a notice word for word is one, under whatever headline', () => {
  const { text } = inStreet('Harrow');
  expect(isTakenFor(inStreet('Harrow'), { title: 'Flat burns on Monday night', text })).toEqual([true, true]);
});
