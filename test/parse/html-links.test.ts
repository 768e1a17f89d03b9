import { expect, test } from '@jest/globals';
import { absoluteLinks } from '../../src/parse/html-links.ts';

const PAGE = 'https://a.example/news/one?b=c#d';

test.each([
  ['x.png', 'https://a.example/news/x.png'],
  ['/x?y=1', 'https://a.example/x?y=1'],
  ['?y', 'https://a.example/news/one?y'],
  ['#y', 'https://a.example/news/one?b=c#y'],
  ['../x', 'https://a.example/x'],
  ['//b.example/x', 'https://b.example/x'],
])('%s is resolved as a browser would', (written, absolute) => {
  expect(absoluteLinks(`<p class="a=b"><a href="${written}">t</a>`, PAGE)).toBe(
    `<p class="a=b"><a href="${absolute}">t</a>`,
  );
  expect(new URL(written, PAGE).href).toBe(absolute);
});

test('a srcset that is absolute stays as it is written, and one that is not keeps its widths', () => {
  const absolute = '<img srcset="https://b.example/w_1,h_2/x 1x,  https://b.example/y 2x">';
  expect(absoluteLinks(absolute, PAGE)).toBe(absolute);
  expect(absoluteLinks('<img srcset="x 1x, /y,z 2x">', PAGE)).toBe(
    '<img srcset="https://a.example/news/x 1x, https://a.example/y,z 2x">',
  );
});

test('a text does not grow without end by a long base', () => {
  const links = '<a href="x">t</a>'.repeat(20_000);
  const grown = absoluteLinks(links, `https://a.example/${'b'.repeat(1900)}/`);
  expect(grown.length).toBeGreaterThan(links.length);
  expect(grown.length).toBeLessThan(links.length * 10);
  expect(absoluteLinks(links, `https://a.example/${'b'.repeat(3000)}/`)).toBe(links);
});

test('tags whose quotes are out of step leave the text as it is', () => {
  const flood = `<a href="b' src='c`.repeat(2000);
  expect(absoluteLinks(flood, PAGE)).toBe(flood);
});
