import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PushDoors } from '../../src/pipeline/push-doors.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { startServer, type RunningServer } from '../../src/web/server.ts';

const outputDir = mkdtempSync(join(tmpdir(), 'tributary-hub-'));
const seen: unknown[] = [];
const open = { isOpen: true };
const doors: PushDoors = {
  isOpen: () => open.isOpen,
  async hubRequest(form) {
    seen.push(Object.fromEntries(form));
    return { status: 202, says: 'accepted' };
  },
  async verification(token, query) {
    seen.push([token, query.get('hub.topic')]);
    return token === 'known'
      ? { status: 200, says: query.get('hub.challenge')! }
      : { status: 404, says: 'not asked for' };
  },
  async pushed(token, { signature, links }) {
    if (token !== 'known') return { status: 410, says: 'there is no such subscription' };
    const pieces: Uint8Array[] = [];
    return {
      take: (piece) => void pieces.push(piece),
      async end() {
        seen.push([token, Buffer.concat(pieces).toString(), signature, links]);
        return { status: 202, says: 'thank you' };
      },
    };
  },
  linksOf: () => null,
};
let server: RunningServer;
beforeAll(async () => {
  const health = { ready: async () => true };
  server = await startServer({
    outputDir,
    host: '127.0.0.1',
    port: 0,
    health,
    clock: systemClock(),
    log: silentLog,
    doors,
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(outputDir, { recursive: true, force: true });
});

const last = (): unknown => seen.at(-1);

test('a form that is posted to the hub is handed on, and answered in plain text', async () => {
  const body = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': 'https://a.example/?ä=1&b' });
  const answer = await fetch(`${server.url}hub`, { method: 'POST', body });
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    202,
    'text/plain; charset=utf-8',
    'accepted\n',
  ]);
  expect(last()).toEqual({ 'hub.mode': 'subscribe', 'hub.topic': 'https://a.example/?ä=1&b' });
});

test('what is no form, or too large for one, is refused unread', async () => {
  const before = seen.length;
  const json = await fetch(`${server.url}hub`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  const large = await fetch(`${server.url}hub`, {
    method: 'POST',
    body: new URLSearchParams({ a: 'x'.repeat(20_000) }),
  });
  expect([json.status, large.status, seen.length]).toEqual([415, 413, before]);
  expect(await large.text()).toBe('the body is too large\n');
});

test('a body without a length is refused as soon as it is too large', async () => {
  const before = seen.length;
  const { port, hostname } = new URL(server.url);
  const answered = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      socket.destroy();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error),
    );
    socket.write(
      'POST /hub HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\n',
    );
    for (let chunk = 0; chunk < 20; chunk++) socket.write(`400\r\n${'a'.repeat(1024)}\r\n`);
  });
  expect(answered).toMatch(/^HTTP\/1\.1 413 /);
  expect(seen.length).toBe(before);
});

test('a question is answered by its challenge alone, as plain text that no browser takes for a page', async () => {
  const challenge = '<script>alert(1)</script>';
  const query = new URLSearchParams({ 'hub.topic': 'https://a.example/', 'hub.challenge': challenge });
  const answer = await fetch(`${server.url}websub/known?${query.toString()}`);
  expect([answer.status, await answer.text()]).toEqual([200, challenge]);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(last()).toEqual(['known', 'https://a.example/']);
  expect((await fetch(`${server.url}websub/other?${query.toString()}`)).status).toBe(404);
});

test('a push is handed on with its bytes, its signature and its links', async () => {
  const headers = { 'x-hub-signature': 'sha256=00', link: '<https://a.example/>; rel="self"' };
  const answer = await fetch(`${server.url}websub/known`, { method: 'POST', body: '<fééd/>', headers });
  expect(answer.status).toBe(202);
  expect(last()).toEqual(['known', '<fééd/>', 'sha256=00', headers.link]);
});

test('a push to an address that we gave to nobody is answered with its body unread, and the connection ends', async () => {
  const before = seen.length;
  const { port, hostname } = new URL(server.url);
  const answered = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk: Buffer) => void (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
    // Of the body nothing ever comes.
    socket.write('POST /websub/stranger HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n');
  });
  expect(answered).toMatch(/^HTTP\/1\.1 410 /);
  expect(answered).toMatch(/^connection: close\r$/im);
  expect(seen.length).toBe(before);
});

test('where nobody is subscribed there are no such places', async () => {
  open.isOpen = false;
  try {
    const form = new URLSearchParams({ a: 'b' });
    const asked = [
      fetch(`${server.url}hub`, { method: 'POST', body: form }),
      fetch(`${server.url}websub/known`, { method: 'POST', body: '<feed/>' }),
      fetch(`${server.url}websub/known?hub.challenge=x`),
    ];
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([405, 405, 404]);
  } finally {
    open.isOpen = true;
  }
});

test('neither place answers to another method', async () => {
  const asked = [
    fetch(`${server.url}hub`),
    fetch(`${server.url}hub`, { method: 'PUT', body: 'x' }),
    fetch(`${server.url}websub/known`, { method: 'DELETE' }),
  ];
  const [looked, put, deleted] = await Promise.all(asked);
  expect([looked!.status, put!.status, deleted!.status]).toEqual([405, 405, 405]);
  expect([looked!.headers.get('allow'), await looked!.text()]).toEqual([
    'POST',
    'This is a WebSub hub: subscribe by POST.\n',
  ]);
});
