import type { Order } from '../config/sources-file.ts';
import { keysOf } from '../curate/fingerprint.ts';
import { groupInSteps, type GroupedStory } from '../curate/group-articles.ts';
import { prepareTopics } from '../curate/match-topics.ts';
import { lookOverInSteps, MOST_COMPARED } from '../curate/story-context.ts';
import type { Article } from '../model/article.ts';
import type { ToldStory } from '../model/story.ts';
import type { Clock } from '../support/clock.ts';
import { givingWay, inTurns, type GiveWay } from '../support/give-way.ts';
import { sha256 } from '../support/hash.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import type { Store } from '../store/store.ts';
import { resortStories } from './resort-stories.ts';
import { resortedOf, saveGrouped, type Curation } from './save-grouped.ts';

export type CurateTools = { readonly store: Store; readonly clock: Clock; readonly log: Log };

/** What became of the articles: how many lead a published story, joined another, or no topic takes. */
export type CurationReport = {
  readonly published: number;
  readonly merged: number;
  readonly dropped: number;
  /** Stories known before that changed rules have put into other topics. */
  readonly resorted: number;
};

/** Hot, related and duplicates look so far back. */
export const WINDOW_DAYS = 14;
const RULES_FACT = 'curated-with';

type Rules = Pick<Order, 'sources' | 'topics'>;
type Awaiting = {
  readonly articles: readonly Article[];
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly readAt: ReadonlyMap<string, number>;
};

/**
 * Sorts all articles that await it, of whatever source, in one transaction and in one order (by date, then by id): so
 * the outcome is the same whichever source answered first, and after a kill at any moment.
 * When the operator's topics or sources have changed, every story chooses its topics again; a kill on the way begins
 * that anew. Gives way to other work; rejects with the signal's reason, and then all that is not yet saved still awaits.
 */
export async function curateAwaiting(
  { store, clock, log }: CurateTools,
  order: Rules,
  signal: AbortSignal = new AbortController().signal,
): Promise<CurationReport> {
  const giveWay = givingWay(clock, signal);
  const rules = digestOf(order);
  const rulesBefore = await store.fact(RULES_FACT);
  const awaiting = await readAwaiting(store, giveWay);
  if (awaiting.articles.length === 0 && rulesBefore === rules)
    return { published: 0, merged: 0, dropped: 0, resorted: 0 };

  // A store without rules has no stories either.
  const resorts = rulesBefore !== null && rulesBefore !== rules;
  log.debug('curation begins', { awaiting: awaiting.articles.length, rulesChanged: resorts });
  const now = clock.now();
  const window = await storiesOfWindow(store, now, resorts ? 'all' : 'published');
  const context = {
    sources: new Map(order.sources.map((source) => [source.id, source])),
    topics: prepareTopics(order.topics),
    now,
  };
  const grouped = await groupAwaiting({ store, giveWay }, { awaiting, context, again: resorts ? window : [] });
  const over = await inTurns(lookOverInSteps(currentStories(window, grouped), context.sources), giveWay);
  const curation: Curation = { store, giveWay, over, topicIds: order.topics.map(({ id }) => id), ...context };
  const trail = await saveGrouped(curation, grouped, { ...awaiting, facts: resorts ? {} : { [RULES_FACT]: rules } });
  const resorted = resorts
    ? resortedOf(grouped, awaiting.keys) +
      (await resortStories(curation, { without: new Set(window.map(({ story }) => story.id)) }))
    : 0;
  if (resorts) await store.saveFact(RULES_FACT, rules);

  const count = (state: string): number =>
    trail.filter((step) => awaiting.keys.has(step.articleId) && step.state === state).length;
  const report = { published: count('published'), merged: count('merged'), dropped: count('dropped'), resorted };
  log.info('curated', report);
  return report;
}

/** What of the operator's order decides where articles go. */
function digestOf({ topics, sources }: Rules): string {
  return sha256(
    JSON.stringify([topics, sources.map(({ id, title, topicIds, weight }) => [id, title, topicIds, weight])]),
  );
}

async function readAwaiting(store: Store, giveWay: GiveWay): Promise<Awaiting> {
  const readAt = await store.awaitingSteps();
  const articles = (await store.awaitingArticles()).filter(({ id }) => readAt.has(id));
  const keys = new Map<string, readonly string[]>();
  for (const article of articles) {
    keys.set(article.id, keysOf(article));
    await giveWay();
  }
  return { articles, keys, readAt };
}

/** The stories that are compared; for a new sorting also those that are in no topic yet. */
async function storiesOfWindow(store: Store, now: Instant, which: 'all' | 'published'): Promise<readonly ToldStory[]> {
  const from = plusSeconds(now, -WINDOW_DAYS * 86_400);
  if (which === 'all') return store.storiesSince(from);
  return (await store.newestStories(null, MOST_COMPARED)).filter(({ story }) => story.published >= from);
}

async function groupAwaiting(
  { store, giveWay }: Pick<Curation, 'store' | 'giveWay'>,
  given: {
    readonly awaiting: Awaiting;
    readonly context: Pick<Curation, 'sources' | 'topics' | 'now'>;
    readonly again: readonly ToldStory[];
  },
): Promise<GroupedStory[]> {
  const { articles, keys } = given.awaiting;
  const storyOfKey = await store.storiesWithKeys([...new Set([...keys.values()].flat())]);
  const storyOfArticle = await store.storiesOfArticles(articles.map(({ id }) => id));
  const loaded = new Set(given.again.map(({ story }) => story.id));
  const missing = [...storyOfKey.values(), ...storyOfArticle.values()].filter((id) => !loaded.has(id));
  const stored = [...given.again, ...(await store.stories([...new Set(missing)]))];
  const steps = groupInSteps({
    awaiting: articles,
    keysOf: keys,
    storyOfKey,
    storyOfArticle,
    stored,
    ...given.context,
  });
  return (await inTurns(steps, giveWay)).filter(({ changed }) => changed);
}

/** The window as it will be. */
function currentStories(window: readonly ToldStory[], grouped: readonly GroupedStory[]): ToldStory[] {
  const current = new Map(window.map((told) => [told.story.id, told]));
  for (const { after } of grouped) current.set(after.story.id, after);
  return [...current.values()].filter(({ story }) => story.topics.length > 0);
}
