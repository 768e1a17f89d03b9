import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Readiness } from '../pipeline/read-readiness.ts';
import type { Log } from '../support/log.ts';
import { listen } from './listen.ts';

/** What is told to the operator, each asked when somebody wants to know it. */
export type OperatorGiven = {
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  readonly readiness: () => Promise<Readiness>;
  /** The feed of operations. */
  readonly operations: () => Promise<string>;
};

/**
 * The operator's port: how the service does, for those who run it. It knows no passwords: whoever reaches it may read it, so it
 * listens to this machine alone unless told otherwise. Throws StageError `server-cannot-listen`.
 */
export async function startOperatorServer(given: OperatorGiven): Promise<AsyncDisposable & { readonly url: string }> {
  const app = operatorRoutes(given);
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request) }) as Server;
  const url = await listen(server, given);
  return {
    url,
    async [Symbol.asyncDispose]() {
      const ended = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await ended;
    },
  };
}

/** The table of paths and handlers. */
export function operatorRoutes({ log, metrics, readiness, operations }: OperatorGiven): Hono {
  const app = new Hono();
  app.use(secureHeaders());
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  app.get('/healthz', (context) => context.text('alive\n'));
  app.get('/readyz', async (context) => {
    const found = await readiness();
    return context.json(found, found.ready ? 200 : 503);
  });
  app.get('/metrics', async (context) =>
    context.body(await metrics.text(), 200, { 'content-type': metrics.contentType }),
  );
  app.get('/operations.atom', async (context) => {
    return context.body(await operations(), 200, { 'content-type': 'application/atom+xml; charset=utf-8' });
  });
  app.get('/', (context) => context.text('/metrics\n/healthz\n/readyz\n/operations.atom\n'));
  app.notFound((context) => context.text('There is nothing here; / names what there is\n', 404));
  app.onError((error, context) => {
    log.error('the operator could not be answered', { path: context.req.path, reason: error.message });
    return context.text('That could not be read; the log tells why\n', 500);
  });
  return app;
}
