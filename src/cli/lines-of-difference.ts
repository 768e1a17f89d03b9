import { changedLines } from './changed-lines.ts';

/** Lines on either side of a change that are shown with it. */
const AROUND = 2;

/**
 * What changes between two texts, line by line: `-` goes, `+` comes, with two lines around each change, and before each
 * run of changes the line of the old text at which it begins. As few lines go and come as may be, but in vast changes.
 */
export function linesOfDifference(before: string, after: string): string[] {
  const [old, fresh] = [before, after].map((text) => text.split(/\r?\n/)) as [string[], string[]];
  const shown: string[] = [];
  let shownTo = -1;
  const changes = changesOf(old, fresh);
  for (const [index, { at, removed, added }] of changes.entries()) {
    const from = Math.max(shownTo, at - AROUND, 0);
    if (from !== shownTo) shown.push(`@@ line ${from + 1} @@`);
    for (const line of old.slice(from, at)) shown.push(`  ${line}`);
    for (const line of old.slice(at, at + removed)) shown.push(`- ${line}`);
    for (const line of added) shown.push(`+ ${line}`);
    const end = at + removed;
    shownTo = Math.min(end + AROUND, changes[index + 1]?.at ?? old.length);
    for (const line of old.slice(end, shownTo)) shown.push(`  ${line}`);
  }
  return shown;
}

type LineChange = { readonly at: number; removed: number; readonly added: string[] };

function changesOf(old: readonly string[], fresh: readonly string[]): LineChange[] {
  const { goes, comes } = changedLines(old, fresh);
  const changes: LineChange[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < fresh.length) {
    const change: LineChange = { at: a, removed: 0, added: [] };
    for (; goes[a] === true; a++) change.removed++;
    for (; comes[b] === true; b++) change.added.push(fresh[b]!);
    if (change.removed + change.added.length > 0) changes.push(change);
    a++;
    b++;
  }
  return changes;
}
