import { trailOf } from '../curate/entry-states.ts';
import type { GroupedStory } from '../curate/group-articles.ts';
import type { TopicRules } from '../curate/match-topics.ts';
import { contextOf, type StoryWindow } from '../curate/story-context.ts';
import type { Source } from '../model/source.ts';
import type { Story } from '../model/story.ts';
import type { TrailStep } from '../model/trail.ts';
import type { CurationRecord, Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import type { Instant } from '../support/instant.ts';
import { topicChanges } from './topic-changes.ts';

/** One curation: what its parts go by. */
export type Curation = {
  readonly store: Store;
  readonly giveWay: GiveWay;
  /** The window as it stands after this curation. */
  readonly over: StoryWindow;
  readonly sources: ReadonlyMap<string, Source>;
  readonly topics: readonly TopicRules[];
  readonly topicIds: readonly string[];
  readonly now: Instant;
};

/** Saves grouped stories with the steps of their articles, and gives these. `keys` has the articles that awaited it. */
export async function saveGrouped(
  { store, giveWay, over, topicIds, now }: Curation,
  grouped: readonly GroupedStory[],
  given: {
    readonly keys: ReadonlyMap<string, readonly string[]>;
    readonly readAt: CurationRecord['readAt'];
    readonly facts: CurationRecord['facts'];
  },
): Promise<TrailStep[]> {
  const trail = trailOf(grouped, new Set(given.keys.keys()), now);
  const stories: Story[] = [];
  for (const each of grouped) {
    stories.push(withContext(each, over, topicIds));
    await giveWay();
  }
  await store.saveCuration({
    stories,
    dissolved: [],
    keys: [...given.keys].map(([articleId, keys]) => ({ articleId, keys })),
    trail,
    readAt: given.readAt,
    facts: { ...given.facts, ...(await topicChanges(store, grouped, now)) },
  });
  return trail;
}

/** A story with news in it takes what its page shows beside it, as of now. */
function withContext(
  { before, after: { story } }: GroupedStory,
  over: StoryWindow,
  topicIds: readonly string[],
): Story {
  const toldAnew = before === null || before.story.updated !== story.updated || before.story.topics.length === 0;
  return story.topics.length > 0 && toldAnew ? { ...story, context: contextOf(story, over, topicIds) } : story;
}

/** How many stories are in other topics than before, though none of their articles awaited anything. */
export function resortedOf(grouped: readonly GroupedStory[], awaited: ReadonlyMap<string, unknown>): number {
  return grouped.filter(
    ({ before, after }) =>
      before !== null &&
      !after.story.articleIds.some((id) => awaited.has(id)) &&
      topicIdsOf(before.story) !== topicIdsOf(after.story),
  ).length;
}

function topicIdsOf({ topics }: Story): string {
  return topics.map(({ topicId }) => topicId).join('\n');
}
