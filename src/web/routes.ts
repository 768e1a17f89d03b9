import { Hono } from 'hono';
import type { PushDoors } from '../pipeline/push-doors.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { headFor } from './answer-head.ts';
import { aliveHandler, readyHandler, type Health } from './health.ts';
import { hubHandler, pushedHandler, verificationHandler } from './hub.ts';
import { answerPrivate, pathForLogs, type PrivateRoom } from './private-room.ts';
import { answerPublished, type Published } from './published.ts';

export type RoutesGiven = {
  readonly published: Published;
  readonly health: Health;
  readonly log: Log;
  readonly clock: Clock;
  /** Absent: nothing is pushed. */
  readonly doors?: PushDoors;
  /** Absent: there are no private feeds. */
  readonly privateRoom?: PrivateRoom;
};

const METHODS = 'GET, HEAD, OPTIONS';
/** Other sites may read what is published, with the conditions that readers send. */
const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': METHODS,
  'access-control-allow-headers': 'If-None-Match, If-Modified-Since, If-Match, If-Range, Range, A-IM, Cache-Control',
  'access-control-max-age': '86400',
  allow: METHODS,
};

/** The table of paths and handlers. */
export function routes({ published, health, log, clock, doors, privateRoom }: RoutesGiven): Hono {
  const app = new Hono();
  app.get('/healthz', aliveHandler());
  app.get('/readyz', readyHandler(health));
  if (doors !== undefined) {
    const tools = { doors, clock };
    app.post('/hub', hubHandler(tools));
    app.get('/websub/:token', verificationHandler(tools));
    app.post('/websub/:token', pushedHandler(tools));
  }
  if (privateRoom !== undefined) {
    app.get('/private/*', (context) => answerPrivate(published, privateRoom, context));
    app.options('/private/*', (context) => context.body(null, 204, { allow: METHODS }));
  }
  app.get('*', (context) => answerPublished(published, context));
  app.options('*', (context) => context.body(null, 204, PREFLIGHT));
  app.all('*', (context) =>
    context.text('Only GET and HEAD are answered here\n', 405, { ...headFor('everybody'), allow: METHODS }),
  );
  // What went wrong inside is not the caller's business, and input is never echoed.
  app.onError((error, context) => {
    log.error('a request could not be answered', { path: pathForLogs(context.req.path), reason: error.message });
    return published.refuse(context, 500, context.req.path.startsWith('/private/') ? 'private' : 'everybody');
  });
  return app;
}
