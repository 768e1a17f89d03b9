import { describe, expect, test } from '@jest/globals';
import { readPageModel, type Block } from '../../src/extract/page/page-model.ts';
import { parseHtml } from '../../src/extract/page/parse-html.ts';

function blocksOf(html: string): readonly Block[] {
  return readPageModel(parseHtml(html)).blocks;
}

describe('a page as boxes and blocks', () => {
  test('has a block for each run of text that no box interrupts', () => {
    const blocks = blocksOf('<div>a <b>b</b><p>c<br>d<br><br>e</p>f<a href="/">g</a></div>');
    expect(blocks.map(({ text }) => text)).toEqual(['a b', 'c d', 'e', 'fg']);
    expect(blocks.map(({ nodes }) => nodes.map(({ data }) => data))).toEqual([
      ['a ', 'b'],
      ['c', 'd'],
      ['e'],
      ['f', 'g'],
    ]);
    expect(blocks.map(({ links, linkChars }) => [links, linkChars])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  test('counts the characters of a dense script for more', () => {
    const [latin, dense, late] = blocksOf(`<p>harbour</p><p>港の委員会</p><p>${'a'.repeat(60)}港</p>`);
    expect([latin!.length, dense!.length, late!.length]).toEqual([7, 12.5, 61]);
  });

  test('leaves out what no reader sees within a word, and what only spells it', () => {
    const blocks = blocksOf('<p>har\u00adbour\u200b</p><p>\ufeff</p><p><ruby>港<rt>みなと</rt></ruby></p>');
    expect(blocks.map(({ text }) => text)).toEqual(['harbour', '港']);
  });

  test('is read up to more boxes than any page has', () => {
    const { boxes, blocks } = readPageModel(parseHtml('<p>a</p>'.repeat(15_000)));
    expect([boxes.length, blocks.length]).toEqual([10_000, 10_000]);
  });
});
