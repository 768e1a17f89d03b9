import type { Order } from '../config/sources-file.ts';
import type { HubOffer } from '../model/push.ts';
import { openBell } from '../support/bell.ts';
import { alertErrands } from './alerts/tell-alerts.ts';
import { hubErrands, tidySubscriptions } from './deliver-topics.ts';
import { gatherWebhookNews, webhookErrands } from './deliver-webhooks.ts';
import { pushDoors, type PushDoors } from './push-doors.ts';
import type { PushTools } from './push-tools.ts';
import { openPushedSources, type PushedSources } from './refresh-pushed.ts';
import { runErrands } from './run-errands.ts';
import { otherHubErrands } from './tell-hub.ts';
import { noteOffer, tidyUpstreamHubs, upstreamErrands } from './upstream-pushes.ts';

/** Everything about pushes: our hub, hubs of sources, webhooks, and the hub that another runs for us. */
export type PushService = {
  readonly doors: PushDoors;
  readonly pushed: PushedSources;
  /** The order that holds from now on. */
  follow(order: Order): void;
  /** Something was published. */
  published(): void;
  /** Something was put on its way. */
  wake(): void;
  /** A source's feed was read. */
  noteOffer(sourceId: string, offer: HubOffer | null): Promise<void>;
  /**
   * Delivers, confirms, subscribes: until the signal is aborted, or until nothing is left that is due. Hubs of sources are
   * asked only where somebody listens: they ask back.
   */
  run(given: { readonly until: 'stopped' | 'idle'; readonly isListening: boolean }, signal: AbortSignal): Promise<void>;
};

/** Leases end, feeds are published no more, other processes publish: looked after so often. */
const TIDY_MS = 60_000;

export function openPushService(tools: PushTools): PushService {
  const bell = openBell();
  const pushed = openPushedSources();
  let order: Order | null = null;
  let tidiedAt = -Infinity;
  let isPublished = true;
  const orderNow = (): Order => {
    if (order === null) throw new Error('pushes have no order to go by');
    return order;
  };

  const prepare = async (): Promise<void> => {
    const isTime = tools.clock.elapsedMs() >= tidiedAt + TIDY_MS;
    if (!isTime && !isPublished) return;
    isPublished = false;
    try {
      await gatherWebhookNews(tools, orderNow());
      if (orderNow().site.hub?.isOwn === true) await tidySubscriptions(tools, orderNow());
      await tidyUpstreamHubs(tools, orderNow());
      tidiedAt = tools.clock.elapsedMs();
    } catch (error) {
      isPublished = true;
      throw error;
    }
  };

  const doors = pushDoors(tools, {
    orderNow: () => order,
    onPushed: (sourceId) => pushed.note(sourceId),
    onWork: () => bell.ring(),
  });

  return {
    doors,
    pushed,
    follow(given) {
      order = given;
      bell.ring();
    },
    published() {
      isPublished = true;
      bell.ring();
    },
    wake: () => bell.ring(),
    async noteOffer(sourceId, offer) {
      if (order !== null && (await noteOffer(tools, order, { sourceId, offer })) === 'changed') bell.ring();
    },
    run: ({ until, isListening }, signal) =>
      runErrands(
        { ...tools, bell },
        {
          kinds: [
            ...hubErrands(tools, orderNow),
            ...webhookErrands(tools, orderNow),
            ...(isListening ? upstreamErrands(tools, orderNow) : []),
            ...otherHubErrands(tools, orderNow),
            ...(tools.sendMail === undefined ? [] : alertErrands({ ...tools, sendMail: tools.sendMail }, orderNow)),
          ],
          prepare,
          until,
        },
        signal,
      ),
  };
}
