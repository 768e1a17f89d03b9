import { describe, expect, test } from '@jest/globals';
import { openOutbound, type OpenedOutbound } from '../../src/fetch/open-outbound.ts';
import { systemClock } from '../../src/support/clock.ts';
import { answer, startScriptedServer, testCertificate } from '../support/scripted-server.ts';

const never = new AbortController().signal;

function open(certificates: readonly string[] | null): OpenedOutbound {
  return openOutbound(
    { clock: systemClock(), resolve: () => Promise.resolve(['127.0.0.1']) },
    {
      userAgent: 'Tributary/0.1',
      allowedNetworks: ['127.0.0.0/8'],
      hostSpacingMs: 0,
      ...(certificates === null ? {} : { certificates }),
    },
  );
}

const ask = ({ outbound }: OpenedOutbound, url: string) =>
  outbound({ url, maxBodyBytes: 1_000, timeoutMs: 5_000 }, never);

describe('https', () => {
  test('connects to the judged address, and checks the certificate for the name', async () => {
    await using server = await startScriptedServer({ '/feed': answer('safe') }, { tls: true });
    await using client = open([testCertificate()]);
    const { body } = await ask(client, `https://publisher.example:${server.port}/feed`);
    expect(Buffer.from(body).toString()).toBe('safe');
    expect(Buffer.from((await ask(client, server.url('/feed'))).body).toString()).toBe('safe');
  });

  test('resumes its sessions', async () => {
    await using server = await startScriptedServer({ '/feed': answer('safe', { connection: 'close' }) }, { tls: true });
    await using client = open([testCertificate()]);
    for (let round = 0; round < 3; round++) {
      await ask(client, `https://publisher.example:${server.port}/feed`);
      await server.untilOpen(0);
    }
    expect(server.requests.map(({ resumed }) => resumed)).toEqual([false, true, true]);
  });

  test('refuses a certificate of another name, a second time too', async () => {
    await using server = await startScriptedServer({ '/feed': answer('safe') }, { tls: true });
    await using client = open([testCertificate()]);
    for (let round = 0; round < 3; round++) {
      await expect(ask(client, `https://other.example:${server.port}/feed`)).rejects.toMatchObject({
        code: 'fetch-tls',
      });
    }
    expect(server.requests).toHaveLength(0);
  });

  test('refuses a certificate that nobody vouches for', async () => {
    await using server = await startScriptedServer({ '/feed': answer('safe') }, { tls: true });
    await using client = open(null);
    await expect(ask(client, `https://publisher.example:${server.port}/feed`)).rejects.toMatchObject({
      code: 'fetch-tls',
      url: `https://publisher.example:${server.port}/feed`,
    });
    expect(server.requests).toHaveLength(0);
  });

  test('with a server that does not speak it is an error', async () => {
    await using server = await startScriptedServer({ '/feed': answer('plain') });
    await using client = open([testCertificate()]);
    await expect(ask(client, `https://publisher.example:${server.port}/feed`)).rejects.toMatchObject({
      code: 'fetch-tls',
    });
  });
});
