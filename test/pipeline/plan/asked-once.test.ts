import { expect, test } from '@jest/globals';
import { StageError } from '../../../src/model/errors.ts';
import type { Outbound, OutboundRequest } from '../../../src/model/outbound.ts';
import { askedOnce } from '../../../src/pipeline/plan/asked-once.ts';

const signal = new AbortController().signal;
const request = (url: string, headers: Readonly<Record<string, string>> = {}): OutboundRequest => ({
  url,
  headers,
  maxBodyBytes: 1000,
  timeoutMs: 1000,
});

test('an address is asked once, and answers as it did; in other words it is another', async () => {
  const asked: string[] = [];
  const outbound: Outbound = async ({ url }) => {
    asked.push(url);
    if (url.endsWith('/gone')) throw new StageError('fetch-gone', { url });
    return { url, status: 200, headers: {}, body: Buffer.from(String(asked.length)), redirects: [] };
  };
  const once = askedOnce(outbound);
  const first = await once(request('https://a.example/'), signal);
  expect(await once(request('https://a.example/', { 'if-none-match': '"1"' }), signal)).toBe(first);
  expect(await once(request('https://a.example/', { cookie: 'who=me' }), signal)).not.toBe(first);
  expect(await once(request('https://a.example/', { accept: 'text/html' }), signal)).not.toBe(first);
  for (let times = 0; times < 2; times++)
    await expect(once(request('https://a.example/gone'), signal)).rejects.toMatchObject({ code: 'fetch-gone' });
  expect(asked).toHaveLength(4);
});
