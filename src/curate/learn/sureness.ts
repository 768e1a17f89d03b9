/** Turns a distance from the plane into a probability: 1 / (1 + e^-(slope · distance + offset)). */
export type Sureness = { readonly slope: number; readonly offset: number };

const MOST_STEPS = 50;
/** A slope that grows without end has nothing left to learn. */
const STEEPEST = 20;

/**
 * Fits the probabilities to what happened (Platt, 1999, by Newton's method): among texts that are called 80 % sure about
 * four in five belong. The answers are softened by the counts, so a few examples never make anything certain.
 *
 * @param distances as they would be had each text not been learnt from
 */
export function fitSureness(distances: Float64Array, belongs: readonly boolean[]): Sureness {
  const positive = belongs.reduce((sum, yes) => sum + (yes ? 1 : 0), 0);
  const negative = belongs.length - positive;
  const [yes, no] = [(positive + 1) / (positive + 2), 1 / (negative + 2)];
  const share = Math.log((positive + 1) / (negative + 1));
  let slope = 1;
  let offset = share;
  for (let step = 0; step < MOST_STEPS; step++) {
    const [toSlope, toOffset] = newtonStep({ slope, offset }, distances, (at) => (belongs[at]! ? yes : no));
    slope = Math.min(STEEPEST, slope - toSlope);
    // The further, the less likely? Then distance says nothing, and what is left is how many belong.
    if (slope <= 0) return { slope: 0, offset: share };
    offset = Math.min(STEEPEST, Math.max(-STEEPEST, offset - toOffset));
    if (Math.abs(toSlope) + Math.abs(toOffset) < 1e-6) break;
  }
  return { slope, offset };
}

export function probabilityOf(distance: number, { slope, offset }: Sureness): number {
  return 1 / (1 + Math.exp(-(slope * distance + offset)));
}

function newtonStep(now: Sureness, distances: Float64Array, wanted: (at: number) => number): [number, number] {
  let [gradientSlope, gradientOffset, slopeSlope, slopeOffset, offsetOffset] = [0, 0, 1e-3, 0, 1e-3];
  for (const [at, distance] of distances.entries()) {
    const probability = probabilityOf(distance, now);
    const error = probability - wanted(at);
    const curve = probability * (1 - probability);
    gradientSlope += error * distance;
    gradientOffset += error;
    slopeSlope += curve * distance * distance;
    slopeOffset += curve * distance;
    offsetOffset += curve;
  }
  const determinant = slopeSlope * offsetOffset - slopeOffset * slopeOffset;
  if (!(determinant > 1e-12)) return [0, 0];
  return [
    (offsetOffset * gradientSlope - slopeOffset * gradientOffset) / determinant,
    (slopeSlope * gradientOffset - slopeOffset * gradientSlope) / determinant,
  ];
}
