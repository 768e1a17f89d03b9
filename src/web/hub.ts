import type { HttpBindings } from '@hono/node-server';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import type { DoorAnswer, PushDoors } from '../pipeline/push-doors.ts';
import type { Clock } from '../support/clock.ts';
import { isPublicHost } from '../support/public-host.ts';
import { readBody, takeBody, type BodyLimits, type BytesInHand, type NotRead } from './read-body.ts';

// Pushes over HTTP: our WebSub hub, and the callbacks that hubs of sources call.

export type HubTools = { readonly doors: PushDoors; readonly clock: Clock; readonly inHand: BytesInHand };

const FORM: BodyLimits = { maxBytes: 16 * 1024, timeoutMs: 5_000 };
/** Forms that are being read, of all who ask at a time. */
export const FORMS_IN_HAND = 4 * 1024 * 1024;
/**
 * A push brings the whole feed; only its signature is looked at, and nothing is kept. The server ends requests that take
 * longer than ten seconds.
 */
const PUSH: BodyLimits = { maxBytes: 16 * 1024 * 1024, timeoutMs: 9_000 };

/** Where nobody is subscribed, at our hub or by us, there are no such places. */
export function whereOpen({ doors }: Pick<HubTools, 'doors'>, handler: Handler): MiddlewareHandler {
  return async (context, next) => (doors.isOpen() ? handler(context, next) : next());
}

/** POST of a request to subscribe or unsubscribe (WebSub §5.1). */
export function hubHandler({ doors, clock, inHand }: HubTools): Handler {
  return async (context) => {
    const type = (context.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded')
      return tellUnread(context, { status: 415, says: 'send it as a form' });
    const read = await readBody(context, { clock, inHand }, FORM);
    if ('refused' in read) return tellUnread(context, notRead(read));
    const form = new URLSearchParams(Buffer.from(read.body).toString('utf8'));
    return tell(context, await doors.hubRequest(form, clientOf(context)));
  };
}

/** Whoever looks at the hub's address, or speaks to it in another way. */
export function notPostedHandler(): Handler {
  return (context) =>
    context.body('This is a WebSub hub: subscribe by POST.\n', 405, {
      ...PLAIN,
      allow: 'POST',
      'cache-control': 'no-store',
    });
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

/** POST of a hub that pushes: first who it says it is, then its body, as far as it matters. */
export function pushedHandler({ doors, clock }: HubTools): Handler {
  return async (context) => {
    const signature = context.req.header('x-hub-signature') ?? null;
    const links = context.req.header('link') ?? null;
    const push = await doors.pushed(context.req.param('token') ?? '', { signature, links });
    if ('says' in push) return tellUnread(context, push);
    const take = (piece: Uint8Array): boolean => {
      push.take(piece);
      return true;
    };
    const refused = await takeBody(context, { clock, take }, PUSH);
    return refused === null ? tell(context, await push.end()) : tellUnread(context, notRead(refused));
  };
}

/** Who asks, where nobody stands between: a proxy's own address is that of everybody. IPv6 by the network of a customer. */
function clientOf(context: Context): string | null {
  const address = (context.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? '';
  if (!address.includes(':')) return isPublicHost(address) ? address : null;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicHost(mapped) ? mapped : null;
  // Of the public web are those that begin with 2 or 3.
  return /^[23]/.test(address) ? new URL(`http://[${address}]`).hostname.split(':').slice(0, 4).join(':') : null;
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

/** What is left of the body is not waited for. */
function tellUnread(context: Context, { status, says }: Told): Response {
  return context.body(`${says}\n`, status, { ...PLAIN, connection: 'close' });
}

function notRead({ refused }: NotRead): Told {
  const says = {
    408: 'the body came too slowly',
    413: 'the body is too large',
    503: 'too much is being read; try again later',
  }[refused];
  return { status: refused, says };
}
