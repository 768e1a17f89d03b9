import type { Order } from '../../config/sources-file.ts';
import type { Source } from '../../model/source.ts';
import type { Store } from '../../store/store.ts';
import { sha256 } from '../../support/hash.ts';

const LIST = 'applied-list';
const DIGEST = 'applied-list-digest';

/**
 * Remembers the list that the outputs are made by, so that an edit can be compared with it. Headers may be secret: of their
 * values digests are kept.
 */
export async function noteAppliedList(store: Pick<Store, 'fact' | 'saveFact'>, order: Order): Promise<void> {
  const text = JSON.stringify(withoutSecrets(order));
  const digest = sha256(text);
  if ((await store.fact(DIGEST)) === digest) return;
  await store.saveFact(LIST, text);
  await store.saveFact(DIGEST, digest);
}

/** The list that was applied last, as `withoutSecrets` leaves it; null where none was noted yet. */
export async function appliedList(store: Pick<Store, 'fact'>): Promise<Order | null> {
  const text = await store.fact(LIST);
  return text === null ? null : (JSON.parse(text) as Order);
}

/** A list as it is compared. */
export function withoutSecrets(order: Order): Order {
  return { ...order, sources: order.sources.map(hidden) };
}

function hidden(source: Source): Source {
  const headers = Object.entries(source.headers).map(([name, value]) => [name, sha256(value)] as const);
  return { ...source, headers: Object.fromEntries(headers) };
}
