import type { Order } from '../config/sources-file.ts';
import { addressesOf } from '../curate/fingerprint.ts';
import { groupInSteps, type GroupedStory } from '../curate/group-articles.ts';
import { prepareTopics } from '../curate/match-topics.ts';
import { placeInSteps, type Placement } from '../curate/place-articles.ts';
import type { RecentTexts } from '../curate/recent-texts.ts';
import { compareWindowInSteps, MOST_COMPARED } from '../curate/story-context.ts';
import { proposedTopics } from '../curate/learn/proposed-topics.ts';
import type { Article } from '../model/article.ts';
import type { Founding } from '../model/compared-text.ts';
import { isPublic, type ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { EntryState } from '../model/trail.ts';
import type { Clock } from '../support/clock.ts';
import { givingWay, inTurns, type GiveWay } from '../support/give-way.ts';
import { sha256 } from '../support/hash.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';
import type { Log } from '../support/log.ts';
import type { Store } from '../store/store.ts';
import { expireArticles } from './expire-articles.ts';
import { judgeApart } from './judge-apart.ts';
import { topicTeller } from './learnt-topics.ts';
import { loadJudge, loadQuotas, type JudgeOrder, type LoadedJudge } from './load-judge.ts';
import { regroupWhenDue } from './regroup-stories.ts';
import type { TextMemory } from './recent-texts.ts';
import { resortStories } from './resort-stories.ts';
import { resortedOf, saveGrouped, type Curation } from './save-grouped.ts';

export type CurateTools = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: TextMemory;
};

/** What became of the articles: how many lead a published story, joined another, or no topic takes. */
export type CurationReport = {
  readonly published: number;
  readonly merged: number;
  readonly dropped: number;
  readonly held: number;
  readonly refused: number;
  /** Stories known before that changed rules have put into other topics. */
  readonly resorted: number;
};

/** Hot, related and duplicates look so far back. */
export const WINDOW_DAYS = 14;
const RULES_FACT = 'curated-with';

type Rules = Pick<Order, 'site' | 'sources' | 'topics' | 'retentionDays'>;
type Awaiting = {
  readonly articles: readonly Article[];
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly readAt: ReadonlyMap<string, number>;
};

/**
 * Sorts all articles that await it, of whatever source, in one transaction and in one order (by date, then by id): so
 * the outcome is the same whichever source answered first, and after a kill at any moment.
 * When the operator's topics or sources have changed, every story chooses its topics again; a kill on the way begins
 * that anew. Gives way to other work; rejects with the signal's reason, and then all that is not yet saved still awaits.
 */
export async function curateAwaiting(
  tools: CurateTools,
  order: Rules,
  signal: AbortSignal = new AbortController().signal,
): Promise<CurationReport> {
  const { store, clock, log, memory } = tools;
  const giveWay = givingWay(clock, signal);
  await expireArticles({ store, giveWay }, order, clock.now());
  const rules = digestOf(order);
  const rulesBefore = await store.fact(RULES_FACT);
  // A store without rules has no stories either.
  const resorts = rulesBefore !== null && rulesBefore !== rules;
  if (rulesBefore === rules && (await store.awaitingSteps()).size === 0) return NOTHING;
  const now = clock.now();
  const context = {
    site: order.site,
    sources: new Map(order.sources.map((source) => [source.id, source])),
    topics: prepareTopics(order.topics),
    now,
    ...(await learnt(store, order.topics, { now, giveWay })),
  };
  if (resorts) await judgeApart({ store, giveWay }, context);
  const all = await readAwaiting(store, giveWay);
  const judge = await loadJudge(store, context, all.articles);
  log.debug('curation begins', { awaiting: all.articles.length, rulesChanged: resorts });
  const texts = await memory.upToDate(store, now, giveWay);
  try {
    // What stands beside a story is public.
    const topicIds = order.topics.flatMap((topic) => (topic.private ? [] : [topic.id]));
    const sorting = { store, giveWay, texts, judge, topicIds, ...context };
    const report = await sortAll(sorting, all, { rules, resorts });
    log.info('curated', report);
    return report;
  } catch (error) {
    // What was noted in memory may not have been saved.
    memory.forget();
    throw error;
  }
}

