import { describe, expect, test } from '@jest/globals';
import { isSameData } from '../../src/support/same-data.ts';
import { openSameObjects } from '../../src/support/same-objects.ts';

type Thing = { readonly id: string; readonly parts: readonly { readonly name: string | null }[] };
const aThing = (id: string, name: string | null = 'a'): Thing => ({ id, parts: [{ name }] });

describe('plain data', () => {
  test.each([
    [
      { a: 1, b: [null, 'x', { c: false }] },
      { b: [null, 'x', { c: false }], a: 1 },
    ],
    [[], []],
    ['text', 'text'],
  ])('is the same where all its parts are: %j', (one, other) => {
    expect(isSameData(one, other)).toBe(true);
  });

  test.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: undefined }, { b: undefined }],
    [{ a: null }, { a: {} }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [[], {}],
    [{}, []],
    [null, {}],
  ])('is another where one part is: %j and %j', (one, other) => {
    expect(isSameData(one, other)).toBe(false);
  });
});

describe('values that are the same', () => {
  test('are given as one object, and others are not', () => {
    const same = openSameObjects<Thing>({ most: 10 });
    const first = aThing('x');
    expect(same(first)).toBe(first);
    expect(same(aThing('x'))).toBe(first);
    const corrected = aThing('x', 'b');
    expect(same(corrected)).toBe(corrected);
    expect(same(aThing('x'))).toBe(first);
    expect(same(aThing('y'))).not.toBe(first);
  });

  test('are forgotten when they were not asked for longest', () => {
    const same = openSameObjects<Thing>({ most: 2 });
    const [one, two, three] = [aThing('1'), aThing('2'), aThing('3')];
    for (const thing of [one, two, aThing('1'), three]) same(thing);
    expect(same(aThing('1'))).toBe(one);
    expect(same(aThing('3'))).toBe(three);
    expect(same(aThing('2'))).not.toBe(two);
  });
});
