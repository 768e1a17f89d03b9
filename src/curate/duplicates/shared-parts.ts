import type { Telling } from './duplicate-index.ts';

/** What the shorter of two texts shares with the longer one, and in which parts of each it stands. All are shares but the first. */
export type SharedParts = {
  /** How many shingles. */
  readonly shared: number;
  /** Of the first quarter of the shorter and of the longer text. */
  readonly head: number;
  readonly headBack: number;
  /** Of the shorter text behind its first three eighths. */
  readonly tail: number;
  /** How many eighths of the shorter text stand in the longer one, mostly. */
  readonly partsCovered: number;
  /** How much the eighths of the shorter text differ in that (standard deviation): a copy is one throughout. */
  readonly unevenly: number;
};

/** The first of two texts and how many of its shingles count, sorted. */
export type Counted = { readonly telling: Telling; readonly end: number };

const PARTS = 8;
/** Places run from 0 to 255. */
const PLACES_IN_PART = 256 / PARTS;
const HEAD_PARTS = 2;
const TAIL_FROM = 3;
const MOSTLY = 0.4;

export function sharedParts(shorter: Counted, longer: Counted): SharedParts {
  const [all, allBack] = [perPart(shorter), perPart(longer)];
  const found = new Float64Array(PARTS);
  const foundBack = new Float64Array(PARTS);
  const [a, b] = [shorter.telling, longer.telling];
  let [shared, i, j] = [0, 0, 0];
  while (i < shorter.end && j < longer.end) {
    const [left, right] = [a.digests[i]!, b.digests[j]!];
    if (left === right) {
      shared++;
      found[(a.places[i]! / PLACES_IN_PART) | 0]!++;
      foundBack[(b.places[j]! / PLACES_IN_PART) | 0]!++;
    }
    if (left <= right) i++;
    if (right <= left) j++;
  }
  const mean = shorter.end === 0 ? 0 : shared / shorter.end;
  let [parts, covered, squares] = [0, 0, 0];
  for (let part = 0; part < PARTS; part++) {
    if (all[part] === 0) continue;
    const share = found[part]! / all[part]!;
    parts++;
    if (share >= MOSTLY) covered++;
    squares += (share - mean) ** 2;
  }
  return {
    shared,
    head: shareIn(found, all, 0, HEAD_PARTS),
    headBack: shareIn(foundBack, allBack, 0, HEAD_PARTS),
    tail: shareIn(found, all, TAIL_FROM, PARTS),
    partsCovered: parts === 0 ? 0 : covered / parts,
    unevenly: parts === 0 ? 0 : Math.sqrt(squares / parts),
  };
}

function perPart({ telling, end }: Counted): Float64Array {
  const counts = new Float64Array(PARTS);
  for (let at = 0; at < end; at++) counts[(telling.places[at]! / PLACES_IN_PART) | 0]!++;
  return counts;
}

function shareIn(found: Float64Array, all: Float64Array, from: number, to: number): number {
  let [part, whole] = [0, 0];
  for (let at = from; at < to; at++) {
    part += found[at]!;
    whole += all[at]!;
  }
  return whole === 0 ? 0 : part / whole;
}
