import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** SHA-256 of every file below a folder, by relative path, in order. */
export function treeOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return new Map(
    files.map((file) => [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

/** One digest of a whole tree: names and contents. */
export function digestOf(tree: ReadonlyMap<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([...tree]))
    .digest('hex');
}

/** Paths that differ between two trees, with how. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path) => {
    if (!before.has(path)) return [`new ${path}`];
    if (!after.has(path)) return [`gone ${path}`];
    return before.get(path) === after.get(path) ? [] : [`changed ${path}`];
  });
}

export function bytesIn(folder: string): number {
  return [...treeOf(folder).keys()].reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}
