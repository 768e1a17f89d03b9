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

/** How much our hub holds, of one site and in all: subscriptions, and wishes that are not confirmed yet. */
export type HubLoadCounts = { readonly ofSite: number; readonly waitingOfSite: number; readonly inAll: number };

/** An entry that was taken back. */
export type Retraction = { readonly id: string; readonly at: Instant };

/** What one comparison of a topic with what its webhooks were told leaves behind. */
export type WebhookNewsRecord = {
  readonly topicId: string;
  /** Of the document that was compared. */
  readonly sha256: string;
  readonly told: readonly { readonly entryId: string; readonly digest: string }[];
  /** Entries of which the deliveries tell that they were taken back. */
  readonly takenBack: readonly string[];
  /** The entries of the document. */
  readonly present: readonly string[];
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
  /** @param callback of whose site it is asked */
  hubLoad(callback: string): Promise<HubLoadCounts>;
  /**
   * Takes the place of an earlier wish of the same mark, and where there are more than so many, of the oldest. A subscription
   * that runs goes on until this one is confirmed.
   */
  saveIntent(intent: HubIntent, most: number): Promise<void>;
  /** In turn by sites: the newest wish of each, then the one before it of each. */
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
  /** A document has another address from now on, once it is published there and no longer here. */
  moveSubscriptions(from: string, to: string): Promise<void>;
  /** Paths of documents that are subscribed to and not published any more. */
  pathsAstray(): Promise<readonly string[]>;
  subscriptionsOf(path: string, limit: number): Promise<readonly HubSubscription[]>;

  // hubs of sources
  upstreamHubs(): Promise<readonly UpstreamHub[]>;
  upstreamHub(by: { readonly sourceId: string } | { readonly token: string }): Promise<UpstreamHub | null>;
  /** A new one, in place of any other of the source. */
  saveUpstreamHub(hub: UpstreamHub): Promise<void>;
  /** What has become of it; what was replaced or dropped meanwhile stays so, and pushes are counted by `savePush` alone. */
  updateUpstreamHub(hub: UpstreamHub): Promise<void>;
  dropUpstreamHub(sourceId: string): Promise<void>;
  /** None of those that nobody is to be asked for. */
  upstreamHubsDue(now: Instant, limit: number): Promise<readonly UpstreamHub[]>;
  /** A push has come: it is counted, and a genuine one makes its source due, unless there are too many. */
  savePush(
    hub: UpstreamHub,
    push: { readonly kind: 'genuine' | 'too-many' | 'forged'; readonly at: Instant },
  ): Promise<void>;
  /** A source is to be asked by then, if not sooner. */
  askSourceBy(sourceId: string, at: Instant): Promise<void>;

  // webhooks
  /** SHA-256 of a topic's document as it was last compared; null when it never was. */
  webhookTopic(topicId: string): Promise<string | null>;
  /** What webhooks were told of a topic's entries: a digest by entry id. */
  toldEntries(topicId: string): Promise<ReadonlyMap<string, string>>;
  /** What webhooks were told of and what was taken back since, the oldest first. */
  untoldRetractions(topicId: string): Promise<readonly Retraction[]>;
  saveWebhookNews(news: WebhookNewsRecord): Promise<void>;
  webhooksDue(asked: DueQuestion): Promise<readonly WebhookDelivery[]>;
  /** As it may be sent at this moment, without what was taken back; null when nothing is left of it. */
  webhookToSend(number: number): Promise<WebhookDelivery | null>;
  /** Null for `dueAt`: it is given up. */
  saveWebhookTries(number: number, tries: Tries & { readonly dueAt: Instant | null }): Promise<void>;
  dropWebhooks(numbers: readonly number[]): Promise<void>;
  /** The dead letters: deliveries that were given up, the oldest first. */
  deadWebhooks(): Promise<readonly WebhookDelivery[]>;
  /** Dead letters are tried again from now on, as if for the first time. */
  reviveWebhooks(numbers: readonly number[], now: Instant): Promise<void>;

  pushCounts(now: Instant): Promise<PushCounts>;
};
