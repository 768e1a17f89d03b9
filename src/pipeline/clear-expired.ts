import { archivePath } from '../curate/archive/compose-archive.ts';
import type { Store } from '../store/store.ts';
import { documentPaths } from './closed-documents.ts';
import { outputsOfRoom, type Room } from './rooms.ts';
import { ANNOUNCED } from './write-changed.ts';

/**
 * Removes the archives that hold something of what has expired, before anything is written: the same publication makes them
 * again without it, in their places. The oldest that hold nothing else are gone for good.
 */
export async function clearExpired(store: Store, rooms: readonly Room[]): Promise<void> {
  const pages = await store.upkeep.archivesToMend();
  if (pages.length === 0) return;
  for (const { topicId, page } of pages) {
    // Where its topic is no more, nothing lies there.
    const room = rooms.find(({ topic }) => topic?.id === topicId) ?? rooms[0]!;
    const paths = documentPaths(archivePath(topicId, page));
    for (const path of paths) await room.output.remove(path);
    // Not as removed: nobody is told in between that they are gone.
    const announced = paths.map((path) => ({ path, inputKey: ANNOUNCED, sha256: '' }));
    await outputsOfRoom(store, room.prefix).saveOutputs({ written: announced, removed: [] });
  }
  await store.upkeep.archivesMended(pages);
}
