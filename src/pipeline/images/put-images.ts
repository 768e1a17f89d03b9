import type { Order } from '../../config/sources-file.ts';
import { ALL } from '../../curate/compose-edition.ts';
import { StageError } from '../../model/errors.ts';
import type { ImageCopies } from '../../model/image-copy.ts';
import type { Output } from '../../publish/write-output.ts';
import type { ImageRoom } from '../../store/image-store.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../support/clock.ts';
import type { GiveWay } from '../../support/give-way.ts';
import type { Room } from '../rooms.ts';
import type { ChangedFiles } from '../write-changed.ts';
import { isNamedAfter, type ImageFolder } from './image-folder.ts';

/** So many pictures are held in memory. */
const AT_ONCE = 8;

type Tools = {
  readonly store: Pick<Store, 'images'>;
  readonly files: ChangedFiles;
  readonly folder: ImageFolder;
  /** The folders of all rooms: what is lost elsewhere may lie there. */
  readonly outputs: readonly Pick<Output, 'read'>[];
  readonly clock: Clock;
  readonly giveWay: GiveWay;
};

/**
 * Puts the copies of pictures into a room that what is published there shows, or has shown, and gives those that lie there:
 * pages and documents name no others. A copy whose file is lost is taken from another room, as closed archives there need
 * these very bytes, or asked for again.
 */
export async function putImages(tools: Tools, room: Room, order: Order): Promise<ImageCopies> {
  const { store, files, folder, clock, giveWay } = tools;
  const lost: string[] = [];
  const missing = await files.keep([...(await store.images.pathsIn(imageRoom(room, order)))]);
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    const some: { readonly path: string; readonly content: Uint8Array }[] = [];
    for (const path of missing.slice(at, at + AT_ONCE)) {
      const content = (await folder.read(path)) ?? (await foundElsewhere(tools, path));
      if (content === null) lost.push(path);
      else some.push({ path, content });
    }
    await files.close(some);
    await giveWay();
  }
  await store.images.lost(lost, clock.now());
  if (order.site.images !== 'cache') return new Map();
  const copies = [...(await store.images.copies())];
  return new Map(copies.filter(([, { path }]) => files.wanted.has(path)));
}

/** What lies in published files may be anything by now. */
async function foundElsewhere({ folder, outputs }: Tools, path: string): Promise<Uint8Array | null> {
  for (const output of outputs) {
    const content = await output.read(path);
    if (content === null || !isNamedAfter(content, path)) continue;
    await folder.write(path, content).catch(unlessUnwritable);
    return content;
  }
  return null;
}

/** Then it is taken from there once more, the next time that it is wanted. */
function unlessUnwritable(error: unknown): void {
  if (!(error instanceof StageError) || error.code !== 'output-unwritable') throw error;
}

export function imageRoom({ topic }: Pick<Room, 'topic'>, { topics }: Pick<Order, 'topics'>): ImageRoom {
  if (topic !== null) return { privateTopicId: topic.id };
  return { publicTopicIds: [ALL, ...topics.filter((one) => !one.private).map(({ id }) => id)] };
}
