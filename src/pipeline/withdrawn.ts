import type { PublishedEntry } from '../model/published-entry.ts';
import { isPrivate, type ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import { topicChangedAt } from './topic-changes.ts';

const REASON = 'it is in private topics alone by now';

/**
 * What was public and is private by now counts as taken back, as if it were retracted: in no public document, with word to those who read
 * it there. In private topics all stays as it was.
 * @param told the stories as they are now
 */
export async function withdrawer(
  store: Store,
  topics: readonly Topic[],
  told: readonly ToldStory[],
): Promise<(versions: readonly PublishedEntry[]) => readonly PublishedEntry[]> {
  const withdrawn = new Set(told.flatMap(({ story }) => (isPrivate(story) ? story.articleIds : [])));
  if (withdrawn.size === 0) return (versions) => versions;
  const privateIds = new Set(topics.flatMap((topic) => (topic.private ? [topic.id] : [])));
  const changedAt = await topicChangedAt(store, null);
  return (versions) =>
    versions.map((version) => {
      if (privateIds.has(version.topicId)) return version;
      const shown = version.shown.filter(({ articleId }) => withdrawn.has(articleId));
      const takenBack = shown.map(({ articleId }) => ({ articleId, at: changedAt ?? version.updated, reason: REASON }));
      return { ...version, takenBack: [...version.takenBack, ...takenBack] };
    });
}
