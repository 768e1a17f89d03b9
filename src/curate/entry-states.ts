import type { Story } from '../model/story.ts';
import type { EntryState, TrailStep } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import type { GroupedStory } from './group-articles.ts';

/** Where an article of a story stands, and why, in words. */
export function standingOf(
  story: Story,
  articleId: string,
  leadTitle: string,
): { readonly state: EntryState; readonly reason: string } {
  if (story.leadArticleId !== articleId)
    return { state: 'merged', reason: `the same report as "${leadTitle}", which leads` };
  if (story.topics.length === 0) return { state: 'dropped', reason: 'no topic takes it' };
  const reasons = story.topics.map(({ topicId, reason }) => `in ${topicId}: ${reason}`);
  return { state: 'published', reason: reasons.join('; ') };
}

/** The steps that a curation brings: one for each article whose standing is not what it was, and for each awaiting one. */
export function trailOf(grouped: readonly GroupedStory[], awaiting: ReadonlySet<string>, now: Instant): TrailStep[] {
  return grouped.flatMap(({ before, after }) =>
    after.articles.flatMap((article) => {
      const standing = standingOf(after.story, article.id, after.articles[0]!.title);
      const was =
        before?.story.articleIds.includes(article.id) === true
          ? standingOf(before.story, article.id, before.articles[0]!.title)
          : null;
      if (!awaiting.has(article.id) && was?.state === standing.state && was.reason === standing.reason) return [];
      return [{ articleId: article.id, at: now, ...standing }];
    }),
  );
}
