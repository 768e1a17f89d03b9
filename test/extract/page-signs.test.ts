import { describe, expect, test } from '@jest/globals';
import { partCaption } from '../../src/extract/picture/caption.ts';
import { marksOf } from '../../src/extract/page/class-marks.ts';
import { decodePage } from '../../src/extract/page/decode-page.ts';
import { imageKey } from '../../src/extract/picture/image-key.ts';
import { parseJsonLd } from '../../src/extract/page/json-ld.ts';
import { pageTitle, type TitleSigns } from '../../src/extract/page/page-title.ts';
import { plainTitle } from '../../src/support/plain-title.ts';
import { readDate } from '../../src/extract/page/read-date.ts';
import { peopleOf } from '../../src/extract/page/read-names.ts';

test.each([
  ['2026-11-20', '2026-11-20T00:00:00Z'],
  ['2026-11-20T08:30:00+01:00', '2026-11-20T07:30:00Z'],
  ['2026-11-20 08:30:00 -0500', '2026-11-20T13:30:00Z'],
  ['Fri, 20 Nov 2026 08:30:00 GMT', '2026-11-20T08:30:00Z'],
  ['November 20, 2026 at 3:15 pm EST', '2026-11-20T20:15:00Z'],
  ['20. März 2026, 10:05 Uhr', '2026-03-20T10:05:00Z'],
  ['20 de noviembre de 2026', '2026-11-20T00:00:00Z'],
  ['20 ноября 2026', '2026-11-20T00:00:00Z'],
  ['2026年11月20日', '2026-11-20T00:00:00Z'],
  ['20.11.2026', '2026-11-20T00:00:00Z'],
  ['11/20/2026', '2026-11-20T00:00:00Z'],
  ['1795161600', '2026-11-20T08:00:00Z'],
  ['2026-02-30', null],
  ['20 November 1902', null],
  ['yesterday', null],
  ['', null],
])('the date %s', (text, expected) => {
  expect(readDate(text)).toBe(expected);
});

test.each([
  [['By Mara Lind and Tom Oak'], ['Mara Lind', 'Tom Oak']],
  [['Mara Lind, Senior Reporter'], ['Mara Lind']],
  [['ByMara Lind'], ['Mara Lind']],
  [['Von Jörg Äpfel'], ['Jörg Äpfel']],
  [['Didier Roy'], ['Didier Roy']],
  [['Mara Lind | Harbour News'], ['Mara Lind']],
  [['https://harbour.example/authors/mara'], []],
  [['admin'], []],
  [['Editorial Team'], []],
  [['Harbour News'], []],
])('the people in %j', (texts, expected) => {
  expect(peopleOf(texts, ['harbour news']).map(({ name }) => name)).toEqual(expected);
});

test.each([
  ['Boats at dawn. Photo: Ana Ruiz', null, 'Boats at dawn.', 'Ana Ruiz'],
  ['Boats at dawn. (Photo by Ana Ruiz/Agency)', null, 'Boats at dawn.', 'Ana Ruiz/Agency'],
  ['Boats at dawn. © Ana Ruiz', null, 'Boats at dawn.', 'Ana Ruiz'],
  ['Boats at dawn. Ana Ruiz/Reuters', null, 'Boats at dawn.', 'Ana Ruiz/Reuters'],
  ['Boats at dawn. Ana Ruiz', 'Ana Ruiz', 'Boats at dawn.', 'Ana Ruiz'],
  ['Photo: Ana Ruiz', null, null, 'Ana Ruiz'],
  ['Boats at dawn.', null, 'Boats at dawn.', null],
  ['', null, null, null],
])('the caption %s', (text, known, caption, credit) => {
  expect(partCaption(text, known)).toEqual({ caption, credit });
});

test('marks are whole words', () => {
  expect(marksOf('shared-layout commentary')).toEqual([]);
  expect(marksOf('page1-footer')).toEqual(['weak']);
  expect(marksOf('relatedPosts')).toEqual(['strong']);
  expect(marksOf('styles_articleBody__3kd9')).toEqual(['body']);
  expect(marksOf('social-embed twitter-tweet')).toEqual([]);
});

describe('the title of a page', () => {
  const signs = (given: Partial<TitleSigns>): TitleSigns => ({
    headline: null,
    openGraph: null,
    twitter: null,
    titleTag: null,
    headings: [],
    siteNames: ['Harbour News'],
    ...given,
  });

  test('is the heading that the others confirm', () => {
    expect(
      pageTitle(
        signs({
          openGraph: 'The bridge opens again - Harbour News',
          headings: ['Harbour News', 'The bridge opens again'],
        }),
      ),
    ).toBe('The bridge opens again');
  });

  test('loses the site’s name, and no other part', () => {
    expect(pageTitle(signs({ titleTag: 'The bridge - a long story | Harbour News' }))).toBe(
      'The bridge - a long story',
    );
  });

  test('is null where nothing is said', () => {
    expect(pageTitle(signs({ titleTag: 'Harbour News' }))).toBeNull();
  });
});

test('JSON-LD that is not quite JSON is read', () => {
  const broken =
    '<!-- {"@type":"NewsArticle","headline":"A "quoted" line\nand more","author":[{"@type":"Person","name":"M"},],} -->';
  const [article] = parseJsonLd([broken]);
  expect(article?.['headline']).toBe('A "quoted" line\nand more');
  expect(parseJsonLd(['nothing at all', '{"@type":'])).toEqual([]);
});

test('a page’s bytes are read by mark, header, declaration, then by what they are', () => {
  const latin = Uint8Array.from([0x63, 0x61, 0x66, 0xe9]);
  expect(decodePage(latin, 'text/html; charset=iso-8859-1')).toBe('café');
  expect(decodePage(latin, null)).toBe('café');
  expect(decodePage(new TextEncoder().encode('café'), 'text/html; charset=iso-8859-1')).toBe('café');
  expect(decodePage(Uint8Array.from([0xff, 0xfe, 0x41, 0x00]), 'text/html; charset=utf-8')).toBe('A');
  expect(decodePage(new TextEncoder().encode('+ADw-b+AD4-'), 'text/html; charset=utf-7')).toBe('+ADw-b+AD4-');
});

test('the same picture in two sizes has one key', () => {
  expect(imageKey('https://a.example/u/bridge-opens-1200x800.jpg?w=3')).toBe(
    imageKey('https://cdn.example/bridge-opens-300x200.webp'),
  );
  expect(imageKey('https://a.example/1/image.jpg')).not.toBe(imageKey('https://a.example/2/image.jpg'));
});

test('a title has no controls, no overrides of direction and no flood of marks', () => {
  expect(plainTitle(' A\u0000\u202e b\n\u200bc ')).toBe('A b c');
  expect(plainTitle(`e${'\u0316'.repeat(50)}`)).toHaveLength(5);
  expect(plainTitle('x'.repeat(5000)).length).toBeLessThan(600);
});
