import type { Instant } from '../support/instant.ts';

/** How trying something again stands: it was tried so often in vain, since when, and what was said last. */
export type Tries = {
  readonly tries: number;
  /** Of the first of these tries; null where there is none. */
  readonly since: Instant | null;
  readonly lastFailure: string | null;
};

/** Of what was never tried, or went well. */
export const NOT_TRIED: Tries = { tries: 0, since: null, lastFailure: null };

/** Somebody's wish to be told of a topic by our hub, or no longer; fulfilled once its callback has confirmed it. */
export type HubIntent = {
  /** Digest of topic and callback: one subscription for each pair (WebSub §5.1). */
  readonly mark: string;
  readonly mode: 'subscribe' | 'unsubscribe' | 'denied';
  /** The address of a document that we publish, and where it lies under output/. */
  readonly topic: string;
  readonly path: string;
  readonly callback: string;
  /** Of the callback, with its port. */
  readonly host: string;
  readonly secret: string | null;
  readonly leaseSeconds: number;
  /** Why, where it is denied. */
  readonly reason: string | null;
  readonly dueAt: Instant;
} & Tries;

/** A confirmed subscription at our hub. */
export type HubSubscription = {
  readonly mark: string;
  readonly topic: string;
  readonly path: string;
  readonly callback: string;
  readonly host: string;
  readonly secret: string | null;
  readonly leaseEndsAt: Instant;
  /** SHA-256 of the document as its subscriber has it, or as it was when it was given up: only another one is sent. */
  readonly delivered: string;
  readonly dueAt: Instant;
} & Tries;

/** What a source's feed offers: a hub, and the topic to ask it for. */
export type HubOffer = { readonly hub: string; readonly topic: string };

/**
 * `resting`: nobody is to be asked for it, as the site subscribes to no hubs, or the source is not read. `offered`: never asked. `asked`: the hub is to confirm it. `active`: it pushes until the lease ends. `refused`: it has
 * said no. `failing`: it does not take the request.
 */
export type UpstreamStatus = 'resting' | 'offered' | 'asked' | 'active' | 'refused' | 'failing';

/** Our subscription at a source's hub. The source is polled all the same. */
export type UpstreamHub = HubOffer & {
  readonly sourceId: string;
  /** The part of our callback's path that nobody can guess. */
  readonly token: string;
  readonly secret: string;
  readonly status: UpstreamStatus;
  readonly leaseEndsAt: Instant | null;
  /** When the hub is to be asked (again). */
  readonly dueAt: Instant;
  readonly pushes: number;
  readonly lastPushAt: Instant | null;
  /** Pushes whose signature was missing or wrong. */
  readonly forged: number;
} & Tries;

/** One publication of a topic on its way to one webhook. */
export type WebhookDelivery = {
  /** Grows with every delivery. */
  readonly number: number;
  readonly id: string;
  readonly topicId: string;
  readonly url: string;
  readonly host: string;
  /** JSON. */
  readonly body: string;
  readonly createdAt: Instant;
  /** Null: it was given up, and waits for the operator. */
  readonly dueAt: Instant | null;
} & Tries;
