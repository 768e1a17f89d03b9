import type { Article } from '../model/article.ts';
import type { Story } from '../model/story.ts';
import type { UpdatePolicy } from '../model/topic.ts';
import { latest, type Instant } from '../support/instant.ts';

/**
 * When a story's entry was last changed in the feeds of a topic with this policy. Only what counts moves it: whatever it
 * was before the first correction is the story's date, so that it never goes back to an earlier one.
 * @param lead the article that is shown
 */
export function updatedUnder(
  policy: UpdatePolicy,
  { published, updated }: Pick<Story, 'published' | 'updated'>,
  { corrections }: Pick<Article, 'corrections'>,
): Instant {
  if (policy === 'all') return updated;
  const counted = policy === 'none' ? [] : corrections.filter(({ kind }) => kind === 'correction');
  return latest([published, ...counted.map(({ at }) => at).filter((at) => at > published && at <= updated)])!;
}
