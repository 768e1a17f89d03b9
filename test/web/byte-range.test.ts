import { expect, test } from '@jest/globals';
import { byteRange } from '../../src/web/byte-range.ts';

test.each([
  ['bytes=0-9', { from: 0, to: 9 }],
  ['bytes=90-', { from: 90, to: 99 }],
  ['bytes=90-1000', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-1000', { from: 0, to: 99 }],
  ['BYTES=0-0', { from: 0, to: 0 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-0', null],
  ['bytes=-', null],
  ['bytes=0-1,5-6', null],
  ['bytes=a-b', null],
  ['items=0-1', null],
  ['bytes=0-99999999999999999999', null],
  [null, null],
])('Range %j of a hundred bytes', (header, part) => {
  expect(byteRange(header, 100)).toEqual(part);
});

test('of nothing there is no part', () => {
  expect(byteRange('bytes=0-0', 0)).toBe('unsatisfiable');
});
