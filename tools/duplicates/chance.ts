// Repeatable chance: the same seed, the same numbers.

export type Chance = {
  /** From 0 up to 1. */
  next(): number;
  /** Whole numbers, both ends included. */
  whole(from: number, to: number): number;
  /** Between two numbers. */
  between(from: number, to: number): number;
  is(probability: number): boolean;
  pick<Value>(from: readonly Value[]): Value;
  shuffled<Value>(from: readonly Value[]): Value[];
};

export function openChance(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0; // mulberry32
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    between: (from, to) => from + next() * (to - from),
    is: (probability) => next() < probability,
    pick: (from) => from[Math.floor(next() * from.length)]!,
    shuffled: (from) =>
      from
        .map((value) => ({ value, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ value }) => value),
  };
}
