import { describe, expect, test } from '@jest/globals';
import { readAddress } from '../../src/fetch/read-address.ts';
import type { StageError } from '../../src/model/errors.ts';

const base = new URL('https://news.example/world/index.html');

function refusalOf(text: string, from?: URL): StageError | null {
  try {
    readAddress(text, from);
    return null;
  } catch (error) {
    return error as StageError;
  }
}

describe('an address', () => {
  test.each([
    ['https://news.example/feed.xml', 'https://news.example/feed.xml'],
    ['https://news.example:443/feed.xml', 'https://news.example/feed.xml'],
    ['https://news.example:8443/feed.xml', 'https://news.example:8443/feed.xml'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https://news.example./feed.xml', 'https://news.example/feed.xml'],
    ['https://news.example/story#comments', 'https://news.example/story'],
    ['https://news.example/?from=https://other.example/, https://third.example/', null],
    [' https://news.example/a b ', 'https://news.example/a%20b'],
  ])('%s is read by the rules of the web', (text, expected) => {
    const read = readAddress(text).href;
    expect(read).toBe(expected ?? new URL(text).href);
  });

  test('that is relative is read against its base', () => {
    expect(readAddress('../a?b', base).href).toBe('https://news.example/a?b');
    expect(readAddress('//other.example/a', base).href).toBe('https://other.example/a');
  });

  test.each([
    ['', 'it cannot be read'],
    ['//news.example/', 'it cannot be read'],
    ['/etc/passwd', 'it cannot be read'],
    ['http://[::1', 'it cannot be read'],
    ['file:///etc/passwd', 'it begins with file:'],
    ['javascript:alert(1)', 'it begins with javascript:'],
    ['blob:https://news.example/1', 'it begins with blob:'],
    ['https://news.example:22/', 'port 22 belongs to another protocol'],
    ['https://news.example:0/', 'port 0 belongs to another protocol'],
    ['https://news.example:6379/', 'port 6379 belongs to another protocol'],
    ['https://news.example/a, http://other.example/', 'it is two addresses in one'],
    [`https://news.example/${'a'.repeat(8_000)}`, 'it is longer than 8000 characters'],
  ])('%.60s is refused: %s', (text, detail) => {
    expect(refusalOf(text)).toMatchObject({ code: 'fetch-bad-address', detail });
  });

  test('with credentials is refused, and the error does not repeat them', () => {
    const error = refusalOf('https://reader:secret@news.example/feed.xml');
    expect(error).toMatchObject({ code: 'fetch-bad-address', url: null });
    expect(`${error?.message} ${error?.detail}`).not.toContain('secret');
  });
});
