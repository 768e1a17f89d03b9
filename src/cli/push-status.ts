import type { UpstreamHub } from '../model/push.ts';
import type { PushCounts } from '../store/push-store.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';
import { shownAddress } from '../support/shown-address.ts';
import { oneLine } from './terminal.ts';

/** What there is to tell of pushes, both ways; nothing secret among it. */
export type PushStatus = Omit<PushCounts, 'failing'> & {
  readonly failing: readonly {
    readonly kind: string;
    readonly url: string;
    readonly of: string;
    readonly reason: string;
  }[];
  readonly hubs: readonly Pick<
    UpstreamHub,
    'sourceId' | 'hub' | 'status' | 'leaseEndsAt' | 'dueAt' | 'pushes' | 'lastPushAt' | 'forged' | 'lastFailure'
  >[];
};

export async function gatherPushStatus(store: Store, now: Instant): Promise<PushStatus> {
  const { failing, ...counts } = await store.push.pushCounts(now);
  const hubs = await store.push.upstreamHubs();
  return {
    ...counts,
    failing: failing.map(({ kind, url, of, lastFailure, tries, since }) => ({
      kind,
      url: shownAddress(url),
      of,
      reason: `${lastFailure ?? 'it failed'} (${tries} tries${since === null ? '' : ` since ${since}`})`,
    })),
    hubs: hubs
      .filter(({ status }) => status !== 'resting')
      .map(({ sourceId, hub, status, leaseEndsAt, dueAt, pushes, lastPushAt, forged, lastFailure }) => ({
        sourceId,
        hub,
        status,
        leaseEndsAt,
        dueAt,
        pushes,
        lastPushAt,
        forged,
        lastFailure,
      })),
  };
}

/** The same for people; no line where nobody pushes. */
export function pushLines(status: PushStatus): string[] {
  const { subscriptions, intents, subscriptionsWaiting, webhooksWaiting, webhooksDead, failing, hubs } = status;
  const own =
    subscriptions + intents === 0
      ? []
      : [
          `hub: ${subscriptions} subscribed, ${intents} to be confirmed, ${subscriptionsWaiting} waiting for a delivery`,
        ];
  const hooks =
    webhooksWaiting + webhooksDead === 0
      ? []
      : [
          `webhooks: ${webhooksWaiting} on their way, ${webhooksDead} given up${webhooksDead === 0 ? '' : ' (tributary webhooks list)'}`,
        ];
  const active = hubs.filter(({ status: state }) => state === 'active').length;
  const upstream = hubs.length === 0 ? [] : [`hubs of sources: ${active} of ${hubs.length} push`];
  return [
    ...own,
    ...hooks,
    ...upstream,
    ...hubs.flatMap(hubTroubles),
    ...failing.map(
      ({ kind, url, of, reason }) => `${KINDS[kind] ?? kind} ${oneLine(url, 200)} (${of}): ${oneLine(reason, 300)}`,
    ),
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  subscription: 'not delivered to',
  intent: 'not confirmed by',
  webhook: 'not delivered to webhook',
};

function hubTroubles({ sourceId, hub, status, forged, lastFailure, dueAt }: PushStatus['hubs'][number]): string[] {
  const failure =
    status === 'failing' || status === 'refused'
      ? [
          `${sourceId}: its hub ${oneLine(hub, 200)} does not push: ${oneLine(lastFailure ?? status, 300)}; it is polled, and the hub asked again at ${dueAt}`,
        ]
      : [];
  const lies =
    forged === 0 ? [] : [`${sourceId}: ${forged} pushes were dropped: not signed by its hub ${oneLine(hub, 200)}`];
  return [...failure, ...lies];
}
