/** A text as numbers: which features it has, and how heavy each is; of unit length. */
export type Row = { readonly features: Int32Array; readonly weights: Float64Array };

/** A plane between what belongs and what does not, and on which side of it each row would lie had it not been learnt from. */
export type Separated = { readonly weights: Float64Array; readonly bias: number; readonly unseen: Float64Array };

/** How dear an error is; and uneven classes are evened out by the square root of how rare they are. */
const COST = 1;
const EVEN_OUT = 0.5;
const MOST_PASSES = 15;
/** It is well separated once no row pulls harder than this. */
const STILL = 0.1;

/**
 * A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008). The order of
 * the rows is shuffled by numbers that are the same each time: the same examples give the same plane.
 *
 * @param features how many there are
 */
export function separate(rows: readonly Row[], belongs: readonly boolean[], features: number): Separated {
  const positive = belongs.reduce((sum, yes) => sum + (yes ? 1 : 0), 0);
  const half = rows.length / 2;
  const give = (count: number): number => 1 / (2 * COST * (half / Math.max(1, count)) ** EVEN_OUT);
  const [giveYes, giveNo] = [give(positive), give(rows.length - positive)];
  const plane = new Float64Array(features);
  const squares = rows.map(({ weights }) => weights.reduce((sum, weight) => sum + weight * weight, 1));
  const pulls = new Float64Array(rows.length);
  const order = rows.map((_, at) => at);
  const random = numbersFrom(rows.length);
  let bias = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    shuffle(order, random);
    let hardest = 0;
    for (const at of order) {
      const row = rows[at]!;
      const side = belongs[at]! ? 1 : -1;
      const slack = belongs[at]! ? giveYes : giveNo;
      const before = pulls[at]!;
      const gradient = side * (product(plane, row) + bias) - 1 + slack * before;
      const pull = before === 0 ? Math.min(gradient, 0) : gradient;
      if (pull === 0) continue;
      hardest = Math.max(hardest, Math.abs(pull));
      const after = Math.max(0, before - gradient / (squares[at]! + slack));
      pulls[at] = after;
      const step = (after - before) * side;
      const { features: indices, weights } = row;
      for (let of = 0; of < indices.length; of++) plane[indices[of]!]! += step * weights[of]!;
      bias += step;
    }
    if (hardest < STILL) break;
  }
  const unseen = Float64Array.from(rows, (row, at) => {
    // Its own pull on the plane is taken back; that on the bias others would have made up for.
    return product(plane, row) + bias - (belongs[at]! ? 1 : -1) * pulls[at]! * (squares[at]! - 1);
  });
  return { weights: plane, bias, unseen };
}

function product(plane: Float64Array, { features, weights }: Row): number {
  let sum = 0;
  for (let at = 0; at < features.length; at++) sum += plane[features[at]!]! * weights[at]!;
  return sum;
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}

/** Numbers from 0 to 1 that look like chance (a linear congruential generator) and are the same each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
