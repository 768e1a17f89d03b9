import type { Context, Handler } from 'hono';
import type { DoorAnswer, PushDoors } from '../pipeline/push-doors.ts';
import type { Clock } from '../support/clock.ts';
import { readBody, type BodyLimits } from './read-body.ts';

// Pushes over HTTP: our WebSub hub, and the callbacks that hubs of sources call.

export type HubTools = { readonly doors: PushDoors; readonly clock: Clock };

const FORM: BodyLimits = { maxBytes: 16 * 1024, timeoutMs: 5_000 };
/** A push brings the whole feed; only its signature is looked at. */
const PUSH: BodyLimits = { maxBytes: 16 * 1024 * 1024, timeoutMs: 20_000 };

/** POST of a request to subscribe or unsubscribe (WebSub §5.1). */
export function hubHandler({ doors, clock }: HubTools): Handler {
  return async (context) => {
    const type = (context.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded') return tell(context, { status: 415, says: 'send it as a form' });
    const read = await readBody(context, { clock }, FORM);
    if ('refused' in read) return tell(context, unread(read.refused));
    return tell(context, await doors.hubRequest(new URLSearchParams(Buffer.from(read.body).toString('utf8'))));
  };
}

/** GET of a hub that asks whether we meant it. */
export function verificationHandler({ doors }: HubTools): Handler {
  return async (context) => {
    const query = new URL(context.req.url).searchParams;
    const answer = await doors.verification(context.req.param('token') ?? '', query);
    // The challenge as it came, without a line end.
    return answer.status === 200 ? context.body(answer.says, 200, PLAIN) : tell(context, answer);
  };
}

/** POST of a hub that pushes. */
export function pushedHandler({ doors, clock }: HubTools): Handler {
  return async (context) => {
    const read = await readBody(context, { clock }, PUSH);
    if ('refused' in read) return tell(context, unread(read.refused));
    const signature = context.req.header('x-hub-signature') ?? null;
    const links = context.req.header('link') ?? null;
    return tell(context, await doors.pushed(context.req.param('token') ?? '', { body: read.body, signature, links }));
  };
}

type Told = { readonly status: DoorAnswer['status'] | 408 | 413 | 415; readonly says: string };

const PLAIN = {
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

function tell(context: Context, { status, says }: Told): Response {
  return context.body(`${says}\n`, status, PLAIN);
}

function unread(status: 408 | 413): Told {
  return { status, says: status === 413 ? 'the body is too large' : 'the body came too slowly' };
}
