import { describe, expect, test } from '@jest/globals';
import * as zlib from 'node:zlib';
import { openOutbound, type OpenedOutbound, type OutboundSettings } from '../../src/fetch/open-outbound.ts';
import type { Resolve } from '../../src/fetch/resolve-host.ts';
import { StageError } from '../../src/model/errors.ts';
import type { OutboundRequest, OutboundResponse } from '../../src/model/outbound.ts';
import { systemClock } from '../../src/support/clock.ts';
import { answer, redirect, startScriptedServer, type Script, type ScriptedServer } from '../support/scripted-server.ts';

const never = new AbortController().signal;
const USER_AGENT = 'Tributary/0.1 (+https://news.example/)';

function open(settings: Partial<OutboundSettings> = {}, resolve: Resolve = nobody): OpenedOutbound {
  return openOutbound(
    { clock: systemClock(), resolve },
    { userAgent: USER_AGENT, allowedNetworks: ['127.0.0.0/8'], hostSpacingMs: 0, ...settings },
  );
}

function nobody(host: string): Promise<never> {
  return Promise.reject(new StageError('fetch-no-such-host', { detail: host }));
}

function get(
  { outbound }: OpenedOutbound,
  url: string,
  request: Partial<OutboundRequest> = {},
  signal = never,
): Promise<OutboundResponse> {
  return outbound({ url, maxBodyBytes: 100_000, timeoutMs: 5_000, ...request }, signal);
}

/** Bytes that no coding makes smaller, the same at every run. */
function noise(length: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24),
  );
}

const textOf = ({ body }: OutboundResponse): string => Buffer.from(body).toString();

/** Runs against a server with a script, and closes everything after it. */
async function over(
  script: Script,
  work: (server: ScriptedServer, client: OpenedOutbound) => Promise<void>,
  settings: Partial<OutboundSettings> = {},
  resolve: Resolve = nobody,
): Promise<void> {
  await using server = await startScriptedServer(script);
  await using client = open(settings, resolve);
  await work(server, client);
}

describe('an answer', () => {
  test('comes with its headers and its whole body, asked for under our name', () =>
    over(
      { '/feed': answer('<rss/>', { ETag: '"1"', 'X-Two': ['a', 'b'], 'set-cookie': 'a=b' }) },
      async (server, client) => {
        const response = await get(client, server.url('/feed#part'), { headers: { accept: 'text/xml' } });
        expect(textOf(response)).toBe('<rss/>');
        expect(response).toMatchObject({ url: server.url('/feed'), status: 200, redirects: [] });
        expect(response.headers).toMatchObject({ etag: '"1"', 'x-two': 'a, b' });
        expect(Object.keys(response.headers)).not.toContain('set-cookie');
        expect(server.requests[0]?.headers).toMatchObject({
          'user-agent': USER_AGENT,
          'accept-encoding': 'gzip, br, zstd, deflate',
          accept: 'text/xml',
        });
      },
    ));

  test('uses the connection of the one before', () =>
    over({ '/a': answer('a'), '/gone': answer('gone', {}, 410) }, async (server, client) => {
      await get(client, server.url('/a'));
      await expect(get(client, server.url('/gone'))).rejects.toMatchObject({ code: 'fetch-gone' });
      await get(client, server.url('/a'));
      expect(server.connections()).toBe(1);
    }));

  test.each([
    ['gzip', zlib.gzipSync],
    ['br', zlib.brotliCompressSync],
    ['zstd', zlib.zstdCompressSync],
    ['deflate', zlib.deflateSync],
  ] as const)('is decoded from %s, small or large', (coding, encode) => {
    const small = 'a story '.repeat(1_000);
    const large = noise(400_000);
    return over(
      {
        '/small': answer(encode(Buffer.from(small)), { 'content-encoding': coding }),
        '/large': answer(encode(large), { 'content-encoding': coding }),
      },
      async (server, client) => {
        expect(textOf(await get(client, server.url('/small')))).toBe(small);
        const response = await get(client, server.url('/large'), { maxBodyBytes: 1_000_000 });
        expect(Buffer.compare(response.body, large)).toBe(0);
      },
    );
  });

  test('304 is one, and carries no body to decode', () =>
    over({ '/feed': answer('', { etag: '"1"', 'content-encoding': 'gzip' }, 304) }, async (server, client) => {
      const response = await get(client, server.url('/feed'), { headers: { 'if-none-match': '"1"' } });
      expect(response).toMatchObject({ status: 304, headers: { etag: '"1"' } });
      expect(response.body).toHaveLength(0);
    }));

  test('of a status that the caller takes is one', () =>
    over({ '/robots.txt': answer('none', {}, 404) }, async (server, client) => {
      const response = await get(client, server.url('/robots.txt'), { acceptStatuses: [404] });
      expect(response.status).toBe(404);
      expect(textOf(response)).toBe('none');
    }));

  test('of another type than was asked for is an error, and its body is not read', () =>
    over(
      { '/a.mp4': { kind: 'endless', body: 'x'.repeat(10_000), headers: { 'content-type': 'video/mp4' } } },
      async (server, client) => {
        const asked = get(client, server.url('/a.mp4'), { contentTypes: ['text/html'], maxBodyBytes: 1e9 });
        await expect(asked).rejects.toMatchObject({ code: 'fetch-wrong-type', detail: 'video/mp4' });
        await server.untilOpen(0);
      },
    ));
});

