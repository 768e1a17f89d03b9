import { isClosedAway } from '../curate/archive/compose-archive.ts';
import type { ArchiveChain } from '../model/published-entry.ts';
import type { OutputRecord, Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import { outputsOfRoom, type Room } from './rooms.ts';

/** Where the pages of stories lie. */
const PAGES = 'articles/';

type Tools = { readonly store: Store; readonly giveWay: GiveWay };
type OfRoom = { readonly records: readonly OutputRecord[]; readonly chains: ReadonlyMap<string, ArchiveChain> };

/**
 * Removes the pages of stories that are nobody's any more, and the archives that were reopened: before anything is
 * written, as removing asks no room of the disk, and nobody is to read what was taken back because a disk is full. Other
 * pages lead there as long as this publication lasts, and find 410.
 * @returns the paths in the room
 */
export async function clearFirst(
  { store, giveWay }: Tools,
  { topic, output, prefix }: Room,
  { records, chains }: OfRoom,
): Promise<readonly string[]> {
  const present = await store.publishedPaths(topic?.id ?? null);
  const removed = records
    .map(({ path }) => path)
    .filter((path) => (path.startsWith(PAGES) ? !present.has(path) : isClosedAway(path, chains)));
  for (const path of removed) {
    await output.remove(path);
    await giveWay();
  }
  if (removed.length > 0) await outputsOfRoom(store, prefix).saveOutputs({ written: [], removed });
  return removed;
}
