import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { startServer, type Limits, type RunningServer } from '../../src/web/server.ts';

// Over real connections on loopback: quick and full answers beside each other, and clients of all sorts.

const outputDir = mkdtempSync(join(tmpdir(), 'tributary-server-'));
const FEED = `<feed>${'<entry>news</entry>'.repeat(2000)}</feed>`;
const LARGE = 'word '.repeat(700_000);
const LIMITS: Limits = {
  firstMs: 10_000,
  betweenMs: 10_000,
  requestMs: 10_000,
  headBytes: 16_384,
  headFields: 100,
  connections: 20_000,
};
const CHANGED_MS = Date.now() - 86_400_000;
let server: RunningServer;

const start = (limits: Partial<Limits> = {}): Promise<RunningServer> =>
  startServer({
    outputDir,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock(),
    log: silentLog,
    health: { ready: () => Promise.resolve(true) },
    limits: { ...LIMITS, ...limits },
  });

beforeAll(async () => {
  mkdirSync(join(outputDir, 'feeds'));
  writeFileSync(join(outputDir, 'feeds/world.atom'), FEED);
  utimesSync(join(outputDir, 'feeds/world.atom'), CHANGED_MS / 1000, CHANGED_MS / 1000);
  writeFileSync(join(outputDir, 'large.txt'), LARGE);
  writeFileSync(join(outputDir, 'index.html'), '<!doctype html><title>Front</title>');
  server = await start();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(outputDir, { recursive: true });
});

type Told = { readonly status: number; readonly head: ReadonlyMap<string, string>; readonly body: string };

/** A connection whose answers are read one after the other. */
class Client {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #read = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  #ended = false;

  constructor(url = server.url) {
    this.socket = connect(Number(new URL(url).port), '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (chunk) => {
      this.#read = Buffer.concat([this.#read, chunk]);
      this.#wake();
    });
    this.closed = new Promise((resolve) =>
      this.socket.once('close', () => {
        this.#ended = true;
        this.#wake();
        resolve();
      }),
    );
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Rejects when the connection ends before. */
  async answer(method = 'GET'): Promise<Told> {
    const end = await this.#until(() => this.#read.indexOf('\r\n\r\n'));
    const [first = '', ...lines] = this.#read.toString('latin1', 0, end).split('\r\n');
    const head = new Map(
      lines.map((line) => [line.split(': ', 1)[0]!.toLowerCase(), line.slice(line.indexOf(': ') + 2)]),
    );
    const status = Number(first.split(' ')[1]);
    const length = method === 'HEAD' || status === 304 ? 0 : Number(head.get('content-length') ?? 0);
    await this.#until(() => (this.#read.length >= end + 4 + length ? 1 : -1));
    const body = this.#read.toString('latin1', end + 4, end + 4 + length);
    this.#read = this.#read.subarray(end + 4 + length);
    return { status, head, body };
  }

