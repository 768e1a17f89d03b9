import { describe, expect, test } from '@jest/globals';
import { safeLinkAddress, safeMediaAddress } from '../../src/extract/page/safe-address.ts';

const BASE = 'https://www.harbournews.example/news/';

describe('an address that holds controls between U+0080 and U+009F', () => {
  // The page was UTF-8, was taken for Latin-1 and written as UTF-8 again: `ä` became `Ã¤`, and `Ä` `Ã` with U+0084.
  test('keeps them in the name of its file, percent-encoded', () => {
    expect(safeMediaAddress('/u/\u00c3\u0084rzte-1.jpg', BASE)).toBe(
      'https://www.harbournews.example/u/%C3%83%C2%84rzte-1.jpg',
    );
    expect(safeLinkAddress('bridge-\u0080-\u009f', BASE)).toBe(
      'https://www.harbournews.example/news/bridge-%C2%80-%C2%9F',
    );
    expect(safeLinkAddress('https://www.harbournews.example/?q=\u0096', BASE)).toBe(
      'https://www.harbournews.example/?q=%C2%96',
    );
    expect(safeLinkAddress('mailto:desk\u0085@harbournews.example', BASE)).toBe(
      'mailto:desk%C2%85@harbournews.example',
    );
  });

  test('is none where they stand in the name of its host', () => {
    expect(safeLinkAddress('https://harbour\u0085news.example/', BASE)).toBeNull();
  });

  test('loses the controls that no address holds in any writing', () => {
    expect(safeMediaAddress('/u/a\u0000b\u0007c\ufffe.jpg', BASE)).toBe('https://www.harbournews.example/u/abc.jpg');
  });
});

describe('an address that stands there as any parser writes it', () => {
  test.each([
    'https://www.harbournews.example/',
    'http://harbournews.example/a/b-c_d.jpg?w=100&h=50,2#top',
    'https://harbournews.example/a%20b/(c)~$@:;=+*!',
  ])('comes back as it is: %s', (address) => {
    expect(safeMediaAddress(address, BASE)).toBe(address);
    expect(safeLinkAddress(address, BASE)).toBe(address);
    expect(new URL(address).href).toBe(address);
  });

  test.each([
    ['https://www.harbournews.example', 'https://www.harbournews.example/'],
    ['https://WWW.harbournews.example/A', 'https://www.harbournews.example/A'],
    ['https://www.harbournews.example:443/a', 'https://www.harbournews.example/a'],
    ['https://www.harbournews.example/a/../b', 'https://www.harbournews.example/b'],
    ['https://www.harbournews.example/a/%2E%2e/b', 'https://www.harbournews.example/b'],
    ['https://www.harbournews.example/a/.', 'https://www.harbournews.example/a/'],
    ["https://www.harbournews.example/?a='b'", 'https://www.harbournews.example/?a=%27b%27'],
    ['https://ana:secret@www.harbournews.example/', 'https://www.harbournews.example/'],
    ['https://www.harbournews.example/a\\b', 'https://www.harbournews.example/a/b'],
    ['https://1.2.3/', 'https://1.2.0.3/'],
  ])('but not where it is written otherwise: %s', (address, written) => {
    expect(safeMediaAddress(address, BASE)).toBe(written);
  });
});
