import { sql, type SelectQueryBuilder, type Selectable } from 'kysely';
import type { PublishedEntry, PublishedVersion, TakenBack } from '../model/published-entry.ts';
import type { Extent } from '../model/source.ts';
import type { EntryState } from '../model/trail.ts';
import type { EntryPlace, PlacedEntries, StoryChanges } from './archive-store.ts';
import { reopenChain } from './archive-chains.ts';
import { moveChangeMark } from './change-mark.ts';
import { noteTurns } from './entry-turns.ts';
import { FORMER, forgetEntries, insertPlaces, numbersOf, OPEN, pageNumber } from './entry-places.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import type { Session } from './session.ts';
import type { PublishedEntryRow, Tables } from './tables.ts';
import { cutFromWebhooks } from './webhooks.ts';

// What has been published: the entries of every topic, and the document that holds each.

/** States in which an article is published nowhere, whatever was published of it before. */
const TAKEN_BACK: readonly EntryState[] = ['retracted', 'refused'];

export async function storyChanges({ db }: Session, limit: number): Promise<StoryChanges> {
  const rows = await db.selectFrom('story_changes').selectAll().orderBy('number').limit(limit).execute();
  return { numbers: rows.map(({ number }) => number), storyIds: [...new Set(rows.map((row) => row.story_id))] };
}

/** Notes that stories are to be looked at by the next publication. In the transaction that changes them. */
export async function noteStoryChanges(session: Session, storyIds: readonly string[]): Promise<void> {
  const rows = [...new Set(storyIds)].map((id) => ({ story_id: id }));
  await insertRows(session, 'story_changes', rows);
}

