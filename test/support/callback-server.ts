import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Called = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type CallbackAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type CallbackServer = AsyncDisposable & { readonly port: number; readonly calls: readonly Called[] };

/**
 * A server on loopback that is called back: it confirms what it is asked, takes what it is sent, and does otherwise where
 * `answer` says so. Each connection serves one call, so that each call is a look-up of its own.
 */
export async function startCallbackServer(
  answer: (call: Called) => CallbackAnswer | undefined = () => undefined,
): Promise<CallbackServer> {
  const calls: Called[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://callback.example');
      const call = {
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      calls.push(call);
      const { status, headers, body } = answer(call) ?? { status: 200, body: searchParams.get('hub.challenge') ?? '' };
      response.writeHead(status, { ...headers, connection: 'close' }).end(body);
    });
  });
  // Also on 127.0.0.2 and its like: names may lead to any of them.
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