const NOTHING: CurationReport = { published: 0, merged: 0, dropped: 0, held: 0, refused: 0, resorted: 0 };

type Sorting = Omit<Curation, 'over'> & { readonly texts: RecentTexts; readonly judge: LoadedJudge };

async function sortAll(
  sorting: Sorting,
  all: Awaiting,
  { rules, resorts }: { readonly rules: string; readonly resorts: boolean },
): Promise<CurationReport> {
  const { store, giveWay, texts, judge, now } = sorting;
  const { awaiting, keptBack } = await judged(all, judge, giveWay);
  const window = await storiesOfWindow(store, now, resorts ? 'all' : 'published');
  const given = { awaiting, keptBack, judge, context: sorting, again: resorts ? window : [] };
  const { grouped, placements, foundings } = await groupAwaiting(sorting, given);
  const over = await inTurns(compareWindowInSteps(currentStories(window, grouped), sorting.sources), giveWay);
  const curation: Curation = { ...sorting, over };
  const facts = resorts ? {} : { [RULES_FACT]: rules };
  const sorted = { ...awaiting, placements, foundings, keptBack, facts };
  const trail = await saveGrouped({ ...curation, judge }, grouped, sorted);
  const resorted = resorts
    ? resortedOf(grouped, awaiting.addresses) +
      (await resortStories(curation, { without: new Set(window.map(({ story }) => story.id)) }))
    : 0;
  if (resorts) await store.saveFact(RULES_FACT, rules);
  await regroupWhenDue(store, texts, now);
  const count = (state: EntryState): number =>
    trail.filter((step) => all.readAt.has(step.articleId) && step.state === state).length;
  return {
    published: count('published'),
    merged: count('merged'),
    dropped: count('dropped'),
    held: count('held'),
    refused: count('refused'),
    resorted,
  };
}

/** Topics that learn propose what no rule of theirs takes. */
async function learnt(
  store: Store,
  topics: readonly Topic[],
  given: { readonly now: Instant; readonly giveWay: GiveWay },
): Promise<Pick<JudgeOrder, 'propose'>> {
  const teller = await topicTeller(store, topics, given);
  if (teller === null) return {};
  const learning = new Set(topics.flatMap(({ id, learn }) => (learn ? [id] : [])));
  return { propose: (article) => proposedTopics(article, teller, learning) };
}

/** What of the operator's order decides where articles go. */
function digestOf({ site, topics, sources }: Rules): string {
  return sha256(
    JSON.stringify([
      site.optOut,
      topics.map(({ id, title, match, filters, quota, learn, private: isPrivate }) => [
        id,
        title,
        match,
        filters,
        quota,
        learn,
        ...(isPrivate ? ['private'] : []),
      ]),
      sources.map(({ id, title, url, topicIds, weight, filters, quota, probation }) => [
        id,
        title,
        url,
        topicIds,
        weight,
        filters,
        quota,
        probation,
      ]),
    ]),
  );
}

/** Those that are let through, and those that are kept back, in order: probation counts. */
async function judged(
  { articles, addresses, readAt }: Awaiting,
  judge: LoadedJudge,
  giveWay: GiveWay,
): Promise<{ readonly awaiting: Awaiting; readonly keptBack: readonly Article[] }> {
  const keptBack = new Set<Article>();
  for (const article of articles) {
    if (judge.judge(article).kind !== 'pass') keptBack.add(article);
    await giveWay();
  }
  const passing = articles.filter((article) => !keptBack.has(article));
  const own = new Map(passing.map(({ id }) => [id, addresses.get(id) ?? []]));
  return { awaiting: { articles: passing, addresses: own, readAt }, keptBack: [...keptBack] };
}

async function readAwaiting(store: Store, giveWay: GiveWay): Promise<Awaiting> {
  const readAt = await store.awaitingSteps();
  const articles = (await store.awaitingArticles()).filter(({ id }) => readAt.has(id));
  const addresses = new Map<string, readonly string[]>();
  for (const article of articles) {
    addresses.set(article.id, addressesOf(article));
    await giveWay();
  }
  return { articles, addresses, readAt };
}

