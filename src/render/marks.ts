// Marks: tokens of our own that stand in a specimen for what will be filled in.

/** Where the value of that name will stand: `entry.title`. It reads as an address too: the feed package parses links. */
export function mark(path: string): string {
  return `mark:${path};`;
}

const MARK = /mark:([a-zA-Z.]+);/;

/** The paths of all marks in a piece of a specimen, in order. */
export function marksIn(specimen: string): readonly string[] {
  return [...specimen.matchAll(new RegExp(MARK, 'g'))].map(([, path]) => path!);
}

/** A text cut at its marks: text, path, text, path, … text. */
export function splitAtMarks(specimen: string): readonly string[] {
  return specimen.split(MARK);
}

/**
 * The group that all of these marks belong to, seen from within another: of `entry.author.name` and `entry.author.url`,
 * within `entry.`, it is `author`. Null where they have none in common.
 */
export function groupOf(marks: readonly string[], scope: string): string | null {
  const groups = new Set(marks.map((path) => /^([a-zA-Z]+)\./.exec(path.slice(scope.length))?.[1] ?? null));
  return groups.size === 1 ? [...groups][0]! : null;
}
