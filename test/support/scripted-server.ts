import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';

// A server on loopback that plays a script: what tests of the network need of it, the misbehaviour above all.

export type SeenRequest = {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Whether its TLS session was resumed. */
  readonly resumed: boolean;
};

/** What the server does with one request. Header names as they are to be sent. */
export type Play =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | readonly string[]>>;
      readonly body: string | Uint8Array;
    }
  /** Takes the request and says nothing. */
  | { readonly kind: 'silence' }
  /** Says that the body is longer than what it then sends, and closes. */
  | { readonly kind: 'cut'; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** Sends the headers and a beginning, then nothing more. */
  | { readonly kind: 'stall'; readonly body: string; readonly status?: number }
  /** Sends the same bytes again and again, as long as somebody reads. */
  | { readonly kind: 'endless'; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** Sends header lines for ever. */
  | { readonly kind: 'endless-headers' }
  /** Sends so many 103 Early Hints before its answer. */
  | { readonly kind: 'hints'; readonly count: number; readonly body: string }
  /** Sends bytes as they stand and closes. */
  | { readonly kind: 'raw'; readonly bytes: string }
  /** Resets the connection. */
  | { readonly kind: 'reset' };

/** A list is played one request after the other; its last goes on. A function may look at the request. */
export type Script = Readonly<Record<string, Play | readonly Play[] | ((request: SeenRequest) => Play)>>;

export type ScriptedServer = AsyncDisposable & {
  readonly port: number;
  /** `127.0.0.1:port` */
  readonly host: string;
  url(path: string): string;
  /** In order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** Connections accepted so far. */
  connections(): number;
  /** Connections that are open now. */
  openConnections(): number;
  /** Resolves when so many connections are open. */
  untilOpen(count: number): Promise<void>;
  /** Resolves when so many requests have come. */
  untilAsked(count: number): Promise<void>;
};

type Played = Play & { readonly kind: 'answer' };

export function answer(
  body: string | Uint8Array = '',
  headers: Readonly<Record<string, string | readonly string[]>> = {},
  status = 200,
): Played {
  return { kind: 'answer', status, headers, body };
}

export function redirect(status: number, location: string): Play {
  return answer('', { location }, status);
}

const CERTIFICATE = new URL('../fixtures/fetch/a-certificate-that-nobody-but-our-tests-trusts/', import.meta.url);

/** The certificate of servers opened with `tls`: for publisher.example and 127.0.0.1. */
export function testCertificate(): string {
  return readFileSync(fileURLToPath(new URL('certificate.pem', CERTIFICATE)), 'utf8');
}

const ignore = (): void => {};

export async function startScriptedServer(
  script: Script,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<ScriptedServer> {
  const requests: SeenRequest[] = [];
  const played = new Map<string, number>();
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let connections = 0;
  const changed = (): void => waiting.forEach((look) => look());
  const until = (reached: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!reached()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? '';
    const { socket } = request;
    const seen = { path, headers: request.headers, resumed: socket instanceof TLSSocket && socket.isSessionReused() };
    requests.push(seen);
    const line = script[path];
    const turn = played.get(path) ?? 0;
    played.set(path, turn + 1);
    const play =
      typeof line === 'function' ? line(seen) : Array.isArray(line) ? line[Math.min(turn, line.length - 1)] : line;
    // Once for all requests of one connection.
    if (!request.socket.listeners('error').includes(ignore)) request.socket.on('error', ignore);
    response.on('error', () => {});
    perform((play as Play | undefined) ?? answer('not in the script', {}, 404), response);
    changed();
  };
  const server: Server = tls
    ? createTlsServer({ key: readFileSync(new URL('key.pem', CERTIFICATE)), cert: testCertificate() }, onRequest)
    : createServer(onRequest);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      changed();
    });
    changed();
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    host: `127.0.0.1:${port}`,
    url: (path) => `${tls ? 'https' : 'http'}://127.0.0.1:${port}${path}`,
    requests,
    connections: () => connections,
    openConnections: () => sockets.size,
    untilOpen: (count) => until(() => sockets.size === count),
    untilAsked: (count) => until(() => requests.length >= count),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function perform(play: Play, response: ServerResponse): void {
  const socket = response.socket!;
  switch (play.kind) {
    case 'answer':
      return send(response, play);
    case 'silence':
      return;
    case 'cut':
      response.writeHead(200, { ...play.headers, 'content-length': Buffer.byteLength(play.body) + 100 });
      response.write(play.body, () => socket.destroySoon());
      return;
    case 'stall':
      response.writeHead(play.status ?? 200, { 'content-type': 'text/plain' });
      response.write(play.body);
      return;
    case 'endless':
      response.writeHead(200, { ...play.headers });
      return pour(response, Buffer.from(play.body));
    case 'endless-headers':
      socket.write('HTTP/1.1 200 OK\r\n');
      return pour(socket, Buffer.from(`x-padding: ${'x'.repeat(1_000)}\r\n`));
    case 'hints':
      for (let hint = 0; hint < play.count; hint++) response.writeEarlyHints({ link: '</x>; rel=preload' });
      return send(response, answer(play.body));
    case 'raw':
      socket.end(play.bytes, 'latin1');
      return;
    case 'reset':
      socket.resetAndDestroy();
  }
}

function send(response: ServerResponse, play: Played): void {
  for (const [name, value] of Object.entries(play.headers)) response.appendHeader(name, value);
  response.statusCode = play.status;
  response.end(play.body);
}

function pour(stream: ServerResponse | Socket, bytes: Buffer): void {
  const more = (): void => {
    while (!stream.destroyed && stream.write(bytes));
  };
  stream.on('drain', more);
  more();
}
