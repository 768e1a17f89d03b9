import { sql } from 'kysely';
import { ENTRY_STATES, type EntryState } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import { articleOf, standingOf } from './rows.ts';
import type { Session } from './session.ts';
import type { ApartArticle, EntryStanding, PublishedOf } from './store.ts';

// What those ask who let entries through, or hold them.

const LET_THROUGH: readonly EntryState[] = ['published', 'merged'];
const LET_THROUGH_OR_HELD: readonly EntryState[] = [...LET_THROUGH, 'held'];

export async function entryPasts(
  { db, flavour }: Session,
  articleIds: readonly string[],
): Promise<Map<string, 'let-through' | 'held'>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('trail', 'trail.entry', 'ledger.entry')
    .select(['ledger.article_id', 'trail.state'])
    .distinct()
    .where(flavour.isOneOf('ledger.article_id', articleIds))
    .where('trail.state', 'in', LET_THROUGH_OR_HELD)
    .orderBy('ledger.article_id')
    .execute();
  const pasts = new Map<string, 'let-through' | 'held'>();
  for (const { article_id: id, state } of rows)
    if (pasts.get(id) !== 'let-through') pasts.set(id, state === 'held' ? 'held' : 'let-through');
  return pasts;
}

export async function letThroughCounts(
  { db, flavour }: Session,
  sourceIds: readonly string[],
): Promise<Map<string, number>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger')
    .select(({ fn }) => ['source_id', fn.countAll<number>().as('count')])
    // All there are: so the index by state and source is of use.
    .where('state', 'in', ENTRY_STATES)
    .where(flavour.isOneOf('ledger.source_id', sourceIds))
    .where((query) =>
      query.exists(
        query
          .selectFrom('trail')
          .select('step')
          .whereRef('trail.entry', '=', 'ledger.entry')
          .where('trail.state', 'in', LET_THROUGH_OR_HELD),
      ),
    )
    .groupBy('source_id')
    .execute();
  return new Map(rows.map(({ source_id: sourceId, count }) => [sourceId, count]));
}

export async function publishedSince({ db }: Session, of: PublishedOf, since: Instant | null): Promise<Instant[]> {
  const from = since ?? '';
  if ('topicId' in of) {
    const rows = await db
      .selectFrom('story_topics')
      .select('published')
      .where('topic_id', '=', of.topicId)
      .where('published', '>=', from)
      .orderBy('published')
      .execute();
    return rows.map(({ published }) => published);
  }
  const rows = await db
    .selectFrom('stories')
    .innerJoin('ledger', 'ledger.article_id', 'stories.lead_article_id')
    .select('stories.published')
    .where('ledger.source_id', '=', of.sourceId)
    .where('stories.topic_count', '>', 0)
    .where('stories.published', '>=', from)
    .orderBy('stories.published')
    .execute();
  return rows.map(({ published }) => published);
}

export async function heldEntries(session: Session, sourceId: string | null): Promise<EntryStanding[]> {
  const rows = await standingRows(session)
    .where('ledger.state', '=', 'held')
    .$if(sourceId !== null, (query) => query.where('ledger.source_id', '=', sourceId!))
    .orderBy('ledger.source_id')
    .orderBy('ledger.state_at')
    .orderBy(sql`coalesce(articles.published, '')`)
    .orderBy('ledger.article_id')
    .execute();
  return rows.map(standingOf);
}

export async function entriesNamed(session: Session, names: readonly string[]): Promise<EntryStanding[]> {
  if (names.length === 0) return [];
  const { flavour } = session;
  const rows = await standingRows(session)
    .where((query) => query.or([flavour.isOneOf('ledger.article_id', names), flavour.isOneOf('ledger.link', names)]))
    .orderBy('ledger.source_id')
    .orderBy('ledger.article_id')
    .execute();
  return rows.map(standingOf);
}

function standingRows({ db }: Session) {
  return db
    .selectFrom('ledger')
    .leftJoin('articles', 'articles.entry', 'ledger.entry')
    .selectAll('ledger')
    .select('articles.content_reason as text');
}

export async function apartArticles({ db }: Session, afterId: string | null, limit: number): Promise<ApartArticle[]> {
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('articles', 'articles.entry', 'ledger.entry')
    .leftJoin('story_articles', 'story_articles.entry', 'ledger.entry')
    .selectAll('articles')
    .select(['ledger.state', 'ledger.reason'])
    .where('ledger.state', 'in', ['held', 'dropped', 'refused'])
    .where('story_articles.entry', 'is', null)
    .$if(afterId !== null, (query) => query.where('ledger.article_id', '>', afterId!))
    .orderBy('ledger.article_id')
    .limit(limit)
    .execute();
  return rows.map(({ state, reason, ...row }) => ({ article: articleOf(row), state: state as EntryState, reason }));
}
