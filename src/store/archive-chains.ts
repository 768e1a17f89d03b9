import { sql } from 'kysely';
import { isInPrivateRoom } from '../model/private-token.ts';
import type { ArchiveChain, Fate, PublishedVersion, Tombstone } from '../model/published-entry.ts';
import type { EntryPlace } from './archive-store.ts';
import { FORMER, forgetPlaces, insertPlaces, numbersOf, OPEN } from './entry-places.ts';
import { insertRows } from './many-rows.ts';
import type { Session } from './session.ts';
import { renameWebhookTopic } from './webhooks.ts';

/** In the order in which rows go: the one asks the other. */
const TABLES = ['shown_articles', 'published_entries'] as const;

// The archives of topics, what was taken back, and what became of addresses.

export async function archiveChains({ db }: Session): Promise<Map<string, ArchiveChain>> {
  const rows = await db.selectFrom('archive_chains').selectAll().orderBy('topic_id').execute();
  return new Map(
    rows.map((row) => [row.topic_id, { first: row.first_page, next: row.next_page, madeAs: row.made_as }]),
  );
}

export async function startChain(
  session: Session,
  { topicId, madeAs, anew }: { readonly topicId: string; readonly madeAs: string; readonly anew: boolean },
): Promise<void> {
  const { db } = session;
  if (anew) {
    await keepNewest(session, topicId);
    for (const table of TABLES)
      await db.updateTable(table).set({ page: FORMER }).where('topic_id', '=', topicId).execute();
    await beginNewChain(session, topicId);
  }
  const row = { topic_id: topicId, first_page: 1, next_page: 1, made_as: madeAs };
  await insertRows(session, 'archive_chains', [row], { key: ['topic_id'], set: ['made_as'] });
  await sql`
    insert into story_changes (story_id)
    select story_id from story_topics where topic_id = ${topicId} order by story`.execute(db);
}

export async function closePage(
  session: Session,
  closed: {
    readonly topicId: string;
    readonly page: number;
    readonly entries: readonly PublishedVersion[];
    readonly leftOut: readonly string[];
  },
): Promise<void> {
  const { topicId, page, entries, leftOut } = closed;
  const moved = await session.db
    .updateTable('archive_chains')
    .set({ next_page: page + 1 })
    .where('topic_id', '=', topicId)
    .where('next_page', '=', page)
    .executeTakeFirst();
  if (moved.numUpdatedRows !== 1n) throw new TypeError(`the next archive of ${topicId} is not number ${page}`);
  const ids = [...entries.map(({ entryId }) => entryId), ...leftOut];
  await forgetPlaces(
    session,
    ids.map((entryId) => ({ topicId, entryId, page: null })),
  );
  await insertPlaces(session, entries, { page, numbers: await numbersOf(session, entries) });
}

export async function leaveOut(session: Session, places: readonly EntryPlace[]): Promise<void> {
  await forgetPlaces(session, places);
}

export async function reopenChain(session: Session, topicId: string): Promise<void> {
  const { db } = session;
  await keepNewest(session, topicId);
  const archived = sql`topic_id = ${topicId} and page > ${OPEN}`;
  await sql`update shown_articles set page = ${OPEN} where ${archived}`.execute(db);
  // They have been told long since: whatever is new comes behind them.
  await sql`update published_entries set page = ${OPEN}, turn = 0 where ${archived}`.execute(db);
  await beginNewChain(session, topicId);
  await sql`
    insert into story_changes (story_id)
    select distinct story_id from shown_articles where topic_id = ${topicId}`.execute(db);
}

export async function renameTopic(session: Session, from: string, to: string): Promise<void> {
  const { db } = session;
  const taken = await db.selectFrom('archive_chains').select('topic_id').where('topic_id', '=', to).executeTakeFirst();
  if (taken !== undefined) return;
  for (const table of [...TABLES, 'archive_chains', 'tombstones', 'entry_turns'] as const)
    await db.updateTable(table).set({ topic_id: to }).where('topic_id', '=', from).execute();
  await sql`
    update private_tokens set topic_id = ${to}
    where topic_id = ${from} and not exists (select 1 from private_tokens where topic_id = ${to})`.execute(db);
  await renameWebhookTopic(session, from, to);
}

/** Of each entry the newest version: the one in no archive, else that of the last archive, else the former one. */
async function keepNewest({ db }: Session, topicId: string): Promise<void> {
  for (const table of TABLES)
    await sql`
      delete from ${sql.table(table)} where topic_id = ${topicId} and page <> ${OPEN} and exists (
        select 1 from published_entries newer
        where newer.topic_id = ${sql.ref(`${table}.topic_id`)} and newer.entry_id = ${sql.ref(`${table}.entry_id`)}
          and (newer.page = ${OPEN} or newer.page > ${sql.ref(`${table}.page`)})
      )`.execute(db);
}

async function beginNewChain({ db }: Session, topicId: string): Promise<void> {
  await sql`update archive_chains set first_page = next_page where topic_id = ${topicId}`.execute(db);
}

export async function tombstones({ db }: Session, topicId: string, limit: number): Promise<Tombstone[]> {
  if (limit < 1) return [];
  const rows = await db
    .selectFrom('tombstones')
    .selectAll()
    .where('topic_id', '=', topicId)
    .orderBy('at', 'desc')
    .orderBy('entry_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ topicId: row.topic_id, entryId: row.entry_id, at: row.at, reason: row.reason }));
}

export async function fateOf({ db }: Session, path: string): Promise<Fate | null> {
  const row = await db.selectFrom('fates').selectAll().where('path', '=', path).executeTakeFirst();
  if (row === undefined) return null;
  return row.moved_to === null ? { kind: 'gone' } : { kind: 'moved', to: row.moved_to };
}

/** Files that lie at their paths from now on, and paths at which nothing lies any more. */
export async function saveFates(
  session: Session,
  { there, removed }: { readonly there: readonly string[]; readonly removed: readonly string[] },
): Promise<void> {
  const { db, flavour } = session;
  if (there.length > 0) await db.deleteFrom('fates').where(flavour.isOneOf('path', there)).execute();
  // Of what was private nobody is told what became of it.
  const publicPaths = removed.filter((path) => !isInPrivateRoom(path));
  if (publicPaths.length === 0) return;
  const moved = await whereStoriesWent(session, publicPaths);
  const rows = [...new Set(publicPaths)].map((path) => ({ path, moved_to: moved.get(path) ?? null }));
  await insertRows(session, 'fates', rows, { key: ['path'], set: ['moved_to'] });
}

/** Where the pages of stories are whose founding article is told in another story by now. */
async function whereStoriesWent({ db, flavour }: Session, paths: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('stories as former')
    .innerJoin('ledger', 'ledger.article_id', 'former.id')
    .innerJoin('story_articles', 'story_articles.entry', 'ledger.entry')
    .innerJoin('stories as present', 'present.story', 'story_articles.story')
    .select(['former.path', 'present.path as to'])
    .where(flavour.isOneOf('former.path', paths))
    .whereRef('present.story', '<>', 'former.story')
    .where('present.topic_count', '>', 0)
    .execute();
  return new Map(rows.map(({ path, to }) => [path, to]));
}
