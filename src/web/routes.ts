import { Hono } from 'hono';
import { aliveHandler, readyHandler, type Health } from './health.ts';
import { publishedHandler } from './published.ts';

/** The table of paths and handlers. */
export function routes(given: { readonly outputDir: string; readonly health: Health }): Hono {
  const app = new Hono();
  const published = publishedHandler(given.outputDir);
  app.get('/healthz', aliveHandler(given.health));
  app.get('/readyz', readyHandler(given.health));
  app.get('*', published);
  app.all('*', (context) => context.text('Only GET and HEAD are answered here\n', 405, { allow: 'GET, HEAD' }));
  // What went wrong inside is not the caller's business, and input is never echoed.
  app.onError((_error, context) => context.text('The server failed to answer\n', 500));
  return app;
}
