import { describe, expect, test } from '@jest/globals';
import { authHeaders, pageSecrets } from '../../src/fetch/auth-headers.ts';
import { fetchFeed } from '../../src/fetch/fetch-feed.ts';
import { openOutbound } from '../../src/fetch/open-outbound.ts';
import { StageError } from '../../src/model/errors.ts';
import type { SourceAuth } from '../../src/model/source.ts';
import { historyQuestion } from '../../src/pipeline/keep-history.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { aSource } from '../support/an-entry.ts';
import { answer, redirect, startScriptedServer, type Play, type SeenRequest } from '../support/scripted-server.ts';

const ENVIRONMENT: Readonly<Record<string, string>> = {
  READER: 'reader',
  PASSWORD: 'geheim: ü',
  TOKEN: 'planted-token',
  KEY: 'planted-key',
  EMPTY: '',
  TWO_LINES: 'a\r\nx-evil: b',
  COLON: 'a:b',
};
const secretOf = (name: string): string | null => ENVIRONMENT[name] ?? null;
const basic: SourceAuth = { scheme: { kind: 'basic', userEnv: 'READER', passwordEnv: 'PASSWORD' }, headerEnvs: {} };
const bearer = (tokenEnv = 'TOKEN'): SourceAuth => ({ scheme: { kind: 'bearer', tokenEnv }, headerEnvs: {} });
const byHeader: SourceAuth = { scheme: null, headerEnvs: { 'x-api-key': 'KEY' } };
const headersFor = (auth: SourceAuth | null): Record<string, string> => authHeaders(aSource({ auth }), secretOf);

describe('what a source knows us by', () => {
  test('is sent as it wants it', () => {
    expect(headersFor(null)).toEqual({});
    expect(headersFor(basic)).toEqual({
      authorization: `Basic ${Buffer.from('reader:geheim: ü').toString('base64')}`,
    });
    expect(headersFor(bearer())).toEqual({ authorization: 'Bearer planted-token' });
    expect(headersFor({ ...bearer(), headerEnvs: byHeader.headerEnvs })).toEqual({
      authorization: 'Bearer planted-token',
      'x-api-key': 'planted-key',
    });
  });

  test.each([
    [bearer('NOT_THERE'), 'NOT_THERE is not set'],
    [bearer('EMPTY'), 'EMPTY is not set'],
    [bearer('TWO_LINES'), 'TWO_LINES holds what no header can'],
    [
      { ...basic, scheme: { kind: 'basic', userEnv: 'COLON', passwordEnv: 'KEY' } } as const,
      'COLON holds a colon, which no user name can',
    ],
  ])('is missed by the name of its variable, and what that holds is not told: %#', (auth, detail) => {
    const failure = (() => {
      try {
        return headersFor(auth);
      } catch (error) {
        return error as StageError;
      }
    })();
    expect(failure).toBeInstanceOf(StageError);
    expect(failure).toMatchObject({ code: 'fetch-no-secret', detail, url: 'https://harbour.example/feed.xml' });
    expect(JSON.stringify([failure, (failure as StageError).message])).not.toMatch(/evil|a:b|planted/);
  });
});

describe('an article’s page', () => {
  const source = (url: string) => aSource({ url, auth: bearer() });
  test.each([
    ['https://harbour.example/feed.xml', 'https://harbour.example/story', true],
    ['https://harbour.example/feed.xml', 'https://HARBOUR.example:443/story', true],
    ['https://harbour.example/feed.xml', 'http://harbour.example/story', false],
    ['https://harbour.example/feed.xml', 'https://www.harbour.example/story', false],
    ['https://harbour.example/feed.xml', 'https://harbour.example:8443/story', false],
    ['https://harbour.example/feed.xml', 'https://harbour.example@other.example/story', false],
    ['https://harbour.example/feed.xml', '//harbour.example/story', false],
    ['https://harbour.example/feed.xml', 'javascript:alert(1)', false],
  ])('of a feed at %s at %s: %s', (feed, page, isSent) => {
    const { secretHeaders } = pageSecrets(source(feed), page, secretOf);
    expect(secretHeaders?.() ?? null).toEqual(isSent ? { authorization: 'Bearer planted-token' } : null);
  });

  test('of a source without a password is asked for as anybody would', () => {
    expect(pageSecrets(aSource({ auth: null }), 'https://harbour.example/story', secretOf)).toEqual({});
  });
});

