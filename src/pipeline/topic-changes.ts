import type { GroupedStory } from '../curate/group-articles.ts';
import { isInTopic, type ToldStory } from '../model/story.ts';
import type { Store } from '../store/store.ts';
import { latest, type Instant } from '../support/instant.ts';

// When a topic last changed: the date of its feeds. Remembered by name, as it cannot be told from the stories that are in
// the topic now: one that has left it was a change too.

/** Name of the fact; with null that of all public topics together. */
function factOf(topicId: string | null): string {
  return topicId === null ? 'changed-any-topic' : `changed-topic:${topicId}`;
}

/** The last change of a topic, or with null of any; null when it never had a story. Never goes back. */
export async function topicChangedAt(store: Store, topicId: string | null): Promise<Instant | null> {
  return (await store.fact(factOf(topicId))) ?? (await store.newestChange(topicId));
}

/**
 * The facts that a curation moves: a topic changes now when stories come into it or leave it, or are told anew in it. One
 * that never had a story is as old as the newest change of its stories.
 */
export async function topicChanges(
  store: Store,
  grouped: readonly GroupedStory[],
  now: Instant,
): Promise<Readonly<Record<string, Instant>>> {
  const topicIds = new Set(grouped.flatMap(({ before, after }) => [...topicsOf(before), ...topicsOf(after)]));
  const changes: Record<string, Instant> = {};
  for (const topicId of [...topicIds, null]) {
    const affected = grouped.filter((story) => isAffected(story, topicId));
    if (affected.length === 0) continue;
    const known = await topicChangedAt(store, topicId);
    const newest = latest(affected.flatMap(({ after }) => (isIn(after, topicId) ? [after.story.updated] : [])));
    const changedAt = known === null ? newest : latest([known, now]);
    if (changedAt !== null) changes[factOf(topicId)] = changedAt;
  }
  return changes;
}

function isAffected({ before, after }: GroupedStory, topicId: string | null): boolean {
  if (isIn(before, topicId) !== isIn(after, topicId)) return true;
  return isIn(after, topicId) && before?.story.updated !== after.story.updated;
}

function topicsOf(told: ToldStory | null): string[] {
  return (told?.story.topics ?? []).map(({ topicId }) => topicId);
}

function isIn(told: ToldStory | null, topicId: string | null): boolean {
  return told !== null && isInTopic(told.story, topicId);
}
