import type { Order } from '../config/sources-file.ts';
import type { UpstreamHub } from '../model/push.ts';
import { linkHeader } from '../push/hub-topics.ts';
import { fateOfTopicPath } from '../curate/former-topics.ts';
import { openHourlyBound } from '../push/hourly-bound.ts';
import { MOST_OF_CLIENT, MOST_WAITING, readHubRequest, refusedForLoad } from '../push/hub-request.ts';
import { judgeVerification, openPushCheck } from '../push/upstream.ts';
import { isSubscriptionDocument } from '../support/feed-documents.ts';
import type { PushTools } from './push-tools.ts';

/** What is answered: a status and a text, which is never what was sent, but for the challenge that a hub wants back. */
export type DoorAnswer = { readonly status: 200 | 202 | 400 | 403 | 404 | 410 | 429 | 503; readonly says: string };

/** A push whose body comes piece by piece; nothing of it is kept. */
export type PushInHand = {
  take(piece: Uint8Array): void;
  /** All of it has come. */
  end(): Promise<DoorAnswer>;
};

/** What is asked of pushing over HTTP. */
export type PushDoors = {
  /** Whether there is a hub here, and callbacks for hubs of others: both are there, or neither. */
  isOpen(): boolean;
  /**
   * A request to our hub (WebSub §5.1).
   * @param client by what address it came, where that is known
   */
  hubRequest(form: URLSearchParams, client: string | null): Promise<DoorAnswer>;
  /** A hub asks whether we meant it (WebSub §5.3). */
  verification(token: string, query: URLSearchParams): Promise<DoorAnswer>;
  /**
   * A hub pushes (WebSub §7). What is known from its head alone is answered with its body unread. Answered before the source
   * is asked; a forged push is dropped, and gets the same answer.
   */
  pushed(
    token: string,
    head: { readonly signature: string | null; readonly links: string | null },
  ): Promise<DoorAnswer | PushInHand>;
  /** The Link header of a published file (WebSub §4); null for what cannot be subscribed to. */
  linksOf(path: string): string | null;
};

/** 32 random bytes in base64url, as PushTools.randomText makes them. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

const ACCEPTED: DoorAnswer = { status: 202, says: 'accepted; the callback will be asked' };
const NO_HUB: DoorAnswer = { status: 404, says: 'there is no hub here' };
const NOT_OURS: DoorAnswer = { status: 404, says: 'this was not asked for' };
const GONE: DoorAnswer = { status: 410, says: 'there is no such subscription' };
const THANKS: DoorAnswer = { status: 202, says: 'thank you' };
const TOO_OFTEN: DoorAnswer = { status: 429, says: 'too many requests came from this address; try again in an hour' };

/** A source is asked for its hub's sake no more often within an hour; beyond that, only when it is due by itself. */
const MOST_HINTS = 120;

/**
 * @param given.orderNow null as long as the worker has not begun
 * @param given.onPushed is told of the source that was pushed for
 * @param given.onWork something is to be done
 */
export function pushDoors(
  tools: PushTools,
  given: {
    readonly orderNow: () => Order | null;
    readonly onPushed: (sourceId: string) => void;
    readonly onWork: () => void;
  },
): PushDoors {
  const { store, clock, log, refusalOf } = tools;
  const { orderNow, onPushed, onWork } = given;
  const clients = openHourlyBound(clock, MOST_OF_CLIENT);
  const hints = openHourlyBound(clock, MOST_HINTS);

  const settle = async (hub: UpstreamHub, isGenuine: boolean): Promise<DoorAnswer> => {
    const kind = !isGenuine ? 'forged' : hints.takes(hub.sourceId) ? 'genuine' : 'too-many';
    await store.push.savePush(hub, { kind, at: clock.now() });
    if (kind === 'genuine') onPushed(hub.sourceId);
    else if (kind === 'forged')
      log.warn('a push that was not signed by its hub is dropped', { sourceId: hub.sourceId, url: hub.hub });
    else log.debug('a hub pushes too often; its source is polled', { sourceId: hub.sourceId, url: hub.hub });
    return THANKS;
  };

  return {
    isOpen: () => orderNow()?.site.hub?.isOwn === true,

    async hubRequest(form, client) {
      const order = orderNow();
      if (order?.site.hub?.isOwn !== true) return NO_HUB;
      const read = readHubRequest(form, { siteUrl: order.site.url, now: clock.now(), refusalOf });
      if ('says' in read) return read;
      if (client !== null && !clients.takes(client)) return TOO_OFTEN;
      // A topic that was renamed may be asked for by either address, and is told of under the one that was asked for.
      const fate = fateOfTopicPath(read.path, order.formerTopics);
      const path = fate?.kind === 'moved' ? fate.to : read.path;
      // Whoever leaves may do so also when the feed is there no more, or the hub is full.
      const known = await store.push.subscription(read.mark);
      if (read.mode === 'unsubscribe' && known === null) return ACCEPTED;
      if (read.mode === 'subscribe' && (await store.push.outputDigest(path)) === null)
        return { status: 404, says: 'hub.topic is not the address of a feed that is published here' };
      const load = await store.push.hubLoad(read.callback);
      const own = known === null ? load : { ...load, ofSite: 0, inAll: 0 };
      const refused = refusedForLoad(own);
      if (refused !== null) return refused;
      await store.push.saveIntent({ ...read, path }, MOST_WAITING);
      onWork();
      return ACCEPTED;
    },

    async verification(token, query) {
      const hub = TOKEN.test(token) ? await store.push.upstreamHub({ token }) : null;
      if (hub === null) return NOT_OURS;
      const verified = judgeVerification(hub, query, clock.now());
      if ('refused' in verified) {
        log.warn('a hub asks to confirm what we did not ask it for', { sourceId: hub.sourceId, url: hub.hub });
        return NOT_OURS;
      }
      await store.push.updateUpstreamHub(verified.hub);
      const { status, leaseEndsAt } = verified.hub;
      log.info('a hub has answered', { sourceId: hub.sourceId, url: hub.hub, status, leaseEndsAt });
      return { status: 200, says: verified.echo };
    },

    async pushed(token, head) {
      const hub = TOKEN.test(token) ? await store.push.upstreamHub({ token }) : null;
      if (hub === null) return GONE;
      const check = openPushCheck(hub, head);
      if (check === null) return settle(hub, false);
      return { take: (piece) => check.take(piece), end: () => settle(hub, check.isRight()) };
    },

    linksOf(path) {
      const site = orderNow()?.site;
      if (site === undefined || !isSubscriptionDocument(path)) return null;
      return linkHeader({ hub: site.hub?.url ?? null, self: `${site.url}${path}` });
    },
  };
}
