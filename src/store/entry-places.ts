import type { PublishedEntry, PublishedVersion } from '../model/published-entry.ts';
import type { EntryPlace } from './archive-store.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import { entryNumbers, numberOf, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import type { PublishedEntryRow, ShownArticleRow } from './tables.ts';

// Entries in their documents, as rows.

/** The page of what is in no archive. */
export const OPEN = 0;

/** The page of what is in no document any more. */
export const FORMER = -1;

export function pageNumber({ page }: Pick<PublishedEntry, 'page'>): number {
  return page ?? OPEN;
}

/** The numbers of all articles that are shown. */
export async function numbersOf(session: Session, versions: readonly PublishedVersion[]): Promise<EntryNumbers> {
  const ids = new Set(versions.flatMap(({ shown }) => shown.map(({ articleId }) => articleId)));
  return entryNumbers(session, [...ids]);
}

export async function insertPlaces(
  session: Session,
  versions: readonly PublishedVersion[],
  {
    page,
    numbers,
    turnOf = () => 0,
  }: {
    readonly page: number;
    readonly numbers: EntryNumbers;
    readonly turnOf?: (version: PublishedVersion) => number;
  },
): Promise<void> {
  await insertRows(
    session,
    'published_entries',
    versions.map((version) => versionRow(version, { page, turn: turnOf(version) })),
  );
  const shown = versions.flatMap(({ topicId, entryId, shown: own }) =>
    own.map(({ storyId, articleId }): ShownArticleRow => ({
      topic_id: topicId,
      entry_id: entryId,
      page,
      entry: numberOf(numbers, articleId),
      story_id: storyId,
    })),
  );
  const unique = lastOfEach(shown, (row) => JSON.stringify([row.topic_id, row.entry_id, row.entry]));
  await insertRows(session, 'shown_articles', unique);
}

function versionRow(
  version: PublishedVersion,
  { page, turn }: Pick<PublishedEntryRow, 'page' | 'turn'>,
): PublishedEntryRow {
  return {
    topic_id: version.topicId,
    entry_id: version.entryId,
    page,
    subject_id: version.subjectId,
    lead_article_id: version.leadArticleId,
    published: version.published,
    updated: version.updated,
    extent: version.extent,
    words: version.words,
    characters: version.characters,
    turn,
  };
}

export async function forgetPlaces(session: Session, places: readonly EntryPlace[]): Promise<void> {
  for (const [page, own] of Map.groupBy(places, pageNumber)) await forgetEntries(session, own, [page]);
}

/** Forgets what these pages of their topics hold of entries. */
export async function forgetEntries(
  { db, flavour }: Session,
  entries: readonly Pick<EntryPlace, 'topicId' | 'entryId'>[],
  pages: readonly number[],
): Promise<void> {
  for (const [topicId, own] of Map.groupBy(entries, (entry) => entry.topicId)) {
    const ids = own.map(({ entryId }) => entryId);
    for (const table of ['shown_articles', 'published_entries'] as const)
      await db
        .deleteFrom(table)
        .where('topic_id', '=', topicId)
        .where(flavour.isOneOf('entry_id', ids))
        .where('page', 'in', pages)
        .execute();
  }
}
