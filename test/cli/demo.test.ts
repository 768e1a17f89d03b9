import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import { portFault, servedAt } from '../../src/cli/demo.ts';
import { readOrder } from '../../src/cli/read-order.ts';
import type { Order } from '../../src/config/sources-file.ts';

const room = mkdtempSync(join(tmpdir(), 'tributary-demo-'));
let order: Order;
beforeAll(async () => {
  const reading = await readOrder({ sources: new URL('../../demo/sources.json', import.meta.url).pathname });
  if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));
  order = reading.order;
});
afterAll(() => rmSync(room, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  let said = '';
  const stream = { write: (text: string) => (said += text) };
  const places = ['--data', join(room, 'data'), '--output', join(room, 'output')];
  const world = { environment: {}, stdout: stream, stderr: stream, signal: new AbortController().signal };
  return { code: await runCli(['demo', ...args, ...places], world), said };
}

test.each([
  [{ host: '127.0.0.1', port: 9321 }, 'http://127.0.0.1:9321/'],
  [{ host: '0.0.0.0', port: 9321 }, 'http://127.0.0.1:9321/'],
  [{ host: '::', port: 9321 }, 'http://127.0.0.1:9321/'],
  [{ host: '::1', port: 9321 }, 'http://[::1]:9321/'],
  [{ host: 'news.local', port: 80 }, 'http://news.local/'],
  [{ host: '127.0.0.1', port: 0 }, 'http://127.0.0.1:8080/'],
])('the demo that is served at %j names that address in what it publishes', (config, url) => {
  expect(servedAt(order, config).site.url).toBe(url);
});

test('a port of the newsroom’s own is refused before anything is started, and another one asked for', async () => {
  for (const port of [8799, 8801, 8814]) {
    const { code, said } = await run('--once', '--port', String(port));
    expect([code, said]).toEqual([
      2,
      expect.stringMatching(
        new RegExp(
          `^Port ${port} is one of the demo's own publishers \\(8799, 8801, .*8814\\); choose another --port\n$`,
        ),
      ),
    ]);
  }
  for (const port of [0, 80, 8080, 9000]) expect(portFault(port, order)).toBeNull();
});

test('a port of a publisher that another program has is named, and no other --port advised', async () => {
  // Where somebody runs the demo at this moment the port is taken as well.
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.once('error', () => resolve());
    other.listen(8801, '127.0.0.1', () => resolve());
  });
  try {
    const { code, said } = await run('--once', '--port', '9321');
    expect(code).toBe(1);
    expect(said).toMatch(/^the demo’s newsroom did not start \(Port 8801 of 127\.0\.0\.1, meant for .*, is in use/);
    expect(said).toMatch(/Its ports are fixed, so another --port does not help\.\n$/);
  } finally {
    other.close();
  }
});
