import type { Config } from '../config/config.ts';
import type { Order } from '../config/sources-file.ts';
import type { FoundEntry, Store } from '../store/store.ts';
import type { Question } from './entry-signs.ts';

/** What the first try finds that finds anything, the newest first, no more than a limit. */
export async function findEntries(
  store: Store,
  { tries }: Pick<Question, 'tries'>,
  limit: number,
): Promise<readonly FoundEntry[]> {
  for (const signs of tries) {
    const found = await store.entriesAbout(signs, limit);
    if (found.length > 0) return found;
  }
  return [];
}

/** The addresses under which our own pages are seen; without an order only that at which the operator sees them. */
export function sitesOf(order: Pick<Order, 'site'> | null, config: Pick<Config, 'host' | 'port'>): string[] {
  return [...(order === null ? [] : [order.site.url]), servedAt(config)];
}

/** Where an operator sees the pages before the world does. */
export function servedAt({ host, port }: Pick<Config, 'host' | 'port'>): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
}
