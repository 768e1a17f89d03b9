// Trains the model of src/curate/duplicates on invented documents alone, and writes its weights.
//   node tools/duplicates/train-duplicates.ts [--pairs-count 0.7] [--others-count 0.7] [--threshold 0.33] [--dry]
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
  containedAndEvidence: 1,
  containedAndShort: 0,
  lead: 1,
  headBack: 1,
  tailWithoutHead: -1,
  partsCovered: 1,
  unevenly: -1,
  partWithoutLead: -1,
  newWords: -1,
  newWordsBack: -1,
  short: 0,
  lengthRatio: 0,
  farLonger: 0,
  otherGroups: -1,
  thin: -1,
  title: 1,
  sameTitle: 1,
  titleAndContained: 0,
  titleAndLead: 0,
  titleAndThin: 1,
  titleAndShort: 1,
  titleWordsMissing: -1,
  titleWordsMissingBack: -1,
  numbersMissing: -1,
  numbersMissingBack: -1,
  numbersMissingMany: -1,
  numbersConflict: -1,
  slotsAgree: 1,
  slotsDiffer: -1,
  slotsDifferMostly: -1,
  slotsDifferMany: -1,
  titleAndConflict: -1,
  titleAndSlots: -1,
  namesMissing: -1,
  leadFactsMissing: -1,
  leadFactsMissingBack: -1,
  leadWordsMissing: -1,
  leadWordsMissingBack: -1,
  factsMissingBack: -1,
  factsMissingReworded: -1,
  wordsAndFacts: -1,
  wordsBeyond: 0,
  gap: -1,
  gapAndConflict: -1,
  gapAndThin: -1,
  gapAndNearlySameShort: -1,
  wholeDays: -1,
  wholeDaysAndTitle: -1,
  wholeDaysAndSlots: -1,
  sameSource: -1,
};

const STREAM = { seed: 1, articles: 2500, outlets: 24 };
const PAIRS = { seed: 2, count: 9300 };
const RIDGE = 3;

export type Counts = {
  /** How much a pair from the middle counts beside one of the stream. */
  readonly pairs: number;
  /** And one of the stream that is none: in a stream most that is looked at is nothing, and easy to tell. */
  readonly others: number;
};

export function examplesOf(pairs: Iterable<LabelledPair>, counts: (isOne: boolean) => number): Example[] {
  return [...pairs].map(({ features, isOne }) => ({
    features: FEATURES.map((name) => features[name]),
    isOne,
    counts: counts(isOne),
  }));
}

/** All that the model is trained on: a stream, and pairs from the middle. */
export function madeExamples(counts: Counts): Example[] {
  const stream = collectPairs(madeStream(STREAM.seed, STREAM));
  const pairs = madePairs(PAIRS.seed, PAIRS.count).flatMap(({ a, b }) => [...collectPairs([a, b])]);
  return [...examplesOf(stream, (isOne) => (isOne ? 1 : counts.others)), ...examplesOf(pairs, () => counts.pairs)];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      'pairs-count': { type: 'string', default: '0.7' },
      'others-count': { type: 'string', default: '0.7' },
      threshold: { type: 'string', default: '0.33' },
      dry: { type: 'boolean', default: false },
    },
  });
  const examples = madeExamples({ pairs: Number(values['pairs-count']), others: Number(values['others-count']) });
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
