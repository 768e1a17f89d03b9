import { expect, test } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/support/clock.ts';

// What is said of an address at which no store can be had. Nothing of it needs a PostgreSQL.

const SECRET = 'geheim&7';

async function refusal(databaseUrl: string): Promise<Error & { readonly code: string; readonly url: string | null }> {
  try {
    await using _store = await openStore({ databaseUrl, dataDir: '' }, { clock: systemClock() });
  } catch (error) {
    return error as Awaited<ReturnType<typeof refusal>>;
  }
  throw new Error('it was opened');
}

/** The whole of an error and of what caused it, as a careless log would print it. */
function printed(error: unknown): string {
  if (!Error.isError(error)) return String(error);
  return [error.stack, JSON.stringify(Object.entries(error)), printed(error.cause)].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('an address where no server is, is named without its password', async () => {
  const port = await freePort();
  const error = await refusal(
    `postgres://reader:${encodeURIComponent(SECRET)}@127.0.0.1:${port}/news?password=${SECRET}`,
  );
  expect(error).toMatchObject({ code: 'store-unusable', url: `postgres://reader@127.0.0.1:${port}/news` });
  expect(error.message).toContain(`postgres://reader@127.0.0.1:${port}/news: no server answers there`);
  expect(printed(error)).not.toMatch(/geheim/);
});

test('a server that ends the connection is no use', async () => {
  await using server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const error = await refusal(`postgresql://reader:${SECRET}@127.0.0.1:${port}/news`);
  expect(error).toMatchObject({ code: 'store-unusable' });
  expect(error.message).toContain('the connection failed');
  expect(printed(error)).not.toMatch(/geheim/);
});

test.each([
  ['an address of another kind of database', `mysql://reader:${SECRET}@127.0.0.1/news`, /begins with "mysql:"/],
  ['an address that cannot be read', `postgres://reader:${SECRET}#/@@127.0.0.1:x/news`, /is no address/],
  ['a path', `/var/lib/${SECRET}`, /is no address/],
])('%s is refused without being repeated', async (_name, databaseUrl, says) => {
  const error = await refusal(databaseUrl);
  expect(error).toMatchObject({ code: 'store-unusable', message: expect.stringMatching(says) });
  expect(printed(error)).not.toMatch(/geheim/);
});
