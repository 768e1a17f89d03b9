export type Random = {
  /** A whole number from 0 up to, but not with, `below`. */
  whole(below: number): number;
  oneOf<Value>(values: readonly Value[]): Value;
};

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const whole = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  return { whole, oneOf: (values) => values[whole(values.length)]! };
}
