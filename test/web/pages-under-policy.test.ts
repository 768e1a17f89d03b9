import { expect, test } from '@jest/globals';
import { sampleSite } from '../render/sample-pages.ts';

// The policy that pages are served under forbids what stands within them: so nothing may.

const pages = [...sampleSite('https://news.example.org/')].filter(([path]) => path.endsWith('.html'));

test('there are pages of every kind', () => {
  expect(pages.length).toBeGreaterThan(4);
});

test.each(pages)('%s has no script and no style within it', (_path, page) => {
  expect(String(page)).not.toMatch(/<script|<style|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|javascript:/i);
});
