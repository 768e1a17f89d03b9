import type { Order } from '../config/sources-file.ts';
import { isSubscribed, linkHeader } from '../push/hub-topics.ts';
import { readHubRequest, refusedForLoad } from '../push/hub-request.ts';
import { isGenuinePush, judgeVerification } from '../push/upstream.ts';
import type { PushTools } from './push-tools.ts';

/** What is answered: a status and a text, which is never what was sent, but for the challenge that a hub wants back. */
export type DoorAnswer = { readonly status: 200 | 202 | 400 | 403 | 404 | 410 | 429 | 503; readonly says: string };

/** What is asked of pushing over HTTP. */
export type PushDoors = {
  /** A request to our hub (WebSub §5.1). */
  hubRequest(form: URLSearchParams): Promise<DoorAnswer>;
  /** A hub asks whether we meant it (WebSub §5.3). */
  verification(token: string, query: URLSearchParams): Promise<DoorAnswer>;
  /** A hub pushes (WebSub §7). Answered before the source is asked; a forged push is dropped, and gets the same answer. */
  pushed(
    token: string,
    push: { readonly body: Uint8Array; readonly signature: string | null; readonly links: string | null },
  ): Promise<DoorAnswer>;
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
  return {
    async hubRequest(form) {
      const order = orderNow();
      if (order?.site.hub?.isOwn !== true) return NO_HUB;
      const read = readHubRequest(form, { siteUrl: order.site.url, now: clock.now(), refusalOf });
      if ('says' in read) return read;
      // Whoever leaves may do so also when the feed is there no more, or the hub is full.
      const known = await store.push.subscription(read.mark);
      if (read.mode === 'unsubscribe' && known === null) return ACCEPTED;
      if (read.mode === 'subscribe' && (await store.push.outputDigest(read.path)) === null)
        return { status: 404, says: 'hub.topic is not the address of a feed that is published here' };
      const load = await store.push.hubLoad(read.host);
      const own = known === null ? load : { ...load, ofHost: 0, inAll: 0 };
      const refused = refusedForLoad(own);
      if (refused !== null) return refused;
      await store.push.saveIntent(read);
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
      await store.push.saveUpstreamHub(verified.hub);
      const { status, leaseEndsAt } = verified.hub;
      log.info('a hub has answered', { sourceId: hub.sourceId, url: hub.hub, status, leaseEndsAt });
      return { status: 200, says: verified.echo };
    },

    async pushed(token, push) {
      const hub = TOKEN.test(token) ? await store.push.upstreamHub({ token }) : null;
      if (hub === null) return GONE;
      const kind = isGenuinePush(hub, push) ? 'genuine' : 'forged';
      await store.push.savePush(hub, { kind, at: clock.now() });
      if (kind === 'genuine') onPushed(hub.sourceId);
      else log.warn('a push that was not signed by its hub is dropped', { sourceId: hub.sourceId, url: hub.hub });
      return THANKS;
    },

    linksOf(path) {
      const site = orderNow()?.site;
      if (site === undefined || !isSubscribed(path)) return null;
      return linkHeader({ hub: site.hub?.url ?? null, self: `${site.url}${path}` });
    },
  };
}
