import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OpmlList } from '../../../src/parse/opml/opml-list.ts';
import { readOpml } from '../../../src/parse/opml/read-opml.ts';

const cases = fileURLToPath(new URL('../../fixtures/opml/', import.meta.url));
const read = (text: string): ReturnType<typeof readOpml> => readOpml(new TextEncoder().encode(text));

/** A list as a fixture tells it: folders as ways with slashes. */
function plain(list: OpmlList | { readonly fault: string }): unknown {
  if ('fault' in list) return list;
  return {
    feeds: list.feeds.map(({ url, title, paths, line }) => ({
      line,
      url,
      title,
      folders: paths.map((path) => path.map((folder) => folder.title).join(' / ')),
    })),
    unusable: list.unusable,
  };
}

test.each(readdirSync(cases))('%s', (sentence) => {
  const expected = JSON.parse(readFileSync(`${cases}${sentence}/expected.json`, 'utf8')) as unknown;
  expect(plain(readOpml(readFileSync(`${cases}${sentence}/input.opml`)))).toEqual(expected);
});

describe('what is no list', () => {
  test.each([
    ['', 'is empty'],
    ['<opml version="2.0"><body></body></opml>', 'is an OPML list without a single feed'],
    [
      '<rss version="2.0"><channel><title>T</title></channel></rss>',
      'is a feed and no list of feeds; tributary sources add takes its address',
    ],
    [
      '<!doctype html><html><body>Hello</body></html>',
      'is a web page and no OPML list; tributary sources discover finds its feeds',
    ],
    ['{"version":"https://jsonfeed.org/version/1.1"}', 'is JSON and no OPML list'],
    ['<urlset/>', 'is no OPML list: its outermost element is <urlset>'],
    ['https://harbour.example/feed', 'is no OPML list: it begins with “https://harbour.example/feed”'],
  ])('%j', (text, fault) => {
    expect(read(text)).toEqual({ fault });
  });

  test('and what is more than a list may be', () => {
    const feed = '<outline xmlUrl="https://a.example/"/>';
    expect(readOpml(new TextEncoder().encode(feed), { maxBytes: 10, maxFeeds: 1 })).toEqual({
      fault: expect.stringMatching(/^is larger than/),
    });
    expect(readOpml(new TextEncoder().encode(feed + feed), { maxBytes: 100, maxFeeds: 1 })).toEqual({
      fault: 'lists more than 1 feeds; split it',
    });
  });
});

test('a list in another charset is read as what it declares, or as its byte order mark says', () => {
  const text =
    '<?xml version="1.0" encoding="windows-1252"?><opml><body><outline text="Blåfjord" xmlUrl="https://a.example/"/>';
  for (const bytes of [Buffer.from(text, 'latin1'), Buffer.from(`\ufeff${text}`, 'utf16le')])
    expect(readOpml(bytes)).toMatchObject({ feeds: [{ title: 'Blåfjord' }] });
});

test('folders without end are folders as deep as anybody lays them', () => {
  const list = read(`${'<outline text="f">'.repeat(50_000)}<outline text="Deep" xmlUrl="https://a.example/"/>`);
  expect(list).toMatchObject({ feeds: [{ title: 'Deep', paths: [{ length: 16 }] }] });
});

test('nothing that is made of the pieces of lists makes it throw', () => {
  const pieces = [
    '<outline |<OUTLINE\n|</outline>|/>|>|<!--|-->|<![CDATA[|]]>|<!DOCTYPE opml [|<!ENTITY a "&a;">| text="|xmlUrl=\'',
    ' xmlUrl=https://a.example/ |"|\'|&amp|&#x|;|\0|category="/a/b,c"|htmlUrl="x"|<opml>|\ud800|<|=|tributary:settings="{',
  ].flatMap((each) => each.split('|'));
  const piece = fc.constantFrom(...pieces);
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (drawn) => {
      const list = read(drawn.join(''));
      expect('fault' in list ? list.fault.length > 0 : list.feeds.length + list.unusableCount > 0).toBe(true);
    }),
  );
});
