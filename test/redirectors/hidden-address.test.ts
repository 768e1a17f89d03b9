import { describe, expect, test } from '@jest/globals';
import { cleanAddress } from '../../src/support/canonical-address.ts';
import { hiddenAddress } from '../../src/support/hidden-address.ts';

const target = 'https://paper.example/stories/two-boats-4711?page=2';
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64url');

describe('an address that a text hides', () => {
  test.each([
    ['in base64', base64(target)],
    ['in base64 of the other alphabet, with its padding', Buffer.from(`${target}~`).toString('base64')],
    ['in base64 after it was escaped', base64(encodeURIComponent(target))],
    ['in hex', Buffer.from(target).toString('hex')],
    ['in JSON, under one of several names', base64(JSON.stringify({ s: 'https://other.example/a', url: target }))],
    ['in JSON with escaped slashes', base64(`{"e":"${target.replaceAll('/', '\\/')}"}`)],
    ['in the second part of a signed token', `${base64('{"alg":"HS256"}')}.${base64(JSON.stringify({ u: target }))}.sig`],
    ['in a message, with its length before it and more behind', base64(`\u0008\u0013"${String.fromCharCode(target.length)}${target}*\u0005hello`)],
    ['in a message of unknown make', base64(`\u0001\u0002${target}\u00d2\u0001`)],
  ])('%s is read', (_how, text) => {
    expect(hiddenAddress(text)?.replace(/~$/, '')).toBe(target);
  }); // prettier-ignore

  test.each([
    ['words', base64('nothing of the kind, http or not')],
    ['an address that is only begun', base64('https://')],
    ['a private host', base64('http://192.168.0.1/admin')],
    ['a local name', base64('http://cms.internal/story/4')],
    ['a picture', base64('https://paper.example/p/boat.jpg')],
    ['another scheme', base64('ftp://paper.example/http')],
    ['two addresses in JSON, neither named', base64('{"x":"https://a.example/1","y":"https://b.example/2"}')],
    ['more than is worth reading', base64(`https://paper.example/${'a'.repeat(5000)}`)],
    ['broken JSON without an end', base64('{"u":"https:')],
  ])('%s is none', (_what, text) => {
    expect(hiddenAddress(text)).toBeNull();
  });
});

describe('a redirector leads to the address that it holds', () => {
  test.each([
    `https://letters.example/redirect/2/${base64(JSON.stringify({ e: target }))}?j=abc`,
    `https://mail.letters.example/ls/click?upn=1&u=${base64(target)}`,
    `https://mail.letters.example/click?payload=${base64(JSON.stringify({ href: target }))}`,
    `https://track.example/L0/${encodeURIComponent(target)}/1/0100/sig=4`,
    `https://forum.example/leave.php?target=${encodeURIComponent(target)}`,
    `https://forum.example/away/${target}`,
    `https://hide.example/?${target}`,
    `https://links.example/${base64(target)}`,
  ])('%s', (address) => {
    expect(cleanAddress(address)).toBe(target);
  });

  test.each([
    `https://paper.example/login?return=${base64(target)}`,
    `https://paper.example/stories/4?ref=${base64(target)}`,
    `https://paper.example/unsubscribe?u=${base64(target)}`,
    `https://social.example/share/${base64(target)}`,
    `https://pictures.example/fit/${base64('https://paper.example/p/boat.jpg')}`,
  ])('%s does something else', (address) => {
    expect(cleanAddress(address)).toBe(address);
  });
});
