/** A content coding that we can answer in (RFC 9110 §8.4.1). */
export type Coding = 'br' | 'gzip' | 'identity';

const ALIASES: Readonly<Record<string, string>> = { 'x-gzip': 'gzip' };

/**
 * The coding to answer in (RFC 9110 §12.5.3): of those the client takes, the one it wants most, and among equals the
 * first of ours. Null when it refuses all of them.
 * @param header the value of Accept-Encoding, null when there was none
 * @param ours what there is, the best first
 */
export function chooseCoding(header: string | null, ours: readonly Coding[]): Coding | null {
  // Without the header anything would do; those who send none are the least likely to unpack.
  if (header === null) return 'identity';
  const weights = weightsIn(header);
  let best: Coding | null = null;
  let bestWeight = 0;
  for (const coding of ours) {
    const weight = weightOf(coding, weights);
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  return best;
}

function weightOf(coding: Coding, weights: ReadonlyMap<string, number>): number {
  const said = weights.get(coding) ?? weights.get('*');
  // Not refused is taken, but what was named is wanted more.
  return said ?? (coding === 'identity' ? 0.0001 : 0);
}

function weightsIn(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.split(',')) {
    const [written = '', ...parameters] = part.split(';');
    const name = written.trim().toLowerCase();
    if (name === '') continue;
    let weight = 1;
    for (const parameter of parameters) {
      const [key = '', value = ''] = parameter.split('=');
      if (key.trim().toLowerCase() === 'q') weight = weightFrom(value.trim());
    }
    weights.set(ALIASES[name] ?? name, weight);
  }
  return weights;
}

/** A weight that is none counts as 1: the coding was named, and so is known. */
function weightFrom(value: string): number {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(value) ? Number(value) : 1;
}
