import { expect, test } from '@jest/globals';
import { openOutbound } from '../../src/fetch/open-outbound.ts';
import { systemClock } from '../../src/support/clock.ts';
import { startCallbackServer, type Called, type CallbackAnswer } from '../support/callback-server.ts';

const never = new AbortController().signal;
const bounds = { maxBodyBytes: 1_000, timeoutMs: 5_000 };

const open = (allowedNetworks = ['127.0.0.0/8']) =>
  openOutbound({ clock: systemClock() }, { userAgent: 'Tributary/test', allowedNetworks, hostSpacingMs: 0 });

const over = async (
  answer: (call: Called) => CallbackAnswer | undefined,
  request: Readonly<Record<string, unknown>> = {},
) => {
  await using server = await startCallbackServer(answer);
  await using client = open();
  const url = `http://127.0.0.1:${server.port}/a?b=c`;
  const headers = { 'content-type': 'text/plain', 'content-length': '1', 'x-own': 'yes' };
  const asked = client.outbound({ url, send: Buffer.from('grüß dich'), headers, ...bounds, ...request }, never);
  const [outcome] = await Promise.allSettled([asked]);
  return { outcome, calls: server.calls };
};

test('a body is posted with its headers and its true length, and the answer is read', async () => {
  const { outcome, calls } = await over(() => ({ status: 202, body: 'taken' }));
  expect(calls).toMatchObject([
    {
      method: 'POST',
      path: '/a',
      body: 'grüß dich',
      headers: { 'content-type': 'text/plain', 'content-length': '11', 'x-own': 'yes', 'user-agent': 'Tributary/test' },
    },
  ]);
  expect(outcome).toMatchObject({ status: 'fulfilled', value: { status: 202 } });
  expect(outcome.status === 'fulfilled' && Buffer.from(outcome.value.body).toString()).toBe('taken');
});

test.each([301, 302, 303, 307, 308])('a redirect (%d) of a post is followed nowhere', async (status) => {
  const { outcome, calls } = await over(({ path }) =>
    path === '/a' ? { status, headers: { location: '/b' } } : { status: 200 },
  );
  expect(calls).toHaveLength(1);
  expect(outcome).toMatchObject({
    status: 'rejected',
    reason: { code: 'fetch-bad-answer', detail: expect.stringContaining(String(status)) },
  });
});

test('a redirect of a question that asks for none is followed nowhere either', async () => {
  const { outcome, calls } = await over(
    ({ path }) => (path === '/a' ? { status: 302, headers: { location: '/b' } } : { status: 200 }),
    { send: undefined, redirects: 'none' },
  );
  expect(calls.map(({ method, path }) => [method, path])).toEqual([['GET', '/a']]);
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'fetch-bad-answer' } });
});

test('an answer that nobody reads may be of any length, and costs nothing', async () => {
  const body = 'x'.repeat(5_000_000);
  const { outcome } = await over(() => ({ status: 200, body }), { answerBody: 'unread' });
  expect(outcome).toMatchObject({ status: 'fulfilled', value: { status: 200, body: new Uint8Array(0) } });
});

test('a post that is broken off is not sent again by itself', async () => {
  let calls = 0;
  await using server = await startCallbackServer(() => {
    calls++;
    return { status: 200, headers: { 'content-length': '5000' }, body: 'short' };
  });
  await using client = open();
  const url = `http://127.0.0.1:${server.port}/`;
  await expect(
    client.outbound({ url, send: Buffer.from('x'), maxBodyBytes: 10_000, timeoutMs: 2_000 }, never),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^fetch-/) });
  expect(calls).toBe(1);
});

test('an address that can never be asked is known before', async () => {
  await using client = open([]);
  const refused = [
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://localhost/',
    'ftp://a.example/',
    'http://0x7f.1/',
    'http://a.example:22/',
  ];
  for (const url of refused) expect([url, client.refusalOf(url)]).toEqual([url, expect.any(String)]);
  expect(client.refusalOf('https://reader.example.org/callback')).toBeNull();
});
