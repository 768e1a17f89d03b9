import { join } from 'node:path';
import type { Output } from '../../publish/write-output.ts';
import { sha256 } from '../../support/hash.ts';

/**
 * Where our copies of pictures are kept, beside the database. From here they go into the folders of published files, which
 * may be removed and made again at any time. Paths are those under output/.
 */
export type ImageFolder = Pick<Output, 'read' | 'write' | 'remove'>;

/** What the paths of copies begin with among published files. */
export const IMAGES = 'images/';

/** Where it lies. */
export function imagesIn(dataDir: string): string {
  return join(dataDir, 'images');
}

/** @param open opens the folder that is about nothing else; called when it is first wanted, which for many is never */
export function imageFolder(open: () => Promise<ImageFolder>): ImageFolder {
  let opened: Promise<ImageFolder> | null = null;
  const folder = (): Promise<ImageFolder> => {
    opened ??= open();
    // Whatever kept it from being opened may have gone by the next time.
    opened.catch(() => (opened = null));
    return opened;
  };
  const within = (path: string): string => {
    if (!path.startsWith(IMAGES)) throw new RangeError(`no path of a picture: ${path}`);
    return path.slice(IMAGES.length);
  };
  return {
    read: async (path) => (await folder()).read(within(path)),
    write: async (path, content) => (await folder()).write(within(path), content),
    remove: async (path) => (await folder()).remove(within(path)),
  };
}

/** Where the copy of a picture lies that is made of these bytes. */
export function imagePath(bytes: Uint8Array, ending: string): string {
  const digest = sha256(bytes);
  return `${IMAGES}${digest.slice(0, 2)}/${digest.slice(2, 34)}.${ending}`;
}

export function isNamedAfter(bytes: Uint8Array, path: string): boolean {
  return imagePath(bytes, path.slice(path.lastIndexOf('.') + 1)) === path;
}

/** Whether a copy of a picture lies at a path among the files of all rooms. */
export function isImagePath(path: string): boolean {
  return /^(?:private:[^/]+\/)?images\//.test(path);
}
