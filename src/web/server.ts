import { serve } from '@hono/node-server';
import { StageError } from '../model/errors.ts';
import type { Log } from '../support/log.ts';
import type { Clock } from '../support/clock.ts';
import type { Health } from './health.ts';
import { routes } from './routes.ts';

const LAST_ANSWERS_MS = 1000;

export type RunningServer = AsyncDisposable & { readonly url: string };

/** Listens, and resolves when it does. Throws StageError `server-cannot-listen` when the address is taken or not ours. */
export async function startServer(given: {
  readonly outputDir: string;
  readonly host: string;
  readonly port: number;
  readonly health: Health;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<RunningServer> {
  const { host, port } = given;
  const { promise: listening, resolve, reject } = Promise.withResolvers<number>();
  const server = serve({ fetch: routes(given).fetch, hostname: host, port }, (address) => resolve(address.port));
  server.once('error', (cause: NodeJS.ErrnoException) => {
    const detail =
      cause.code === 'EADDRINUSE'
        ? `port ${port} of ${host} is taken`
        : `${host}:${port}: ${cause.code ?? cause.message}`;
    reject(new StageError('server-cannot-listen', { detail, cause }));
  });
  const bound = await listening;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/`,
    async [Symbol.asyncDispose]() {
      // Answers in hand may end; whoever reads slower than that is cut off.
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      const patience = new AbortController();
      const cutOff = given.clock.sleep(LAST_ANSWERS_MS, patience.signal).then(
        () => 'closeAllConnections' in server && server.closeAllConnections(),
        () => undefined,
      );
      await ended;
      patience.abort();
      await cutOff;
    },
  };
}
