import type { Article } from '../../model/article.ts';
import type { TopicReason } from '../../model/story.ts';
import { textOfSanitised } from '../../support/html.ts';
import { reasonOf, type TopicTeller } from './propose-topics.ts';

/** The topics that learn and are sure of an article, each with its reason. */
export function proposedTopics(
  { title, contentHtml, summary }: Article,
  teller: TopicTeller,
  learning: ReadonlySet<string>,
): TopicReason[] {
  const text = textOfSanitised(contentHtml);
  return teller
    .propose({ title, text: text === '' ? summary : text })
    .filter(({ topicId }) => learning.has(topicId))
    .map((proposal) => ({ topicId: proposal.topicId, reason: reasonOf(proposal), learnt: true }));
}
