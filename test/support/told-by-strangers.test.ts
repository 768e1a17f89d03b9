import { describe, expect, test } from '@jest/globals';
import { languageTag } from '../../src/support/language-tag.ts';
import { mailAddress } from '../../src/support/mail-address.ts';
import { mediaType } from '../../src/support/media-type.ts';
import { publicAddress } from '../../src/support/public-address.ts';

describe('a public address', () => {
  test.each([
    'https://h.example/a?b=1&c=%20#d',
    'http://h.example',
    'https://sub.h.example:8443/a;b/(c)/d@e',
    'HTTPS://H.example/A',
  ])('%s stays as it is', (address) => {
    expect(publicAddress(address)).toBe(address);
  });

  test.each([
    ['http://user:secret@h.example/a', 'http://h.example/a'],
    ['https://h.example/a b', 'https://h.example/a%20b'],
    ['https://h.example/a|b^c`d{e}?f=|&g=%zz', 'https://h.example/a%7Cb%5Ec%60d%7Be%7D?f=%7C&g=%25zz'],
    ['https://münchen.example/straße', 'https://xn--mnchen-3ya.example/stra%C3%9Fe'],
    ['https:/h.example/a', 'https://h.example/a'],
    [' https://h.example/\n', 'https://h.example/'],
    ['https://h.example/"><script>', 'https://h.example/%22%3E%3Cscript%3E'],
    ['http://127.0.0.1:8080/feed', 'http://127.0.0.1:8080/feed'],
    ['https://h.example/\ud800', 'https://h.example/%EF%BF%BD'],
  ])('%j becomes %s', (address, public_) => {
    expect(publicAddress(address)).toBe(public_);
  });

  test.each([
    null,
    '',
    '/a',
    '//h.example/a',
    'javascript:alert(1)',
    'mailto:a@h.example',
    'https://',
    'https://h.example:99999/',
    'urn:x:1',
  ])('%j is none', (address) => {
    expect(publicAddress(address)).toBeNull();
  });
});

test.each([
  ['EN', 'en'],
  ['en-gb', 'en-GB'],
  ['ZH-hant-tw', 'zh-Hant-TW'],
  ['de-CH-1996', 'de-CH-1996'],
  ['sr-latn-rs-u-co-phonebk', 'sr-Latn-RS'],
  ['es-419', 'es-419'],
  ['english', null],
  ['en_US', null],
  ['', null],
  [null, null],
  ['en-', null],
  [`en-${'a'.repeat(100_000)}`, null],
])('the language tag %j is %j', (told, tag) => {
  expect(languageTag(told)).toBe(tag);
});

test.each([
  ['image/jpeg', 'image/jpeg'],
  ['Image/JPG', 'image/jpeg'],
  ['text/html; charset=utf-8', 'text/html'],
  ['audio/mp3', 'audio/mpeg'],
  ['mp3', null],
  ['image/', null],
  ['a b/c', null],
  [null, null],
])('the media type %j is %j', (told, type) => {
  expect(mediaType(told)).toBe(type);
});

test.each([
  ['ada@h.example', 'ada@h.example'],
  ['Ada <ada@h.example>', null],
  ['ada at h.example', null],
  ['a@b@c', null],
  [`${'a'.repeat(300)}@h.example`, null],
  [null, null],
])('the mail address %j is %j', (told, address) => {
  expect(mailAddress(told)).toBe(address);
});
