import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageError } from '../../model/errors.ts';
import { openOutput, openOutputToRead, type Output } from '../../publish/write-output.ts';
import { overlayOutput, type OverlayOutput } from '../../publish/overlay-output.ts';
import { orUnwritable } from '../../publish/unwritable.ts';
import { copyStore } from '../../store/copy-store.ts';
import type { ReplayedHistory } from '../../store/history-store.ts';
import { openStore, storeExists } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../support/clock.ts';
import { clearLeftovers, processMark } from '../../support/own-leftovers.ts';
import { imageFolder, imagesIn, type ImageFolder } from '../images/image-folder.ts';
import type { PrivateRooms } from '../rooms.ts';

/** Where the true store and the true files are, which are read and never changed. */
export type TruePlaces = {
  readonly databaseUrl: string | null;
  readonly data: string;
  readonly output: string;
};

/** A world to rehearse in: a copy of the store, and the published files under changes that are kept elsewhere. */
export type RehearsalRoom = AsyncDisposable & {
  readonly store: Store;
  readonly history: ReplayedHistory;
  readonly output: OverlayOutput;
  readonly privateRooms: PrivateRooms & { output(topicId: string): Promise<OverlayOutput> };
  readonly images: ImageFolder;
};

/** A room holds a copy of the database, and a process that is killed cannot remove its own. */
const ROOMS = { begin: 'tributary-plan-', end: '' };

/**
 * Opens a room in the system's folder for temporary files; whatever happens, closing it removes all of it. Rooms of processes
 * that were killed are removed first. The files are not copied: what is written lies above what is published. Where no store
 * is yet, the room is empty.
 * Throws StageError `store-unusable`, `store-too-new` or `output-unwritable`.
 */
export async function openRehearsalRoom(
  places: TruePlaces,
  { clock, temporary = tmpdir() }: { readonly clock: Clock; readonly temporary?: string },
): Promise<RehearsalRoom> {
  await using parts = new AsyncDisposableStack();
  const folder = await orUnwritable(temporary, async () => {
    await clearLeftovers(temporary, ROOMS);
    return mkdtemp(join(temporary, `${ROOMS.begin}${processMark()}-`));
  });
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const from = { databaseUrl: places.databaseUrl, dataDir: places.data };
  const into = join(folder, 'data');
  const { copy, history } = (await storeExists(from))
    ? parts.use(await copyStore(from, into, { clock }))
    : { copy: parts.use(await openStore({ databaseUrl: null, dataDir: into }, { clock })), history: NO_HISTORY };
  const over = async (below: string, above: string): Promise<OverlayOutput> =>
    overlayOutput(await openOutputToRead(below), whereItIs(join(folder, above), await openOutput(join(folder, above))));
  const rooms = new Map<string, Promise<OverlayOutput>>();
  let tokens = 0;
  const privateRooms = {
    // Nobody's address: that of a topic that becomes private is made when it does.
    newToken: () => `made-when-it-is-applied-${++tokens}`,
    output(topicId: string): Promise<OverlayOutput> {
      const one = rooms.get(topicId) ?? over(join(places.data, 'private', topicId), join('private', topicId));
      rooms.set(topicId, one);
      return one;
    },
  };
  const output = await over(places.output, 'output');
  const images = imageFolder(() => over(imagesIn(places.data), 'images'));
  const opened = parts.move();
  return { store: copy, history, output, privateRooms, images, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

const NO_HISTORY: ReplayedHistory = { latest: async () => null, isWithheld: async () => false };

/** What cannot be written is told with where it was to be: it is not the folder that is published. */
function whereItIs(folder: string, output: Output): Output {
  return {
    ...output,
    async write(path, content) {
      try {
        return await output.write(path, content);
      } catch (error) {
        if (!(error instanceof StageError) || error.code !== 'output-unwritable') throw error;
        const detail = `in ${folder}, for temporary files; TMPDIR names another folder: ${error.detail}`;
        throw new StageError(error.code, { url: error.url, detail, cause: error });
      }
    },
  };
}
