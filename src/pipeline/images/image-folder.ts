import { join } from 'node:path';
import type { Output } from '../../publish/write-output.ts';

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

/** @param output the folder that is about nothing else */
export function imageFolder(output: ImageFolder): ImageFolder {
  const within = (path: string): string => {
    if (!path.startsWith(IMAGES)) throw new RangeError(`no path of a picture: ${path}`);
    return path.slice(IMAGES.length);
  };
  return {
    read: (path) => output.read(within(path)),
    write: (path, content) => output.write(within(path), content),
    remove: (path) => output.remove(within(path)),
  };
}

/** Whether a copy of a picture lies at a path among the files of all rooms. */
export function isImagePath(path: string): boolean {
  return /^(?:private:[^/]+\/)?images\//.test(path);
}
