import { Hono } from 'hono';
import type { PushDoors } from '../pipeline/push-doors.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { ListEntries } from '../pipeline/list-entries.ts';
import { cacheControlFor, headFor, type Audience } from './answer-head.ts';
import { contractHandler, entriesHandler, noSuchCall } from './api.ts';
import { aliveHandler, readyHandler, type Health } from './health.ts';
import { FORMS_IN_HAND, hubHandler, notPostedHandler, pushedHandler, verificationHandler, whereOpen } from './hub.ts';
import { problem } from './problems.ts';
import { answerPrivate, pathForLogs, type PrivateRoom } from './private-room.ts';
import { answerPublished, type Published } from './published.ts';
import { bytesInHand } from './read-body.ts';

export type RoutesGiven = {
  readonly published: Published;
  readonly health: Health;
  readonly log: Log;
  readonly clock: Clock;
  /** Absent: nothing is pushed. */
  readonly doors?: PushDoors;
  /** Absent: there is no API. */
  readonly listEntries?: ListEntries;
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
export function routes({ published, health, log, clock, doors, listEntries, privateRoom }: RoutesGiven): Hono {
  const app = new Hono();
  app.get('/healthz', aliveHandler());
  app.get('/readyz', readyHandler(health));
  if (doors !== undefined) {
    const tools = { doors, clock, inHand: bytesInHand(FORMS_IN_HAND) };
    app.post('/hub', whereOpen(tools, hubHandler(tools)));
    app.all('/hub', whereOpen(tools, notPostedHandler()));
    app.get('/websub/:token', whereOpen(tools, verificationHandler(tools)));
    app.post('/websub/:token', whereOpen(tools, pushedHandler(tools)));
  }
  if (listEntries !== undefined) {
    app.get('/api/topics/:topic/entries', entriesHandler({ listEntries, basePath: published.basePath }));
    app.get('/api/entries.schema.json', contractHandler('entries'));
    app.get('/api/openapi.json', contractHandler('everything'));
    app.get('/api/*', noSuchCall());
  }
  if (privateRoom !== undefined) {
    app.get('/private/*', (context) => answerPrivate(published, privateRoom, context));
    app.options('/private/*', (context) => context.body(null, 204, { allow: METHODS }));
  }
  app.get('*', (context) => answerPublished(published, context));
  app.options('*', (context) => context.body(null, 204, PREFLIGHT));
  app.all('*', (context) => {
    const audience = audienceOf(context.req.path);
    return context.text('Only GET and HEAD are answered here\n', 405, {
      ...headFor(audience),
      'cache-control': cacheControlFor(audience, 'no-cache'),
      allow: METHODS,
    });
  });
  // What went wrong inside is not the caller's business, and input is never echoed.
  app.onError((error, context) => {
    log.error('a request could not be answered', { path: pathForLogs(context.req.path), reason: error.message });
    if (context.req.path.startsWith('/api/')) return problem(context, 'failed');
    return published.refuse(context, 500, audienceOf(context.req.path));
  });
  return app;
}

function audienceOf(path: string): Audience {
  return path.startsWith('/private/') ? 'private' : 'everybody';
}
