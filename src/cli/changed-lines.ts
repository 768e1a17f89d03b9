/** Of each line of two texts, whether it goes or comes; those that do neither are the same in both, in their order. */
export type ChangedLines = { readonly goes: readonly boolean[]; readonly comes: readonly boolean[] };

/** Steps from either end after which the shortest way is not looked for any more: each takes as long as there were before it. */
const MOST_STEPS = 1_000;

/**
 * As few changed lines as may be, between the ends that are alike: the algorithm of Myers (1986) in linear space. Where
 * two thousand lines differ, in more than one place, the lines that each text has but once are taken to be the same,
 * and it goes on between them; where there are none, all that lies between is changed.
 */
export function changedLines(old: readonly string[], fresh: readonly string[]): ChangedLines {
  const goes = old.map(() => false);
  const comes = fresh.map(() => false);
  const [inOld, inFresh] = [new Set(old), new Set(fresh)];
  // A line that the other text has nowhere is changed in any case: what is left is shorter, and as far apart.
  const a = placesOf(old, inFresh, goes);
  const b = placesOf(fresh, inOld, comes);
  const lines: Lines = { old: a.map((at) => old[at]!), fresh: b.map((at) => fresh[at]!) };
  const open: Box[] = [{ left: 0, right: a.length, top: 0, bottom: b.length }];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const inner = withoutEnds(lines, box);
    const isDone = inner.left === inner.right || inner.top === inner.bottom;
    const meetings = isDone ? [] : meetingsOf(lines, inner);
    if (meetings.length === 0) {
      for (const at of a.slice(inner.left, inner.right)) goes[at] = true;
      for (const at of b.slice(inner.top, inner.bottom)) comes[at] = true;
    } else {
      const corners = [{ x: inner.left, y: inner.top }, ...meetings, { x: inner.right, y: inner.bottom }];
      for (const [at, { x, y }] of corners.slice(1).entries())
        open.push({ left: corners[at]!.x, right: x, top: corners[at]!.y, bottom: y });
    }
  }
  return { goes, comes };
}

type Lines = { readonly old: readonly string[]; readonly fresh: readonly string[] };

/** Lines of the old text from left to right, against those of the new one from top to bottom; the ends are not in it. */
type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Where the lines stand that the other text has too; the others are marked as changed. */
function placesOf(lines: readonly string[], others: ReadonlySet<string>, changed: boolean[]): number[] {
  return lines.flatMap((line, at) => {
    if (others.has(line)) return [at];
    changed[at] = true;
    return [];
  });
}

function withoutEnds({ old, fresh }: Lines, box: Box): Box {
  let { left, right, top, bottom } = box;
  while (left < right && top < bottom && old[left] === fresh[top]) {
    left++;
    top++;
  }
  while (left < right && top < bottom && old[right - 1] === fresh[bottom - 1]) {
    right--;
    bottom--;
  }
  return { left, right, top, bottom };
}

type Place = { readonly x: number; readonly y: number };

function meetingsOf(lines: Lines, box: Box): Place[] {
  const middle = middleOf(lines, box);
  return middle === null ? inOrder(onceInBoth(lines, box)) : [middle];
}

/** Where the lines stand that either text has but once, from left to right. */
function onceInBoth({ old, fresh }: Lines, { left, right, top, bottom }: Box): Place[] {
  const placeOf = new Map<string, number | null>();
  for (let y = top; y < bottom; y++) placeOf.set(fresh[y]!, placeOf.has(fresh[y]!) ? null : y);
  const seen = new Map<string, number>();
  for (let x = left; x < right; x++) seen.set(old[x]!, (seen.get(old[x]!) ?? 0) + 1);
  return old.slice(left, right).flatMap((line, at) => {
    const y = placeOf.get(line) ?? null;
    return y === null || seen.get(line) !== 1 ? [] : [{ x: left + at, y }];
  });
}

/** As many of the places, given from left to right, as go from top to bottom too. */
function inOrder(places: readonly Place[]): Place[] {
  type Chain = { readonly place: Place; readonly before: Chain | null };
  // By length: of the chains so long, the one that ends highest.
  const chains: Chain[] = [];
  for (const place of places) {
    let [low, high] = [0, chains.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if (chains[half]!.place.y < place.y) low = half + 1;
      else high = half;
    }
    chains[low] = { place, before: chains[low - 1] ?? null };
  }
  const chosen: Place[] = [];
  for (let chain = chains.at(-1) ?? null; chain !== null; chain = chain.before) chosen.push(chain.place);
  return chosen.toReversed();
}

/**
 * A place that a shortest way from corner to corner leads over, half-way: ways from both ends are made longer by one
 * changed line at a time, on each diagonal as far as they come, until they meet. Null: they are too long.
 */
function middleOf({ old, fresh }: Lines, { left, right, top, bottom }: Box): Place | null {
  const [begin, end] = [left - top, right - bottom];
  const [lowest, highest] = [left - bottom, right - top];
  // How far ways have come on the diagonals x − y, with one more on either side that none is on.
  const size = highest - lowest + 3;
  const shift = 1 - lowest;
  const [forth, back] = [new Int32Array(size).fill(-1), new Int32Array(size).fill(right + 1)];
  forth[begin + shift] = left;
  back[end + shift] = right;
  const meetForth = (begin - end) % 2 !== 0;
  for (let step = 1; step <= MOST_STEPS; step++) {
    for (let on = firstOf(begin - step, lowest); on <= Math.min(begin + step, highest); on += 2) {
      let x = Math.max(forth[on - 1 + shift]! + 1, forth[on + 1 + shift]!);
      while (x < right && x - on < bottom && old[x] === fresh[x - on]) x++;
      forth[on + shift] = x;
      if (meetForth && Math.abs(on - end) < step && back[on + shift]! <= x) return { x, y: x - on };
    }
    for (let on = firstOf(end - step, lowest); on <= Math.min(end + step, highest); on += 2) {
      let x = Math.min(back[on + 1 + shift]! - 1, back[on - 1 + shift]!);
      while (x > left && x - on > top && old[x - 1] === fresh[x - 1 - on]) x--;
      back[on + shift] = x;
      if (!meetForth && Math.abs(on - begin) <= step && x <= forth[on + shift]!) return { x, y: x - on };
    }
  }
  return null;
}

/** Every other diagonal is on a way of so many steps; those outside of the box are on none. */
function firstOf(from: number, lowest: number): number {
  return from >= lowest ? from : lowest + ((lowest - from) % 2);
}
