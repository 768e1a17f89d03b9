import type { Source, SourceState } from '../model/source.ts';
import type { Store } from '../store/store.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';

/** A publisher's clock may be so far before ours. */
const CLOCKS_APART_S = 900;

/**
 * Whether a source's hub can be relied on: it has taken our subscription, and has told of what the source brought last. One
 * that kept silent when there was news is not believed until it tells of some.
 */
export async function isToldByHub(
  { store, now }: { readonly store: Pick<Store, 'push'>; readonly now: Instant },
  { id: sourceId, adaptive }: Source,
  { rhythm }: Pick<SourceState, 'rhythm'>,
): Promise<boolean> {
  if (adaptive === null) return false;
  const hub = await store.push.upstreamHub({ sourceId });
  if (hub === null || hub.lastPushAt === null || hub.status !== 'active') return false;
  if (hub.leaseEndsAt !== null && hub.leaseEndsAt <= now) return false;
  const newestAt = rhythm?.newestAt ?? null;
  return newestAt === null || hub.lastPushAt >= plusSeconds(newestAt, -CLOCKS_APART_S);
}
