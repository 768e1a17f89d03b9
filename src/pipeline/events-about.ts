import { newestOf, notBefore } from '../curate/archive/place-entry.ts';
import type { ComposeContext } from '../curate/compose-edition.ts';
import { eventEntryId, founderOf, groupByEvent, type EventReports } from '../curate/group-edition.ts';
import { newestFirst } from '../curate/story-context.ts';
import type { PublishedEntry } from '../model/published-entry.ts';
import type { ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import type { Instant } from '../support/instant.ts';

/** Of one event no more reports are told, the newest of them. */
const MOST_REPORTS_TOLD = 50;

/** What was told of an event before: its date never moves, and its last change never goes back. */
export type KnownEvents = ReadonlyMap<string, { readonly published: Instant; readonly notBefore: Instant }>;

export function knownEvents(topic: Topic, versions: readonly PublishedEntry[]): KnownEvents {
  const ofEvents = versions.filter((version) => isOfEvent(topic, version));
  return new Map(
    [...Map.groupBy(ofEvents, ({ subjectId }) => subjectId)].map(([id, own]) => {
      const newest = newestOf(own)!;
      return [id, { published: newest.published, notBefore: notBefore(newest) }];
    }),
  );
}

/** Not of a story, which has the id of the event that it founded: before the topic grouped, its entries were stories. */
export function isOfEvent(topic: Topic, { entryId, subjectId }: PublishedEntry): boolean {
  return entryId === eventEntryId(topic, subjectId);
}

/** Events with all that a topic has of them, newest first, then by id; those of which it has nothing are left out. */
export async function eventsAbout(
  store: Store,
  topic: Topic,
  given: {
    readonly eventIds: readonly string[];
    readonly known: KnownEvents;
    readonly context: ComposeContext;
    readonly isShown?: (told: ToldStory) => boolean;
  },
): Promise<readonly EventReports[]> {
  const { eventIds, known, context, isShown = () => true } = given;
  if (eventIds.length === 0) return [];
  const reports = await store.storiesOfEvents(topic.id, eventIds, MOST_REPORTS_TOLD);
  const told = [...reports.values()].flat().filter((one) => one.articles.length > 0 && isShown(one));
  const founders = await store.stories([...new Set(told.map(({ story }) => founderOf(story.eventId)))]);
  const events = groupByEvent(told, {
    most: eventIds.length,
    foundedAt: new Map(founders.map(({ story }) => [story.id, story.published])),
    context,
  });
  const asKnown = events.map((event) => ({ ...event, ...known.get(event.eventId) }));
  return asKnown.toSorted((a, b) => newestFirst({ ...a, id: a.eventId }, { ...b, id: b.eventId }));
}
