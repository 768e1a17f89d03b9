import { describe, expect, test } from '@jest/globals';
import { fetchFeed, type FeedRequest } from '../../src/fetch/fetch-feed.ts';
import { openOutbound } from '../../src/fetch/open-outbound.ts';
import type { FetchedFeed } from '../../src/model/fetched-feed.ts';
import type { Source } from '../../src/model/source.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { answer, redirect, startScriptedServer, type Script, type ScriptedServer } from '../support/scripted-server.ts';

const clock = stoppedClock('2026-11-24T12:00:00Z');

const source: Source = {
  id: 'harbour',
  title: 'Harbour',
  url: '/feed',
  topicIds: [],
  enabled: true,
  schedule: '*/15 * * * *',
  adaptive: null,
  language: null,
  content: 'auto',
  select: null,
  remove: [],
  follow: false,
  identity: 'guid',
  filters: [],
  quota: null,
  retentionDays: null,
  probation: 0,
  weight: 1,
  republish: 'full',
  excerptWords: 50,
  rights: null,
  headers: {},
  userAgent: null,
  auth: null,
  proxy: null,
  limits: { maxFeedBytes: null, maxPageBytes: null, timeoutSeconds: null, entriesPerRefresh: null },
  note: null,
};

/** Fetches `/feed` of a server with a script; `given` changes the source. */
async function fetchOver(
  script: Script,
  given: Partial<Source> = {},
  state: FeedRequest['state'] = null,
): Promise<{ readonly fetched: FetchedFeed; readonly server: ScriptedServer }> {
  await using server = await startScriptedServer(script);
  await using client = openOutbound(
    { clock },
    { userAgent: 'Tributary/0.1', allowedNetworks: ['127.0.0.0/8'], hostSpacingMs: 0 },
  );
  const fetched = await fetchFeed(
    { outbound: client.outbound, clock },
    { source: { ...source, ...given, url: server.url('/feed') }, state, maxBodyBytes: 10_000, timeoutMs: 5_000 },
    new AbortController().signal,
  );
  return { fetched, server };
}

describe('a feed', () => {
  test('comes with its validators, its freshness and its bytes', async () => {
    const { fetched, server } = await fetchOver({
      '/feed': answer('<rss/>', {
        'content-type': 'application/rss+xml; charset=utf-8',
        etag: 'W/"1"',
        'last-modified': 'Tue, 24 Nov 2026 11:00:00 GMT',
        'content-location': '/feeds/all.xml',
        link: '</hub>; rel="hub"',
        'cache-control': 'max-age=600',
      }),
    });
    expect(fetched).toEqual({
      kind: 'fetched',
      url: server.url('/feed'),
      status: 200,
      contentType: 'application/rss+xml; charset=utf-8',
      contentLocation: '/feeds/all.xml',
      links: '</hub>; rel="hub"',
      body: Buffer.from('<rss/>'),
      movedTo: null,
      fetchedAt: '2026-11-24T12:00:00Z',
      etag: 'W/"1"',
      lastModified: 'Tue, 24 Nov 2026 11:00:00 GMT',
      freshForSeconds: 600,
      retryAfterSeconds: null,
    });
    expect(server.requests[0]?.headers).toMatchObject({ accept: expect.stringContaining('application/atom+xml') });
    expect(server.requests[0]?.headers['if-none-match']).toBeUndefined();
  });

  test('that has not changed is told by 304, with what it says anew and what we knew', async () => {
    const { fetched, server } = await fetchOver(
      { '/feed': answer('', { etag: '"2"', 'cache-control': 'max-age=60' }, 304) },
      {},
      { etag: '"1"', lastModified: 'Tue, 24 Nov 2026 11:00:00 GMT' },
    );
    expect(fetched).toEqual({
      kind: 'not-modified',
      url: server.url('/feed'),
      fetchedAt: '2026-11-24T12:00:00Z',
      etag: '"2"',
      lastModified: 'Tue, 24 Nov 2026 11:00:00 GMT',
      freshForSeconds: 60,
      retryAfterSeconds: null,
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Tue, 24 Nov 2026 11:00:00 GMT',
    });
  });

  test('is asked for with the operator’s headers and name', async () => {
    const { server } = await fetchOver(
      { '/feed': answer('<rss/>') },
      { headers: { 'X-Api-Key': 'k', Accept: 'text/xml', Host: 'evil.example' }, userAgent: 'Special/1' },
    );
    expect(server.requests[0]?.headers).toMatchObject({
      'x-api-key': 'k',
      accept: 'text/xml',
      'user-agent': 'Special/1',
    });
    expect(server.requests[0]?.headers.host).toBe(server.host);
  });

  test('keeps a stored validator that would begin a header of its own to itself', async () => {
    const { server } = await fetchOver(
      { '/feed': answer('<rss/>') },
      {},
      { etag: '"a"\r\nx-injected: 1', lastModified: null },
    );
    expect(server.requests[0]?.headers['if-none-match']).toBeUndefined();
    expect(server.requests[0]?.headers['x-injected']).toBeUndefined();
  });

  test.each([
    ['304', answer('', {}, 304), 'though we named no earlier version'],
    ['206', answer('<rs', {}, 206), 'though we asked for the whole'],
  ])('is not what a server answers with an unasked %s', async (_status, play, detail) => {
    await expect(fetchOver({ '/feed': play })).rejects.toMatchObject({
      code: 'fetch-bad-answer',
      detail: expect.stringContaining(detail),
    });
  });

  test('has moved only if every redirect says for good', async () => {
    const permanent = await fetchOver({
      '/feed': redirect(301, '/b'),
      '/b': redirect(308, '/c'),
      '/c': answer('<rss/>'),
    });
    expect(permanent.fetched).toMatchObject({ movedTo: permanent.server.url('/c'), url: permanent.server.url('/c') });
    const mixed = await fetchOver({ '/feed': redirect(301, '/b'), '/b': redirect(302, '/c'), '/c': answer('<rss/>') });
    expect(mixed.fetched).toMatchObject({ movedTo: null, url: mixed.server.url('/c') });
  });

  test('of a server that wants rest says for how long, a day at most', async () => {
    const busy = answer('later', { 'retry-after': '315360000' }, 429);
    await expect(fetchOver({ '/feed': busy })).rejects.toMatchObject({
      code: 'fetch-too-many-requests',
      retryAfterSeconds: 86_400,
    });
    const unclear = answer('later', { 'retry-after': 'soon' }, 503);
    await expect(fetchOver({ '/feed': unclear })).rejects.toMatchObject({
      code: 'fetch-server-error',
      retryAfterSeconds: null,
    });
  });
});
