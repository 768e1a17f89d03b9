import type { Article } from '../model/article.ts';
import type { Source } from '../model/source.ts';
import type { TopicReason } from '../model/story.ts';
import type { Topic, TopicMatch } from '../model/topic.ts';
import {
  asksForHit,
  conditionsHold,
  hitOf,
  prepareRule,
  searchable,
  type PreparedRule,
  type Searchable,
} from './match-rules.ts';

/** Topics with their rules made ready for matching. */
export type TopicRules = { readonly topic: Topic; readonly rules: PreparedRule<TopicMatch> | null };

export function prepareTopics(topics: readonly Topic[]): TopicRules[] {
  return topics.map((topic) => ({ topic, rules: topic.match === null ? null : prepareRule(topic.match) }));
}

/**
 * The topics that an article belongs to, in the operator's order, each with its reason in words.
 * @param text the article's words, where somebody has them already
 */
export function matchTopics(
  article: Article,
  source: Source | null,
  topics: readonly TopicRules[],
  text: Searchable = searchable(article),
): TopicReason[] {
  return topics.flatMap(({ topic, rules }) => {
    if (source?.topicIds.includes(topic.id) === true) {
      return [{ topicId: topic.id, reason: `everything from ${source.title} belongs here` }];
    }
    const reason = rules === null ? null : reasonFor(article, text, rules);
    return reason === null ? [] : [{ topicId: topic.id, reason }];
  });
}

/** Null when the rules do not hold; else the first rule that hits. */
function reasonFor(article: Article, text: Searchable, rules: PreparedRule<TopicMatch>): string | null {
  const { sources } = rules.rule;
  if (!conditionsHold(article, text, rules)) return null;
  const hit = hitOf(article, text, rules);
  if (hit !== null) return hit;
  if (sources.includes(article.sourceId)) return `it comes from the source "${article.sourceId}"`;
  return asksForHit(rules.rule) || sources.length > 0 ? null : 'it fulfils the topic’s conditions';
}