describe('a feed behind a password', () => {
  const of = ({ headers }: SeenRequest): readonly unknown[] => [
    headers['authorization'] ?? null,
    headers['x-api-key'] ?? null,
  ];
  const auth = { ...bearer(), headerEnvs: byHeader.headerEnvs };
  const guarded = (request: SeenRequest): Play =>
    request.headers['authorization'] === 'Bearer planted-token' ? answer('<rss/>') : answer('no', {}, 401);

  async function fetchFrom(url: string, given: { readonly auth: SourceAuth | null } = { auth }) {
    await using client = openOutbound(
      { clock: stoppedClock('2026-11-24T12:00:00Z'), resolve: async () => ['127.0.0.1'] },
      { userAgent: 'Tributary/0.1', allowedNetworks: ['127.0.0.0/8'], hostSpacingMs: 0 },
    );
    const tools = { outbound: client.outbound, clock: stoppedClock('2026-11-24T12:00:00Z'), secretOf };
    const request = { source: aSource({ ...given, url }), state: null, maxBodyBytes: 10_000, timeoutMs: 5_000 };
    return await fetchFeed(tools, request, new AbortController().signal);
  }

  test('is let us have it, also after a redirect on its own host', async () => {
    await using server = await startScriptedServer({ '/old': redirect(301, '/feed'), '/feed': guarded });
    expect(await fetchFrom(server.url('/old'))).toMatchObject({ kind: 'fetched', url: server.url('/feed') });
    expect(server.requests.map(of)).toEqual([
      ['Bearer planted-token', 'planted-key'],
      ['Bearer planted-token', 'planted-key'],
    ]);
  });

  test('is refused to us without, with the code of that', async () => {
    await using server = await startScriptedServer({ '/feed': guarded });
    await expect(fetchFrom(server.url('/feed'), { auth: null })).rejects.toMatchObject({ code: 'fetch-forbidden' });
  });

  test('sends no other host, port or name what it knows us by, and not itself once others had a say', async () => {
    await using other = await startScriptedServer({
      '/there': () => redirect(302, `http://harbour.example:${server.port}/back`),
    });
    await using server = await startScriptedServer({
      '/feed': () => redirect(302, other.url('/there')),
      '/back': answer('<rss/>'),
    });
    await fetchFrom(`http://harbour.example:${server.port}/feed`);
    expect(server.requests.map(of)).toEqual([
      ['Bearer planted-token', 'planted-key'],
      [null, null],
    ]);
    expect(other.requests.map(of)).toEqual([[null, null]]);
    await using same = await startScriptedServer({
      '/feed': () => redirect(302, `http://quay.example:${same.port}/x`),
      '/x': answer('<rss/>'),
    });
    await fetchFrom(`http://harbour.example:${same.port}/feed`);
    expect(same.requests.map(of)).toEqual([
      ['Bearer planted-token', 'planted-key'],
      [null, null],
    ]);
  });

  test('is not asked at all while a variable is not set', async () => {
    await using server = await startScriptedServer({ '/feed': guarded });
    await expect(fetchFrom(server.url('/feed'), { auth: bearer('NOT_THERE') })).rejects.toMatchObject({
      code: 'fetch-no-secret',
    });
    expect(server.requests).toEqual([]);
  });

  test('is kept in the history as it is, whoever asked for it', () => {
    const request = { url: 'https://harbour.example/feed.xml', headers: { accept: '*/*' } };
    const secret = {
      ...request,
      secretHeaders: () => ({ authorization: 'Bearer planted-token' }),
      proxy: 'http://p.example',
    };
    expect(historyQuestion('feed', secret)).toEqual(historyQuestion('feed', request));
  });
});
