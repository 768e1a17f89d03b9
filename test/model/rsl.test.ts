import { describe, expect, test } from '@jest/globals';
import { readRslTerms, termsFor, type RslNode, type RslTerms } from '../../src/model/rsl.ts';

const speaking = (url: string | null): RslTerms => ({ url, server: null, file: null, licences: [] });
const HOME = 'https://gull.example/feed.xml';
const chosen = (patterns: readonly (string | null)[], address: string | null): (string | null)[] =>
  termsFor(patterns.map(speaking), address, HOME).map(({ url }) => url);

describe('terms speak of an address', () => {
  test.each([
    ['/', '/news/a'],
    ['/news/', '/news/a'],
    ['/news/*', '/news/a'],
    ['/*/a', '/news/2026/a'],
    ['*.html$', '/news/a.html'],
    ['/news/a$', '/news/a'],
    ['/*?id=7', '/news?id=7'],
    ['https://gull.example/news/', '/news/a'],
    ['https://www.gull.example', '/news/a'],
    ['https://gull.example/*/a', '/news/a'],
  ])('that %s fits', (pattern, path) => {
    expect(chosen([pattern], `https://gull.example${path}`)).toEqual([pattern]);
  });

  test.each([
    ['/news/', '/new/a'],
    ['/a', '/news/a'],
    ['/news/a$', '/news/ab'],
    ['*.html$', '/a.html?b'],
    ['/*/a*/b', '/x/b/a'],
    ['https://north.example/', '/news/a'],
  ])('and %s does not fit', (pattern, path) => {
    expect(chosen([pattern], `https://gull.example${path}`)).toEqual([]);
  });

  test('the longest pattern goes before the others, and what stands with a thing speaks of it', () => {
    expect(chosen(['/', '/news/*', null, '/sport/'], 'https://gull.example/news/a')).toEqual(['/news/*', null]);
  });

  test('of another host a path says nothing, and without an address all are taken', () => {
    expect(chosen(['/'], 'https://north.example/news/a')).toEqual([]);
    expect(chosen(['/a', 'https://north.example/'], null)).toEqual(['/a', 'https://north.example/']);
  });

  test('a pattern of many stars is compared in one go', () => {
    const path = `/${'a'.repeat(2000)}`;
    expect(chosen([`${'*a'.repeat(200)}b`], `https://gull.example${path}`)).toEqual([]);
  });
});

describe('what strangers write', () => {
  const node = (name: string, children: readonly RslNode[] = [], text = ''): RslNode => ({
    name,
    attribute: () => null,
    text: () => text,
    children: () => children,
  });

  test('is read as far as it goes: of many licences the first ones, of long words none', () => {
    const word = node('permits', [], `search ${'x'.repeat(100)} ${'ai-index '.repeat(1000)}`);
    const many = Array.from({ length: 5000 }, () => node('license', [word]));
    const [terms, ...others] = readRslTerms([node('content', many)]);
    expect([others, terms!.licences.length]).toEqual([[], 10]);
    expect(terms!.licences[0]!.usesPermitted).toEqual(['search', 'ai-index']);
    expect(readRslTerms(Array.from({ length: 5000 }, () => node('content', [node('license')])))).toHaveLength(20);
  });

  test('however deep, is not followed for ever', () => {
    const endless: RslNode = { ...node('x'), children: () => [endless, endless] };
    expect(readRslTerms([endless])).toEqual([]);
  });
});
