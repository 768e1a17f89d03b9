import type { Source } from '../model/source.ts';
import type { Story, StoryContext, ToldStory } from '../model/story.ts';
import { latest, type Instant } from '../support/instant.ts';
import { inOneGo, type Steps } from '../support/give-way.ts';
import { comparedTextOf } from './compared-text-of.ts';
import { hottest, rankByHeat, type RankedStory } from './rank-stories.ts';
import { indexRelatedInSteps, type RelatedTexts } from './stories/related.ts';

/** So many of the newest stories are compared: comparing more costs the square of it, and old ones change little. */
export const MOST_COMPARED = 1000;
const MOST_RELATED = 4;
const MOST_HOT = 5;
const NEWS_PER_TOPIC = 3;

/** What a window of published stories says of each other: heat, and the newest of each topic. */
export type StoryWindow = {
  readonly ranked: readonly RankedStory[];
  /** By topic id, newest first. */
  readonly newest: ReadonlyMap<string, readonly string[]>;
  readonly asOf: Instant | null;
};

/** What a window of published stories says of each other, and which of them are about the same. */
export type ComparedWindow = StoryWindow & {
  readonly related: RelatedTexts;
  /** Story ids by event. */
  readonly reportsOf: ReadonlyMap<string, readonly string[]>;
};

/** @param told stories with a topic, in any order; the newest `MOST_COMPARED` are looked at */
export function lookOver(told: readonly ToldStory[], sources: ReadonlyMap<string, Source>): StoryWindow {
  const sorted = newestOf(told);
  const asOf = latest(sorted.map(({ story }) => story.updated));
  const newest = new Map<string, string[]>();
  for (const { story } of sorted) {
    for (const { topicId } of story.topics) {
      const ids = newest.get(topicId);
      if (ids === undefined) newest.set(topicId, [story.id]);
      else ids.push(story.id);
    }
  }
  return { ranked: asOf === null ? [] : rankByHeat(sorted, { sources, asOf }), newest, asOf };
}

/** As `lookOver`, and compares the texts of the stories' leads. */
export function compareWindow(told: readonly ToldStory[], sources: ReadonlyMap<string, Source>): ComparedWindow {
  return inOneGo(compareWindowInSteps(told, sources));
}

/** As `compareWindow`, with a pause after each story. */
export function* compareWindowInSteps(
  told: readonly ToldStory[],
  sources: ReadonlyMap<string, Source>,
): Steps<ComparedWindow> {
  const sorted = newestOf(told);
  const texts = sorted.values().map(({ story, articles }) => ({ id: story.id, ...comparedTextOf(articles[0]!) }));
  const related = yield* indexRelatedInSteps(texts);
  const reportsOf = new Map(
    [...Map.groupBy(sorted, ({ story }) => story.eventId)].map(([id, own]) => [id, own.map(({ story }) => story.id)]),
  );
  return { ...lookOver(sorted, sources), related, reportsOf };
}

function newestOf(told: readonly ToldStory[]): readonly ToldStory[] {
  return told.toSorted((a, b) => newestFirst(a.story, b.story)).slice(0, MOST_COMPARED);
}

/** The order of every list of stories, and of the entries that tell them: by date, newest first, then by id. */
export function newestFirst(a: Pick<Story, 'published' | 'id'>, b: Pick<Story, 'published' | 'id'>): number {
  if (a.published !== b.published) return a.published < b.published ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** What stands beside a story on its page; no story twice on it. Other reports of its event are related to it first of all. */
export function contextOf(story: Story, window: ComparedWindow, topicIds: readonly string[]): StoryContext {
  const shown = new Set([story.id]);
  const take = (ids: readonly string[]): readonly string[] => {
    for (const id of ids) shown.add(id);
    return ids;
  };
  const related = take(relatedTo(story, window));
  const hot = take(hottest(window.ranked, MOST_HOT, shown));
  const topicNews = topicIds.map((topicId) => {
    return { topicId, storyIds: take(firstUnshown(window.newest.get(topicId) ?? [], shown, NEWS_PER_TOPIC)) };
  });
  return { related, hot, topicNews };
}

function relatedTo({ id, eventId }: Story, { related, reportsOf }: ComparedWindow): string[] {
  const reports = (reportsOf.get(eventId) ?? []).filter((other) => other !== id);
  const likeness = new Map(reports.map((other) => [other, related.likeness(id, other)]));
  const ofEvent = reports.toSorted((a, b) => likeness.get(b)! - likeness.get(a)! || (a < b ? -1 : 1));
  const others = related.relatedTo(id, { most: MOST_RELATED, without: new Set(reports) }).map((other) => other.id);
  return [...ofEvent, ...others].slice(0, MOST_RELATED);
}

function firstUnshown(ids: readonly string[], shown: ReadonlySet<string>, most: number): string[] {
  const first: string[] = [];
  for (const id of ids) {
    if (first.length === most) break;
    if (!shown.has(id)) first.push(id);
  }
  return first;
}
