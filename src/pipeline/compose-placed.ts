import { versionOfEvent, versionOfStory } from '../curate/archive/version-of.ts';
import { composeEntry, type ComposeContext } from '../curate/compose-edition.ts';
import { composeEvent } from '../curate/group-edition.ts';
import type { EditionEntry } from '../model/edition.ts';
import type { PublishedVersion } from '../model/published-entry.ts';
import { isInTopic, isPrivate, type ToldStory } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Store } from '../store/store.ts';
import { eventsAbout, knownEvents } from './events-about.ts';

export type Composed = { readonly entry: EditionEntry; readonly version: PublishedVersion };

/**
 * Entries of a topic (null: of everything) as they are told now. Those that their topic does not hold any more are left
 * out, but for an archive that is mended; of what only few may read nothing is mended.
 */
export async function composePlaced(
  store: Store,
  placed: readonly Pick<PublishedVersion, 'subjectId'>[],
  given: {
    readonly topic: Topic | null;
    readonly context: ComposeContext;
    readonly isMended: boolean;
    readonly isShown: (told: ToldStory) => boolean;
  },
): Promise<Composed[]> {
  const { topic, context, isMended, isShown } = given;
  const subjectIds = placed.map(({ subjectId }) => subjectId);
  if (topic?.group === true) {
    const known = knownEvents(topic, await store.publishedAs(topic.id, subjectIds));
    const events = await eventsAbout(store, topic, { eventIds: subjectIds, known, context, isShown });
    return events.map((event) => ({
      entry: composeEvent(event, context, topic),
      version: versionOfEvent(event, topic, context),
    }));
  }
  const told = await store.stories(subjectIds);
  return told
    .filter((one) => {
      const holds = isInTopic(one.story, topic?.id ?? null);
      return one.articles.length > 0 && isShown(one) && (holds || (isMended && !isPrivate(one.story)));
    })
    .map((one) => ({ entry: composeEntry(one, context, topic), version: versionOfStory(one, topic, context) }));
}
