import { describe, expect, test } from '@jest/globals';
import { questionOf } from '../../src/cli/entry-signs.ts';

const UUID = '0b6a0e2c-7f2e-8c11-9d6e-0123456789ab';

describe('a question', () => {
  const sites = ['https://news.example/'];
  const kinds = (...given: string[]): string[][] =>
    questionOf(given, sites).tries.map((signs) => signs.map(({ by }) => by));

  test('that is words is asked as an id too, and never as an address', () => {
    expect(kinds('bridge', 'opens')).toEqual([['article'], ['story', 'upstream-id'], ['title']]);
    expect(questionOf(['bridge', 'opens'], sites).address).toBeNull();
    expect(kinds('https://harbour.example/a', 'and more')[1]).not.toContain('address');
  });

  test('that is an address is asked as words last: a name with a dot may stand in a title', () => {
    expect(kinds('node.js')).toEqual([['article'], ['story', 'upstream-id', 'address'], ['title']]);
    expect(kinds('v1.2')).toEqual([['article'], ['story', 'upstream-id'], ['title']]);
  });

  test('for a part of a page is asked for that part before it is asked for the page', () => {
    expect(kinds('https://harbour.example/changes#v1')).toEqual([
      ['article'],
      ['story', 'upstream-id', 'former-link'],
      ['address'],
      ['title'],
    ]);
  });

  test('keeps the bracket that is part of an address, and the quotes of a title', () => {
    const asked = (...given: string[]): string => questionOf(given, sites).asked;
    expect(asked('harbour.example/wiki/Bridge_(harbour)')).toBe('harbour.example/wiki/Bridge_(harbour)');
    expect(asked('"Bridge"', 'opens,')).toBe('"Bridge" opens,');
  });

  test('that is one of our ids is asked as the entry of an event too', () => {
    expect(kinds(UUID)).toEqual([['article'], ['story', 'upstream-id', 'event-entry'], ['title']]);
  });

  test('with no word in it is not asked as words', () => {
    expect(kinds('—')).toEqual([['article'], ['story', 'upstream-id']]);
  });
});
