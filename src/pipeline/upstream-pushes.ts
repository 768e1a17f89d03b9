import type { Order } from '../config/sources-file.ts';
import type { HubOffer, UpstreamHub } from '../model/push.ts';
import { isOfNetwork } from '../model/errors.ts';
import { afterAsked, afterHubFailure, afterOffer, afterRest, afterRestEnds, subscribeForm } from '../push/upstream.ts';
import type { Site } from '../model/site.ts';
import type { PushTools } from './push-tools.ts';
import type { ErrandKind } from './run-errands.ts';

const HUB_TIMEOUT_MS = 15_000;

/** The address that a hub calls. */
export function upstreamCallback({ url }: Pick<Site, 'url'>, token: string): string {
  return `${url}websub/${token}`;
}

/**
 * Hubs of others can reach us where the site has a hub of its own: both need the same of the address. None is asked by a
 * site whose own address nobody could call.
 */
function isSubscribing({ refusalOf }: PushTools, { site }: Order): boolean {
  return site.hub?.isOwn === true && refusalOf(site.url) === null;
}

/**
 * What a source's feed says of hubs, after each reading of it (null: it names none, or none any more). It is kept also
 * where we subscribe to nobody: a feed that brings nothing is not read again on the day when we do. No hub is asked whose
 * address is closed to us.
 */
export async function noteOffer(
  tools: PushTools,
  order: Order,
  { sourceId, offer }: { readonly sourceId: string; readonly offer: HubOffer | null },
): Promise<'changed' | 'as-before'> {
  const { store, clock, randomText, refusalOf, log } = tools;
  const known = await store.push.upstreamHub({ sourceId });
  // Our own feeds, read as a source, need no hub: what they bring was here before.
  const isUsable = offer !== null && refusalOf(offer.hub) === null && !offer.topic.startsWith(order.site.url);
  if (!isUsable) {
    if (known !== null) await store.push.dropUpstreamHub(sourceId);
    return 'as-before';
  }
  const fresh = afterOffer(known, offer, {
    sourceId,
    now: clock.now(),
    token: randomText(),
    secret: randomText(),
    status: isSubscribing(tools, order) ? 'offered' : 'resting',
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
        if (!isSubscribing(tools, order)) return [];
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
  await store.push.updateUpstreamHub(afterAsked(hub, clock.now()));
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
    const asked = await store.push.upstreamHub({ token: hub.token });
    // Replaced or dropped while it was asked.
    if (asked === null) return;
    const failed = afterHubFailure({ ...asked, tries, since, lastFailure }, told);
    await store.push.updateUpstreamHub(failed);
    log.warn('a hub does not take our subscription; its source is polled', {
      sourceId: hub.sourceId,
      url: hub.hub,
      reason: error.message,
      dueAt: failed.dueAt,
    });
  }
}

/**
 * Offers of sources that are not read, or where we subscribe to nobody, rest: what their hubs push is answered with 410 from
 * then on. They are followed as soon as that is otherwise.
 */
export async function tidyUpstreamHubs(tools: PushTools, order: Order): Promise<void> {
  const { store, clock, randomText } = tools;
  const enabled = new Set(order.sources.flatMap((source) => (source.enabled ? [source.id] : [])));
  for (const hub of await store.push.upstreamHubs()) {
    const rests = !isSubscribing(tools, order) || !enabled.has(hub.sourceId);
    if (rests && hub.status !== 'resting') await store.push.saveUpstreamHub(afterRest(hub, randomText()));
    else if (!rests && hub.status === 'resting') await store.push.updateUpstreamHub(afterRestEnds(hub, clock.now()));
  }
}