  async #until(found: () => number): Promise<number> {
    for (;;) {
      const at = found();
      if (at >= 0) return at;
      if (this.#ended) throw new Error('the connection has ended');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

const request = (path: string, fields: readonly string[] = [], method = 'GET'): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...fields, '\r\n'].join('\r\n');
/** The same, in a way that only the full answer takes. */
const unusual = (path: string, fields: readonly string[] = [], method = 'GET'): string =>
  request(path, [...fields, 'X-Unusual: 1'], method);

describe('a quick answer is the full one', () => {
  test.each([
    ['GET', [], 200],
    ['GET', ['Accept-Encoding: br'], 200],
    ['GET', ['Accept-Encoding: gzip;q=1, br;q=0.1'], 200],
    ['HEAD', ['Accept-Encoding: gzip'], 200],
    ['GET', ['If-None-Match: *', 'Accept-Encoding: br'], 304],
    ['GET', ['If-None-Match: "x"'], 200],
    ['HEAD', ['If-None-Match: *'], 304],
    ['GET', [`If-Modified-Since: ${new Date(Date.now() + 86_400_000).toUTCString()}`], 304],
    ['GET', [`If-Modified-Since: ${new Date(CHANGED_MS - 2000).toUTCString()}`], 200],
    ['GET', ['If-None-Match: "x"', `If-Modified-Since: ${new Date().toUTCString()}`], 200],
  ] as const)('%s with %j', async (method, fields, status) => {
    const client = new Client();
    const quick = await client.send(request('/feeds/world.atom', fields, method)).answer(method);
    const full = await client.send(unusual('/feeds/world.atom', fields, method)).answer(method);
    client.socket.destroy();
    const told = ({ head, ...rest }: Told): unknown => ({
      ...rest,
      head: Object.fromEntries([...head].filter(([name]) => name !== 'date')),
    });
    expect(told(quick)).toEqual(told(full));
    expect([quick.status, quick.head.get('date')?.length]).toEqual([status, 29]);
  });

  test('to somebody who has what a browser is shown', async () => {
    const client = new Client();
    const shown = await client.send(request('/feeds/world.atom', ['Sec-Fetch-Dest: document'])).answer();
    client.socket.destroy();
    const etag = shown.head.get('etag')!;
    for (const way of [request, unusual]) {
      const other = new Client();
      const told = await other.send(way('/feeds/world.atom', [`If-None-Match: ${etag}`])).answer();
      other.socket.destroy();
      expect([told.status, told.head.get('etag')]).toEqual([304, etag]);
    }
  });

  test('of a document that was changed just now: without a date, and never "not modified" by date', async () => {
    writeFileSync(join(outputDir, 'feeds/fresh.atom'), FEED);
    const client = new Client();
    for (const way of [request, unusual]) {
      const asked = way('/feeds/fresh.atom', [`If-Modified-Since: ${new Date().toUTCString()}`]);
      const { status, head } = await client.send(asked).answer();
      expect([status, head.get('last-modified')]).toEqual([200, undefined]);
    }
    client.socket.destroy();
  });

  test('however many ways there are to ask for one coding', async () => {
    const client = new Client();
    const bodies = new Set<string>();
    for (let way = 0; way < 100; way++) {
      const told = await client.send(request('/feeds/world.atom', [`Accept-Encoding: br, x${way}`])).answer();
      bodies.add(`${told.status} ${told.head.get('content-encoding')} ${told.body}`);
    }
    client.socket.destroy();
    expect([bodies.size, [...bodies][0]!.slice(0, 7)]).toEqual([1, '200 br ']);
  });

  test('however often, and whatever comes between', async () => {
    const client = new Client();
    for (let round = 0; round < 20; round++) {
      expect((await client.send(request('/feeds/world.atom?x')).answer()).body).toBe(FEED);
      expect((await client.send(request('/')).answer()).body).toContain('Front');
    }
    expect((await client.send(request('/nothing')).answer()).status).toBe(404);
    expect((await client.send(request('/feeds/world.atom')).answer()).body).toBe(FEED);
    client.socket.destroy();
  });

  test('also when the file is replaced meanwhile: whole, old or new, and before long new', async () => {
    const file = join(outputDir, 'feeds/moving.atom');
    const publish = (letter: string): void => {
      writeFileSync(`${file}.part`, letter.repeat(50_000));
      renameSync(`${file}.part`, file);
    };
    publish('a');
    const client = new Client();
    const bodies = new Set<string>();
    const ask = async (): Promise<string> => {
      const { body } = await client.send(request('/feeds/moving.atom')).answer();
      bodies.add(`${body[0]}${body.length}${new Set(body).size}`);
      return body[0]!;
    };
    await ask();
    publish('b');
    while ((await ask()) !== 'b') await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await ask()).toBe('b');
    expect([...bodies].toSorted()).toEqual(['a500001', 'b500001']);
    client.socket.destroy();
  });
});

describe('requests that arrive in unusual ways are answered all the same', () => {
  test('a byte at a time', async () => {
    const client = new Client();
    client.socket.setNoDelay(true);
    for (const character of request('/feeds/world.atom')) {
      client.send(character);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.answer()).body).toBe(FEED);
    client.socket.destroy();
  });

  test('several in one piece, plain and not, in their order', async () => {
    const client = new Client();
    client.send(request('/feeds/world.atom') + request('/nothing') + unusual('/') + request('/', [], 'HEAD'));
    const statuses = [];
    for (const method of ['GET', 'GET', 'GET', 'HEAD']) statuses.push((await client.answer(method)).status);
    expect(statuses).toEqual([200, 404, 200, 200]);
    client.socket.destroy();
  });

  test('one behind the other, without waiting', async () => {
    const client = new Client();
    client.socket.setNoDelay(true);
    for (let number = 0; number < 30; number++) {
      client.send(number % 7 === 6 ? unusual('/') : request(number % 2 === 0 ? '/feeds/world.atom' : '/'));
      if (number % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const lengths = [];
    for (let number = 0; number < 30; number++) lengths.push((await client.answer()).body.length === FEED.length);
    expect(lengths).toEqual(Array.from({ length: 30 }, (_, number) => number % 7 !== 6 && number % 2 === 0));
    client.socket.destroy();
  });

  test('the first half with one, the rest with the next', async () => {
    const client = new Client();
    const [first, second] = [request('/feeds/world.atom'), request('/', ['Accept: text/html'])];
    client.send(first + second.slice(0, 20));
    expect((await client.answer()).body).toBe(FEED);
    client.send(second.slice(20));
    expect((await client.answer()).body).toContain('Front');
    client.socket.destroy();
  });

  test('and then the connection is closed by whoever asked', async () => {
    const client = new Client();
    client.send(request('/feeds/world.atom', ['Connection: close']));
    expect((await client.answer()).body).toBe(FEED);
    await client.closed;
    const other = new Client();
    other.send(request('/feeds/world.atom'));
    await other.answer();
    other.socket.end();
    await other.closed;
    expect(other.socket.destroyed).toBe(true);
  });
});

test('HEAD has no body, whatever it is answered with', async () => {
  const file = join(outputDir, 'feeds/growing.atom');
  await using other = await start();
  const client = new Client(other.url);
  writeFileSync(file, '<feed><entry>one</entry></feed>');
  const before = (await client.send(request('/feeds/growing.atom')).answer()).head.get('etag')!;
  writeFileSync(file, '<feed><entry>two</entry><entry>one</entry></feed>');
  other.published();
  const statuses: number[] = [];
  for (const [path, fields] of [
    ['/feeds/growing.atom', []],
    ['/feeds/growing.atom', ['A-IM: feed', `If-None-Match: ${before}`]],
    ['/feeds/growing.atom', ['Range: bytes=0-1']],
    ['/feeds/growing.atom', ['If-None-Match: *']],
    ['/feeds/growing.atom', ['If-None-Match: *', 'Range: bytes=0-1']],
    ['/feeds/growing.atom', ['If-Match: "x"']],
    ['/feeds/growing.atom', ['Accept-Encoding: identity;q=0']],
    ['/feeds', []],
    ['/nothing', []],
  ] as const) {
    statuses.push((await client.send(request(path, fields, 'HEAD')).answer('HEAD')).status);
    // A body would stand before this answer.
    expect((await client.send(request('/')).answer()).body).toContain('Front');
  }
  expect(statuses).toEqual([200, 226, 200, 304, 304, 412, 406, 301, 404]);
  client.socket.destroy();
});

describe('what is no request for a published file', () => {
  test.each([
    ['GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /feeds/../index.html HTTP/1.1\r\nHost: a\r\nX: 1\r\n\r\n', 200],
    ['GET //feeds/world.atom HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /feeds//world.atom HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /feeds/world.atom. HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /feeds./world.atom HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /feeds/world.atom%00.html HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /FEEDS/world.atom HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['GET /feeds\\world.atom HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['GET /feeds/world.atom\0 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['GET /feeds/world.atom HTTP/1.1\r\n\r\n', 400],
    ['GET /feeds/world.atom HTTP/9.9\r\nHost: a\r\n\r\n', 400],
    ['GET /feeds/world.atom HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400],
    ['GET /feeds/world.atom HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    [`GET /${'a'.repeat(10_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 404],
    [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    [`GET / HTTP/1.1\r\nHost: a\r\n${'X-Flood: 1\r\n'.repeat(5000)}\r\n`, 431],
    ['BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['DELETE /feeds/world.atom HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 400],
  ])('%j', async (text, status) => {
    const client = new Client();
    const told = await client.send(text).answer();
    client.socket.destroy();
    expect([told.status, /root:/.test(told.body)]).toEqual([status, false]);
  });

  test('a hidden second request is not answered as one of ours', async () => {
    const client = new Client();
    const body = request('/nothing');
    client.send(`GET / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    client.send(request('/feeds/world.atom'));
    expect([(await client.answer()).status, (await client.answer()).body]).toEqual([200, FEED]);
    client.socket.destroy();
  });
});

describe('clients that take their time', () => {
  test('to ask at all, to finish asking, and between two requests are let go', async () => {
    await using hasty = await start({ firstMs: 100, betweenMs: 100, requestMs: 100 });
    const silent = new Client(hasty.url);
    const halting = new Client(hasty.url).send('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    const resting = new Client(hasty.url).send(request('/feeds/world.atom'));
    expect((await resting.answer()).status).toBe(200);
    await Promise.all([silent, halting, resting].map(({ closed }) => closed));
    expect((await new Client(hasty.url).send(request('/feeds/world.atom')).answer()).status).toBe(200);
  });

  test.each([
    ['quick', request('/large.txt')],
    ['full', unusual('/large.txt')],
  ])('to read a %s answer are cut off when they take nothing of it', async (_way, text) => {
    await using hasty = await start({ betweenMs: 150 });
    const stalled = new Client(hasty.url);
    stalled.socket.pause();
    // Asked several times over, so that no buffer on the way holds it all.
    for (let number = 0; number < 8; number++) stalled.send(text);
    const swift = new Client(hasty.url).send(request('/feeds/world.atom'));
    expect((await swift.answer()).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 800));
    stalled.socket.resume();
    await stalled.closed;
    expect(stalled.socket.bytesRead).toBeLessThan(8 * LARGE.length);
  });

  test('to read, but do read, get everything', async () => {
    const slow = new Client().send(request('/large.txt'));
    slow.socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    slow.socket.resume();
    expect((await slow.answer()).body).toBe(LARGE);
    slow.socket.destroy();
  });
});

test('a thousand connections that rest leave the others what they need', async () => {
  const resting = Array.from({ length: 1000 }, () => new Client());
  await Promise.all(resting.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  const client = new Client();
  for (let round = 0; round < 50; round++)
    expect((await client.send(request('/feeds/world.atom', ['If-None-Match: *'])).answer()).status).toBe(304);
  for (const { socket } of [...resting, client]) socket.destroy();
});

test('stopping ends connections that rest at once, and those in hand after their answer', async () => {
  const stopping = await start();
  const resting = new Client(stopping.url).send(request('/feeds/world.atom'));
  await resting.answer();
  const full = new Client(stopping.url).send(unusual('/'));
  await full.answer();
  const untouched = new Client(stopping.url);
  await new Promise((resolve) => untouched.socket.once('connect', resolve));
  const reading = new Client(stopping.url);
  reading.socket.pause();
  reading.send(request('/large.txt'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stopped = stopping[Symbol.asyncDispose]();
  reading.socket.resume();
  expect((await reading.answer()).body).toBe(LARGE);
  await Promise.all([stopped, ...[resting, full, untouched, reading].map(({ closed }) => closed)]);
  await expect(new Client(stopping.url).send(request('/')).answer()).rejects.toThrow('ended');
});
