import type { Handler } from 'hono';

/** Whether the service can do its work: its database answers. */
export type Health = { readonly ready: () => Promise<boolean> };

/** Whoever can answer is alive. */
export function aliveHandler(): Handler {
  return (context) => context.text('alive\n');
}

export function readyHandler(health: Health): Handler {
  return async (context) =>
    (await health.ready()) ? context.text('ready\n') : context.text('the database does not answer\n', 503);
}
