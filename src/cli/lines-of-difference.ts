/** Lines on either side of a change that are shown with it. */
const AROUND = 2;

/**
 * What changes between two texts, line by line: `-` goes, `+` comes, with two lines around each change, and where it is.
 * Of texts that are alike but for a few places; what lies between the first and the last change is compared in order.
 */
export function linesOfDifference(before: string, after: string): string[] {
  const [old, fresh] = [before, after].map((text) => text.split(/\r?\n/)) as [string[], string[]];
  const shown: string[] = [];
  let shownTo = 0;
  for (const { at, removed, added } of changesOf(old, fresh)) {
    const from = Math.max(shownTo, at - AROUND);
    if (from > shownTo || shown.length === 0) shown.push(`@@ line ${from + 1} @@`);
    for (const line of old.slice(from, at)) shown.push(`  ${line}`);
    for (const line of old.slice(at, at + removed)) shown.push(`- ${line}`);
    for (const line of added) shown.push(`+ ${line}`);
    shownTo = at + removed;
    const next = old.slice(shownTo, shownTo + AROUND);
    for (const line of next) shown.push(`  ${line}`);
    shownTo += next.length;
  }
  return shown;
}

type LineChange = { readonly at: number; removed: number; added: string[] };

/** So far ahead a line is looked for again. */
const AHEAD = 2000;

function changesOf(old: readonly string[], fresh: readonly string[]): LineChange[] {
  const changes: LineChange[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < fresh.length) {
    if (a < old.length && b < fresh.length && old[a] === fresh[b]) {
      a++;
      b++;
      continue;
    }
    const { removed, added } = nearestMeeting(old.slice(a, a + AHEAD), fresh.slice(b, b + AHEAD));
    const last = changes.at(-1);
    if (last !== undefined && last.at + last.removed === a) {
      last.removed += removed;
      last.added.push(...fresh.slice(b, b + added));
    } else changes.push({ at: a, removed, added: fresh.slice(b, b + added) });
    a += removed;
    b += added;
  }
  return changes;
}

/** How many lines go and come before the two are alike again, as few as may be; lines alike within long runs count. */
function nearestMeeting(
  old: readonly string[],
  fresh: readonly string[],
): { readonly removed: number; readonly added: number } {
  for (let distance = 1; distance <= old.length + fresh.length; distance++) {
    for (let removed = Math.min(distance, old.length); removed >= Math.max(0, distance - fresh.length); removed--) {
      const added = distance - removed;
      const isEnd = removed === old.length && added === fresh.length;
      if (isEnd || (old[removed] !== undefined && old[removed] === fresh[added])) return { removed, added };
    }
  }
  return { removed: old.length, added: fresh.length };
}
