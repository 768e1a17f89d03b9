import { describe, expect, test } from '@jest/globals';
import { plainRequest } from '../../src/web/plain-request.ts';

const read = (text: string): ReturnType<typeof plainRequest> => plainRequest(Buffer.from(text, 'latin1'));
const get = (...fields: string[]): string =>
  ['GET /feeds/a.atom?x=1 HTTP/1.1', 'Host: a', ...fields, '', ''].join('\r\n');

test('a usual request of a reader is plain', () => {
  expect(
    read(
      get(
        'User-Agent: reader',
        'ACCEPT: */*',
        'accept-encoding:gzip, br ',
        'If-None-Match: "x"',
        'If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT',
        'Connection: keep-alive',
      ),
    ),
  ).toEqual({
    method: 'GET',
    pathname: '/feeds/a.atom',
    acceptEncoding: 'gzip, br',
    noneMatch: '"x"',
    modifiedSince: 'Sun, 06 Nov 1994 08:49:37 GMT',
  });
});

describe('left to the full answer', () => {
  test.each([
    ['half a request', get().slice(0, -2)],
    ['two at once', get() + get()],
    ['a body behind it', `${get()}x`],
    ['the length of a body', get('Content-Length: 3')],
    ['a body in pieces', get('Transfer-Encoding: chunked')],
    ['a feed that a browser shows', get('Sec-Fetch-Dest: document')],
    ['a part', get('Range: bytes=0-1')],
    ['a delta', get('A-IM: feed')],
    ['an expectation', get('Expect: 100-continue')],
    ['an upgrade', get('Upgrade: h2c')],
    ['a connection that is to be closed', get('Connection: close')],
    ['a field that nobody knows', get('X-New: 1')],
    ['a field twice', get('Accept-Encoding: br', 'Accept-Encoding: gzip')],
    ['a folded field', get('Accept: text/html,', '  text/plain')],
    ['a field without a colon', get('Accept')],
    ['a field without a colon that is one letter longer than a known one', get('cookieX')],
    ['a field without a name', get(': a')],
    ['a space before the colon', get('Accept-Encoding : br')],
    ['a line end of one character', get('Accept: a\nContent-Length: 5')],
    ['a control character', get('Accept: a\0b')],
    ['a letter beyond ASCII', get('Accept: \xe4')],
    ['no host', 'GET / HTTP/1.1\r\nAccept: a\r\n\r\n'],
    ['two hosts', get('Host: b')],
    ['an empty host', 'GET / HTTP/1.1\r\nHost: \r\n\r\n'],
    ['an old version', 'GET / HTTP/1.0\r\nHost: a\r\n\r\n'],
    ['another method', 'POST / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a method in lower case', 'get / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an escaped path', 'GET /%2e%2e/ HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a whole address', 'GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['two spaces', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['an empty line before', `\r\n${get()}`],
    ['a very long head', get(`User-Agent: ${'a'.repeat(5000)}`)],
    ['nothing', ''],
    ['noise', '\x16\x03\x01\x02\0\x01'],
  ])('%s', (_what, text) => {
    expect(read(text)).toBeNull();
  });
});
