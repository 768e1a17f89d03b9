import { FORMER, OPEN } from './entry-places.ts';
import type { Session } from './session.ts';
import type { EventEntry } from './store.ts';

// Entries that tell events, in topics that group their stories.

/** As readers have seen each last: in the feed, else in the last archive that holds it, else as it was when it left. */
export async function eventEntries(
  session: Session,
  by: { readonly entryId: string } | { readonly eventId: string },
): Promise<EventEntry[]> {
  const { db, flavour } = session;
  const topics = await db.selectFrom('archive_chains').select('topic_id').execute();
  const topicIds = topics.map(({ topic_id: id }) => id);
  if (topicIds.length === 0) return [];
  const rows = await db
    .selectFrom('published_entries')
    .leftJoin('tombstones', (join) =>
      join
        .onRef('tombstones.topic_id', '=', 'published_entries.topic_id')
        .onRef('tombstones.entry_id', '=', 'published_entries.entry_id'),
    )
    .selectAll('published_entries')
    .select(['tombstones.at as gone_at', 'tombstones.reason as gone_because'])
    // By topics, as they lie in order of these first.
    .where(flavour.isOneOf('published_entries.topic_id', topicIds))
    .$if('entryId' in by, (query) =>
      query.where('published_entries.entry_id', '=', (by as { entryId: string }).entryId),
    )
    .$if('eventId' in by, (query) =>
      query.where('published_entries.subject_id', '=', (by as { eventId: string }).eventId),
    )
    // A story's entry has the id of the story; that of an event never has the event's.
    .whereRef('published_entries.entry_id', '<>', 'published_entries.subject_id')
    .execute();
  const entries: EventEntry[] = [];
  for (const own of Map.groupBy(rows, (row) => JSON.stringify([row.topic_id, row.entry_id])).values()) {
    const row = own.reduce((newest, one) => (rankOf(one) > rankOf(newest) ? one : newest));
    entries.push({
      topicId: row.topic_id,
      entryId: row.entry_id,
      eventId: row.subject_id,
      leadArticleId: row.lead_article_id,
      published: row.published,
      updated: row.updated,
      stands: row.page === FORMER ? 'nowhere' : row.page === OPEN ? 'feed' : 'archive',
      archive: row.page > OPEN ? row.page : null,
      takenBack: row.gone_at === null ? null : { at: row.gone_at, reason: row.gone_because! },
      articleIds: await shownIn(session, row),
    });
  }
  return entries.toSorted((a, b) => (a.topicId === b.topicId ? 0 : a.topicId < b.topicId ? -1 : 1));
}

function rankOf({ page }: { readonly page: number }): number {
  return page === OPEN ? Infinity : page;
}

async function shownIn(
  { db }: Session,
  place: { readonly topic_id: string; readonly entry_id: string; readonly page: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('shown_articles')
    .innerJoin('ledger', 'ledger.entry', 'shown_articles.entry')
    .select('ledger.article_id')
    .where('shown_articles.topic_id', '=', place.topic_id)
    .where('shown_articles.entry_id', '=', place.entry_id)
    .where('shown_articles.page', '=', place.page)
    .orderBy('shown_articles.entry')
    .execute();
  return rows.map(({ article_id: id }) => id);
}

/**
 * The reports that stand for an event's entry: those that it shows, and those of the event that have come into its topic
 * since and that it shows next.
 */
export async function entriesOfEvent(session: Session, entryId: string): Promise<number[]> {
  const found: number[] = [];
  for (const { topicId, eventId, articleIds } of await eventEntries(session, { entryId })) {
    const shown = await session.db
      .selectFrom('ledger')
      .select('entry')
      .where(session.flavour.isOneOf('article_id', articleIds))
      .execute();
    const present = await session.db
      .selectFrom('stories')
      .innerJoin('story_topics', 'story_topics.story', 'stories.story')
      .innerJoin('story_articles', 'story_articles.story', 'stories.story')
      .select('story_articles.entry')
      .where('stories.event_id', '=', eventId)
      .where('story_topics.topic_id', '=', topicId)
      .execute();
    found.push(...[...shown, ...present].map(({ entry }) => entry));
  }
  return found;
}
