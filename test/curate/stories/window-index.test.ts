import { expect, test } from '@jest/globals';
import { openWindowIndex, type Near, type WindowIndex } from '../../../src/curate/stories/window-index.ts';
import { FULL_PROOF, FULL_WEIGHT, type AskedText, type WeighedText } from '../../../src/curate/stories/word-weights.ts';
import { numbersFrom } from './numbers-from.ts';

/** A word's list holds as many; beyond, the oldest give way. */
const LIST = 128;
const LEAST = 0.1;

type Steps = { added: number; asked: number; found: number; forgotten: number; cut: number };

/** The same index said plainly: all texts, and each asked about. */
function openPlainly(): Pick<WindowIndex, 'near' | 'add' | 'forgetBefore'> & { cut(): number } {
  const texts: WeighedText[] = [];
  const lists = new Map<number, number[]>();
  let oldest = 0;
  let cut = 0;
  return {
    add(text) {
      const serial = texts.push(text) - 1;
      for (const [at, digest] of text.digests.entries()) {
        if (text.weights[at] === 0) continue;
        const list = [...(lists.get(digest) ?? []), serial];
        if (list.length > LIST) cut++;
        lists.set(digest, list.slice(-LIST));
      }
      return serial;
    },
    near({ digests, weights, proofs }, { least, most, fade = (likeness) => likeness }) {
      const sums = new Map<number, { readonly weight: number; readonly proof: number }>();
      for (const [at, digest] of digests.entries())
        for (const serial of lists.get(digest) ?? []) {
          const weight = texts[serial]!.weights[texts[serial]!.digests.indexOf(digest)]!;
          const { weight: shared, proof } = sums.get(serial) ?? { weight: 0, proof: 0 };
          const proven = weights[at] === 0 ? proof : proof + proofs[at]!;
          sums.set(serial, { weight: shared + weights[at]! * weight, proof: proven });
        }
      return [...sums]
        .map(([serial, { weight, proof }]) => ({
          serial,
          likeness: fade(weight / FULL_WEIGHT ** 2, serial, proof / FULL_PROOF),
        }))
        .filter(({ serial, likeness }) => serial >= oldest && likeness >= least)
        .sort((a, b) => b.likeness - a.likeness || a.serial - b.serial)
        .slice(0, most);
    },
    forgetBefore: (serial) => (oldest = Math.max(oldest, serial)),
    cut: () => cut,
  };
}

function aText(random: (below: number) => number): AskedText {
  const digests = new Set<number>();
  // The smaller a word's number the oftener it comes; some have the same lowest bits.
  while (digests.size < 6) digests.add((random(random(2) === 0 ? 4 : 400) << (random(2) * 16)) | 0);
  return {
    digests: Int32Array.from(digests),
    weights: Uint16Array.from(digests, () => random(4) * 200),
    proofs: Uint16Array.from(digests, () => random(8) * FULL_PROOF),
  };
}

/** Sends texts at random through an index and the plain one; where they differ is told. */
function differences(open: () => WindowIndex, seed: number, steps: Steps): string[] {
  const random = numbersFrom(seed);
  const index = open();
  const plain = openPlainly();
  const found: string[] = [];
  let next = 0;
  let oldest = 0;
  for (let step = 0; step < 900; step++) {
    const text = aText(random);
    const what = random(10);
    if (what < 5) {
      next = index.add(text) + 1;
      plain.add(text);
      steps.added++;
    } else if (what < 9) {
      const fade = (likeness: number, _: number, proof: number): number => likeness * Math.min(1, proof / 8);
      const options = { least: LEAST, most: 1 + random(20), ...(random(2) === 0 ? { fade } : {}) };
      const [got, wanted]: Near[][] = [index.near(text, options), plain.near(text, options)];
      if (JSON.stringify(got) !== JSON.stringify(wanted)) found.push(`step ${step}`);
      steps.asked++;
      steps.found += wanted!.length;
    } else {
      const before = oldest;
      oldest = Math.min(next, oldest + random(random(8) === 0 ? 200 : 8));
      index.forgetBefore(oldest);
      plain.forgetBefore(oldest);
      steps.forgotten += oldest - before;
    }
    if (index.size() !== next - oldest) found.push(`size at step ${step}`);
  }
  steps.cut += plain.cut();
  return found;
}

test('what is near is found as if all texts were compared, while texts come and go', () => {
  const steps: Steps = { added: 0, asked: 0, found: 0, forgotten: 0, cut: 0 };
  for (let seed = 1; seed <= 6; seed++) expect(differences(openWindowIndex, seed, steps)).toEqual([]);
  expect(steps.added).toBeGreaterThan(2000);
  expect(steps.asked).toBeGreaterThan(1500);
  expect(steps.found).toBeGreaterThan(3000);
  expect(steps.forgotten).toBeGreaterThan(1000);
  expect(steps.cut).toBeGreaterThan(200);
});

test.each<readonly [string, (index: WindowIndex) => WindowIndex]>([
  ['what is forgotten is found all the same', (index) => ({ ...index, forgetBefore: () => undefined })],
  [
    'the lightest word is not listed',
    (index) => ({
      ...index,
      add: ({ digests, weights }) => {
        const least = Math.min(...weights.filter((weight) => weight > 0));
        return index.add({ digests, weights: weights.map((weight) => (weight === least ? 0 : weight)) });
      },
    }),
  ],
  [
    'the last that is found is left out',
    (index) => ({ ...index, near: (...asked) => index.near(...asked).slice(0, -1) }),
  ],
  [
    'a word proves less than it does',
    (index) => ({
      ...index,
      near: (text, options) => index.near({ ...text, proofs: text.proofs.map((proof) => proof >> 1) }, options),
    }),
  ],
])('the comparison fails when %s', (_fault, broken) => {
  const steps: Steps = { added: 0, asked: 0, found: 0, forgotten: 0, cut: 0 };
  expect(differences(() => broken(openWindowIndex()), 1, steps)).not.toEqual([]);
});

test('room stays level while the window moves on', () => {
  const index = openWindowIndex();
  const random = numbersFrom(3);
  let room = 0;
  for (let serial = 0; serial < 12_000; serial++) {
    // A new word each time, as names and numbers are.
    const { digests, weights } = aText(random);
    index.add({ digests: Int32Array.of(...digests, 1_000_000 + serial), weights: Uint16Array.of(...weights, 300) });
    index.forgetBefore(serial - 1000);
    if (serial === 4000) room = index.room();
  }
  expect(room).toBeGreaterThan(0);
  expect(index.room()).toBeLessThanOrEqual(2 * room);
});

test('a likeness that fades is told as it is then, and left out below the least', () => {
  const index = openWindowIndex();
  const text = { digests: Int32Array.of(5), weights: Uint16Array.of(FULL_WEIGHT), proofs: Uint16Array.of(0) };
  for (let at = 0; at < 3; at++) index.add(text);
  const fade = (likeness: number, serial: number): number => (likeness * serial) / 4;
  expect(index.near(text, { least: 0.3, most: 9, fade })).toEqual([{ serial: 2, likeness: 0.5 }]);
  expect(index.near(text, { least: 0.3, most: 0 })).toEqual([]);
});
