import { describe, expect, test } from '@jest/globals';
import { fetchPage, type PageRequest } from '../../src/fetch/fetch-page.ts';
import { openOutbound } from '../../src/fetch/open-outbound.ts';
import { openRobots } from '../../src/fetch/robots.ts';
import { StageError } from '../../src/model/errors.ts';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import { systemClock } from '../../src/support/clock.ts';
import {
  answer,
  redirect,
  startScriptedServer,
  type Play,
  type Script,
  type ScriptedServer,
} from '../support/scripted-server.ts';

const clock = systemClock();
const HTML = { 'content-type': 'text/html; charset=utf-8' };

async function pageOver(
  script: Script,
  path = '/story.html',
  signal = new AbortController().signal,
): Promise<{ readonly page: FetchedPage; readonly server: ScriptedServer }> {
  await using server = await startScriptedServer(script);
  const page = await pageOf(server.url(path), signal);
  return { page, server };
}

async function pageOf(
  url: string,
  signal = new AbortController().signal,
  given: Pick<PageRequest, 'secretHeaders'> = {},
): Promise<FetchedPage> {
  const userAgent = 'Tributary/0.1';
  await using client = openOutbound({ clock }, { userAgent, allowedNetworks: ['127.0.0.0/8'], hostSpacingMs: 0 });
  const robots = openRobots({ outbound: client.outbound, clock }, { userAgent });
  const request = { url, maxBodyBytes: 10_000, timeoutMs: 500, ...given };
  return await fetchPage({ outbound: client.outbound, robots }, request, signal);
}

describe('a page', () => {
  test('comes as it is, after robots.txt was asked', async () => {
    const { page, server } = await pageOver({ '/story.html': answer('<p>Story', HTML) });
    expect(page).toEqual({
      kind: 'fetched',
      url: server.url('/story.html'),
      contentType: 'text/html; charset=utf-8',
      body: Buffer.from('<p>Story'),
    });
    expect(server.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/story.html']);
  });

  test('comes with what its headers say of its use', async () => {
    const headers = { ...HTML, 'x-robots-tag': 'noarchive', link: '</terms>; rel="license"' };
    const { page } = await pageOver({ '/story.html': answer('<p>Story', headers) });
    expect(page).toMatchObject({ kind: 'fetched', terms: { robots: 'noarchive', links: '</terms>; rel="license"' } });
  });

  test('without a content type is taken for one', async () => {
    const { page } = await pageOver({ '/story.html': answer('<p>Story') });
    expect(page).toMatchObject({ kind: 'fetched', contentType: null });
  });

  test('comes from where redirects lead', async () => {
    const { page, server } = await pageOver({ '/story.html': redirect(302, '/b'), '/b': answer('<p>Story', HTML) });
    expect(page).toMatchObject({ kind: 'fetched', url: server.url('/b') });
  });
});

describe('a page behind a password', () => {
  const known = { secretHeaders: () => ({ authorization: 'Bearer planted' }) };
  const asked = (server: ScriptedServer): readonly unknown[] =>
    server.requests.map(({ path, headers }) => [path, headers['authorization'] ?? null]);

  test('is asked for by it, robots.txt is not, and where another host has a say nothing of it goes on', async () => {
    await using other = await startScriptedServer({ '/there': answer('<p>Story', HTML) });
    await using server = await startScriptedServer({
      '/story.html': redirect(302, '/moved'),
      '/moved': () => redirect(302, other.url('/there')),
    });
    const page = await pageOf(server.url('/story.html'), undefined, known);
    expect(page).toMatchObject({ kind: 'fetched', url: other.url('/there') });
    expect(asked(server)).toEqual([
      ['/robots.txt', null],
      ['/story.html', 'Bearer planted'],
      ['/moved', 'Bearer planted'],
    ]);
    expect(asked(other)).toEqual([
      ['/robots.txt', null],
      ['/there', null],
    ]);
  });

  test('whose variable is not set is not asked for, and the reason is told', async () => {
    await using server = await startScriptedServer({ '/story.html': answer('<p>Story', HTML) });
    const secretHeaders = (): never => {
      throw new StageError('fetch-no-secret', { url: server.url('/story.html'), detail: 'TOKEN is not set' });
    };
    const page = await pageOf(server.url('/story.html'), undefined, { secretHeaders });
    expect(page).toMatchObject({ kind: 'not-fetched', code: 'fetch-no-secret' });
    expect(asked(server).filter((one) => JSON.stringify(one).includes('story'))).toEqual([]);
  });
});

describe('no page', () => {
  test.each<[string, Play, string]>([
    ['the site has none', answer('', HTML, 404), 'fetch-not-found'],
    ['what comes is a picture', answer('GIF89a', { 'content-type': 'image/gif' }), 'fetch-wrong-type'],
    ['what comes is a feed', answer('<rss/>', { 'content-type': 'application/rss+xml' }), 'fetch-wrong-type'],
    ['what comes is too large', answer('x'.repeat(10_001), HTML), 'fetch-too-large'],
    ['nothing comes', answer('', HTML), 'fetch-bad-answer'],
    ['nobody answers', { kind: 'silence' }, 'fetch-timed-out'],
    ['the connection ends', { kind: 'cut', body: '<p>' }, 'fetch-broken-off'],
  ])('is had when %s, and the reason is told', async (_what, play, code) => {
    const { page, server } = await pageOver({ '/story.html': play });
    expect(page).toMatchObject({ kind: 'not-fetched', url: server.url('/story.html'), code });
    expect(page.kind === 'not-fetched' && page.reason.length > 10).toBe(true);
  });

  test('is asked for where robots.txt says no', async () => {
    const { page, server } = await pageOver({
      '/robots.txt': answer('User-agent: Tributary\nDisallow: /story'),
      '/story.html': answer('<p>Story', HTML),
    });
    expect(page).toMatchObject({ kind: 'not-fetched', code: 'fetch-robots' });
    expect(server.requests).toHaveLength(1);
  });

  test('is asked for where a redirect leads to a site whose robots.txt says no', async () => {
    await using other = await startScriptedServer({
      '/robots.txt': answer('User-agent: *\nDisallow: /'),
      '/story': answer('<p>Story', HTML),
    });
    const { page } = await pageOver({ '/story.html': redirect(302, other.url('/story')) });
    expect(page).toMatchObject({ kind: 'not-fetched', code: 'fetch-robots' });
    expect(other.requests.map(({ path }) => path)).toEqual(['/robots.txt']);
  });

  test.each(['http://10.0.0.1/', 'javascript:alert(1)', 'http://localhost.localdomain/', ''])(
    'is asked for at %j',
    async (url) => {
      expect(await pageOf(url)).toMatchObject({ kind: 'not-fetched', url });
    },
  );

  test('is an outcome when the caller leaves: that is thrown', async () => {
    const stopped = AbortSignal.abort('enough');
    await expect(pageOver({ '/story.html': answer('<p>Story', HTML) }, '/story.html', stopped)).rejects.toBe('enough');
  });
});
