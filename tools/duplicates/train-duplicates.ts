// Trains the model of src/curate/duplicates on invented documents alone, and writes its weights.
//   node tools/duplicates/train-duplicates.ts [--pairs-count 0.5] [--threshold 0.3] [--dry]
// The same options give the same weights. No text of anybody else goes in.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FEATURES, type FeatureName } from '../../src/curate/duplicates/pair-features.ts';
import { collectPairs, type LabelledPair } from './collect-pairs.ts';
import { fitWithSigns, type Example } from './logistic.ts';
import { madePairs } from './made-pairs.ts';
import { madeStream } from './made-stream.ts';

/** Which way each feature may speak: 1 for, -1 against, 0 either way. */
export const SIGNS: Readonly<Record<FeatureName, -1 | 0 | 1>> = {
  contained: 1,
  containedAtAll: 1,
  containedOverHalf: 1,
  containedNearlyAll: 1,
  containedBack: 1,
  lead: 1,
  title: 1,
  sameTitle: 1,
  lengthRatio: 0,
  evidence: 1,
  numbersMissing: -1,
  numbersConflict: -1,
  namesMissing: -1,
  namesMissingBack: -1,
  gap: -1,
  gapAndNumbers: -1,
  gapAndConflict: -1,
  titleAndConflict: -1,
  numbersMissingMany: -1,
  leadFactsMissing: -1,
  leadFactsMissingBack: -1,
  containedAndConflict: -1,
  factsMissing: -1,
  factsMissingBack: -1,
  containedAndFacts: -1,
  rewordedAndFacts: -1,
  wordsContained: 1,
  wordsContainedBack: 1,
  wordsAndFacts: -1,
  wordsBeyond: 0,
  sameSource: -1,
  sameSourceAndNumbers: -1,
  otherGroups: -1,
  otherGroupsBack: -1,
  thin: -1,
  thinAndTitle: 1,
  thinAndGap: -1,
  partAndTitle: 0,
  partWithoutLead: -1,
};

const STREAM = { seed: 1, articles: 2500, outlets: 24 };
const PAIRS = { seed: 2, count: 1400 };
const RIDGE = 3;

export function examplesOf(pairs: Iterable<LabelledPair>, counts: number): Example[] {
  return [...pairs].map(({ features, isOne }) => ({ features: FEATURES.map((name) => features[name]), isOne, counts }));
}

/** All that the model is trained on: a stream, and pairs from the middle. */
export function madeExamples(pairsCount: number): Example[] {
  const stream = examplesOf(collectPairs(madeStream(STREAM.seed, STREAM)), 1);
  if (pairsCount === 0) return stream;
  const pairs = madePairs(PAIRS.seed, PAIRS.count).flatMap(({ a, b }) => [...collectPairs([a, b])]);
  return [...stream, ...examplesOf(pairs, pairsCount)];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      'pairs-count': { type: 'string', default: '0.5' },
      threshold: { type: 'string', default: '0.3' },
      dry: { type: 'boolean', default: false },
    },
  });
  const examples = madeExamples(Number(values['pairs-count']));
  const { bias, weights } = fitWithSigns(
    examples,
    RIDGE,
    FEATURES.map((name) => SIGNS[name]),
  );
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  const model = {
    bias: rounded(bias),
    threshold: Number(values.threshold),
    weights: Object.fromEntries(FEATURES.map((name, at) => [name, rounded(weights[at]!)])),
  };
  const text = `${JSON.stringify(model, null, 2)}\n`;
  if (!values.dry)
    writeFileSync(fileURLToPath(new URL('../../src/curate/duplicates/weights.json', import.meta.url)), text);
  process.stdout.write(`${examples.length} pairs\n${text}`);
}
