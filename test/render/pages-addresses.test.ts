import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, property, stringMatching, tuple } from 'fast-check';
import { relativeAddress } from '../../src/render/page/addresses.ts';

const BASE = 'https://news.example.org/paper/';

describe('the way from page to page', () => {
  test.each([
    ['', '', 'index.html'],
    ['', 'topics/world/', 'topics/world/index.html'],
    ['', 'articles/2026/11/a.html', 'articles/2026/11/a.html'],
    ['hot/', 'hot/', 'index.html'],
    ['hot/', '', '../index.html'],
    ['topics/world/', 'topics/sport/', '../sport/index.html'],
    ['topics/world/', 'hot/', '../../hot/index.html'],
    ['articles/2026/11/a.html', 'articles/2026/11/b.html', 'b.html'],
    ['articles/2026/11/a.html', 'articles/2025/01/b.html', '../../2025/01/b.html'],
    ['articles/2026/11/a.html', 'assets/site.css', '../../../assets/site.css'],
    ['articles/2026/11/a.html', 'topics/world/?page=2#top', '../../../topics/world/index.html?page=2#top'],
    ['topics/', 'topics/a:b', './a:b'],
  ])('from "%s" to "%s" is "%s"', (from, to, way) => {
    expect(relativeAddress(BASE + from, BASE + to, BASE)).toBe(way);
  });

  test('addresses elsewhere stay as they are', () => {
    expect(relativeAddress(BASE, 'https://other.example/a', BASE)).toBe('https://other.example/a');
    expect(relativeAddress(BASE, 'https://news.example.org/other', BASE)).toBe('https://news.example.org/other');
  });

  test('whatever the two are, a browser finds the one from the other', () => {
    const name = stringMatching(/^[a-z0-9:-]{1,8}$/);
    const path = tuple(array(name, { maxLength: 4 }), constantFrom('', 'page.html')).map(([folders, file]) => {
      return folders.map((folder) => `${folder}/`).join('') + file;
    });
    assert(
      property(path, path, (from, to) => {
        const found = new URL(relativeAddress(BASE + from, BASE + to, BASE), BASE + from).href;
        expect(found.replace(/(?<=\/)index\.html$/, '')).toBe(BASE + to);
      }),
    );
  });
});
