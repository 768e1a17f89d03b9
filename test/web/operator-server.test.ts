import { expect, test } from '@jest/globals';
import type { Readiness } from '../../src/pipeline/read-readiness.ts';
import { silentLog } from '../../src/support/log.ts';
import { startOperatorServer } from '../../src/web/operator-server.ts';

test('the operator is told how the service does, and nothing is kept on the way', async () => {
  let found: Readiness = { ready: true, reasons: [], doubts: ['one thing'] };
  await using server = await startOperatorServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    metrics: { contentType: 'text/plain; version=0.0.4', text: () => Promise.resolve('a_metric 1\n') },
    readiness: () => Promise.resolve(found),
    operations: () => Promise.resolve('<feed/>'),
  });
  const ask = async (path: string): Promise<readonly [number, string, string | null]> => {
    const answer = await fetch(new URL(path, server.url));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return [answer.status, await answer.text(), answer.headers.get('content-type')];
  };
  expect(await ask('/healthz')).toEqual([200, 'alive\n', expect.stringContaining('text/plain')]);
  expect(await ask('/metrics')).toEqual([200, 'a_metric 1\n', 'text/plain; version=0.0.4']);
  expect(await ask('/readyz')).toEqual([200, JSON.stringify(found), 'application/json']);
  found = { ready: false, reasons: ['the database does not answer'], doubts: [] };
  expect((await ask('/readyz')).slice(0, 2)).toEqual([503, JSON.stringify(found)]);
  expect(await ask('/operations.atom')).toEqual([200, '<feed/>', 'application/atom+xml; charset=utf-8']);
  expect((await ask('/else'))[0]).toBe(404);
});

test('what cannot be read is an error for the log, not for whoever asks', async () => {
  await using server = await startOperatorServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    metrics: { contentType: 'text/plain', text: () => Promise.reject(new Error('a secret')) },
    readiness: () => Promise.reject(new Error('a secret')),
    operations: () => Promise.resolve('<feed/>'),
  });
  for (const path of ['metrics', 'readyz']) {
    const answer = await fetch(`${server.url}${path}`);
    expect([answer.status, await answer.text()]).toEqual([500, 'That could not be read; the log tells why\n']);
  }
});
