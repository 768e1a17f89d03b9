import {
  dropIntent,
  endLeases,
  endSubscription,
  hubLoad,
  intentsDue,
  makeRoom,
  moveSubscriptions,
  outputDigest,
  saveDelivery,
  saveIntent,
  saveIntentTries,
  saveSubscription,
  subscription,
  pathsAstray,
  subscriptionsOf,
  subscriptionsDue,
} from './hub-subscriptions.ts';
import type { PushStore } from './push-store.ts';
import { pushCounts } from './push-counts.ts';
import type { Session } from './session.ts';
import {
  askSourceBy,
  dropUpstreamHub,
  savePush,
  saveUpstreamHub,
  updateUpstreamHub,
  upstreamHub,
  upstreamHubs,
  upstreamHubsDue,
} from './upstream-hubs.ts';
import {
  deadWebhooks,
  dropWebhooks,
  reviveWebhooks,
  saveWebhookNews,
  saveWebhookTries,
  toldEntries,
  untoldRetractions,
  webhooksDue,
  webhookToSend,
  webhookTopic,
} from './webhooks.ts';

/** How a Store runs its questions (one statement; several that see the same state) and its changes. */
export type Runner = {
  readonly ask: <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>;
  readonly askAtOnce: <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>;
  readonly change: (work: (session: Session) => Promise<void>) => Promise<void>;
};

/** What pushing asks of the database, over either of them. */
export function pushStore({ ask, askAtOnce, change }: Runner): PushStore {
  return {
    outputDigest: (path) => ask((session) => outputDigest(session, path)),

    hubLoad: (callback) => askAtOnce((session) => hubLoad(session, callback)),
    saveIntent: (intent, most) =>
      change(async (session) => {
        await saveIntent(session, intent);
        await makeRoom(session, most);
      }),
    intentsDue: (asked) => ask((session) => intentsDue(session, asked)),
    saveIntentTries: (intent, tries) => change((session) => saveIntentTries(session, intent, tries)),
    dropIntent: (intent) => change((session) => dropIntent(session, intent)),
    subscription: (mark) => ask((session) => subscription(session, mark)),
    saveSubscription: (one, wish) => change((session) => saveSubscription(session, one, wish)),
    endSubscription: (mark, given) => change((session) => endSubscription(session, mark, given)),
    subscriptionsDue: (asked) => ask((session) => subscriptionsDue(session, asked)),
    saveDelivery: (mark, outcome) => change((session) => saveDelivery(session, mark, outcome)),
    async endLeases(now) {
      let ended = 0;
      await change(async (session) => {
        ended = await endLeases(session, now);
      });
      return ended;
    },
    moveSubscriptions: (from, to) => change((session) => moveSubscriptions(session, from, to)),
    pathsAstray: () => ask(pathsAstray),
    subscriptionsOf: (path, limit) => ask((session) => subscriptionsOf(session, path, limit)),

    upstreamHubs: () => ask(upstreamHubs),
    upstreamHub: (by) => ask((session) => upstreamHub(session, by)),
    saveUpstreamHub: (hub) => change((session) => saveUpstreamHub(session, hub)),
    updateUpstreamHub: (hub) => change((session) => updateUpstreamHub(session, hub)),
    dropUpstreamHub: (sourceId) => change((session) => dropUpstreamHub(session, sourceId)),
    upstreamHubsDue: (now, limit) => ask((session) => upstreamHubsDue(session, now, limit)),
    savePush: (hub, given) => change((session) => savePush(session, hub, given)),
    askSourceBy: (sourceId, at) => change((session) => askSourceBy(session, sourceId, at)),

    webhookTopic: (topicId) => ask((session) => webhookTopic(session, topicId)),
    toldEntries: (topicId) => ask((session) => toldEntries(session, topicId)),
    untoldRetractions: (topicId) => ask((session) => untoldRetractions(session, topicId)),
    saveWebhookNews: (news) => change((session) => saveWebhookNews(session, news)),
    webhooksDue: (asked) => ask((session) => webhooksDue(session, asked)),
    webhookToSend: (number) => askAtOnce((session) => webhookToSend(session, number)),
    saveWebhookTries: (number, tries) => change((session) => saveWebhookTries(session, number, tries)),
    dropWebhooks: (numbers) => change((session) => dropWebhooks(session, numbers)),
    deadWebhooks: () => ask(deadWebhooks),
    reviveWebhooks: (numbers, now) => change((session) => reviveWebhooks(session, numbers, now)),

    pushCounts: (now) => askAtOnce((session) => pushCounts(session, now)),
  };
}
