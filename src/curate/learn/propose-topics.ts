import { hashedWords, type LearntText } from './hashed-words.ts';
import type { Row } from './separate.ts';
import { probabilityOf } from './sureness.ts';
import { rowOf, weightOf, type LearntTopic, type TopicModel } from './train-topics.ts';

/** A topic that a text may belong to: how likely (0 to 1), and if that is enough the words that speak most for it, as written. */
export type Proposal = { readonly topicId: string; readonly probability: number; readonly words: readonly string[] };

/** A model ready to be asked. */
export type TopicTeller = {
  /** Every learnt topic, the likeliest first. */
  weigh(text: LearntText): Proposal[];
  /** The topics it is sure enough of; none where it is not. */
  propose(text: LearntText): Proposal[];
};

/** Below this nothing is proposed: a topic too few is seen and mended, one too many annoys every reader. */
export const SURE_ENOUGH = 0.8;
const MOST_WORDS_TOLD = 4;
const HAS_LETTER = /\p{L}/u;

export function openTopicTeller(
  model: TopicModel,
  { sureEnough = SURE_ENOUGH }: { readonly sureEnough?: number } = {},
): TopicTeller {
  const places = new Map(model.buckets.map((bucket, place) => [bucket, place]));
  const weigh = (text: LearntText): Proposal[] => {
    const words = hashedWords(text);
    const row = rowOf(words, (bucket) => places.get(bucket) ?? -1, model.rarity);
    const written = [...words].filter(([bucket]) => places.has(bucket)).map(([, word]) => word.written);
    const weighed = model.topics.map((topic) => ({ topic, distance: distanceOf(row, topic) }));
    weighed.sort((a, b) => b.distance - a.distance || (a.topic.id < b.topic.id ? -1 : 1));
    return weighed.map(({ topic, distance }) => {
      const probability = probabilityOf(distance, topic);
      // Words are told where somebody may read them.
      const told = probability < sureEnough ? [] : speakers(row, topic, written);
      return { topicId: topic.id, probability, words: told };
    });
  };
  return {
    weigh,
    propose: (text) => weigh(text).filter(({ probability }) => probability >= sureEnough),
  };
}

/** Why a topic is proposed, in words for the operator and the page. */
export function reasonOf({ probability, words }: Proposal): string {
  const sure = `${Math.floor(probability * 100)} % sure`;
  if (words.length === 0) return `it reads like what is sorted into it (${sure})`;
  return `its words are those of what is sorted into it: ${words.map((word) => `"${word}"`).join(', ')} (${sure})`;
}

/** Why none is proposed. */
export function whyNone(weighed: readonly Proposal[]): string {
  const [likeliest] = weighed;
  if (likeliest === undefined) return 'nothing has been learnt yet: the rules have sorted too few texts';
  return `nothing learnt is sure enough: likeliest is "${likeliest.topicId}" (${Math.floor(likeliest.probability * 100)} %)`;
}

function distanceOf({ features, weights }: Row, topic: LearntTopic): number {
  let distance = topic.bias;
  for (let at = 0; at < features.length; at++) distance += weights[at]! * weightOf(topic, features[at]!);
  return distance;
}

/** The words that speak most for a topic. A pair of words and a word of it are told once; numbers say nothing to people. */
function speakers({ features, weights }: Row, topic: LearntTopic, written: readonly string[]): string[] {
  const says = Float64Array.from(features, (place, at) => weights[at]! * weightOf(topic, place));
  const order = [...says.keys()].filter((at) => says[at]! > 0 && HAS_LETTER.test(written[at]!));
  order.sort((a, b) => says[b]! - says[a]!);
  const told: string[] = [];
  for (const at of order) {
    const word = written[at]!;
    if (told.some((other) => within(word, other) || within(other, word))) continue;
    told.push(word);
    if (told.length === MOST_WORDS_TOLD) break;
  }
  return told;
}

function within(part: string, whole: string): boolean {
  return ` ${whole.toLowerCase()} `.includes(` ${part.toLowerCase()} `);
}
