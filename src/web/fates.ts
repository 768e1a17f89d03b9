import type { Fate } from '../model/published-entry.ts';
import { isArchive } from './media-types.ts';

/** What became of an address at which nothing lies. @param path without its leading slash */
export type FateOf = (path: string) => Promise<Fate | null>;

const ARCHIVE = /^(feeds\/[^/]+)\/archive\/([1-9]\d{0,8})\.(atom|rss|json)$/;

/** The subscription document that leads to a feed's archives now (RFC 5005 §4), for an archive that is gone; null for none. */
export async function currentOfArchive(
  path: string,
  exists: (path: string) => Promise<boolean>,
): Promise<string | null> {
  const [, feed, , format] = ARCHIVE.exec(path) ?? [];
  return feed !== undefined && (await exists(`${feed}.${format}`)) ? `${feed}.${format}` : null;
}

/**
 * Where the archive after the last one will lie, there is the subscription document until then: closed documents name
 * their successor before it is there (RFC 5005 §4.3 lets archives be found from both sides). Null for every other path.
 * @param exists whether a file lies at a path
 */
export async function currentInPlaceOf(
  path: string,
  exists: (path: string) => Promise<boolean>,
): Promise<string | null> {
  if (!isArchive(path)) return null;
  const [, feed, number, format] = ARCHIVE.exec(path) ?? [];
  if (feed === undefined) return null;
  const current = `${feed}.${format}`;
  const before = Number(number) - 1;
  const follows = before === 0 || (await exists(`${feed}/archive/${before}.${format}`));
  return follows && (await exists(current)) ? current : null;
}
