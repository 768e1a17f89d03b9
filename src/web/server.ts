import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { systemClock } from '../support/clock.ts';
import { listen } from './listen.ts';
import { openPublished } from './published.ts';
import type { FateOf } from './fates.ts';
import { openQuickAnswers, type Patience } from './quick-answers.ts';
import { routes, type RoutesGiven } from './routes.ts';

const LAST_ANSWERS_MS = 1000;

/** What one client may cost. */
export type Limits = Patience & {
  /** A head or a request that takes longer to arrive is given up. */
  readonly requestMs: number;
  readonly headBytes: number;
  readonly headFields: number;
  readonly connections: number;
};

/** Connections rest longer than those of proxies in front, which would else send a request into one that is just closing. */
const LIMITS: Limits = {
  firstMs: 10_000,
  betweenMs: 75_000,
  requestMs: 10_000,
  headBytes: 16 * 1024,
  headFields: 100,
  connections: 20_000,
};

export type RunningServer = AsyncDisposable & {
  readonly url: string;
  /** Something was published: told so, it serves it from now on; else within a second. */
  published(): void;
};

export type ServerGiven = Omit<RoutesGiven, 'published'> & {
  readonly outputDir: string;
  readonly host: string;
  readonly port: number;
  readonly fateOf?: FateOf;
  /** Where the site begins for the world: `/`, or more where a proxy takes the rest off. */
  readonly basePath?: string;
  readonly limits?: Limits;
};

/** Listens, and resolves when it does. Throws StageError `server-cannot-listen` when the address is taken or not ours. */
export async function startServer(given: ServerGiven): Promise<RunningServer> {
  const { host, port, clock, limits = LIMITS } = given;
  // The times of files are real ones, also in a rehearsal of another day.
  const published = openPublished({
    ...given,
    clock: systemClock(),
    linksOf: (path) => given.doors?.linksOf(path) ?? null,
  });
  const server = httpServer(routes({ ...given, published }), limits);
  const quick = openQuickAnswers(published, { patience: limits, handOver: handingOver(server) });
  server.on('connection', (socket: Socket) => quick.connect(socket));

  const url = await listen(server, { host, port });
  return {
    url,
    published: () => published.files.lookAgain(),
    async [Symbol.asyncDispose]() {
      // Answers in hand may end; whoever reads slower than that is cut off.
      const ended = new Promise<void>((done) => server.close(() => done()));
      quick.end();
      const patience = new AbortController();
      const cutOff = clock.sleep(LAST_ANSWERS_MS, patience.signal).then(
        () => {
          quick.cutOff();
          server.closeAllConnections();
        },
        () => undefined,
      );
      await ended;
      patience.abort();
      await cutOff;
    },
  };
}

function httpServer(app: Hono, limits: Limits): Server {
  const server = createAdaptorServer({
    fetch: (request, bindings) => app.fetch(request, bindings),
    serverOptions: {
      headersTimeout: limits.requestMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.betweenMs,
      connectionsCheckingInterval: Math.min(limits.requestMs, 5000),
      maxHeaderSize: limits.headBytes,
      noDelay: true,
    },
  }) as Server;
  server.maxHeadersCount = limits.headFields;
  server.maxConnections = limits.connections;
  server.setTimeout(limits.betweenMs);
  return server;
}

/** Connections come to us first, and to Node's own listener when they are handed over. */
function handingOver(server: Server): (socket: Socket, chunk: Buffer) => void {
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  return (socket, chunk) => {
    for (const listener of listeners) listener.call(server, socket);
    socket.emit('data', chunk);
  };
}
