import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/cli.ts';

const room = mkdtempSync(join(tmpdir(), 'tributary-start-'));
const program = fileURLToPath(new URL('../../bin/tributary.mjs', import.meta.url));
const FEED =
  '<rss version="2.0"><channel><title>Harbour</title><item><guid>a</guid><title>The bridge opens</title></item></channel></rss>';
const held = new Set<() => void>();
const children = new Set<ChildProcess>();
let publisher: Server;

beforeAll(async () => {
  publisher = createServer((request, response) => {
    const answer = (): unknown => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(FEED);
    // A source that takes its time: until it is let go, work is in hand.
    if (request.url === '/slow') held.add(answer);
    else answer();
  });
  await new Promise<void>((resolve) => publisher.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  // A test that failed may have left one; the run would never end.
  for (const child of children) child.kill('SIGKILL');
  publisher.closeAllConnections();
  publisher.close();
  rmSync(room, { recursive: true, force: true });
});

type Started = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly lines: string[];
  readonly ended: Promise<number | null>;
};

async function start(name: string, path: string): Promise<Started> {
  const { port } = publisher.address() as AddressInfo;
  const sources = join(room, `${name}.json`);
  const source = {
    id: 'harbour',
    title: 'Harbour',
    url: `http://127.0.0.1:${port}${path}`,
    topics: ['world'],
    content: 'feed',
  };
  writeFileSync(
    sources,
    JSON.stringify({
      site: { title: 'Test', url: 'https://news.example/' },
      topics: [{ id: 'world', title: 'World' }],
      sources: [source],
    }),
  );
  const args = [
    'start',
    '--port',
    '0',
    '--sources',
    sources,
    '--output',
    join(room, name, 'o'),
    '--data',
    join(room, name, 'd'),
    '--allow-network',
    '127.0.0.0/8',
  ];
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: '' },
  });
  children.add(child);
  const lines: string[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const serving = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const found = /^Serving (\S+)/.exec(line);
        if (found !== null) resolve(found[1]!);
      });
    }
  });
  const url = await Promise.race([serving, ended.then(() => Promise.reject(new Error(lines.join('\n'))))]);
  return { child, url, lines, ended };
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('start asks its sources, publishes, serves, and ends well when it is told to', async () => {
  const { child, url, lines, ended } = await start('serves', '/feed');
  await until(() => lines.some((line) => line.includes('files written')));
  const feed = await fetch(`${url}feeds/world.atom`);
  expect([feed.status, feed.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  expect(await feed.text()).toContain('The bridge opens');
  const list = await fetch(`${url}api/topics/world/entries`);
  expect([list.status, await list.text()]).toEqual([200, expect.stringContaining('The bridge opens')]);
  expect((await fetch(`${url}readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(lines.at(-1)).toBe('Stopped.');
}, 20_000);

test('a Ctrl-C that comes twice at once, while a source is being asked, is one and ends well', async () => {
  const { child, lines, ended } = await start('interrupted', '/slow');
  await until(() => held.size > 0);
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(lines.at(-1)).toBe('Stopped.');
}, 20_000);

test('told to stop while it starts, it has ended well', async () => {
  const sources = join(room, 'stopped.json');
  writeFileSync(
    sources,
    JSON.stringify({ site: { title: 'Test', url: 'https://news.example/' }, topics: [], sources: [] }),
  );
  const places = ['--sources', sources, '--output', join(room, 'stopped/o'), '--data', join(room, 'stopped/d')];
  const out: string[] = [];
  const code = await runCli(['start', '--port', '0', ...places], {
    environment: {},
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => out.push(text) },
    signal: AbortSignal.abort(new Error('SIGTERM')),
  });
  expect({ code, last: out.at(-1) }).toEqual({ code: 0, last: 'Stopped.\n' });
});
