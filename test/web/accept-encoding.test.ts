import { expect, test } from '@jest/globals';
import { chooseCoding } from '../../src/web/accept-encoding.ts';

test.each([
  [null, 'identity'],
  ['', 'identity'],
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['x-gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['gzip; q = 0.8 , br; q=0.9', 'br'],
  ['deflate', 'identity'],
  ['br;q=0, gzip;q=0.0', 'identity'],
  ['*', 'br'],
  ['*;q=0, gzip', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['identity;q=1, br;q=0.5', 'identity'],
  ['identity;q=0.5, *;q=0', 'identity'],
  ['identity;q=0, gzip', 'gzip'],
  ['identity;q=0', null],
  ['*;q=0', null],
  ['identity;q=0, deflate', null],
  ['br;q=2', 'br'],
  [', ,br', 'br'],
])('Accept-Encoding %j is answered in %s', (header, coding) => {
  expect(chooseCoding(header, ['br', 'gzip', 'identity'])).toBe(coding);
});
