import { pagingOf } from '../curate/archive/compose-archive.ts';
import { ALL, type ComposeContext } from '../curate/compose-edition.ts';
import type { EventReports } from '../curate/group-edition.ts';
import { newestFirst } from '../curate/story-context.ts';
import type { ArchiveChain, PublishedEntry } from '../model/published-entry.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';
import type { EditionStories } from './compose-site.ts';
import { eventsAbout, knownEvents } from './events-about.ts';
import { topicChangedAt } from './topic-changes.ts';

/** The feeds of everything hold so many entries: what a reader catches up with in a day, in a document of usual size. */
export const MOST_IN_ALL = 50;
/** Of one event so many reports are expected, on the average at the most. */
const MOST_REPORTS = 5;
/** So many of the entries that were taken back are told. */
const MOST_DELETED = 50;

type Given = {
  readonly chains: ReadonlyMap<string, ArchiveChain>;
  readonly founded: Instant;
  readonly context: ComposeContext;
};

type Present = { readonly store: Store; readonly absent: ReadonlySet<string> };

/** What the subscription documents of all topics and of everything are made of. */
export async function storiesByTopic(
  { store, absent }: Present,
  topics: readonly Topic[],
  given: Given,
): Promise<ReadonlyMap<string, EditionStories>> {
  const byTopic = new Map<string, EditionStories>();
  for (const topic of [null, ...topics]) {
    const topicId = topic?.id ?? ALL;
    const most = topic?.maxEntries ?? MOST_IN_ALL;
    const reports = topic?.group === true ? most * MOST_REPORTS : most;
    const found = await newestPresent({ store, absent }, topic?.id ?? null, reports);
    const newest = found.slice(0, most);
    const open = await store.openEntries(topicId, most + absent.size);
    const deleted = await store.tombstones(topicId, MOST_DELETED);
    byTopic.set(topicId, {
      newest,
      ...(topic?.group === true
        ? { told: newest, events: await eventsOf({ store, absent }, topic, { found, open, context: given.context }) }
        : { told: await withOpen({ store, absent }, topic, { newest, open }), events: null }),
      updated: (await topicChangedAt(store, topic?.id ?? null)) ?? given.founded,
      paging: pagingOf(given.context.site, topicId, given.chains.get(topicId)!),
      deleted: deleted.map(({ entryId, at }) => ({ id: entryId, at })),
    });
  }
  return byTopic;
}

/** The newest stories, and those that are in no archive, however old they are. */
async function withOpen(
  { store, absent }: Present,
  topic: Topic | null,
  { newest, open }: { readonly newest: readonly ToldStory[]; readonly open: readonly PublishedEntry[] },
): Promise<readonly ToldStory[]> {
  const known = new Set(newest.map(({ story }) => story.id));
  const others = open.map(({ subjectId }) => subjectId).filter((id) => !known.has(id));
  const holds = ({ story, articles }: ToldStory): boolean =>
    articles.length > 0 &&
    !absent.has(story.path) &&
    (topic === null ? story.topics.length > 0 : story.topics.some(({ topicId }) => topicId === topic.id));
  const told = others.length === 0 ? [] : (await store.stories(others)).filter(holds);
  return [...newest, ...told].toSorted((a, b) => newestFirst(a.story, b.story));
}

/** The events with the newest reports, and those that are in no archive. */
async function eventsOf(
  { store, absent }: Present,
  topic: Topic,
  given: {
    readonly found: readonly ToldStory[];
    readonly open: readonly PublishedEntry[];
    readonly context: ComposeContext;
  },
): Promise<readonly EventReports[]> {
  const newest = [...new Set(given.found.map(({ story }) => story.eventId))].slice(0, topic.maxEntries);
  const eventIds = [...new Set([...newest, ...given.open.map(({ subjectId }) => subjectId)])];
  return eventsAbout(store, topic, {
    eventIds,
    known: knownEvents(topic, await store.publishedAs(topic.id, eventIds)),
    context: given.context,
    isShown: ({ story }) => !absent.has(story.path),
  });
}

/** The newest stories whose pages are there. */
export async function newestPresent(
  { store, absent }: Present,
  topicId: string | null,
  most: number,
): Promise<readonly ToldStory[]> {
  const newest = await store.newestStories(topicId, most + absent.size);
  return newest.filter(({ story }) => !absent.has(story.path)).slice(0, most);
}
