import { describe, expect, test } from '@jest/globals';
import { freshnessOf, retryAfterSeconds, validator, validatorsOf } from '../../src/fetch/caching.ts';

const now = '2026-11-24T12:00:00Z';
const fresh = (headers: Record<string, string>): number | null => freshnessOf(headers, now).freshForSeconds;
const retry = (value: string, headers: Record<string, string> = {}): number | null =>
  retryAfterSeconds({ ...headers, 'retry-after': value }, now);

describe('freshness', () => {
  test.each([
    [{}, null],
    [{ 'cache-control': 'max-age=300' }, 300],
    [{ 'cache-control': 'public, Max-Age="300"' }, 300],
    [{ 'cache-control': 'max-age=300', age: '100' }, 200],
    [{ 'cache-control': 'max-age=300', age: '400' }, 0],
    [{ 'cache-control': 's-maxage=900' }, null],
    [{ 'cache-control': 's-maxage=900, max-age=60' }, 60],
    [{ 'cache-control': 'max-age=300, no-cache' }, 0],
    [{ 'cache-control': 'no-store' }, 0],
    [{ 'cache-control': 'max-age=soon' }, null],
    [{ expires: 'Tue, 24 Nov 2026 12:10:00 GMT' }, 600],
    [{ expires: 'Tue, 24 Nov 2026 13:10:00 GMT', date: 'Tue, 24 Nov 2026 13:00:00 GMT' }, 600],
    [{ expires: 'Tue, 24 Nov 2026 12:10:00 GMT', 'cache-control': 'max-age=60' }, 60],
    [{ expires: 'Tue, 24 Nov 2025 12:10:00 GMT' }, 0],
    [{ expires: '0' }, 0],
  ])('of %j is %j', (headers, seconds) => {
    expect(fresh(headers as Record<string, string>)).toBe(seconds);
  });

  test('of a hundred years is a week', () => {
    expect(fresh({ 'cache-control': 'max-age=3153600000' })).toBe(604_800);
    expect(fresh({ expires: 'Sat, 24 Nov 2126 12:00:00 GMT' })).toBe(604_800);
  });
});

describe('Retry-After', () => {
  test('is read in seconds and in all three forms of a date', () => {
    expect(retry('120')).toBe(120);
    expect(retry('Tue, 24 Nov 2026 12:02:00 GMT')).toBe(120);
    expect(retry('Tuesday, 24-Nov-26 12:02:00 GMT')).toBe(120);
    expect(retry('Tue Nov 24 12:02:00 2026')).toBe(120);
  });

  test('as a date counts from the server’s own clock', () => {
    expect(retry('Tue, 24 Nov 2026 12:02:00 GMT', { date: 'Tue, 24 Nov 2026 12:01:00 GMT' })).toBe(60);
  });

  test('of years is a day, of the past is nothing', () => {
    expect(retry('315360000')).toBe(86_400);
    expect(retry('Tue, 24 Nov 2099 12:02:00 GMT')).toBe(86_400);
    expect(retry('Tue, 24 Nov 2020 12:02:00 GMT')).toBe(0);
  });

  test.each(['soon', '-5', '1.5', '', '9'.repeat(30)])('%j is none', (value) => {
    expect(retry(value)).toBeNull();
  });
});

describe('validators', () => {
  test('stay as they stand, well-formed or not', () => {
    const headers = { etag: 'W/"a"', 'last-modified': 'Fri, 01 Jan 2099 00:00:00 GMT' };
    expect(validatorsOf(headers)).toEqual({ etag: 'W/"a"', lastModified: 'Fri, 01 Jan 2099 00:00:00 GMT' });
    expect(validator('unquoted')).toBe('unquoted');
  });

  test.each(['', 'a\r\nx-injected: 1', 'a\u0000', 'x'.repeat(1_001), '\u2028'])('%j is none', (value) => {
    expect(validator(value)).toBeNull();
  });
});
