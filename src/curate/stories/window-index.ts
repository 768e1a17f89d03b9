import type { WeighedText } from './word-weights.ts';

/** An earlier document and how alike it is: a cosine, 0 to 1. */
export type Near = { readonly serial: number; readonly likeness: number };

/**
 * The window's texts by their words: an inverted index whose lists are cut, so that a lookup costs the same however
 * many documents there are. Documents go by serial numbers, counted up as they come.
 */
export type WindowIndex = {
  /** The documents at least so alike, in no order. */
  near(text: WeighedText, least: number): Near[];
  /** Adds a text under the next serial number, which is returned. */
  add(text: WeighedText): number;
  /** Forgets everything before this serial number. */
  forgetBefore(serial: number): void;
  size(): number;
};

/** A word in more documents than this is looked up in the newest of them alone. */
const MOST_POSTINGS = 128;
const CUT_AT_ONCE = 32;
/** A posting is a place and a weight in one number of 31 bits: lists of small integers are what the engine stores best. */
const WEIGHT_BITS = 10;
const MOST_WEIGHT = (1 << WEIGHT_BITS) - 1;
/** A place is the end of a serial number. What is forgotten is swept long before its place is taken again. */
const PLACES_MASK = (1 << 21) - 1;
/** Lists are cleared of what is forgotten once this share of the window has gone. */
const SWEEP_SHARE = 0.25;

export function openWindowIndex(): WindowIndex {
  const postings = new Map<string, number[]>();
  let next = 0;
  let oldest = 0;
  let swept = 0;
  let sums = new Float64Array(1024);

  /** How far behind the oldest kept document's place a posting's is; at least `next - oldest` if it is forgotten. */
  const beyondOldest = (posting: number): number => ((posting >> WEIGHT_BITS) - oldest) & PLACES_MASK;

  const sweep = (): void => {
    for (const [stem, list] of postings) {
      const from = list.findIndex((posting) => beyondOldest(posting) < next - oldest);
      if (from === -1) postings.delete(stem);
      else if (from > 0) list.splice(0, from);
    }
    swept = oldest;
  };

  return {
    near({ words }, least) {
      const touched: number[] = [];
      const kept = next - oldest;
      for (const { stem, weight } of words) {
        const list = postings.get(stem);
        if (list === undefined) continue;
        for (let at = Math.max(0, list.length - MOST_POSTINGS); at < list.length; at++) {
          const posting = list[at]!;
          const beyond = beyondOldest(posting);
          if (beyond >= kept) continue;
          if (sums[beyond] === 0) touched.push(beyond);
          sums[beyond]! += weight * (posting & MOST_WEIGHT);
        }
      }
      const found: Near[] = [];
      for (const beyond of touched) {
        const likeness = sums[beyond]! / MOST_WEIGHT;
        if (likeness >= least) found.push({ serial: oldest + beyond, likeness });
        sums[beyond] = 0;
      }
      return found;
    },
    add({ words }) {
      const serial = next++;
      if (next - oldest > sums.length) sums = new Float64Array(sums.length * 2);
      for (const { stem, weight } of words) {
        const posting =
          ((serial & PLACES_MASK) << WEIGHT_BITS) | Math.min(MOST_WEIGHT, Math.round(weight * MOST_WEIGHT));
        const list = postings.get(stem);
        if (list === undefined) postings.set(stem, [posting]);
        else {
          list.push(posting);
          if (list.length >= MOST_POSTINGS + CUT_AT_ONCE) list.splice(0, CUT_AT_ONCE);
        }
      }
      return serial;
    },
    forgetBefore(serial) {
      oldest = Math.min(next, Math.max(oldest, serial));
      if (oldest - swept > SWEEP_SHARE * (next - oldest)) sweep();
    },
    size: () => next - oldest,
  };
}
