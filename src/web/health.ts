import type { Handler } from 'hono';

/** Whether the service can answer, and can reach its database. */
export type Health = { readonly alive: () => boolean; readonly ready: () => Promise<boolean> };

export function aliveHandler(health: Health): Handler {
  return (context) => (health.alive() ? context.text('alive\n') : context.text('stopping\n', 503));
}

export function readyHandler(health: Health): Handler {
  return async (context) =>
    (await health.ready()) ? context.text('ready\n') : context.text('the database does not answer\n', 503);
}
