import { Hono } from 'hono';
import type { Log } from '../support/log.ts';
import { aliveHandler, readyHandler, type Health } from './health.ts';
import { publishedHandler } from './published.ts';

/** The table of paths and handlers. */
export function routes(given: { readonly outputDir: string; readonly health: Health; readonly log: Log }): Hono {
  const app = new Hono();
  const published = publishedHandler(given.outputDir);
  app.get('/healthz', aliveHandler());
  app.get('/readyz', readyHandler(given.health));
  app.get('*', published);
  app.all('*', (context) => context.text('Only GET and HEAD are answered here\n', 405, { allow: 'GET, HEAD' }));
  // What went wrong inside is not the caller's business, and input is never echoed.
  app.onError((error, context) => {
    given.log.error('a request could not be answered', { path: context.req.path, reason: error.message });
    return context.text('The server failed to answer\n', 500);
  });
  return app;
}
