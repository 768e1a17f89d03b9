import { digestOfRights, isNarrowed } from '../curate/archive/narrowed.ts';
import { placeEntry, type Placing } from '../curate/archive/place-entry.ts';
import { versionOfEvent, versionOfStory } from '../curate/archive/version-of.ts';
import { ALL, type ComposeContext } from '../curate/compose-edition.ts';
import type { Article } from '../model/article.ts';
import type { PublishedEntry, PublishedVersion } from '../model/published-entry.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { EntryPlace, PlacedEntries } from '../store/archive-store.ts';
import type { Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import type { Order } from '../config/sources-file.ts';
import { eventsAbout, isOfEvent, knownEvents } from './events-about.ts';

/** So many changed stories are looked at in one transaction. */
const BATCH = 200;
/** So many archived entries are looked at when rights have changed, and no more texts are held at once. */
const RIGHTS_BATCH = 200;
const RIGHTS_FACT = 'archived-by-rights';

type Tools = { readonly store: Store; readonly giveWay: GiveWay };
type Given = { readonly order: Order; readonly context: ComposeContext };

/**
 * Brings what is known of published entries up to the stories: looks at those that were saved since the last publication,
 * and at all archives where the operator says something else of rights. What must be in no archive is in none after it;
 * the archives themselves are made by put-archives.ts. A kill on the way loses nothing: what was not looked at still waits.
 */
export async function placeEntries(tools: Tools, given: Given): Promise<void> {
  const { store, giveWay } = tools;
  await startChains(store, given.order.topics);
  await reopenNarrowed(tools, given);
  for (;;) {
    const { numbers, storyIds } = await store.storyChanges(BATCH);
    if (numbers.length === 0) return;
    await store.savePlaced({ ...(await placedOf(store, storyIds, given)), done: numbers });
    await giveWay();
  }
}

/** The rules of a topic that make its entries what they are. */
function madeAs({ group, updates }: Pick<Topic, 'group' | 'updates'>): string {
  return JSON.stringify({ group, updates });
}

/** Other rules make other entries: what stood for stories stands for events then, under other ids. */
async function startChains(store: Store, topics: readonly Topic[]): Promise<void> {
  const chains = await store.archiveChains();
  const wanted = [...topics, { id: ALL, group: false, updates: 'all' } as const];
  for (const topic of wanted) {
    const known = chains.get(topic.id)?.madeAs ?? null;
    const wants = madeAs(topic);
    if (known === wants) continue;
    const anew = known !== null && (JSON.parse(known) as Pick<Topic, 'group'>).group !== topic.group;
    await store.startChain({ topicId: topic.id, madeAs: wants, anew });
  }
}

async function reopenNarrowed({ store, giveWay }: Tools, { order, context }: Given): Promise<void> {
  const digest = digestOfRights(order.site, order.sources);
  const before = await store.fact(RIGHTS_FACT);
  if (before === digest) return;
  const narrowed = new Set<string>();
  for (let after: EntryPlace | null = null; ;) {
    const batch: readonly PublishedEntry[] = await store.archivedEntries(after, RIGHTS_BATCH);
    if (batch.length === 0) break;
    after = batch.at(-1)!;
    const articles = await articlesById(
      store,
      batch.map(({ leadArticleId }) => leadArticleId),
    );
    for (const entry of batch) {
      const lead = articles.get(entry.leadArticleId);
      if (lead !== undefined && isNarrowed(entry, lead, context)) narrowed.add(entry.topicId);
    }
    await giveWay();
  }
  for (const topicId of narrowed) await store.reopenChain(topicId);
  await store.saveFact(RIGHTS_FACT, digest);
}

async function placedOf(
  store: Store,
  storyIds: readonly string[],
  { order: { topics }, context }: Given,
): Promise<Omit<PlacedEntries, 'done'>> {
  const told = new Map((await store.stories(storyIds)).map((one) => [one.story.id, one]));
  const before = await store.publishedOf(storyIds);
  const articles = new Map(
    [
      ...(await store.articles(before.map(({ leadArticleId }) => leadArticleId))),
      ...[...told.values()].flatMap((one) => one.articles),
    ].map((article) => [article.id, article]),
  );
  const placed = collectPlaced();
  const place = (now: PublishedVersion | null, versions: readonly PublishedEntry[]): void =>
    placed.add(placeEntry(now, versions, { articles, context }), now ?? versions[0]);
  const grouped = topics.filter(({ group }) => group);
  const plain = [null, ...topics.filter(({ group }) => !group)];
  const events = new Set(grouped.map(({ id }) => id));
  const listed = new Set(plain.map((topic) => topic?.id ?? ALL));
  const byTopic = Map.groupBy(before, ({ topicId }) => topicId);

  for (const topic of plain) {
    const versions = Map.groupBy(byTopic.get(topic?.id ?? ALL) ?? [], ({ entryId }) => entryId);
    for (const id of storyIds) {
      const story = told.get(id);
      const now = story !== undefined && isIn(story, topic) ? versionOfStory(story, topic, context) : null;
      place(now, versions.get(id) ?? []);
      versions.delete(id);
    }
    // As long as the topic grouped, its entries were events.
    for (const own of versions.values()) place(null, own);
  }
  for (const topic of grouped)
    for (const { now, versions } of await eventsNow(store, topic, {
      told: [...told.values()],
      before: byTopic.get(topic.id) ?? [],
      context,
    }))
      place(now, versions);
  // Of a topic that is not listed any more nothing is published; its archives come back with it.
  for (const [topicId, own] of byTopic)
    if (!listed.has(topicId) && !events.has(topicId))
      for (const versions of Map.groupBy(own, ({ entryId }) => entryId).values()) place(null, versions);
  return placed.all();
}

function isIn({ story, articles }: ToldStory, topic: Topic | null): boolean {
  if (articles.length === 0) return false;
  return topic === null ? story.topics.length > 0 : story.topics.some(({ topicId }) => topicId === topic.id);
}

/** The events that changed stories report, or were shown with; each as its topic tells it now. */
async function eventsNow(
  store: Store,
  topic: Topic,
  given: {
    readonly told: readonly ToldStory[];
    readonly before: readonly PublishedEntry[];
    readonly context: ComposeContext;
  },
): Promise<{ readonly now: PublishedVersion | null; readonly versions: readonly PublishedEntry[] }[]> {
  const ids = new Set([
    ...given.told.filter((one) => isIn(one, topic)).map(({ story }) => story.eventId),
    ...given.before.filter((one) => isOfEvent(topic, one)).map(({ subjectId }) => subjectId),
  ]);
  const published = (await store.publishedAs(topic.id, [...ids])).filter((one) => isOfEvent(topic, one));
  const versions = Map.groupBy(published, ({ subjectId }) => subjectId);
  const known = knownEvents(topic, published);
  const events = await eventsAbout(store, topic, { eventIds: [...ids], known, context: given.context });
  const now = new Map(events.map((event) => [event.eventId, versionOfEvent(event, topic, given.context)]));
  // Before the topic grouped, its entries were stories.
  const stories = given.before.filter((one) => !isOfEvent(topic, one));
  return [
    ...[...ids].map((id) => ({ now: now.get(id) ?? null, versions: versions.get(id) ?? [] })),
    ...[...Map.groupBy(stories, ({ entryId }) => entryId).values()].map((own) => ({ now: null, versions: own })),
  ];
}

/** Gathers what becomes of entries. */
function collectPlaced(): {
  add(placing: Placing, entry: PublishedVersion | undefined): void;
  all(): Omit<PlacedEntries, 'done'>;
} {
  const opened: PublishedVersion[] = [];
  const left: PlacedEntries['left'][number][] = [];
  const tombstones: PlacedEntries['tombstones'][number][] = [];
  const reopened = new Set<string>();
  return {
    add(placing, entry) {
      if (entry === undefined) return;
      if (placing.opened !== null) opened.push(placing.opened);
      if (placing.hasLeft) left.push({ topicId: entry.topicId, entryId: entry.entryId });
      if (placing.tombstone !== null) tombstones.push(placing.tombstone);
      if (placing.reopens) reopened.add(entry.topicId);
    },
    all: () => ({ opened, left, tombstones, reopened: [...reopened] }),
  };
}

async function articlesById(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Article>> {
  return new Map((await store.articles([...new Set(ids)])).map((article) => [article.id, article]));
}