/** The stories that are compared; for a new sorting also those that are in no topic yet. */
async function storiesOfWindow(store: Store, now: Instant, which: 'all' | 'published'): Promise<readonly ToldStory[]> {
  const from = plusSeconds(now, -WINDOW_DAYS * 86_400);
  if (which === 'all') return store.storiesSince(from);
  return (await store.newestStories(null, MOST_COMPARED)).filter(({ story }) => story.published >= from);
}

type Asked = Pick<Curation, 'store' | 'giveWay'> & { readonly texts: RecentTexts };

type Grouping = {
  readonly grouped: readonly GroupedStory[];
  readonly placements: ReadonlyMap<string, Placement>;
  readonly foundings: ReadonlyMap<string, Founding>;
};

async function groupAwaiting(
  { store, giveWay, texts }: Asked,
  given: {
    readonly awaiting: Awaiting;
    readonly context: Pick<Curation, 'sources' | 'topics' | 'now'>;
    readonly keptBack: readonly Article[];
    readonly judge: LoadedJudge;
    readonly again: readonly ToldStory[];
  },
): Promise<Grouping> {
  const { articles } = given.awaiting;
  const placements = await placed({ store, giveWay, texts }, given.awaiting);
  const loaded = new Set(given.again.map(({ story }) => story.id));
  // What is kept back leaves the story that it was in.
  const leaving = await store.storiesOfArticles(given.keptBack.map(({ id }) => id));
  const named = [...[...placements.values()].map(({ storyId }) => storyId), ...leaving.values()];
  const missing = new Set(named.filter((id) => !loaded.has(id)));
  const stored = [...given.again, ...(await store.stories([...missing]))];
  const told = stored.flatMap(({ articles: own }) => own);
  await given.judge.learnOf(told);
  const dates = [...articles.map(({ published }) => published), ...stored.map(({ story }) => story.published)];
  const quotas = await loadQuotas(store, given.context, {
    earliest: dates.toSorted()[0] ?? null,
    sourceIds: new Set([...articles, ...told].map(({ sourceId }) => sourceId)),
  });
  const foundings = new Map<string, Founding>();
  const eventOf = (founder: Article): string => {
    const { eventId, founding } = texts.found(founder);
    if (founding !== null) foundings.set(founder.id, founding);
    return eventId;
  };
  const steps = groupInSteps({
    awaiting: articles,
    placements,
    eventOf,
    stored,
    judge: given.judge,
    quotas,
    ...given.context,
  });
  const grouped = (await inTurns(steps, giveWay)).filter(({ changed }) => changed);
  noteMoved(texts, grouped, placements);
  return { grouped, placements, foundings };
}

/** The texts were noted as they were placed; some have come into a story of their own instead. */
function noteMoved(texts: RecentTexts, grouped: readonly GroupedStory[], placements: Grouping['placements']): void {
  for (const { after } of grouped)
    for (const id of after.story.articleIds) {
      const placement = placements.get(id);
      if (placement !== undefined && placement.storyId !== after.story.id)
        texts.note(placement.document, after.story.id);
    }
}

async function placed(
  { store, giveWay, texts }: Asked,
  { articles, addresses }: Awaiting,
): Promise<ReadonlyMap<string, Placement>> {
  const reportsAt = await store.reportsWithKeys([...new Set([...addresses.values()].flat())]);
  const storyOfArticle = await store.storiesOfArticles(articles.map(({ id }) => id));
  const sourceIds = new Set(articles.map(({ sourceId }) => sourceId));
  const rivals = new Set(
    [...reportsAt.values()].flat().flatMap(({ articleId, sourceId }) => (sourceIds.has(sourceId) ? [articleId] : [])),
  );
  const steps = placeInSteps({
    awaiting: articles,
    addressesOf: addresses,
    reportsAt,
    rivals: new Map((await store.articles([...rivals])).map((article) => [article.id, article])),
    storyOfArticle,
    copies: texts,
  });
  return inTurns(steps, giveWay);
}

/** The window as it will be. */
function currentStories(window: readonly ToldStory[], grouped: readonly GroupedStory[]): ToldStory[] {
  const current = new Map(window.map((told) => [told.story.id, told]));
  for (const { after } of grouped) current.set(after.story.id, after);
  return [...current.values()].filter(({ story }) => isPublic(story));
}
