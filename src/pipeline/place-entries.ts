import { digestOfRights, isAllowedOtherwise, isNarrowed } from '../curate/archive/narrowed.ts';
import { placeEntry, type Placing } from '../curate/archive/place-entry.ts';
import { versionOfEvent, versionOfStory } from '../curate/archive/version-of.ts';
import { ALL, type ComposeContext } from '../curate/compose-edition.ts';
import { mayKeepPictures } from '../curate/own-copies.ts';
import type { Article } from '../model/article.ts';
import type { PresentVersion, PublishedEntry, PublishedVersion } from '../model/published-entry.ts';
import { isInTopic, type ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Output } from '../publish/write-output.ts';
import type { EntryPlace, PlacedEntries } from '../store/archive-store.ts';
import type { Store } from '../store/store.ts';
import type { GiveWay } from '../support/give-way.ts';
import type { Order } from '../config/sources-file.ts';
import { startChains } from './start-chains.ts';
import { eventsAbout, isOfEvent, knownEvents } from './events-about.ts';
import { TAKEN_BACK_FACT } from './last-publication.ts';
import { withdrawer } from './withdrawn.ts';

/** So many changed stories are looked at in one transaction. */
const BATCH = 200;
/** So many archived entries are looked at when rights have changed, and no more texts are held at once. */
const RIGHTS_BATCH = 200;
/** No topic has more in no archive: see put-archives.ts. */
const MOST_OPEN = 10_000;
const RIGHTS_FACT = 'archived-by-rights';

type Tools = { readonly store: Store; readonly output: Pick<Output, 'read'>; readonly giveWay: GiveWay };
type Given = {
  readonly order: Order;
  readonly context: ComposeContext;
  /** The tokens of private topics, by topic. */
  readonly tokens: ReadonlyMap<string, string>;
};

/**
 * Brings what is known of published entries up to the stories: looks at those that were saved since the last publication,
 * and at all that is published where the operator says something else of rights. What must be in no archive is in none after it;
 * the archives themselves are made by put-archives.ts. A kill on the way loses nothing: what was not looked at still waits.
 */
export async function placeEntries(tools: Tools, given: Given): Promise<void> {
  const { store, giveWay } = tools;
  await startChains(tools, given.order, given.tokens);
  await reopenNarrowed(tools, given);
  for (;;) {
    const { numbers, storyIds } = await store.storyChanges(BATCH);
    if (numbers.length === 0) return;
    const told = await store.stories(storyIds);
    await letGoOfImages(
      store,
      told.flatMap(({ articles }) => articles),
      given,
    );
    const { takesBack, ...placed } = await placedOf(store, { storyIds, told }, given);
    // Before it is known as done: whatever is killed then, no file stays that shows it.
    if (takesBack) await store.saveFact(TAKEN_BACK_FACT, String(Number((await store.fact(TAKEN_BACK_FACT)) ?? 0) + 1));
    await store.savePlaced({ ...placed, done: numbers });
    await giveWay();
  }
}

async function reopenNarrowed({ store, giveWay }: Tools, { order, context }: Given): Promise<void> {
  const digest = digestOfRights(order.site, order.sources);
  const before = await store.fact(RIGHTS_FACT);
  if (before === digest) return;
  const narrowed = new Set<string>();
  const articlesOf = (entries: readonly PublishedEntry[]): Promise<ReadonlyMap<string, Article>> =>
    articlesById(
      store,
      entries.map(({ leadArticleId }) => leadArticleId),
    );
  // Who has copied an entry hears that less of it may be shown, or more.
  const lookAgain = (entries: readonly PublishedEntry[], articles: ReadonlyMap<string, Article>): Promise<void> => {
    const others = entries.filter(({ leadArticleId, ...shown }) => {
      const lead = articles.get(leadArticleId);
      return lead !== undefined && isAllowedOtherwise(shown, lead, context);
    });
    return store.lookAgain(others.flatMap(({ shown }) => shown.map(({ storyId }) => storyId)));
  };
  for (let after: EntryPlace | null = null; ;) {
    const batch: readonly PublishedEntry[] = await store.archivedEntries(after, RIGHTS_BATCH);
    if (batch.length === 0) break;
    after = batch.at(-1)!;
    const articles = await articlesOf(batch);
    await lookAgain(batch, articles);
    for (const entry of batch) {
      const lead = articles.get(entry.leadArticleId);
      if (lead !== undefined && isNarrowed(entry, lead, context)) narrowed.add(entry.topicId);
    }
    await giveWay();
  }
  for (const { id } of [...order.topics, { id: ALL }]) {
    const open = await store.openEntries(id, MOST_OPEN);
    await lookAgain(open, await articlesOf(open));
  }
  await letGoOfNarrowedImages({ store, giveWay }, { context });
  for (const topicId of narrowed) await store.reopenChain(topicId);
  await store.saveFact(RIGHTS_FACT, digest);
}

