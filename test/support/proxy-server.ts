import { createServer, request as requestOver, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A request as it came to the proxy: `CONNECT host:port` or `GET http://…`. */
export type ProxiedRequest = { readonly line: string; readonly authorization: string | null };

export type ProxyServer = AsyncDisposable & {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly seen: readonly ProxiedRequest[];
};

/**
 * An HTTP proxy on loopback that leads every host to 127.0.0.1, whatever it is called.
 * @param refusal a status for everything; null: all is let through
 */
export async function startProxyServer(refusal: number | null = null): Promise<ProxyServer> {
  const seen: ProxiedRequest[] = [];
  const sockets = new Set<Socket>();
  const note = (request: IncomingMessage): void => {
    seen.push({
      line: `${request.method} ${request.url}`,
      authorization: request.headers['proxy-authorization'] ?? null,
    });
  };
  const server = createServer((request, response) => {
    note(request);
    if (refusal !== null) {
      response.writeHead(refusal).end();
      return;
    }
    const { port, pathname, search } = new URL(request.url!);
    const { 'proxy-authorization': _hidden, ...headers } = request.headers;
    const onward = requestOver({ host: '127.0.0.1', port, path: pathname + search, headers }, (answered) => {
      response.writeHead(answered.statusCode!, answered.headers);
      answered.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const onward = connect(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
