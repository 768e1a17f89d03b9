import { BUCKETS, hashedWords, type HashedWord, type LearntText } from './hashed-words.ts';
import { separate, type Row } from './separate.ts';
import { fitSureness, type Sureness } from './sureness.ts';
import { inOneGo, type Steps } from '../../support/give-way.ts';

/** A text that the operator's rules and sources have sorted: into these topics, and into no other. */
export type Example = LearntText & { readonly topicIds: readonly string[] };

/** What was learnt, as plain data: it survives `JSON.stringify`. */
export type TopicModel = {
  readonly version: 1;
  /** How many examples it was learnt from. */
  readonly examples: number;
  /** The buckets that say anything, ascending. */
  readonly buckets: readonly number[];
  /** How rare each is: the natural logarithm of texts by texts that have it. */
  readonly rarity: readonly number[];
  readonly topics: readonly LearntTopic[];
};

/** Weights stand beside `buckets`, in thousandths: whole numbers are short to write. */
export type LearntTopic = Sureness & {
  readonly id: string;
  readonly bias: number;
  readonly weights: readonly number[];
};

/** From fewer texts nothing is learnt of a topic: neither from fewer that belong nor from fewer that do not. */
export const LEAST_EXAMPLES = 10;
/** What stands in one text alone is a chance, once there are texts enough. */
const MANY_EXAMPLES = 300;
const IN_THOUSANDTHS = 1000;

/** Learns to tell topics by their words. Topics with too few examples are left out of the model. */
export function trainTopics(examples: readonly Example[]): TopicModel {
  return inOneGo(trainInSteps(examples));
}

/** As `trainTopics`, with a pause after each text read and each topic learnt. */
export function* trainInSteps(examples: readonly Example[]): Steps<TopicModel> {
  const texts: Map<number, HashedWord>[] = [];
  const inTexts = new Uint32Array(BUCKETS);
  for (const example of examples) {
    const words = hashedWords(example);
    for (const bucket of words.keys()) inTexts[bucket]!++;
    texts.push(words);
    yield;
  }
  const least = examples.length >= MANY_EXAMPLES ? 2 : 1;
  const buckets: number[] = [];
  const placeOf = new Int32Array(BUCKETS).fill(-1);
  for (const [bucket, count] of inTexts.entries()) if (count >= least) placeOf[bucket] = buckets.push(bucket) - 1;
  const rarity = buckets.map((bucket) => rounded(Math.log((examples.length + 1) / (inTexts[bucket]! + 0.5))));
  const rows = texts.map((words) => rowOf(words, (bucket) => placeOf[bucket]!, rarity));
  const topics: LearntTopic[] = [];
  for (const id of topicsOf(examples)) {
    const belongs = examples.map(({ topicIds }) => topicIds.includes(id));
    const { weights, bias, unseen } = separate(rows, belongs, buckets.length);
    const { slope, offset } = fitSureness(unseen, belongs);
    topics.push({
      id,
      bias: rounded(bias),
      slope: rounded(slope),
      offset: rounded(offset),
      weights: Array.from(weights, (weight) => Math.round(weight * IN_THOUSANDTHS)),
    });
    yield;
  }
  return { version: 1, examples: examples.length, buckets, rarity, topics };
}

/** A text as the model sees it: its known words by how often and how rare they are, of unit length. */
export function rowOf(
  words: ReadonlyMap<number, HashedWord>,
  placeOf: (bucket: number) => number,
  rarity: readonly number[],
): Row {
  const features: number[] = [];
  const weights: number[] = [];
  let squares = 0;
  for (const [bucket, { count }] of words) {
    const place = placeOf(bucket);
    if (place < 0) continue;
    const weight = (1 + Math.log(count)) * rarity[place]!;
    features.push(place);
    weights.push(weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares) || 1;
  return { features: Int32Array.from(features), weights: Float64Array.from(weights, (weight) => weight / length) };
}

export function weightOf(topic: LearntTopic, place: number): number {
  return topic.weights[place]! / IN_THOUSANDTHS;
}

/** The topics with enough examples for and against, in alphabetical order. */
function topicsOf(examples: readonly Example[]): string[] {
  const counts = new Map<string, number>();
  for (const { topicIds } of examples) for (const id of new Set(topicIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= LEAST_EXAMPLES && examples.length - count >= LEAST_EXAMPLES)
    .map(([id]) => id)
    .sort();
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
