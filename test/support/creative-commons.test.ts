import { expect, test } from '@jest/globals';
import { creativeCommonsIn, creativeCommonsName, creativeCommonsTerms } from '../../src/support/creative-commons.ts';

const CC = 'https://creativecommons.org/';

test.each([
  ['http://creativecommons.org/licenses/by-nc/3.0/us/', `${CC}licenses/by-nc/3.0/`],
  ['Texts under https://www.creativecommons.org/licenses/by-sa/4.0/deed.de.', `${CC}licenses/by-sa/4.0/`],
  ['CC BY-NC-ND 4.0', `${CC}licenses/by-nc-nd/4.0/`],
  ['Published under CC-BY-4.0 by the council', `${CC}licenses/by/4.0/`],
  ['CC BY SA', `${CC}licenses/by-sa/`],
  ['CC0', `${CC}publicdomain/zero/1.0/`],
  [
    'This work is licensed under a Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International License.',
    `${CC}licenses/by-nc-sa/4.0/`,
  ],
  ['Creative Commons Attribution-NoDerivs 2.5', `${CC}licenses/by-nd/2.5/`],
])('%s names its licence', (text, address) => {
  expect(creativeCommonsIn(text)).toBe(address);
});

test.each(['© 2026 Harbour News', 'All rights reserved', 'CCBY the way', 'cc by the editor', 'creative commons'])(
  '%s names none',
  (text) => {
    expect(creativeCommonsIn(text)).toBeNull();
  },
);

test('an address tells what its licence asks for and how people call it', () => {
  expect([...creativeCommonsTerms(`${CC}licenses/by-nc-sa/4.0/`)!]).toEqual(['by', 'nc', 'sa']);
  expect([...creativeCommonsTerms(`${CC}publicdomain/zero/1.0/`)!]).toEqual([]);
  expect(creativeCommonsTerms('https://gull.example/licenses/by-nc/4.0/')).toBeNull();
  expect(['licenses/by-nc/4.0/', 'publicdomain/zero/1.0/'].map((path) => creativeCommonsName(CC + path))).toEqual([
    'CC BY-NC 4.0',
    'CC0 1.0',
  ]);
});
