import { expect, test } from '@jest/globals';
import { needsPage } from '../../src/extract/needs-page.ts';
import type { Entry } from '../../src/model/feed.ts';
import { anEntry, aSource } from '../support/an-entry.ts';

const sentence = 'The bridge over the harbour opened again on Friday after three years of work. ';
const long = { type: 'html' as const, value: `<p>${sentence.repeat(6)}</p><p>${sentence.repeat(6)}</p>` };
const asked = (entry: Partial<Entry>, content: 'auto' | 'feed' | 'page' = 'auto'): boolean =>
  needsPage(anEntry({ link: 'https://harbour.example/a', title: 'Bridge', ...entry }), aSource({ content }));

test.each([
  ['there is no text', {}, true],
  ['the text is short', { content: { type: 'html' as const, value: `<p>${sentence}</p>` } }, true],
  ['the text is long and whole', { content: long }, false],
  ['the text ends in an ellipsis', { content: { ...long, value: `${long.value}<p>And then […]</p>` } }, true],
  [
    'the text ends in "Read more"',
    { content: { ...long, value: `${long.value}<p>And then it was. <a href="/a">Read more</a></p>` } },
    true,
  ],
  [
    'the text ends in the middle',
    { content: { type: 'text' as const, value: `${sentence.repeat(10)} And then the mayor of the city` } },
    true,
  ],
  [
    'a long text names where it appeared',
    { content: { ...long, value: `${long.value}<p>The post Bridge appeared first on Harbour.</p>` } },
    false,
  ],
  [
    'a note has no title',
    { title: null, content: { type: 'html' as const, value: '<p>The boat is full.</p>' } },
    false,
  ],
  ['there is no link', { link: null }, false],
])('when %s', (_what, entry, expected) => {
  expect(asked(entry)).toBe(expected);
});

test('the operator’s word is taken', () => {
  expect([asked({ content: long }, 'page'), asked({}, 'feed')]).toEqual([true, false]);
});
