import type { HubOffer, UpstreamHub } from '../model/push.ts';
import { NOT_TRIED } from '../model/push.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';
import { linksIn } from './hub-offer.ts';
import { afterFailure, HUB_BACK_OFF } from './back-off.ts';
import { isSameText, openSignatureCheck, type SignatureCheck } from './signatures.ts';

const DAY_S = 86_400;
const ASKED_LEASE_S = 10 * DAY_S;
/** A lease of no length, or of years, is taken for one of these. */
const LEASE = { shortest: 300, longest: 30 * DAY_S } as const;
/** A hub that has taken a request confirms it within so long, or is asked again. */
const CONFIRMED_WITHIN_S = 6 * 3600;
/** A hub that has said no may have changed its mind. */
const ASK_REFUSING_AGAIN_S = 7 * DAY_S;
const LONGEST_CHALLENGE = 1_000;

/** What is to be kept of an offer; null: as it is. A hub or topic that has changed is a new subscription under a new token. */
export function afterOffer(
  known: UpstreamHub | null,
  offer: HubOffer,
  given: {
    readonly sourceId: string;
    readonly now: Instant;
    readonly token: string;
    readonly secret: string;
    readonly status: 'offered' | 'resting';
  },
): UpstreamHub | null {
  if (known !== null && known.hub === offer.hub && known.topic === offer.topic) return null;
  return {
    ...offer,
    sourceId: given.sourceId,
    token: given.token,
    secret: given.secret,
    status: given.status,
    leaseEndsAt: null,
    dueAt: given.now,
    pushes: 0,
    lastPushAt: null,
    forged: 0,
    ...NOT_TRIED,
  };
}

/** The form that asks a hub for a subscription (WebSub §5.1). */
export function subscribeForm({ topic, secret }: UpstreamHub, callback: string): string {
  return new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': callback,
    'hub.secret': secret,
    'hub.lease_seconds': String(ASKED_LEASE_S),
  }).toString();
}

/** The hub has taken the request; a subscription that runs goes on meanwhile. */
export function afterAsked(hub: UpstreamHub, now: Instant): UpstreamHub {
  const status = hub.status === 'active' && hub.leaseEndsAt !== null && hub.leaseEndsAt > now ? 'active' : 'asked';
  return { ...hub, status, dueAt: plusSeconds(now, CONFIRMED_WITHIN_S), ...NOT_TRIED };
}

/** The hub did not take it. */
export function afterHubFailure(
  hub: UpstreamHub,
  given: { readonly reason: string; readonly now: Instant; readonly retryAfterSeconds: number | null },
): UpstreamHub {
  const failed = afterFailure(hub, { ...given, seed: hub.token }, HUB_BACK_OFF);
  const runs = hub.status === 'active' && hub.leaseEndsAt !== null && hub.leaseEndsAt > given.now;
  return { ...hub, ...failed, status: runs ? 'active' : 'failing', dueAt: failed.dueAt ?? given.now };
}

/** What is answered to a hub that asks whether we meant it, and what is to be kept of it. */
export type Verified = { readonly echo: string; readonly hub: UpstreamHub } | { readonly refused: 'not-ours' };

/**
 * A hub's question (WebSub §5.3), or its refusal (§5.2). Only what we have asked it for is confirmed: another topic, an
 * end of the subscription, a hub that was not asked yet or has refused, are not.
 */
export function judgeVerification(hub: UpstreamHub, query: URLSearchParams, now: Instant): Verified {
  const mode = query.get('hub.mode');
  if (!isSameText(query.get('hub.topic') ?? '', hub.topic)) return { refused: 'not-ours' };
  if (mode === 'denied') {
    const reason = (query.get('hub.reason') ?? 'without a reason').slice(0, 300);
    const dueAt = plusSeconds(now, ASK_REFUSING_AGAIN_S);
    return {
      echo: '',
      hub: { ...hub, status: 'refused', lastFailure: `refused: ${reason}`, leaseEndsAt: null, dueAt },
    };
  }
  const challenge = query.get('hub.challenge') ?? '';
  const isAsked = hub.status === 'asked' || hub.status === 'active';
  if (mode !== 'subscribe' || !isAsked || challenge === '' || challenge.length > LONGEST_CHALLENGE)
    return { refused: 'not-ours' };
  const told = Number(query.get('hub.lease_seconds') ?? ASKED_LEASE_S);
  const lease = Math.min(Math.max(Number.isFinite(told) ? told : ASKED_LEASE_S, LEASE.shortest), LEASE.longest);
  // Renewed when a fifth of it is left: time enough for some tries.
  const dueAt = plusSeconds(now, Math.floor(lease * 0.8));
  return {
    echo: challenge,
    hub: { ...hub, status: 'active', leaseEndsAt: plusSeconds(now, Math.floor(lease)), dueAt, ...NOT_TRIED },
  };
}

/**
 * Whether what is pushed to our callback comes from the hub that we gave the secret to, and is of the topic. Null: it does
 * not, whatever its body is.
 */
export function openPushCheck(
  hub: UpstreamHub,
  head: { readonly signature: string | null; readonly links: string | null },
): SignatureCheck | null {
  const self = linksIn(head.links ?? '', hub.topic).find(({ rels }) => rels.includes('self'));
  if (self !== undefined && self.url !== URL.parse(hub.topic)?.href) return null;
  return openSignatureCheck(hub.secret, head.signature);
}

/** Nobody is to be asked for it now. A hub that still pushes for it finds its address gone. */
export function afterRest(hub: UpstreamHub, token: string): UpstreamHub {
  return { ...hub, ...NOT_TRIED, token, status: 'resting', leaseEndsAt: null };
}

/** It is to be asked for, after a rest. */
export function afterRestEnds(hub: UpstreamHub, now: Instant): UpstreamHub {
  return { ...hub, status: 'offered', dueAt: now };
}
