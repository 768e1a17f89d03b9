import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { hubSignature, isSameText, openSignatureCheck, webhookSignature } from '../../src/push/signatures.ts';

const body = Buffer.from('<feed/>');

/** The body comes in pieces. */
function isSignedWith(secret: string, signed: Uint8Array, signature: string | null): boolean {
  const check = openSignatureCheck(secret, signature);
  for (const byte of signed) check?.take(Uint8Array.of(byte));
  return check?.isRight() ?? false;
}

const by = (method: string, secret = 'secret'): string =>
  `${method}=${createHmac(method, secret).update(body).digest('hex')}`;

test.each(['sha1', 'sha256', 'sha384', 'sha512'])('a signature by %s is known', (method) => {
  expect(isSignedWith('secret', body, by(method))).toBe(true);
  expect(
    isSignedWith(
      'secret',
      body,
      by(method)
        .toUpperCase()
        .replace(/^[^=]+/, method),
    ),
  ).toBe(true);
});

test.each([
  ['none', null],
  ['an empty one', ''],
  ['one of another secret', by('sha256', 'other')],
  ['one by a weak method', by('md5')],
  ['one without its method', by('sha256').slice('sha256='.length)],
  ['one of another length', by('sha256').slice(0, -2)],
  ['one that names another method', by('sha1').replace('sha1', 'sha256')],
])('%s is a wrong signature', (_, signature) => {
  expect(isSignedWith('secret', body, signature)).toBe(false);
});

test('a signature of another body is wrong', () => {
  expect(isSignedWith('secret', Buffer.from('<feed></feed>'), hubSignature('secret', body))).toBe(false);
  expect(isSignedWith('secret', body, hubSignature('secret', body))).toBe(true);
});

test('a webhook’s signature holds its time, so that an old one is not sent again as new', () => {
  const v1 = createHmac('sha256', 's').update('1700000000.{}').digest('hex');
  expect(webhookSignature('s', 1_700_000_000, '{}')).toBe(`t=1700000000,v1=${v1}`);
});

test('texts of different lengths are compared without fault', () => {
  expect([isSameText('a', 'ab'), isSameText('', ''), isSameText('ä', 'ä')]).toEqual([false, true, true]);
});
