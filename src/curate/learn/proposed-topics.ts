import type { Article } from '../../model/article.ts';
import type { TopicReason } from '../../model/story.ts';
import { comparedTextOf } from '../compared-text-of.ts';
import { reasonOf, type TopicTeller } from './propose-topics.ts';

/** The topics that learn and are sure of an article, each with its reason. */
export function proposedTopics(article: Article, teller: TopicTeller, learning: ReadonlySet<string>): TopicReason[] {
  return teller
    .propose(comparedTextOf(article))
    .filter(({ topicId }) => learning.has(topicId))
    .map((proposal) => ({ topicId: proposal.topicId, reason: reasonOf(proposal), learnt: true }));
}
