import type { Instant } from '../support/instant.ts';
import type { EntryStanding, EventEntry, FoundEntry, Store } from '../store/store.ts';
import type { Question } from './entry-signs.ts';
import { pageOf, type WhyList } from './why-entry.ts';

/** So many reports of an event are told. */
const MOST_REPORTS = 500;

/** An event that topics which group their stories have as one entry each. The fields are stable: scripts read them. */
export type WhyEvent = {
  readonly id: string;
  /** That of the lead; null where nothing of it is known. */
  readonly title: string | null;
  /** Its entries: those first that were asked for. */
  readonly topics: readonly EventInTopic[];
  /** Address of the page that its entry leads to, which is that of the lead's story; null where that is not public. */
  readonly page: string | null;
  /** The lead first. */
  readonly reports: readonly EventReport[];
};

export type EventInTopic = Pick<
  EventEntry,
  'topicId' | 'entryId' | 'stands' | 'archive' | 'takenBack' | 'leadArticleId'
> & {
  /** Null for a topic that is not listed, or closed; its id where the list is faulty. */
  readonly topicTitle: string | null;
  readonly isAsked: boolean;
  readonly published: Instant;
  readonly updated: Instant;
};

export type EventReport = Pick<EntryStanding, 'articleId' | 'sourceId' | 'title' | 'link' | 'state' | 'reason'> & {
  readonly storyId: string | null;
  /** In the entry as readers have seen it last; otherwise it is shown from the next publication on. */
  readonly isShown: boolean;
};

/** The event whose entry was asked for by its id, and its reports; null where it is no such id. */
export async function whyEvent(
  store: Store,
  { tries }: Pick<Question, 'tries'>,
  { site, topics }: Pick<WhyList, 'site' | 'topics'>,
): Promise<{ readonly event: WhyEvent; readonly found: readonly FoundEntry[] } | null> {
  const sign = tries.flat().find(({ by }) => by === 'event-entry');
  if (sign?.by !== 'event-entry') return null;
  const asked = await store.eventEntries({ entryId: sign.id });
  const [first] = asked;
  if (first === undefined) return null;
  const shown = new Set(asked.flatMap(({ articleIds }) => articleIds));
  const isLead = ({ articleId }: FoundEntry): boolean => articleId === first.leadArticleId;
  const all = await store.entriesAbout([sign], MOST_REPORTS);
  const found = [...all.filter(isLead), ...all.filter((one) => !isLead(one))];
  const storyIds = await store.storiesOfArticles(found.map(({ articleId }) => articleId));
  const [led] = await store.stories([storyIds.get(first.leadArticleId) ?? '']);
  const titles = new Map(topics?.map(({ id, title }) => [id, title]));
  const entries = (await store.eventEntries({ eventId: first.eventId })).map((entry) => {
    const { topicId, entryId, stands, archive, takenBack, published, updated, leadArticleId } = entry;
    const isAsked = entryId === sign.id;
    const topicTitle = titles.get(topicId) ?? (topics === null ? topicId : null);
    return { topicId, topicTitle, entryId, stands, archive, takenBack, published, updated, leadArticleId, isAsked };
  });
  const event = {
    id: first.eventId,
    title: found.find(isLead)?.title ?? null,
    topics: [...entries.filter(({ isAsked }) => isAsked), ...entries.filter(({ isAsked }) => !isAsked)],
    page: led === undefined ? null : pageOf(led.story, site.url),
    reports: found.map(({ articleId, sourceId, title, link, state, reason }) => ({
      articleId,
      sourceId,
      title,
      link,
      state,
      reason,
      storyId: storyIds.get(articleId) ?? null,
      isShown: shown.has(articleId),
    })),
  };
  return { event, found };
}