/** Of all articles, also of those that others have taken the place of in their stories. */
async function letGoOfNarrowedImages(
  { store, giveWay }: Pick<Tools, 'store' | 'giveWay'>,
  given: Pick<Given, 'context'>,
): Promise<void> {
  for (let after: string | null = null; ;) {
    const ids: readonly string[] = await store.images.articlesWith(after, RIGHTS_BATCH);
    if (ids.length === 0) return;
    after = ids.at(-1)!;
    await letGoOfImages(store, await store.articles(ids), given);
    await giveWay();
  }
}

/** Of what may not be shown whole any more no copies of pictures are kept: no document shows them from now on. */
async function letGoOfImages(
  { images }: Store,
  articles: readonly Article[],
  { context: { sources, site } }: Pick<Given, 'context'>,
): Promise<void> {
  const narrowed = articles.filter((one) => !mayKeepPictures(one, sources.get(one.sourceId) ?? null, site));
  await images.unlink(narrowed.map(({ id }) => id));
}

/** What comes of looking at some stories; whether a document shows something that must not be shown any more. */
type Looked = Omit<PlacedEntries, 'done'> & { readonly takesBack: boolean };

async function placedOf(
  store: Store,
  changed: { readonly storyIds: readonly string[]; readonly told: readonly ToldStory[] },
  { order: { topics }, context }: Given,
): Promise<Looked> {
  const { storyIds } = changed;
  const told = new Map(changed.told.map((one) => [one.story.id, one]));
  const withdraw = await withdrawer(store, topics, [...told.values()]);
  const before = withdraw(await store.publishedOf(storyIds));
  const articles = new Map(
    [
      ...(await store.articles(before.map(({ leadArticleId }) => leadArticleId))),
      ...[...told.values()].flatMap((one) => one.articles),
    ].map((article) => [article.id, article]),
  );
  const placed = collectPlaced();
  const place = (now: PresentVersion | null, versions: readonly PublishedEntry[]): void =>
    placed.add(placeEntry(now, versions, { articles, context }), { now, versions });
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
      withdraw,
    }))
      place(now, versions);
  // Of a topic that is not listed any more nothing is published; its archives come back with it.
  for (const [topicId, own] of byTopic)
    if (!listed.has(topicId) && !events.has(topicId))
      for (const versions of Map.groupBy(own, ({ entryId }) => entryId).values()) place(null, versions);
  return placed.all();
}

function isIn({ story, articles }: ToldStory, topic: Topic | null): boolean {
  return articles.length > 0 && isInTopic(story, topic?.id ?? null);
}

/** The events that changed stories report, or were shown with; each as its topic tells it now. */
async function eventsNow(
  store: Store,
  topic: Topic,
  given: {
    readonly told: readonly ToldStory[];
    readonly before: readonly PublishedEntry[];
    readonly context: ComposeContext;
    readonly withdraw: (versions: readonly PublishedEntry[]) => readonly PublishedEntry[];
  },
): Promise<{ readonly now: PresentVersion | null; readonly versions: readonly PublishedEntry[] }[]> {
  const ids = new Set([
    ...given.told.filter((one) => isIn(one, topic)).map(({ story }) => story.eventId),
    ...given.before.filter((one) => isOfEvent(topic, one)).map(({ subjectId }) => subjectId),
  ]);
  const all = given.withdraw(await store.publishedAs(topic.id, [...ids]));
  const published = all.filter((one) => isOfEvent(topic, one));
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
  add(
    placing: Placing,
    entry: { readonly now: PresentVersion | null; readonly versions: readonly PublishedEntry[] },
  ): void;
  all(): Looked;
} {
  const opened: PublishedVersion[] = [];
  const left: PlacedEntries['left'][number][] = [];
  const tombstones: PlacedEntries['tombstones'][number][] = [];
  const reopened = new Set<string>();
  const there: PresentVersion[] = [];
  const gone: PlacedEntries['gone'][number][] = [];
  let takesBack = false;
  return {
    add(placing, { now, versions }) {
      const entry = now ?? versions[0];
      if (entry === undefined) return;
      if (now !== null) there.push(now);
      else gone.push({ topicId: entry.topicId, entryId: entry.entryId });
      if (placing.opened !== null) opened.push(placing.opened);
      if (placing.hasLeft) left.push({ topicId: entry.topicId, entryId: entry.entryId });
      if (placing.tombstone !== null) tombstones.push(placing.tombstone);
      if (placing.reopens) reopened.add(entry.topicId);
      takesBack ||= placing.takesBack;
    },
    all: () => ({ opened, left, there, gone, tombstones, reopened: [...reopened], takesBack }),
  };
}

async function articlesById(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Article>> {
  return new Map((await store.articles([...new Set(ids)])).map((article) => [article.id, article]));
}
