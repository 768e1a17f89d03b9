import { trailOf } from '../curate/entry-states.ts';
import { keysOf } from '../curate/fingerprint.ts';
import { groupArticles, type GroupedStory } from '../curate/group-articles.ts';
import { prepareTopics } from '../curate/match-topics.ts';
import { contextOf, lookOver } from '../curate/story-context.ts';
import type { Source } from '../model/source.ts';
import type { Story, ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../support/clock.ts';
import { sha256 } from '../support/hash.ts';
import type { Log } from '../support/log.ts';
import { plusSeconds } from '../support/instant.ts';

export type CurateTools = { readonly store: Store; readonly clock: Clock; readonly log: Log };
/** What became of the articles: how many lead a published story, joined another, or no topic takes. */
export type CurationReport = { readonly published: number; readonly merged: number; readonly dropped: number };

/** Hot, related and duplicates look so far back. */
export const WINDOW_DAYS = 14;
/** What is compared in one curation at the most, newest first: bounds memory, not correctness. */
const MOST_COMPARED = 3000;
const RULES_FACT = 'curated-with';

/**
 * Sorts all articles that await it, of whatever source, in one transaction and in one order (by date, then by id): so
 * the outcome is the same whichever source answered first, and after a kill at any moment.
 * When the operator's topics or sources have changed, the stories of the window choose their topics again.
 */
export async function curateAwaiting(
  { store, clock, log }: CurateTools,
  order: { readonly sources: readonly Source[]; readonly topics: readonly Topic[] },
): Promise<CurationReport> {
  const awaiting = await store.awaitingArticles();
  const rules = sha256(
    JSON.stringify([
      order.topics,
      order.sources.map(({ id, title, topicIds, weight }) => [id, title, topicIds, weight]),
    ]),
  );
  const rulesChanged = (await store.fact(RULES_FACT)) !== rules;
  if (awaiting.length === 0 && !rulesChanged) return { published: 0, merged: 0, dropped: 0 };

  log.debug('curation begins', { awaiting: awaiting.length, rulesChanged });
  const now = clock.now();
  const window = await store.storiesSince(plusSeconds(now, -WINDOW_DAYS * 86_400));
  const keys = new Map(awaiting.map((article) => [article.id, keysOf(article)]));
  const storyOfKey = await store.storiesWithKeys([...new Set([...keys.values()].flat())]);
  const storyOfArticle = await store.storiesOfArticles(awaiting.map(({ id }) => id));
  const sources = new Map(order.sources.map((source) => [source.id, source]));
  const grouped = groupArticles({
    awaiting,
    keysOf: keys,
    storyOfKey,
    storyOfArticle,
    stored: await storedStories(
      store,
      [...storyOfKey.values(), ...storyOfArticle.values()],
      rulesChanged ? window : [],
    ),
    sources,
    topics: prepareTopics(order.topics),
    now,
  }).filter(({ changed }) => changed);

  const awaited = new Set(awaiting.map(({ id }) => id));
  const trail = trailOf(grouped, awaited, now);
  await store.saveCuration({
    stories: withContext(grouped, { window, sources, topicIds: order.topics.map(({ id }) => id) }),
    dissolved: [],
    keys: awaiting.map(({ id }) => ({ articleId: id, keys: keys.get(id)! })),
    trail,
    facts: { [RULES_FACT]: rules },
  });
  const count = (state: string): number =>
    trail.filter((step) => awaited.has(step.articleId) && step.state === state).length;
  const report = { published: count('published'), merged: count('merged'), dropped: count('dropped') };
  log.info('curated', report);
  return report;
}

async function storedStories(store: Store, ids: readonly string[], again: readonly ToldStory[]): Promise<ToldStory[]> {
  const loaded = new Set(again.map(({ story }) => story.id));
  const missing = [...new Set(ids)].filter((id) => !loaded.has(id));
  return [...again, ...(missing.length === 0 ? [] : await store.stories(missing))];
}

/** The changed stories, those with news in them with what their pages show beside them, as of now. */
function withContext(
  grouped: readonly GroupedStory[],
  given: {
    readonly window: readonly ToldStory[];
    readonly sources: ReadonlyMap<string, Source>;
    readonly topicIds: readonly string[];
  },
): Story[] {
  const current = new Map(given.window.map((told) => [told.story.id, told]));
  for (const { after } of grouped) current.set(after.story.id, after);
  const published = [...current.values()].filter(({ story }) => story.topics.length > 0);
  const newest = published.toSorted((a, b) => (a.story.published < b.story.published ? 1 : -1)).slice(0, MOST_COMPARED);
  const over = lookOver(newest, given.sources);
  return grouped.map(({ before, after: { story } }) => {
    const toldAnew = before === null || before.story.updated !== story.updated || before.story.topics.length === 0;
    return story.topics.length > 0 && toldAnew ? { ...story, context: contextOf(story, over, given.topicIds) } : story;
  });
}
