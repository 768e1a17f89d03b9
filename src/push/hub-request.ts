import type { HubIntent } from '../model/push.ts';
import { NOT_TRIED } from '../model/push.ts';
import { sha256 } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import { pathOfTopic } from './hub-topics.ts';

/** What is answered to whoever asks our hub: a status and a sentence. */
export type Refused = { readonly status: 400 | 403 | 404 | 429 | 503; readonly says: string };

/** WebSub §5.1: less than 200 bytes. */
const SECRET_BYTES = 200;
const LONGEST_CALLBACK = 2_000;
const DAY_S = 86_400;
const LEASE = { shortest: 3600, longest: 30 * DAY_S, byDefault: 10 * DAY_S } as const;

/** What a hub may be asked about: the sentences that refuse never repeat what was sent. */
export type HubFacts = {
  readonly siteUrl: string;
  readonly now: Instant;
  /** Why a callback can never be called; null when it may be tried. */
  readonly refusalOf: (url: string) => string | null;
};

/** Reads a request to subscribe or unsubscribe (WebSub §5.1), form-encoded. Whether the topic is there is not asked here. */
export function readHubRequest(form: URLSearchParams, facts: HubFacts): HubIntent | Refused {
  const mode = form.get('hub.mode');
  if (mode !== 'subscribe' && mode !== 'unsubscribe') return wrong('hub.mode must be "subscribe" or "unsubscribe"');
  const topic = form.get('hub.topic');
  if (topic === null) return wrong('hub.topic is missing');
  const path = pathOfTopic(facts.siteUrl, topic);
  if (path === null) return { status: 404, says: 'hub.topic is not the address of a feed that is published here' };
  const callback = readCallback(form.get('hub.callback'), facts);
  if (!(callback instanceof Object && 'host' in callback)) return callback;
  const secret = form.get('hub.secret') ?? '';
  if (Buffer.byteLength(secret) >= SECRET_BYTES) return wrong(`hub.secret must be shorter than ${SECRET_BYTES} bytes`);
  const lease = readLease(form.get('hub.lease_seconds'));
  if (lease === null) return wrong('hub.lease_seconds must be a number of seconds');
  return {
    mark: subscriptionMark(topic, callback.url),
    mode,
    topic,
    path,
    callback: callback.url,
    host: callback.host,
    secret: secret === '' ? null : secret,
    leaseSeconds: lease,
    reason: null,
    dueAt: facts.now,
    ...NOT_TRIED,
  };
}

/** By which a subscription is known: there is one for each topic and callback. */
export function subscriptionMark(topic: string, callback: string): string {
  return sha256(`${topic}\u0000${callback}`);
}

function readCallback(
  written: string | null,
  { siteUrl, refusalOf }: HubFacts,
): { readonly url: string; readonly host: string } | Refused {
  if (written === null) return wrong('hub.callback is missing');
  if (written.length > LONGEST_CALLBACK) return wrong(`hub.callback must be at most ${LONGEST_CALLBACK} characters`);
  const url = URL.parse(written);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return wrong('hub.callback must be an address that begins with https:// or http://');
  if (url.username !== '' || url.password !== '') return wrong('hub.callback must not hold a user name or password');
  url.hash = '';
  // Our own pages told of our own feeds would go round in a circle.
  if (url.host === URL.parse(siteUrl)?.host)
    return { status: 403, says: 'hub.callback must not be an address of this site' };
  return refusalOf(url.href) === null
    ? { url: url.href, host: url.host }
    : { status: 403, says: 'hub.callback must be an address of the public web' };
}

function readLease(written: string | null): number | null {
  if (written === null || written === '') return LEASE.byDefault;
  if (!/^\d{1,15}$/.test(written)) return null;
  return Math.min(Math.max(Number(written), LEASE.shortest), LEASE.longest);
}

/** How much the hub holds already: of the callback's site, by its registrable domain, and in all. */
export type HubLoad = { readonly ofSite: number; readonly waitingOfSite: number; readonly inAll: number };

const MOST_OF_SITE = 100;
const MOST_WAITING_OF_SITE = 10;
const MOST_IN_ALL = 10_000;
/** Unconfirmed wishes take no place of subscriptions: where there are more of them, the oldest is forgotten. */
export const MOST_WAITING = 1_000;
/** Of one client address within an hour. */
export const MOST_OF_CLIENT = 200;

/** Whether the hub takes one more; null: it does. */
export function refusedForLoad({ ofSite, waitingOfSite, inAll }: HubLoad): Refused | null {
  if (waitingOfSite >= MOST_WAITING_OF_SITE)
    return { status: 429, says: 'too many requests for callbacks of this site are waiting; try again later' };
  if (ofSite >= MOST_OF_SITE) return { status: 429, says: 'there are too many subscriptions of this site' };
  return inAll >= MOST_IN_ALL ? { status: 503, says: 'this hub takes no more subscriptions' } : null;
}

function wrong(says: string): Refused {
  return { status: 400, says };
}
