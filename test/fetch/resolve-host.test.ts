import { expect, test } from '@jest/globals';
import { createSocket } from 'node:dgram';
import { openResolver } from '../../src/fetch/resolve-host.ts';

const ADDRESS = 1;
const ADDRESS_V6 = 28;

/** A name server on loopback that knows one IPv4 and one IPv6 address for every name, or keeps silent. */
async function startNameServer(
  records: Readonly<Record<number, readonly number[]>>,
): Promise<AsyncDisposable & { readonly address: string; readonly asked: () => number }> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', (query, from) => {
    asked++;
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const type = question.readUInt16BE(question.length - 4);
    const data = records[type];
    if (data === undefined) return;
    const header = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
    const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]);
    socket.send(Buffer.concat([header, question, record]), from.port, from.address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        socket.close(() => resolve());
      }),
  };
}

test('a host’s addresses of both kinds come from its name server', async () => {
  const v6 = [0x26, 0x06, 0x28, 0, 2, 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];
  await using server = await startNameServer({ [ADDRESS]: [93, 184, 216, 34], [ADDRESS_V6]: v6 });
  const resolver = openResolver({ servers: [server.address] });
  expect(await resolver.resolve('news.example')).toEqual(['93.184.216.34', '2606:2800:220:1::1']);
  resolver.close();
});

test('one kind of address is enough', async () => {
  await using server = await startNameServer({ [ADDRESS]: [93, 184, 216, 34] });
  const resolver = openResolver({ servers: [server.address], timeoutMs: 30, tries: 1 });
  expect(await resolver.resolve('news.example')).toEqual(['93.184.216.34']);
  resolver.close();
});

test('a name server that is silent is an error, and nobody else is asked', async () => {
  await using server = await startNameServer({});
  const resolver = openResolver({ servers: [server.address], timeoutMs: 30, tries: 1 });
  await expect(resolver.resolve('news.example')).rejects.toMatchObject({
    code: 'fetch-no-such-host',
    detail: expect.stringContaining('do not answer'),
  });
  expect(server.asked()).toBeGreaterThan(0);
  resolver.close();
});

test('closing the resolver ends what it waits for', async () => {
  await using server = await startNameServer({});
  const resolver = openResolver({ servers: [server.address] });
  const asked = resolver.resolve('news.example');
  setImmediate(() => resolver.close());
  await expect(asked).rejects.toMatchObject({ code: 'fetch-no-such-host' });
});
