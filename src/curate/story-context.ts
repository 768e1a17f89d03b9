import type { Source } from '../model/source.ts';
import type { Story, StoryContext, ToldStory } from '../model/story.ts';
import { latest, type Instant } from '../support/instant.ts';
import { hottest, rankByHeat, relatedTo, type RankedStory } from './rank-stories.ts';
import { inOneGo, type Steps } from '../support/give-way.ts';
import { documentOf, indexInSteps, type SimilarityIndex } from './similarity.ts';

/** So many of the newest stories are compared: comparing more costs the square of it, and old ones change little. */
export const MOST_COMPARED = 1000;
const MOST_RELATED = 4;
const MOST_HOT = 5;
const NEWS_PER_TOPIC = 3;

/** What a window of published stories says of each other: likeness, heat, and the newest of each topic. */
export type StoryWindow = {
  readonly index: SimilarityIndex;
  readonly ranked: readonly RankedStory[];
  /** By topic id, newest first. */
  readonly newest: ReadonlyMap<string, readonly string[]>;
  readonly asOf: Instant | null;
};

/** @param told stories with a topic, in any order; the newest `MOST_COMPARED` are looked at */
export function lookOver(told: readonly ToldStory[], sources: ReadonlyMap<string, Source>): StoryWindow {
  return inOneGo(lookOverInSteps(told, sources));
}

/** As `lookOver`, with a pause after each story. */
export function* lookOverInSteps(told: readonly ToldStory[], sources: ReadonlyMap<string, Source>): Steps<StoryWindow> {
  const sorted = told.toSorted((a, b) => newestFirst(a.story, b.story)).slice(0, MOST_COMPARED);
  const index = yield* indexInSteps(sorted.map(({ story, articles }) => documentOf(story.id, articles[0]!)));
  const asOf = latest(sorted.map(({ story }) => story.updated));
  const newest = new Map<string, string[]>();
  for (const { story } of sorted) {
    for (const { topicId } of story.topics) {
      const ids = newest.get(topicId);
      if (ids === undefined) newest.set(topicId, [story.id]);
      else ids.push(story.id);
    }
  }
  return { index, ranked: asOf === null ? [] : rankByHeat(sorted, index, { sources, asOf }), newest, asOf };
}

/** The order of every list of stories: by date, newest first, then by id. */
export function newestFirst(a: Story, b: Story): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** What stands beside a story on its page; no story twice on it. */
export function contextOf(story: Story, window: StoryWindow, topicIds: readonly string[]): StoryContext {
  const shown = new Set([story.id]);
  const take = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) shown.add(id);
    return ids;
  };
  const related = take(relatedTo(story.id, window.index, MOST_RELATED));
  const hot = take(hottest(window.ranked, MOST_HOT, shown));
  const topicNews = topicIds.map((topicId) => {
    return { topicId, storyIds: take(firstUnshown(window.newest.get(topicId) ?? [], shown, NEWS_PER_TOPIC)) };
  });
  return { related, hot, topicNews };
}

function firstUnshown(ids: readonly string[], shown: ReadonlySet<string>, most: number): string[] {
  const first: string[] = [];
  for (const id of ids) {
    if (first.length === most) break;
    if (!shown.has(id)) first.push(id);
  }
  return first;
}
