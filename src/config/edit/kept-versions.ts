import { access, rename, stat } from 'node:fs/promises';
import { instantFrom, type Instant } from '../../support/instant.ts';

/** So many versions of sources.json are kept beside it; the oldest goes. */
export const MOST_KEPT = 10;

/** A version that a command has replaced. */
export type KeptVersion = {
  /** 1 is the newest. A number may be missing: what was put back is kept no more. */
  readonly number: number;
  readonly path: string;
  /** When it was replaced. */
  readonly until: Instant;
};

/** `sources.json.previous`, then `sources.json.previous-2` and so on. */
export function versionPath(target: string, number: number): string {
  return `${target}.previous${number === 1 ? '' : `-${number}`}`;
}

/** The versions that are kept of a file, the newest first. */
export async function keptVersions(target: string): Promise<readonly KeptVersion[]> {
  const versions: KeptVersion[] = [];
  for (let number = 1; number <= MOST_KEPT; number++) {
    const path = versionPath(target, number);
    // Written at the moment when it was replaced, and renamed since.
    const found = await stat(path).catch(() => null);
    if (found?.isFile() === true) versions.push({ number, path, until: instantFrom(found.mtimeMs) });
  }
  return versions;
}

/**
 * Frees the newest's name by moving the others on, from the oldest, no further than to the first number that is free. Killed
 * in between it leaves such a number behind and loses nothing.
 */
export async function moveOn(target: string): Promise<void> {
  let free = 1;
  while (free < MOST_KEPT && (await isThere(versionPath(target, free)))) free++;
  for (let number = free; number > 1; number--)
    await rename(versionPath(target, number - 1), versionPath(target, number));
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
