import { openTopicTeller, type TopicTeller } from '../curate/learn/propose-topics.ts';
import { LEAST_EXAMPLES, trainInSteps, type Example, type TopicModel } from '../curate/learn/train-topics.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import { inTurns, type GiveWay } from '../support/give-way.ts';
import { comparedTextOf } from '../curate/compared-text-of.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';

/** What the topics with `learn` have learnt, by the process that learnt it last. */
type Learnt = { readonly at: Instant; readonly of: readonly string[]; readonly model: TopicModel };

const LEARNT_FACT = 'learnt-topics';
/** Seconds after which it is learnt anew. */
const STANDS_FOR = 24 * 3600;
/** And as long as there are few examples, sooner. */
const STANDS_AT_FIRST = 3600;
const FEW_EXAMPLES = 300;
/** Of the newest stories so many teach. */
const MOST_EXAMPLES = 3000;

/**
 * Who proposes topics; null where no topic learns. Learns anew from what rules and sources have sorted when that is due:
 * never from its own proposals.
 */
export async function topicTeller(
  store: Store,
  topics: readonly Topic[],
  { now, giveWay }: { readonly now: Instant; readonly giveWay: GiveWay },
): Promise<TopicTeller | null> {
  const of = topics.flatMap(({ id, learn }) => (learn ? [id] : []));
  if (of.length === 0) return null;
  const text = await store.fact(LEARNT_FACT);
  const before = text === null ? null : (JSON.parse(text) as Learnt);
  if (before !== null && stands(before, of, now)) return openTopicTeller(before.model);
  const model = await inTurns(trainInSteps(await examplesOf(store, { topics, of, giveWay })), giveWay);
  await store.saveFact(LEARNT_FACT, JSON.stringify({ at: now, of, model } satisfies Learnt));
  return openTopicTeller(model);
}

function stands({ at, of, model }: Learnt, wanted: readonly string[], now: Instant): boolean {
  if (model.version !== 1 || of.length !== wanted.length || !of.every((id, place) => wanted[place] === id))
    return false;
  const seconds = model.examples < FEW_EXAMPLES || model.topics.length < of.length ? STANDS_AT_FIRST : STANDS_FOR;
  return now < plusSeconds(at, model.examples < LEAST_EXAMPLES * 2 ? 0 : seconds);
}

async function examplesOf(
  store: Store,
  {
    topics,
    of,
    giveWay,
  }: { readonly topics: readonly Topic[]; readonly of: readonly string[]; readonly giveWay: GiveWay },
): Promise<Example[]> {
  const examples: Example[] = [];
  // Private topics learn of their own stories as well, which nothing public tells.
  const others = topics.flatMap((topic) => (topic.private && topic.learn ? [topic.id] : []));
  const taught = new Set<string>();
  for (const topicId of [null, ...others])
    for (const told of await store.newestStories(topicId, MOST_EXAMPLES)) {
      if (taught.has(told.story.id)) continue;
      taught.add(told.story.id);
      const example = exampleOf(told, of);
      if (example !== null) examples.push(example);
      await giveWay();
    }
  return examples;
}

/**
 * What a story teaches: the topics that rules and sources gave it. Null: nothing, since a topic was proposed for it. Neither
 * does it belong by that, nor does it not: as a counter-example it would unteach what was learnt.
 */
export function exampleOf({ story, articles }: ToldStory, of: readonly string[]): Example | null {
  if (story.topics.some(({ topicId, learnt }) => learnt === true && of.includes(topicId))) return null;
  const sorted = story.topics.map(({ topicId }) => topicId).filter((topicId) => of.includes(topicId));
  return { ...comparedTextOf(articles[0]!), topicIds: sorted };
}