/** The stories with which any of the articles was published. */
export async function storiesShowing({ db, flavour }: Session, entries: readonly number[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const rows = await db
    .selectFrom('shown_articles')
    .select('story_id')
    .distinct()
    .where(flavour.isOneOf('entry', entries))
    .execute();
  return rows.map(({ story_id: id }) => id);
}

export async function publishedOf(session: Session, storyIds: readonly string[]): Promise<PublishedEntry[]> {
  if (storyIds.length === 0) return [];
  const { db, flavour } = session;
  const concerned = db
    .selectFrom('shown_articles')
    .select(['topic_id', 'entry_id'])
    .distinct()
    .where(flavour.isOneOf('story_id', storyIds));
  const rows = db
    .selectFrom(concerned.as('concerned'))
    .innerJoin('published_entries', (join) =>
      join
        .onRef('published_entries.topic_id', '=', 'concerned.topic_id')
        .onRef('published_entries.entry_id', '=', 'concerned.entry_id'),
    )
    .selectAll('published_entries');
  return inKeyOrder(await withShown(session, rows));
}

export async function publishedAs(
  session: Session,
  topicId: string,
  subjectIds: readonly string[],
): Promise<PublishedEntry[]> {
  if (subjectIds.length === 0) return [];
  const { db, flavour } = session;
  const rows = db
    .selectFrom('published_entries')
    .selectAll('published_entries')
    .where('topic_id', '=', topicId)
    .where(flavour.isOneOf('subject_id', subjectIds));
  return inKeyOrder(await withShown(session, rows));
}

export async function openEntries(session: Session, topicId: string, limit: number): Promise<PublishedEntry[]> {
  if (limit < 1) return [];
  const rows = ofPage(session, topicId, OPEN).orderBy('turn').orderBy('published').orderBy('entry_id').limit(limit);
  return oldestFirst(await withShown(session, rows));
}

export async function archivedIn(session: Session, topicId: string, page: number): Promise<PublishedEntry[]> {
  return oldestFirst(await withShown(session, ofPage(session, topicId, page)));
}

function ofPage({ db }: Session, topicId: string, page: number) {
  return db
    .selectFrom('published_entries')
    .selectAll('published_entries')
    .where('topic_id', '=', topicId)
    .where('page', '=', page);
}

export async function archivedEntries(
  session: Session,
  after: EntryPlace | null,
  limit: number,
): Promise<PublishedEntry[]> {
  const rows = session.db
    .selectFrom('published_entries')
    .selectAll('published_entries')
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(topic_id, entry_id, page) > (${after!.topicId}, ${after!.entryId}, ${pageNumber(after!)})`,
      ),
    )
    .where('page', '>', OPEN)
    .orderBy('topic_id')
    .orderBy('entry_id')
    .orderBy('page')
    .limit(limit);
  return inKeyOrder(await withShown(session, rows));
}

type Rows = SelectQueryBuilder<Tables, 'published_entries', Selectable<PublishedEntryRow>>;

/** The entries of some rows, each with its articles and with what was taken back of them. In no order. */
async function withShown({ db }: Session, rows: Pick<Rows, 'as'>): Promise<PublishedEntry[]> {
  const found = await db
    .selectFrom((rows as Rows).as('given'))
    .innerJoin('shown_articles', (join) =>
      join
        .onRef('shown_articles.topic_id', '=', 'given.topic_id')
        .onRef('shown_articles.entry_id', '=', 'given.entry_id')
        .onRef('shown_articles.page', '=', 'given.page'),
    )
    .innerJoin('ledger', 'ledger.entry', 'shown_articles.entry')
    .leftJoin('verdicts', 'verdicts.entry', 'shown_articles.entry')
    .selectAll('given')
    .select(['shown_articles.story_id', 'ledger.article_id', 'ledger.state', 'ledger.state_at', 'ledger.reason'])
    .select('verdicts.verdict')
    .orderBy('shown_articles.story_id')
    .orderBy('shown_articles.entry')
    .execute();
  return [...Map.groupBy(found, (row) => JSON.stringify([row.topic_id, row.entry_id, row.page])).values()].map(
    (own) => {
      const row = own[0]!;
      return {
        topicId: row.topic_id,
        entryId: row.entry_id,
        subjectId: row.subject_id,
        leadArticleId: row.lead_article_id,
        published: row.published,
        updated: row.updated,
        extent: row.extent as Extent,
        words: row.words,
        characters: row.characters,
        page: row.page > OPEN ? row.page : null,
        isFormer: row.page === FORMER,
        turn: row.turn,
        shown: own.map((one) => ({ storyId: one.story_id, articleId: one.article_id })),
        takenBack: own.flatMap((one): TakenBack[] =>
          TAKEN_BACK.includes(one.state as EntryState) || (one.state === 'dropped' && one.verdict === 'rejected')
            ? [{ articleId: one.article_id, at: one.state_at, reason: one.reason }]
            : [],
        ),
      };
    },
  );
}

function oldestFirst(entries: readonly PublishedEntry[]): PublishedEntry[] {
  return entries.toSorted((a, b) => inOrder([a.turn, a.published, a.entryId], [b.turn, b.published, b.entryId]));
}

function inKeyOrder(entries: readonly PublishedEntry[]): PublishedEntry[] {
  const keyOf = (entry: PublishedEntry): readonly (string | number)[] => [
    entry.topicId,
    entry.entryId,
    pageNumber(entry),
  ];
  return entries.toSorted((a, b) => inOrder(keyOf(a), keyOf(b)));
}

function inOrder(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

export async function savePlaced(session: Session, placed: PlacedEntries): Promise<void> {
  const { db, flavour } = session;
  const opened = lastOfEach(placed.opened, ({ topicId, entryId }) => JSON.stringify([topicId, entryId]));
  const numbers = await numbersOf(session, opened);
  const turnOf = await openTurns(session, opened, Math.max(0, ...placed.done));
  await makeFormer(session, placed.left);
  await forgetEntries(session, opened, [OPEN, FORMER]);
  await insertPlaces(session, opened, { page: OPEN, numbers, turnOf });
  for (const [topicId, own] of Map.groupBy(opened, (entry) => entry.topicId))
    await db
      .deleteFrom('tombstones')
      .where('topic_id', '=', topicId)
      .where(
        flavour.isOneOf(
          'entry_id',
          own.map(({ entryId }) => entryId),
        ),
      )
      .execute();
  const tombstones = lastOfEach(placed.tombstones, ({ topicId, entryId }) => JSON.stringify([topicId, entryId]));
  await insertRows(
    session,
    'tombstones',
    tombstones.map(({ topicId, entryId, at, reason }) => ({ topic_id: topicId, entry_id: entryId, at, reason })),
    // Readers are told once; whoever reads of it again has heard of it.
    { key: ['topic_id', 'entry_id'], set: [] },
  );
  await cutFromWebhooks(session, tombstones);
  if (placed.done.length > 0)
    await db.deleteFrom('story_changes').where(flavour.isOneOf('number', placed.done)).execute();
  for (const topicId of placed.reopened) await reopenChain(session, topicId);
  await noteTurns(session, placed);
  if (placed.reopened.length > 0) await moveChangeMark(session);
}

/** What is in no archive already, in the same version, keeps its turn. */
async function openTurns(
  { db, flavour }: Session,
  opened: PlacedEntries['opened'],
  turn: number,
): Promise<(version: PublishedVersion) => number> {
  const known = new Map<string, number>();
  const keyOf = (...names: readonly string[]): string => JSON.stringify(names);
  for (const [topicId, own] of Map.groupBy(opened, (entry) => entry.topicId)) {
    const ids = own.map(({ entryId }) => entryId);
    const rows = await db
      .selectFrom('published_entries')
      .select(['entry_id', 'updated', 'turn'])
      .where('topic_id', '=', topicId)
      .where(flavour.isOneOf('entry_id', ids))
      .where('page', '=', OPEN)
      .execute();
    for (const row of rows) known.set(keyOf(topicId, row.entry_id, row.updated), row.turn);
  }
  return ({ topicId, entryId, updated }) => known.get(keyOf(topicId, entryId, updated)) ?? turn;
}

/** What has left its topic is in no document from now on. */
async function makeFormer({ db, flavour }: Session, left: PlacedEntries['left']): Promise<void> {
  for (const [topicId, own] of Map.groupBy(left, (entry) => entry.topicId)) {
    const isOurs = flavour.isOneOf(
      'entry_id',
      own.map(({ entryId }) => entryId),
    );
    for (const table of ['shown_articles', 'published_entries'] as const) {
      await db.deleteFrom(table).where('topic_id', '=', topicId).where(isOurs).where('page', '=', FORMER).execute();
      await db
        .updateTable(table)
        .set({ page: FORMER })
        .where('topic_id', '=', topicId)
        .where(isOurs)
        .where('page', '=', OPEN)
        .execute();
    }
  }
}
