// A small fuzzer: takes sound documents and damages them as networks, templates and enemies do. Deterministic.

export type Random = {
  /** A whole number from 0 up to, but not with, `below`. */
  whole(below: number): number;
};

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    whole(below) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    },
  };
}

/** Scraps that hurt careless readers when they stand in odd places. */
const SCRAPS = [
  '<', '>', '&', '"', "'", ']]>', '<![CDATA[', '<!--', '-->', '<!DOCTYPE x [', ']>', '<?xml version="1.0"?>', '</', '/>',
  '&amp;', '&#0;', '&#xD800;', '&nbsp;', '&e;', '\u0000', '\u0008', '\ufeff', '\ufffe', '=', ' xmlns="urn:x"', ' xml:base="//"',
  '<item>', '</item>', '<entry>', '</entry>', '</channel>', '</feed>', '<title>', '<link/>', '<b>', '</p>', '<x:y/>',
  'href=', 'src="x"', '{', '}', '[', ']', ',', '\\', '\\ud800', 'null', '9'.repeat(40), '__proto__', 'constructor',
]; // prettier-ignore

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const splice = (bytes: Uint8Array, at: number, cut: number, put: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(bytes.length - cut + put.length);
  whole.set(bytes.subarray(0, at));
  whole.set(put, at);
  whole.set(bytes.subarray(at + cut), at + put.length);
  return whole;
};

const scrap = (random: Random): Uint8Array => new TextEncoder().encode(SCRAPS[random.whole(SCRAPS.length)]);

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => splice(bytes, random.whole(bytes.length), 1, Uint8Array.of(random.whole(256))),
  (bytes, random) => splice(bytes, random.whole(bytes.length), 0, scrap(random)),
  (bytes, random) => bytes.slice(0, random.whole(bytes.length)),
  (bytes, random) => {
    const at = random.whole(bytes.length);
    return splice(bytes, at, Math.min(random.whole(60), bytes.length - at), new Uint8Array());
  },
  (bytes, random) => {
    const at = random.whole(bytes.length);
    return splice(bytes, at, 0, bytes.slice(at, at + random.whole(200)));
  },
  (bytes, random) => {
    const from = random.whole(bytes.length);
    return splice(bytes, random.whole(bytes.length), 0, bytes.slice(from, from + random.whole(100)));
  },
  (bytes, random) => {
    const open = bytes.indexOf(0x3c, random.whole(bytes.length));
    const close = bytes.indexOf(0x3e, open);
    return open < 0 || close < 0 ? bytes : splice(bytes, open, close - open + 1, scrap(random));
  },
];

/** A document with one to six damages. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let current = bytes;
  for (let left = 1 + random.whole(6); left > 0 && current.length > 0; left--)
    current = MUTATIONS[random.whole(MUTATIONS.length)]!(current, random);
  return current;
}
