import { stepsOfKeptBack, trailOf } from '../curate/entry-states.ts';
import type { GroupedStory } from '../curate/group-articles.ts';
import type { TopicRules } from '../curate/match-topics.ts';
import { WINDOW_MS } from '../curate/duplicates/duplicate-index.ts';
import type { EntryJudge } from '../curate/holds/judge-entries.ts';
import type { Article } from '../model/article.ts';
import type { Placement } from '../curate/place-articles.ts';
import type { RecentTexts } from '../curate/recent-texts.ts';
import { contextOf, type ComparedWindow } from '../curate/story-context.ts';
import type { Founding } from '../model/compared-text.ts';
import type { Site } from '../model/site.ts';
import type { Source } from '../model/source.ts';
import { isPublic, type Story } from '../model/story.ts';
import type { TrailStep } from '../model/trail.ts';
import type { CurationRecord, Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import type { JudgeOrder } from './load-judge.ts';
import { topicChanges } from './topic-changes.ts';

/** One curation: what its parts go by. */
export type Curation = {
  readonly store: Store;
  readonly giveWay: GiveWay;
  /** The window as it stands after this curation. */
  readonly over: ComparedWindow;
  /** In memory; what leaves its story is found there no more. */
  readonly texts: Pick<RecentTexts, 'forget'>;
  readonly site: Site;
  readonly sources: ReadonlyMap<string, Source>;
  readonly topics: readonly TopicRules[];
  readonly propose?: JudgeOrder['propose'];
  readonly topicIds: readonly string[];
  readonly now: Instant;
};

/** What is saved with grouped stories of the articles that awaited it. */
export type Sorted = {
  /** The addresses of each, and where it was placed. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly placements: ReadonlyMap<string, Placement>;
  /** By the founder's id, of the stories that are new. */
  readonly foundings: ReadonlyMap<string, Founding>;
  /** Those that the judge does not let through. */
  readonly keptBack: readonly Article[];
  readonly readAt: CurationRecord['readAt'];
  readonly facts: CurationRecord['facts'];
};

const NONE = new Map<string, never>();
export const NOTHING_SORTED: Sorted = {
  addresses: NONE,
  placements: NONE,
  foundings: NONE,
  keptBack: [],
  readAt: NONE,
  facts: {},
};

/** Saves grouped stories with the steps of their articles, and gives these. */
export async function saveGrouped(
  { store, giveWay, over, texts, topicIds, now, judge }: Curation & { readonly judge: EntryJudge },
  grouped: readonly GroupedStory[],
  given: Sorted,
): Promise<TrailStep[]> {
  const awaited = new Set(given.keptBack.map(({ id }) => id));
  const left = grouped.flatMap(({ left: gone }) => gone.filter(({ id }) => !awaited.has(id)));
  const trail = [
    ...stepsOfKeptBack([...given.keptBack, ...left], judge, now),
    ...trailOf(grouped, given.placements, now),
  ];
  const stories: Story[] = [];
  for (const each of grouped) {
    if (each.after.articles.length > 0) stories.push(withContext(each, over, topicIds));
    await giveWay();
  }
  await store.saveCuration({
    stories,
    dissolved: grouped.flatMap(({ after }) => (after.articles.length === 0 ? [after.story.id] : [])),
    keys: [...given.addresses].map(([articleId, keys]) => ({ articleId, keys })),
    compared: [...given.placements].map(([articleId, { document }]) => ({
      articleId,
      atMs: document.atMs,
      print: document.print,
      founding: given.foundings.get(articleId) ?? null,
    })),
    comparedFromMs: epochMsOf(now) - WINDOW_MS,
    trail,
    readAt: given.readAt,
    facts: { ...given.facts, ...(await topicChanges(store, grouped, now)) },
  });
  for (const { id } of [...given.keptBack, ...left]) texts.forget(id);
  return trail;
}

/** A public story with news in it takes what its page shows beside it, as of now. */
function withContext(
  { before, after: { story } }: GroupedStory,
  over: ComparedWindow,
  topicIds: readonly string[],
): Story {
  const toldAnew = before === null || before.story.updated !== story.updated || !isPublic(before.story);
  return isPublic(story) && toldAnew ? { ...story, context: contextOf(story, over, topicIds) } : story;
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
