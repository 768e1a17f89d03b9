// Logistic regression with weights kept small, by Newton's method (iteratively reweighted least squares).

/** One example: its features in order, whether it is one of those sought, and how much it counts. */
export type Example = { readonly features: readonly number[]; readonly isOne: boolean; readonly counts: number };
export type Fitted = { readonly bias: number; readonly weights: readonly number[] };

const MOST_STEPS = 40;
const SETTLED = 1e-8;

/** `ridge` is the penalty on the squares of the weights (not of the bias), in examples. */
export function fitLogistic(examples: readonly Example[], ridge: number): Fitted {
  const size = (examples[0]?.features.length ?? 0) + 1;
  let beta = new Float64Array(size);
  for (let step = 0; step < MOST_STEPS; step++) {
    const slope = new Float64Array(size);
    const curve = Array.from({ length: size }, () => new Float64Array(size));
    for (let at = 1; at < size; at++) {
      slope[at] = -ridge * beta[at]!;
      curve[at]![at] = ridge;
    }
    for (const example of examples) addExample(example, beta, { slope, curve });
    const change = solve(curve, slope);
    beta = beta.map((value, at) => value + change[at]!);
    if (Math.max(...change.map(Math.abs)) < SETTLED) break;
  }
  return { bias: beta[0]!, weights: [...beta.subarray(1)] };
}

/**
 * As `fitLogistic`, with weights of the signs that they must have (1, -1; 0: either): those of the wrong sign are taken
 * out, and the rest is fitted again. What is learnt from invented texts then cannot lean on their accidents.
 */
export function fitWithSigns(examples: readonly Example[], ridge: number, signs: readonly number[]): Fitted {
  let used = signs.map((_, at) => at);
  for (;;) {
    const reduced = examples.map((example) => ({ ...example, features: used.map((at) => example.features[at]!) }));
    const { bias, weights } = fitLogistic(reduced, ridge);
    const wrong = new Set(used.filter((at, place) => weights[place]! * signs[at]! < 0));
    if (wrong.size === 0) return { bias, weights: signs.map((_, at) => weights[used.indexOf(at)] ?? 0) };
    used = used.filter((at) => !wrong.has(at));
  }
}

export function chance({ bias, weights }: Fitted, features: readonly number[]): number {
  return 1 / (1 + Math.exp(-weights.reduce((sum, weight, at) => sum + weight * features[at]!, bias)));
}

function addExample(
  { features, isOne, counts }: Example,
  beta: Float64Array,
  { slope, curve }: { readonly slope: Float64Array; readonly curve: readonly Float64Array[] },
): void {
  const row = [1, ...features];
  const expected = 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * beta[at]!, 0)));
  const pull = counts * ((isOne ? 1 : 0) - expected);
  const bend = Math.max(1e-9, counts * expected * (1 - expected));
  for (const [i, value] of row.entries()) {
    if (value === 0) continue;
    slope[i]! += pull * value;
    const line = curve[i]!;
    for (let j = 0; j < row.length; j++) line[j]! += bend * value * row[j]!;
  }
}

/** Gauss's elimination with row exchange. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const rows = matrix.map((line, at) => [...line, right[at]!]);
  const size = rows.length;
  for (let at = 0; at < size; at++) {
    let pivot = at;
    for (let row = at + 1; row < size; row++) if (Math.abs(rows[row]![at]!) > Math.abs(rows[pivot]![at]!)) pivot = row;
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    const head = rows[at]![at]! || 1e-12;
    for (let row = 0; row < size; row++) {
      const factor = rows[row]![at]! / head;
      if (row === at || factor === 0) continue;
      for (let column = at; column <= size; column++) rows[row]![column]! -= factor * rows[at]![column]!;
    }
  }
  return Float64Array.from(rows, (row, at) => row[size]! / (row[at]! || 1e-12));
}
