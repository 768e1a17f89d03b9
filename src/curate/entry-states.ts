import type { Article } from '../model/article.ts';
import type { EntryJudge } from './holds/judge-entries.ts';
import type { Story, TopicReason } from '../model/story.ts';
import type { EntryState, TrailStep } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import type { GroupedStory } from './group-articles.ts';
import type { Placement } from './place-articles.ts';

/** Why an entry is dropped that belongs nowhere. */
export const NO_TOPIC_TAKES_IT = 'no topic takes it';

/** Where an article of a story stands, and why, in words. */
export function standingOf(
  story: Story,
  articleId: string,
  leadTitle: string,
  without: readonly TopicReason[] = [],
): { readonly state: EntryState; readonly reason: string } {
  if (story.leadArticleId !== articleId)
    return { state: 'merged', reason: `the same report as "${leadTitle}", which leads` };
  if (story.topics.length === 0 && without.length === 0) return { state: 'dropped', reason: NO_TOPIC_TAKES_IT };
  const keptOut = without.map(({ topicId, reason }) => `not in ${topicId}: ${reason}`);
  if (story.topics.length === 0) return { state: 'dropped', reason: keptOut.join('; ') };
  const reasons = [...story.topics.map(({ topicId, reason }) => `in ${topicId}: ${reason}`), ...keptOut];
  return { state: 'published', reason: reasons.join('; ') };
}

/**
 * The steps that a curation brings: one for each article whose standing is not what it was, and for each awaiting one.
 * @param placements of the awaiting articles: why each is in its story
 */
export function trailOf(
  grouped: readonly GroupedStory[],
  placements: ReadonlyMap<string, Pick<Placement, 'reason'>>,
  now: Instant,
): TrailStep[] {
  return grouped.flatMap(({ before, after, without }) =>
    after.articles.flatMap((article) => {
      const standing = standingOf(after.story, article.id, after.articles[0]!.title, without);
      const was =
        before?.story.articleIds.includes(article.id) === true
          ? // What kept it out of other topics before is not stored: told again only with another standing.
            standingOf(before.story, article.id, before.articles[0]!.title, without)
          : null;
      const placement = placements.get(article.id);
      if (placement === undefined && was?.state === standing.state && was.reason === standing.reason) return [];
      const why = standing.state === 'merged' ? (placement?.reason ?? null) : null;
      const reason = why === null ? standing.reason : `${standing.reason} (${why})`;
      return [{ articleId: article.id, at: now, state: standing.state, reason }];
    }),
  );
}

/** Where entries stand that are not let through. */
export const APART = {
  hold: 'held',
  drop: 'dropped',
  refuse: 'refused',
  retract: 'retracted',
  expire: 'expired',
} as const;

/** The steps of articles that are dropped, held or refused on their own account. */
export function stepsOfKeptBack(articles: readonly Article[], judge: EntryJudge, now: Instant): TrailStep[] {
  return articles.flatMap((article) => {
    const judgement = judge.judge(article);
    if (judgement.kind === 'pass') return [];
    const state = APART[judgement.kind];
    return [{ articleId: article.id, at: now, state, reason: judgement.reason }];
  });
}
