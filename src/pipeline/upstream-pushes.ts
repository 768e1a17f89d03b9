import type { Order } from '../config/sources-file.ts';
import type { HubOffer, UpstreamHub } from '../model/push.ts';
import { afterAsked, afterHubFailure, afterOffer, subscribeForm } from '../push/upstream.ts';
import type { Site } from '../model/site.ts';
import { isOfNetwork } from './deliver-topics.ts';
import type { PushTools } from './push-tools.ts';
import type { ErrandKind } from './run-errands.ts';

const HUB_TIMEOUT_MS = 15_000;

/** The address that a hub calls. */
export function upstreamCallback({ url }: Pick<Site, 'url'>, token: string): string {
  return `${url}websub/${token}`;
}

/** Hubs of others can reach us where the site has a hub of its own: both need the same of the address. */
export function isSubscribing({ site }: Pick<Order, 'site'>): boolean {
  return site.hub?.isOwn === true;
}

/**
 * What a source's feed says of hubs, after each reading of it (null: it names none, or none any more). No hub is asked
 * whose address is closed to us, nor by a site whose own address nobody could call.
 */
export async function noteOffer(
  { store, clock, randomText, refusalOf, log }: PushTools,
  order: Order,
  { sourceId, offer }: { readonly sourceId: string; readonly offer: HubOffer | null },
): Promise<'changed' | 'as-before'> {
  const known = await store.push.upstreamHub({ sourceId });
  // Our own feeds, read as a source, need no hub: what they bring was here before.
  const isUsable =
    offer !== null &&
    refusalOf(offer.hub) === null &&
    refusalOf(order.site.url) === null &&
    !offer.topic.startsWith(order.site.url);
  if (!isSubscribing(order) || !isUsable) {
    if (known !== null) await store.push.dropUpstreamHub(sourceId);
    return 'as-before';
  }
  const fresh = afterOffer(known, offer, {
    sourceId,
    now: clock.now(),
    token: randomText(),
    secret: randomText(),
  });
  if (fresh === null) return 'as-before';
  await store.push.saveUpstreamHub(fresh);
  log.info('a source offers a hub', { sourceId, url: offer.hub });
  return 'changed';
}

export function upstreamErrands(tools: PushTools, orderNow: () => Order): ErrandKind[] {
  return [
    {
      name: 'hubs of sources',
      atOnce: 4,
      tried: null,
      async due({ now, limit }) {
        const order = orderNow();
        if (!isSubscribing(order)) return [];
        const enabled = new Set(order.sources.flatMap((source) => (source.enabled ? [source.id] : [])));
        const hubs = await tools.store.push.upstreamHubsDue(now, limit);
        return hubs
          .filter(({ sourceId }) => enabled.has(sourceId))
          .map((hub) => ({
            key: `hub of ${hub.sourceId}`,
            host: URL.parse(hub.hub)?.host ?? hub.hub,
            run: (signal) => askHub(tools, hub, upstreamCallback(order.site, hub.token), signal),
          }));
      },
    },
  ];
}

async function askHub(tools: PushTools, hub: UpstreamHub, callback: string, signal: AbortSignal): Promise<void> {
  const { store, outbound, clock, log } = tools;
  // Before the request: some hubs ask back before they answer it.
  await store.push.saveUpstreamHub(afterAsked(hub, clock.now()));
  try {
    const request = {
      url: hub.hub,
      send: Buffer.from(subscribeForm(hub, callback)),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      answerBody: 'unread',
      maxBodyBytes: 64 * 1024,
      timeoutMs: HUB_TIMEOUT_MS,
    } as const;
    await outbound(request, signal);
    log.debug('a hub was asked for a source', { sourceId: hub.sourceId, url: hub.hub });
  } catch (error) {
    if (signal.aborted || !isOfNetwork(error)) throw error;
    const told = { reason: error.message, now: clock.now(), retryAfterSeconds: error.retryAfterSeconds };
    const { tries, since, lastFailure } = hub;
    const asked = (await store.push.upstreamHub({ token: hub.token })) ?? hub;
    const failed = afterHubFailure({ ...asked, tries, since, lastFailure }, told);
    await store.push.saveUpstreamHub(failed);
    log.warn('a hub does not take our subscription; its source is polled', {
      sourceId: hub.sourceId,
      url: hub.hub,
      reason: error.message,
      dueAt: failed.dueAt,
    });
  }
}

/** Sources that are listed no more, or that nobody asks: what their hubs push is answered with 410 from then on. */
export async function tidyUpstreamHubs({ store }: PushTools, order: Order): Promise<void> {
  const enabled = new Set(order.sources.flatMap((source) => (source.enabled ? [source.id] : [])));
  for (const { sourceId } of await store.push.upstreamHubs())
    if (!isSubscribing(order) || !enabled.has(sourceId)) await store.push.dropUpstreamHub(sourceId);
}
