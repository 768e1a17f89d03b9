import type { Order } from '../config/sources-file.ts';
import { isClosedAway } from '../curate/archive/compose-archive.ts';
import type { ArchiveChain } from '../model/published-entry.ts';
import type { OutputRecord, Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import { IMAGES } from './images/image-folder.ts';
import { imageRoom } from './images/put-images.ts';
import { outputsOfRoom, type Room } from './rooms.ts';

/** Where the pages of stories lie. */
const PAGES = 'articles/';

type Tools = { readonly store: Store; readonly giveWay: GiveWay };
type OfRoom = {
  readonly records: readonly OutputRecord[];
  readonly chains: ReadonlyMap<string, ArchiveChain>;
  readonly order: Order;
};

/**
 * Removes the pages and pictures of stories that are nobody's any more, and the archives that were reopened: before anything is
 * written, as removing asks no room of the disk, and nobody is to read what was taken back because a disk is full. Other
 * pages lead there as long as this publication lasts, and find 410.
 * @returns the paths in the room
 */
export async function clearFirst(
  { store, giveWay }: Tools,
  room: Room,
  { records, chains, order }: OfRoom,
): Promise<readonly string[]> {
  const { topic, output, prefix } = room;
  const pages = await store.publishedPaths(topic?.id ?? null);
  const images = await store.images.pathsIn(imageRoom(room, order));
  const isNobodys = (path: string): boolean => {
    if (path.startsWith(PAGES)) return !pages.has(path);
    return path.startsWith(IMAGES) ? !images.has(path) : isClosedAway(path, chains);
  };
  const removed = records.map(({ path }) => path).filter(isNobodys);
  for (const path of removed) {
    await output.remove(path);
    await giveWay();
  }
  if (removed.length > 0) await outputsOfRoom(store, prefix).saveOutputs({ written: [], removed });
  return removed;
}
