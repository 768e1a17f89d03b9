import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERSION } from './version.ts';

/** Everything that has a say in the bytes of a page or a feed. */
const RENDERING = ['curate', 'pipeline', 'publish', 'render', 'support'];

/** Everything that has a say in what is read out of a feed or a page. */
const READING = ['extract', 'parse', 'support'];

/** Pages and feeds are made again when the code that makes them has changed, and only then. */
export function digestOfRenderer(): Promise<string> {
  return digestOfCode(RENDERING);
}

/** Another one for every version of the program that may read something else out of the same feeds and pages. */
export function digestOfReader(): Promise<string> {
  return digestOfCode(READING);
}

async function digestOfCode(names: readonly string[]): Promise<string> {
  const digest = createHash('sha256').update(VERSION);
  for (const name of names) {
    const folder = fileURLToPath(new URL(`../${name}/`, import.meta.url));
    const files = await readdir(folder, { withFileTypes: true, recursive: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    for (const path of paths.toSorted()) digest.update(relative(folder, path)).update(await readFile(path));
  }
  return digest.digest('hex');
}
