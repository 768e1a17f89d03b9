import { describe, expect, test } from '@jest/globals';
import { openOutbound, type OpenedOutbound } from '../../src/fetch/open-outbound.ts';
import { openRobots } from '../../src/fetch/robots.ts';
import { fetchPage } from '../../src/fetch/fetch-page.ts';
import { systemClock } from '../../src/support/clock.ts';
import { startProxyServer } from '../support/proxy-server.ts';
import { answer, redirect, startScriptedServer, testCertificate } from '../support/scripted-server.ts';

const never = new AbortController().signal;
const clock = systemClock();

/** Nothing is found by name here, and no private address may be reached: what comes, comes through the proxy. */
function open(proxy: string | null = null, allowedNetworks: readonly string[] = []): OpenedOutbound {
  return openOutbound(
    { clock, resolve: () => Promise.reject(new Error('no name is looked up')) },
    { userAgent: 'Tributary/0.1', allowedNetworks, hostSpacingMs: 0, certificates: [testCertificate()], proxy },
  );
}

const ask = async ({ outbound }: OpenedOutbound, url: string, proxy?: string): Promise<string> => {
  const request = { url, maxBodyBytes: 1_000, timeoutMs: 5_000, ...(proxy === undefined ? {} : { proxy }) };
  return Buffer.from((await outbound(request, never)).body).toString();
};

describe('through a proxy', () => {
  test('an http address is asked of the proxy, and an https one through a tunnel, with the host’s own certificate', async () => {
    await using proxy = await startProxyServer();
    await using plain = await startScriptedServer({ '/feed?a=1': answer('plain') });
    await using safe = await startScriptedServer({ '/feed': answer('safe') }, { tls: true });
    await using client = open();
    expect(await ask(client, `http://publisher.example:${plain.port}/feed?a=1`, proxy.url)).toBe('plain');
    expect(await ask(client, `https://publisher.example:${safe.port}/feed`, proxy.url)).toBe('safe');
    expect(proxy.seen).toEqual([
      { line: `GET http://publisher.example:${plain.port}/feed?a=1`, authorization: null },
      { line: `CONNECT publisher.example:${safe.port}`, authorization: null },
    ]);
    await expect(ask(client, `https://other.example:${safe.port}/feed`, proxy.url)).rejects.toMatchObject({
      code: 'fetch-tls',
    });
  });

  test('the program’s is used where none is named, with its user name and password, and "none" goes without', async () => {
    await using proxy = await startProxyServer();
    await using server = await startScriptedServer({ '/feed': answer('plain') });
    const withUser = proxy.url.replace('//', '//us%C3%A9r:p%40ss@');
    await using client = open(withUser, ['127.0.0.0/8']);
    expect(await ask(client, `http://publisher.example:${server.port}/feed`)).toBe('plain');
    const pair = Buffer.from('usér:p@ss').toString('base64');
    expect(proxy.seen).toEqual([
      { line: `GET http://publisher.example:${server.port}/feed`, authorization: `Basic ${pair}` },
    ]);
    expect(server.requests[0]!.headers['proxy-authorization']).toBeUndefined();
    expect(await ask(client, server.url('/feed'), 'none')).toBe('plain');
    expect(proxy.seen).toHaveLength(1);
  });

  test.each([
    'http://127.0.0.1:8081/',
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://localhost/',
    'http://db.internal/',
  ])('what is closed to us stays closed: %s', async (url) => {
    await using proxy = await startProxyServer();
    await using client = open(proxy.url);
    await expect(ask(client, url)).rejects.toMatchObject({ code: 'fetch-refused-address' });
    expect(proxy.seen).toEqual([]);
  });

  test('a name in private use is no proxy’s to find, also where a private network is allowed', async () => {
    await using proxy = await startProxyServer();
    await using client = open(proxy.url, ['10.0.0.0/8']);
    await expect(ask(client, 'http://db.internal/')).rejects.toMatchObject({ code: 'fetch-refused-address' });
    expect(proxy.seen).toEqual([]);
  });

  test('a redirect to what is closed is refused as well', async () => {
    await using proxy = await startProxyServer();
    await using server = await startScriptedServer({ '/feed': redirect(302, 'http://169.254.169.254/latest/') });
    await using client = open(proxy.url);
    await expect(ask(client, `http://publisher.example:${server.port}/feed`)).rejects.toMatchObject({
      code: 'fetch-refused-address',
    });
    expect(proxy.seen).toHaveLength(1);
  });

  test('a page is fetched with its robots.txt', async () => {
    await using proxy = await startProxyServer();
    await using server = await startScriptedServer({
      '/robots.txt': answer('user-agent: *\ndisallow: /closed'),
      '/a': answer('<p>a</p>', { 'content-type': 'text/html' }),
    });
    await using client = open();
    const robots = openRobots({ outbound: client.outbound, clock }, { userAgent: 'Tributary/0.1' });
    const page = (path: string) =>
      fetchPage(
        { outbound: client.outbound, robots },
        {
          url: `http://publisher.example:${server.port}${path}`,
          maxBodyBytes: 1000,
          timeoutMs: 5000,
          proxy: proxy.url,
        },
        never,
      );
    expect(await page('/a')).toMatchObject({ kind: 'fetched' });
    expect(await page('/closed')).toMatchObject({ kind: 'not-fetched', code: 'fetch-robots' });
    expect(proxy.seen).toHaveLength(2);
  });

  test.each([
    [407, 'asks for a user name and password (407)'],
    [403, 'answers with 403'],
  ])('a proxy that answers with %d is told as that, and its password is not', async (status, says) => {
    await using proxy = await startProxyServer(status);
    const withUser = proxy.url.replace('//', '//user:planted-password@');
    await using client = open();
    const failure: unknown = await ask(client, 'https://publisher.example/feed', withUser).catch(
      (error: unknown) => error,
    );
    const host = new URL(proxy.url).host;
    expect(failure).toMatchObject({ code: 'fetch-proxy', url: 'https://publisher.example/feed' });
    expect((failure as Error).message).toBe(`the proxy does not let us through (${host} ${says})`);
  });

  test('a proxy that wants a password is told also where no tunnel is asked for', async () => {
    await using proxy = await startProxyServer(407);
    await using client = open(proxy.url);
    await expect(ask(client, 'http://publisher.example/feed')).rejects.toMatchObject({ code: 'fetch-proxy' });
  });

  test('a proxy that is not there is told as that', async () => {
    await using gone = await startProxyServer();
    const { url } = gone;
    await gone[Symbol.asyncDispose]();
    await using client = open(url);
    for (const address of ['http://publisher.example/feed', 'https://publisher.example/feed'])
      await expect(ask(client, address)).rejects.toMatchObject({ code: 'fetch-proxy' });
  });
});