describe('what is no answer', () => {
  test.each([
    [400, 'fetch-client-error'],
    [401, 'fetch-forbidden'],
    [403, 'fetch-forbidden'],
    [404, 'fetch-not-found'],
    [410, 'fetch-gone'],
    [429, 'fetch-too-many-requests'],
    [500, 'fetch-server-error'],
    [503, 'fetch-server-error'],
    [300, 'fetch-bad-answer'],
  ])('status %i is %s', (status, code) =>
    over({ '/feed': answer('no', { 'retry-after': '120' }, status) }, async (server, client) => {
      await expect(get(client, server.url('/feed'))).rejects.toMatchObject({
        code,
        url: server.url('/feed'),
        retryAfterSeconds: 120,
      });
    }),
  );

  test.each<[string, Script[string], string]>([
    ['a body that is cut off', { kind: 'cut', body: '<rss>' }, 'fetch-broken-off'],
    ['a connection that is reset', { kind: 'reset' }, 'fetch-broken-off'],
    ['what is not HTTP', { kind: 'raw', bytes: '<rss/>' }, 'fetch-bad-answer'],
    [
      'a length and chunks at once',
      { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' },
      'fetch-broken-off',
    ],
    [
      'broken chunks',
      { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n' },
      'fetch-bad-answer',
    ],
    ['headers without end', { kind: 'endless-headers' }, 'fetch-bad-answer'],
    ['interim answers without end', { kind: 'hints', count: 50, body: 'late' }, 'fetch-bad-answer'],
    ['a body without end', { kind: 'endless', body: 'x'.repeat(5_000) }, 'fetch-too-large'],
    ['a body that says it is too long', answer('x'.repeat(100_001)), 'fetch-too-large'],
    ['a coding that nobody knows', answer('x', { 'content-encoding': 'x-snappy' }), 'fetch-bad-encoding'],
    ['a bomb', answer(zlib.gzipSync(Buffer.alloc(20_000_000)), { 'content-encoding': 'gzip' }), 'fetch-too-large'],
    [
      'a bomb in a bomb',
      answer(zlib.gzipSync(zlib.gzipSync(Buffer.alloc(50_000_000))), { 'content-encoding': 'gzip, gzip' }),
      'fetch-too-large',
    ],
  ])('%s is an error, and the connection is let go', (_what, play, code) =>
    over({ '/feed': play }, async (server, client) => {
      await expect(get(client, server.url('/feed'))).rejects.toMatchObject({ code, url: server.url('/feed') });
      if (code !== 'fetch-too-large') await server.untilOpen(0);
    }),
  );

  test('a bomb that comes in slowly is stopped where it passes the cap', () => {
    const fuse = noise(200_000);
    const bomb = zlib.gzipSync(Buffer.concat([fuse, Buffer.alloc(20_000_000)]));
    expect(bomb.length).toBeGreaterThan(150_000);
    return over({ '/feed': answer(bomb, { 'content-encoding': 'gzip' }) }, async (server, client) => {
      const asked = get(client, server.url('/feed'), { maxBodyBytes: 2_000_000 });
      await expect(asked).rejects.toMatchObject({ code: 'fetch-too-large', detail: 'more than 2000000 bytes' });
    });
  });

  test('a host that takes no connections is an error', async () => {
    await using client = open();
    const server = await startScriptedServer({});
    const url = server.url('/feed');
    await server[Symbol.asyncDispose]();
    await expect(get(client, url)).rejects.toMatchObject({ code: 'fetch-no-connection', detail: 'refused' });
  });

  test('a host that nobody knows, or that has no address, is an error', async () => {
    await using client = open({}, (host) => (host === 'empty.example' ? Promise.resolve([]) : nobody(host)));
    await expect(get(client, 'http://no.example/')).rejects.toMatchObject({ code: 'fetch-no-such-host' });
    await expect(get(client, 'http://empty.example/')).rejects.toMatchObject({
      code: 'fetch-no-such-host',
      detail: 'empty.example has no address',
    });
  });
});

describe('time', () => {
  test.each<[string, Script[string]]>([
    ['a server that is silent', { kind: 'silence' }],
    ['a body that stands still', { kind: 'stall', body: '<rss>' }],
  ])('ends for %s, and the connection is closed', (_what, play) =>
    over({ '/feed': play }, async (server, client) => {
      const asked = get(client, server.url('/feed'), { timeoutMs: 50 });
      await expect(asked).rejects.toMatchObject({ code: 'fetch-timed-out', detail: 'after 0.05 s' });
      await server.untilOpen(0);
    }),
  );

  test.each<[string, Script[string], string]>([
    ['headers that do not come', { kind: 'silence' }, 'no headers came'],
    ['a body that stands still', { kind: 'stall', body: '<rss>' }, 'the body stood still'],
  ])('ends before the deadline for %s', (_what, play, detail) =>
    over(
      { '/feed': play },
      async (server, client) => {
        const asked = get(client, server.url('/feed'), { timeoutMs: 60_000 });
        await expect(asked).rejects.toMatchObject({ code: 'fetch-timed-out', detail });
      },
      { idleTimeoutMs: 20 },
    ),
  );

  test('ends for a name that is not resolved', async () => {
    await using client = open({ connectTimeoutMs: 30 }, () => new Promise(() => {}));
    await expect(get(client, 'http://slow.example/')).rejects.toMatchObject({
      code: 'fetch-timed-out',
      detail: 'no connection after 0.03 s',
    });
  });

  test('an error’s body that stands still does not hide the error', () =>
    over({ '/feed': { kind: 'stall', body: 'no', status: 404 } }, async (server, client) => {
      await expect(get(client, server.url('/feed'), { timeoutMs: 50 })).rejects.toMatchObject({
        code: 'fetch-not-found',
      });
      await server.untilOpen(0);
    }));

  test('is the caller’s: an aborted request rejects with its reason and closes the connection', () =>
    over({ '/feed': { kind: 'stall', body: '<rss>' } }, async (server, client) => {
      const stop = new AbortController();
      const asked = get(client, server.url('/feed'), {}, stop.signal);
      await server.untilAsked(1);
      stop.abort('the operator left');
      await expect(asked).rejects.toBe('the operator left');
      await server.untilOpen(0);
      await expect(get(client, server.url('/feed'), {}, stop.signal)).rejects.toBe('the operator left');
      expect(server.requests).toHaveLength(1);
    }));

  test('an aborted request does not wait for its connection', async () => {
    await using client = open({}, () => new Promise(() => {}));
    const stop = new AbortController();
    const asked = get(client, 'http://slow.example/', {}, stop.signal);
    setImmediate(() => stop.abort('enough'));
    await expect(asked).rejects.toBe('enough');
  });

  test('closing the client ends what is under way', async () => {
    await using server = await startScriptedServer({ '/feed': { kind: 'silence' } });
    const client = open({}, () => new Promise(() => {}));
    const asked = [get(client, server.url('/feed')), get(client, 'http://slow.example/')];
    const outcomes = Promise.allSettled(asked);
    await server.untilAsked(1);
    await client[Symbol.asyncDispose]();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await server.untilOpen(0);
  });
});

describe('a connection that was kept', () => {
  test('and closed by the server just then is replaced, and the request asked again', () =>
    over({ '/feed': [answer('first'), { kind: 'reset' }, answer('third')] }, async (server, client) => {
      await get(client, server.url('/feed'));
      expect(textOf(await get(client, server.url('/feed')))).toBe('third');
      expect(server.requests).toHaveLength(3);
    }));

  test('is not tried for a third time', () =>
    over({ '/feed': [answer('first'), { kind: 'reset' }] }, async (server, client) => {
      await get(client, server.url('/feed'));
      await expect(get(client, server.url('/feed'))).rejects.toMatchObject({ code: 'fetch-broken-off' });
      expect(server.requests).toHaveLength(3);
    }));
});

describe('redirects', () => {
  test('are followed and told', () =>
    over(
      { '/a': redirect(301, '/b'), '/b': redirect(302, 'c?d'), '/c?d': redirect(307, './e'), '/e': answer('here') },
      async (server, client) => {
        const response = await get(client, server.url('/a'));
        expect(textOf(response)).toBe('here');
        expect(response.url).toBe(server.url('/e'));
        expect(response.redirects).toEqual([
          { status: 301, url: server.url('/b') },
          { status: 302, url: server.url('/c?d') },
          { status: 307, url: server.url('/e') },
        ]);
        expect(server.connections()).toBe(1);
      },
    ));

  test('with letters beyond ASCII are read as UTF-8', () =>
    over(
      { '/a': redirect(301, Buffer.from('/straße').toString('latin1')), '/stra%C3%9Fe': answer('here') },
      async (server, client) => {
        expect(textOf(await get(client, server.url('/a')))).toBe('here');
      },
    ));

  test.each<[string, Script, string]>([
    ['in a circle', { '/a': redirect(302, '/b'), '/b': redirect(302, '/a') }, 'fetch-redirect-loop'],
    ['to themselves', { '/a': redirect(302, '/a') }, 'fetch-redirect-loop'],
    [
      'without end',
      Object.fromEntries(
        Array.from({ length: 9 }, (_, hop) => [hop === 0 ? '/a' : `/${hop}`, redirect(302, `/${hop + 1}`)]),
      ),
      'fetch-redirect-loop',
    ],
    ['to nowhere', { '/a': answer('', {}, 302) }, 'fetch-bad-answer'],
    ['to what is no address', { '/a': redirect(302, 'http://[::1') }, 'fetch-bad-address'],
    ['to a file', { '/a': redirect(302, 'file:///etc/passwd') }, 'fetch-bad-address'],
    ['to a script', { '/a': redirect(302, 'javascript:alert(1)') }, 'fetch-bad-address'],
    ['to credentials', { '/a': redirect(302, 'http://a:b@news.example/') }, 'fetch-bad-address'],
    ['to a private network', { '/a': redirect(302, 'http://169.254.169.254/latest/') }, 'fetch-refused-address'],
    [
      'to two places',
      { '/a': answer('', { location: ['http://127.0.0.1:9/', 'http://10.0.0.1/'] }, 302) },
      'fetch-bad-address',
    ],
  ])('%s end in an error', (_what, script, code) =>
    over(script, async (server, client) => {
      await expect(get(client, server.url('/a'))).rejects.toMatchObject({ code });
      expect(server.requests.length).toBeLessThanOrEqual(6);
    }),
  );

  test('to another host carry nothing of the operator’s there, nor back', async () => {
    await using other = await startScriptedServer({
      '/b': (request) => redirect(302, String(request.headers['x-back'] ?? back())),
    });
    await using server = await startScriptedServer({
      '/a': () => redirect(301, other.url('/b')),
      '/c': answer('here'),
    });
    const back = (): string => server.url('/c');
    await using client = open();
    const headers = {
      authorization: 'Bearer secret',
      cookie: 'a=b',
      'x-api-key': 'secret',
      'user-agent': 'Special/1',
      accept: 'text/xml',
      'if-none-match': '"1"',
    };
    await get(client, server.url('/a'), { headers });
    expect(server.requests[0]?.headers).toMatchObject(headers);
    for (const seen of [other.requests[0], server.requests[1]]) {
      expect(seen?.headers).toMatchObject({ accept: 'text/xml', 'if-none-match': '"1"', 'user-agent': USER_AGENT });
      expect(Object.keys(seen?.headers ?? {})).not.toEqual(expect.arrayContaining(['authorization']));
      expect(seen?.headers['cookie'] ?? seen?.headers['x-api-key'] ?? null).toBeNull();
    }
  });

  test('are each asked about before they are followed', () =>
    over({ '/a': redirect(301, '/b'), '/b': answer('here') }, async (server, client) => {
      const asked: string[] = [];
      const permit = (url: string): Promise<void> => {
        asked.push(url);
        return url.endsWith('/b') ? Promise.reject(new StageError('fetch-robots', { url })) : Promise.resolve();
      };
      await expect(get(client, server.url('/a'), { permit })).rejects.toMatchObject({ code: 'fetch-robots' });
      expect(asked).toEqual([server.url('/a'), server.url('/b')]);
      expect(server.requests).toHaveLength(1);
    }));
});

describe('the guard', () => {
  const closed: Partial<OutboundSettings> = { allowedNetworks: [] };

  test.each(['http://127.0.0.1', 'http://2130706433', 'http://127.1', 'http://[::ffff:127.0.0.1]', 'http://localhost'])(
    'refuses %s before any connection',
    (origin) =>
      over(
        {},
        async (server, client) => {
          const asked = get(client, `${origin}:${server.port}/`);
          await expect(asked).rejects.toMatchObject({ code: 'fetch-refused-address' });
          expect(server.connections()).toBe(0);
        },
        closed,
      ),
  );

  test.each([
    ['a loopback address', ['127.0.0.1']],
    ['a public and a loopback address', ['93.184.216.34', '127.0.0.1']],
    ['an IPv4 address in IPv6', ['::ffff:127.0.0.1']],
    ['another name', ['localhost.']],
  ])('refuses a name that resolves to %s before any connection', (_what, addresses) =>
    over(
      {},
      async (server, client) => {
        const asked = get(client, `http://news.example:${server.port}/`);
        await expect(asked).rejects.toMatchObject({ code: 'fetch-refused-address' });
        expect(server.connections()).toBe(0);
      },
      closed,
      () => Promise.resolve(addresses),
    ),
  );

  test('connects to the very address that it judged: a name is resolved once for a connection', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    await over(
      { '/feed': answer('here') },
      async (server, client) => {
        const url = `http://rebind.example:${server.port}/feed`;
        expect(textOf(await get(client, url))).toBe('here');
        expect(asked).toBe(1);
        expect(server.requests[0]?.headers.host).toBe(`rebind.example:${server.port}`);
      },
      {},
      () => Promise.resolve(answers[asked++]!),
    );
  });

  test('judges a name anew for each connection', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    await over(
      { '/feed': answer('here', { connection: 'close' }) },
      async (server, client) => {
        const url = `http://rebind.example:${server.port}/feed`;
        await get(client, url);
        await server.untilOpen(0);
        await expect(get(client, url)).rejects.toMatchObject({ code: 'fetch-refused-address' });
        expect(server.connections()).toBe(1);
      },
      {},
      () => Promise.resolve(answers[asked++]!),
    );
  });

  test('refuses a redirect to a name that resolves to a closed network before any connection', async () => {
    await using inner = await startScriptedServer({ '/': answer('secret') });
    await over(
      { '/a': redirect(302, `http://inner.example:${inner.port}/`) },
      async (server, client) => {
        const asked = get(client, `http://outer.example:${server.port}/a`);
        await expect(asked).rejects.toMatchObject({ code: 'fetch-refused-address' });
        expect(inner.connections()).toBe(0);
      },
      { allowedNetworks: ['127.0.0.1/32'] },
      (host) => Promise.resolve([host === 'outer.example' ? '127.0.0.1' : '127.0.0.2']),
    );
  });

  test('goes on to the next judged address where one does not answer', () =>
    over(
      { '/feed': answer('here') },
      async (server, client) => {
        expect(textOf(await get(client, `http://two.example:${server.port}/feed`))).toBe('here');
      },
      {},
      () => Promise.resolve(['127.0.0.9', '127.0.0.1']),
    ));
});

describe('politeness', () => {
  test('holds to so many requests to a host at once, whatever the number of callers', () =>
    over(
      { '/a': { kind: 'silence' } },
      async (server, client) => {
        const stop = new AbortController();
        const all = Promise.allSettled([1, 2, 3, 4].map(() => get(client, server.url('/a'), {}, stop.signal)));
        await server.untilAsked(2);
        expect(server.connections()).toBe(2);
        stop.abort('enough');
        await all;
        expect(server.requests).toHaveLength(2);
      },
      { hostAtOnce: 2 },
    ));
});
