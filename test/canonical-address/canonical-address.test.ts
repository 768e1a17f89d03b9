import { describe, expect, test } from '@jest/globals';
import { canonicalAddress, cleanAddress } from '../../src/support/canonical-address.ts';

const target = 'https://news.example/2026/a-story';
const escaped = encodeURIComponent(target);

describe('the form by which addresses are compared', () => {
  test.each([
    ['scheme, port and www', 'http://www.news.example:80/a', 'https://news.example/a'],
    ['a host that is www and no more', 'https://www.com/a', 'https://www.com/a'],
    ['another port', 'https://news.example:8080/a', 'https://news.example:8080/a'],
    ['capitals in the host, not in the path', 'https://News.Example/A', 'https://news.example/A'],
    ['other scripts in the host', 'https://bücher.example/a', 'https://xn--bcher-kva.example/a'],
    ['a trailing dot and credentials', 'https://u:p@news.example./a', 'https://news.example/a'],
    ['white space and zero-width characters', ' https://news.example/a\u200b\n', 'https://news.example/a'],
    [
      'dot segments, double slashes, an index file',
      'https://news.example/a/../b//c/index.html',
      'https://news.example/b/c',
    ],
    ['a trailing slash', 'https://news.example/a/', 'https://news.example/a'],
    ['escapes', 'https://news.example/caf%c3%a9/%7Ea%2fb', 'https://news.example/caf%C3%A9/~a%2Fb'],
    ['a letter and its accent apart', 'https://news.example/cafe%CC%81', 'https://news.example/caf%C3%A9'],
    ['a lone percent sign', 'https://news.example/100%', 'https://news.example/100%25'],
    ['tracking parameters', `${target}?utm_source=rss&fbclid=1&gclid=2&mc_cid=3`, target],
    ['parameters in another order', 'https://news.example/a?b=2&a=1', 'https://news.example/a?a=1&b=2'],
    ['a channel', 'https://news.example/a?ref=rss&cid=newsletter-daily', 'https://news.example/a'],
    [
      'an identifier under a channel’s name',
      'https://news.example/a?cid=81723&ref=AB12',
      'https://news.example/a?cid=81723&ref=AB12',
    ],
    ['a session', 'https://news.example/a;jsessionid=12ab?PHPSESSID=x&id=5', 'https://news.example/a?id=5'],
    ['an escaped ampersand', 'https://news.example/a?id=1&amp;amp;utm_medium=x', 'https://news.example/a?id=1'],
    ['a question mark that was escaped', 'https://news.example/a%3Futm_source=rss', 'https://news.example/a'],
    ['a fragment', 'https://news.example/a#comments', 'https://news.example/a'],
    ['a route in the fragment', 'https://news.example/#!/a', 'https://news.example/#!/a'],
    ['the AMP and mobile twins', 'https://m.news.example/amp/2026/a-story/?amp=1', target],
    ['a word that begins like AMP', 'https://news.example/amplifier', 'https://news.example/amplifier'],
    ['a page for printers', 'https://news.example/2026/a-story/print?format=print', target],
    ['an encyclopedia’s mobile host', 'https://en.m.wiki.example/wiki/RSS', 'https://en.wiki.example/wiki/RSS'],
    ['the ways to a video', 'https://youtu.be/dQw4w9WgXcQ?t=42', 'https://youtube.com/watch?v=dQw4w9WgXcQ'],
  ])('%s', (_what, address, expected) => {
    expect(canonicalAddress(address)).toBe(expected);
  });

  test.each([
    ['a redirector by its path', `https://portal.example/out?url=${escaped}`],
    ['a redirector by its host', `https://click.portal.example/x?u=${escaped}`],
    [
      'a redirector within another',
      `https://portal.example/redirect?to=${encodeURIComponent(`https://go.other.example/?url=${escaped}`)}`,
    ],
    ['an archive', `https://web.archive.org/web/20260105123456/${target}`],
    ['an AMP cache', 'https://news-example.cdn.ampproject.org/c/s/news.example/2026/a-story'],
    ['a search engine’s click', `https://r.search.example/_ylt=A0/RU=${escaped}/RK=2/RS=x`],
  ])('%s gives its target up', (_what, address) => {
    expect(canonicalAddress(address)).toBe(target);
  });

  test.each([
    ['a share button', `https://social.example/sharer/sharer.php?u=${escaped}`],
    ['a login page', `https://news.example/login?redirect=${escaped}`],
    ['an article about an address', `https://tools.example/a-story?url=${escaped}`],
  ])('%s is no redirector', (_what, address) => {
    expect(canonicalAddress(address)).not.toBe(target);
  });

  test('a relative address is read against its base', () => {
    expect(canonicalAddress('../b?utm_source=x', 'https://news.example/feeds/a/')).toBe('https://news.example/feeds/b');
  });

  test('what is no web address comes back as it is', () => {
    expect(canonicalAddress(' urn:isbn:12 ')).toBe('urn:isbn:12');
    expect(canonicalAddress('')).toBe('');
  });

  test('to write it twice changes nothing', () => {
    const address = 'https://www.news.example/a%20b/?q=a%20b&x=%e2%82%ac';
    expect(canonicalAddress(canonicalAddress(address))).toBe(canonicalAddress(address));
  });
});

describe('the address that is shown and fetched', () => {
  test('keeps scheme, host, path and order, and loses tracking and fragment', () => {
    expect(cleanAddress('http://www.news.example/a/?b=2&utm_source=x&a=1#top')).toBe(
      'http://www.news.example/a/?b=2&a=1',
    );
  });

  test('is null for what cannot be asked', () => {
    expect(
      ['mailto:a@b.example', 'javascript:alert(1)', 'http://', '/a'].map((address) => cleanAddress(address)),
    ).toEqual([null, null, null, null]);
  });
});
