import { describe, expect, test } from '@jest/globals';
import { httpDateMs, isPreconditionFailed, isRangeCurrent, unchangedTag } from '../../src/web/conditional.ts';

const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT';
const modifiedMs = Date.parse(DATE) - 600;
const current = { tag: '"a"', tags: ['"a"', '"a-gzip"'], modifiedMs };

describe('what a client has', () => {
  test.each([
    ['"a"', '"a"'],
    ['W/"a"', '"a"'],
    ['"x", W/"y,z" ,"a"', '"a"'],
    ['"a-gzip"', '"a-gzip"'],
    [' * ', '"a"'],
    ['"b"', null],
    ['"x,"a"y"', null],
    ['a', null],
    ['', null],
  ])('If-None-Match %j confirms %j', (noneMatch, tag) => {
    expect(unchangedTag({ noneMatch, modifiedSince: DATE }, current)).toBe(tag);
  });

  test.each([
    [DATE, true],
    ['Sunday, 06-Nov-94 08:49:37 GMT', true],
    ['Sun Nov  6 08:49:37 1994', true],
    ['Sun, 06 Nov 1994 08:49:36 GMT', false],
    ['Mon, 07 Nov 1994 08:49:37 GMT', true],
    ['2030', false],
    ['Sun, 06 Nov 2094 99:99:99 GMT', false],
    ['', false],
  ])('If-Modified-Since %j: unchanged is %s', (modifiedSince, isUnchanged) => {
    expect(unchangedTag({ noneMatch: null, modifiedSince }, current) !== null).toBe(isUnchanged);
  });

  test('a document without a date is not unchanged by date', () => {
    expect(unchangedTag({ noneMatch: null, modifiedSince: DATE }, { ...current, modifiedMs: null })).toBeNull();
  });

  test('without a condition there is nothing to confirm', () => {
    expect(unchangedTag({ noneMatch: null, modifiedSince: null }, current)).toBeNull();
  });
});

test.each([
  [{ match: '"a"', unmodifiedSince: null }, false],
  [{ match: '*', unmodifiedSince: null }, false],
  [{ match: 'W/"a"', unmodifiedSince: null }, true],
  [{ match: '"b", "c"', unmodifiedSince: DATE }, true],
  [{ match: null, unmodifiedSince: DATE }, false],
  [{ match: null, unmodifiedSince: 'Sun, 06 Nov 1994 08:49:36 GMT' }, true],
  [{ match: null, unmodifiedSince: 'yesterday' }, false],
  [{ match: null, unmodifiedSince: null }, false],
])('of %j: the precondition fails is %s', (given, isFailed) => {
  expect(isPreconditionFailed(given, current)).toBe(isFailed);
});

test.each([
  [null, true],
  ['"a"', true],
  ['W/"a"', false],
  ['"b"', false],
  [DATE, true],
  ['Mon, 07 Nov 1994 08:49:37 GMT', false],
])('If-Range %j: a part may be sent is %s', (ifRange, isCurrent) => {
  expect(isRangeCurrent(ifRange, current)).toBe(isCurrent);
});

test('a date of two digits is of the last century when that is nearer', () => {
  expect(httpDateMs('Sunday, 06-Nov-94 08:49:37 GMT')).toBe(Date.parse(DATE));
});
