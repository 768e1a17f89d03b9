import type { HubIntent, HubSubscription, Tries, UpstreamHub, WebhookDelivery } from '../model/push.ts';
import type { Instant } from '../support/instant.ts';

/** What is asked for when hands are free: what is due, the longest waiting first, at none of the hosts that are busy. */
export type DueQuestion = {
  readonly now: Instant;
  readonly busyHosts: readonly string[];
  readonly limit: number;
  /** Of those alone that were never tried, or that were tried in vain; null: of all. */
  readonly tried: 'not-yet' | 'in-vain' | null;
};

/** A subscription whose document was published anew since it was delivered. */
export type DueSubscription = HubSubscription & {
  /** Of the document as it was published last. */ readonly current: string;
};

/** How much our hub holds: of one host, and in all. */
export type HubLoadCounts = { readonly ofHost: number; readonly waitingOfHost: number; readonly inAll: number };

/** What one comparison of a topic with what its webhooks were told leaves behind. */
export type WebhookNewsRecord = {
  readonly topicId: string;
  /** Of the document that was compared. */
  readonly sha256: string;
  readonly told: readonly { readonly entryId: string; readonly digest: string }[];
  readonly deliveries: readonly Omit<WebhookDelivery, 'number'>[];
};

/** For the operator: how pushes stand. */
export type PushCounts = {
  /** Confirmed subscriptions at our hub, requests to be confirmed, and subscriptions with something to be delivered. */
  readonly subscriptions: number;
  readonly intents: number;
  readonly subscriptionsWaiting: number;
  readonly webhooksWaiting: number;
  readonly webhooksDead: number;
  /** What was tried in vain, the longest failing first, no more than a few. */
  readonly failing: readonly ({
    readonly kind: 'subscription' | 'intent' | 'webhook';
    readonly url: string;
    readonly of: string;
  } & Tries)[];
};

/** What pushing asks of the database. Part of Store; every method is one transaction. */
export type PushStore = {
  /** SHA-256 of a published file as it was last written; null when it is not published. */
  outputDigest(path: string): Promise<string | null>;

  // our hub
  hubLoad(host: string): Promise<HubLoadCounts>;
  /** Takes the place of an earlier wish of the same mark. A subscription that runs goes on until this one is confirmed. */
  saveIntent(intent: HubIntent): Promise<void>;
  intentsDue(asked: DueQuestion): Promise<readonly HubIntent[]>;
  /** Is left out where the wish has been replaced by a later one meanwhile. */
  saveIntentTries(intent: HubIntent, tries: Tries & { readonly dueAt: Instant }): Promise<void>;
  /** As `saveIntentTries`: a later wish stays. */
  dropIntent(intent: HubIntent): Promise<void>;
  subscription(mark: string): Promise<HubSubscription | null>;
  /** A confirmed wish: the subscription is there, or set anew, and the wish is gone, unless a later one came. */
  saveSubscription(subscription: HubSubscription, wish: HubIntent): Promise<void>;
  /** An end: the subscription is gone, and so is a wish that led to it. With a denial, its callback is to be told. */
  endSubscription(mark: string, given: { readonly wish?: HubIntent; readonly denial?: HubIntent }): Promise<void>;
  /** Subscriptions whose lease runs, and whose document was published anew. */
  subscriptionsDue(asked: DueQuestion): Promise<readonly DueSubscription[]>;
  /** After a delivery or a failure; what somebody has changed meanwhile (lease, secret) stays. */
  saveDelivery(mark: string, outcome: Tries & { readonly delivered: string; readonly dueAt: Instant }): Promise<void>;
  /** Ends all whose lease has ended; how many these were. */
  endLeases(now: Instant): Promise<number>;
  /** Subscriptions of documents that are not published any more. */
  subscriptionsAstray(limit: number): Promise<readonly HubSubscription[]>;

  // hubs of sources
  upstreamHubs(): Promise<readonly UpstreamHub[]>;
  upstreamHub(by: { readonly sourceId: string } | { readonly token: string }): Promise<UpstreamHub | null>;
  saveUpstreamHub(hub: UpstreamHub): Promise<void>;
  dropUpstreamHub(sourceId: string): Promise<void>;
  upstreamHubsDue(now: Instant, limit: number): Promise<readonly UpstreamHub[]>;
  /** A push has come: it is counted, and a genuine one makes its source due. */
  savePush(hub: UpstreamHub, push: { readonly kind: 'genuine' | 'forged'; readonly at: Instant }): Promise<void>;
  /** A source is to be asked by then, if not sooner. */
  askSourceBy(sourceId: string, at: Instant): Promise<void>;

  // webhooks
  /** SHA-256 of a topic's document as it was last compared; null when it never was. */
  webhookTopic(topicId: string): Promise<string | null>;
  /** What webhooks were told of a topic's entries: a digest by entry id, empty for one that was taken back. */
  toldEntries(topicId: string): Promise<ReadonlyMap<string, string>>;
  saveWebhookNews(news: WebhookNewsRecord): Promise<void>;
  webhooksDue(asked: DueQuestion): Promise<readonly WebhookDelivery[]>;
  /** Null for `dueAt`: it is given up. */
  saveWebhookTries(number: number, tries: Tries & { readonly dueAt: Instant | null }): Promise<void>;
  dropWebhooks(numbers: readonly number[]): Promise<void>;
  /** The dead letters: deliveries that were given up, the oldest first. */
  deadWebhooks(): Promise<readonly WebhookDelivery[]>;
  /** Dead letters are tried again from now on, as if for the first time. */
  reviveWebhooks(numbers: readonly number[], now: Instant): Promise<void>;

  pushCounts(now: Instant): Promise<PushCounts>;
};
