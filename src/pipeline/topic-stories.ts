import { pagingOf } from '../curate/archive/compose-archive.ts';
import { ALL, type ComposeContext } from '../curate/compose-edition.ts';
import type { EventReports } from '../curate/group-edition.ts';
import { newestFirst } from '../curate/story-context.ts';
import type { DeletedEntry } from '../model/edition.ts';
import type { ArchiveChain, PublishedEntry } from '../model/published-entry.ts';
import { isInTopic, type ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import { latest, plusSeconds, type Instant } from '../support/instant.ts';
import type { EditionStories } from './compose-site.ts';
import { eventsAbout, knownEvents } from './events-about.ts';
import { topicChangedAt } from './topic-changes.ts';

/** The feeds of everything hold so many entries: what a reader catches up with in a day, in a document of usual size. */
export const MOST_IN_ALL = 50;
/** Of one event so many reports are expected, on the average at the most. */
const MOST_REPORTS = 5;
/** What was taken back is told for so long: whoever comes back from a long journey hears of it. */
const TOLD_FOR_DAYS = 60;
/** And of no more entries, the newest: then the feed is a few hundred kilobytes longer. */
const MOST_DELETED = 2000;

type Given = {
  readonly chains: ReadonlyMap<string, ArchiveChain>;
  readonly founded: Instant;
  readonly context: ComposeContext;
};

type Present = { readonly store: Store; readonly absent: ReadonlySet<string> };

/** What the subscription documents of topics (null: of everything that is public) are made of. */
export async function storiesByTopic(
  { store, absent }: Present,
  topics: readonly (Topic | null)[],
  given: Given,
): Promise<ReadonlyMap<string, EditionStories>> {
  const byTopic = new Map<string, EditionStories>();
  for (const topic of topics) {
    const topicId = topic?.id ?? ALL;
    const most = topic?.maxEntries ?? MOST_IN_ALL;
    const reports = topic?.group === true ? most * MOST_REPORTS : most;
    const found = await newestPresent({ store, absent }, topic?.id ?? null, reports);
    const newest = found.slice(0, most);
    const open = await store.openEntries(topicId, most + absent.size);
    const updated = (await topicChangedAt(store, topic?.id ?? null)) ?? given.founded;
    byTopic.set(topicId, {
      newest,
      ...(topic?.group === true
        ? { told: newest, events: await eventsOf({ store, absent }, topic, { found, open, context: given.context }) }
        : { told: await withOpen({ store, absent }, topic, { newest, open }), events: null }),
      updated,
      paging: pagingOf(given.context.site, topicId, given.chains.get(topicId)!),
      deleted: await deletedFrom(store, topicId, updated),
    });
  }
  return byTopic;
}

/** Reckoned from the newest change, which may be such a deletion, and not from today: unchanged state gives unchanged feeds. */
async function deletedFrom(store: Store, topicId: string, updated: Instant): Promise<DeletedEntry[]> {
  const all = await store.tombstones(topicId, MOST_DELETED);
  const newest = latest([updated, ...all.map(({ at }) => at)])!;
  const since = plusSeconds(newest, -TOLD_FOR_DAYS * 86_400);
  return all.flatMap(({ entryId, at }) => (at >= since ? [{ id: entryId, at }] : []));
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
    articles.length > 0 && !absent.has(story.path) && isInTopic(story, topic?.id ?? null);
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
