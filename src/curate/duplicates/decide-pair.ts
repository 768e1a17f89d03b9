import { FEATURES, type FeatureName, type PairFeatures } from './pair-features.ts';

/** A trained logistic model over the features of a pair: see weights.json. */
export type PairModel = {
  readonly bias: number;
  readonly weights: Readonly<Record<FeatureName, number>>;
  /** From this probability on two documents are one. */
  readonly threshold: number;
};

export function probabilityOf(features: PairFeatures, model: PairModel): number {
  let sum = model.bias;
  for (const name of FEATURES) sum += model.weights[name] * features[name];
  return 1 / (1 + Math.exp(-sum));
}

/** How likely two documents are one, and what can be said of them. */
export function decidePair(
  features: PairFeatures,
  model: PairModel,
): { readonly probability: number; readonly reasons: readonly string[] } {
  return { probability: probabilityOf(features, model), reasons: reasonsOf(features) };
}

const perCent = (share: number): string => `${Math.round(share * 100)} %`;

function reasonsOf(features: PairFeatures): string[] {
  const reasons: string[] = [];
  if (features.thin === 1) reasons.push('one of the two has hardly any text of its own');
  else reasons.push(`${perCent(features.contained)} of the shorter text stands in the other`);
  if (features.sameTitle === 1) reasons.push('the titles are the same');
  else if (features.title >= 0.5) reasons.push(`the titles share ${perCent(features.title)} of their words`);
  if (features.lead >= 0.5) reasons.push('they begin alike');
  if (features.numbersMissing > 0) reasons.push(`${perCent(features.numbersMissing)} of its numbers are missing there`);
  if (features.namesMissing > 0) reasons.push(`${perCent(features.namesMissing)} of its names are missing there`);
  return reasons;
}
