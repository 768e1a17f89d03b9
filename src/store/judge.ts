import { sql, type RawBuilder } from 'kysely';
import { ENTRY_STATES, type EntryState } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import { articleOf, standingOf } from './rows.ts';
import type { Session } from './session.ts';
import type { ApartArticles, EntryStanding } from './store.ts';

// What those ask who let entries through, or hold them.

const LET_THROUGH: readonly EntryState[] = ['published', 'merged'];
const LET_THROUGH_OR_HELD: readonly EntryState[] = [...LET_THROUGH, 'held'];
const OTHER_STATES = ENTRY_STATES.filter((state) => !LET_THROUGH_OR_HELD.includes(state));
const APART: ReadonlySet<string> = new Set<EntryState>(['held', 'dropped', 'refused']);

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

export async function letThroughCount({ db }: Session, sourceId: string, most: number): Promise<number> {
  const ofSource = db.selectFrom('ledger').select('entry').where('source_id', '=', sourceId);
  const some = ofSource
    // Those that stand there now: of most sources there are enough, and no trail is looked at.
    .where('state', 'in', LET_THROUGH_OR_HELD)
    .unionAll(
      ofSource
        .where('state', 'in', OTHER_STATES)
        .where((query) =>
          query.exists(
            query
              .selectFrom('trail')
              .select('step')
              .whereRef('trail.entry', '=', 'ledger.entry')
              .where('trail.state', 'in', LET_THROUGH_OR_HELD),
          ),
        ),
    )
    .limit(most);
  const { count } = await db
    .selectFrom(some.as('some'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function publishedInTopic({ db }: Session, topicId: string, since: Instant | null): Promise<Instant[]> {
  const rows = await db
    .selectFrom('story_topics')
    .select('published')
    .where('topic_id', '=', topicId)
    .where('published', '>=', since ?? '')
    .orderBy('published')
    .execute();
  return rows.map(({ published }) => published);
}

export async function publishedOfSources(
  { db, flavour }: Session,
  asked: ReadonlyMap<string, Instant | null>,
): Promise<Map<string, Instant[]>> {
  if (asked.size === 0) return new Map();
  // Sources are asked about from a handful of dates: one for each length that quotas have.
  const bySince = Map.groupBy(asked, ([, since]) => since ?? '');
  const rowsIn = (isPublished: RawBuilder<boolean>) =>
    db
      .selectFrom('stories')
      .innerJoin('ledger', 'ledger.article_id', 'stories.lead_article_id')
      .select(['ledger.source_id', 'stories.published'])
      .where(isPublished)
      .where('stories.published', '>=', [...bySince.keys()].toSorted()[0]!)
      .where((query) =>
        query.or(
          [...bySince].map(([since, sources]) => {
            const isOfThese = flavour.isOneOf(
              'ledger.source_id',
              sources.map(([id]) => id),
            );
            return query.and([isOfThese, query('stories.published', '>=', since)]);
          }),
        ),
      )
      .orderBy('stories.published')
      .execute();
  // What is private alone lies in an index of its own.
  const forAll = await rowsIn(sql`stories.topic_count > 0`);
  const forFew = await rowsIn(sql`stories.topic_count = 0 and stories.private_topic_count > 0`);
  const rows =
    forFew.length === 0
      ? forAll
      : [...forAll, ...forFew].toSorted((a, b) => (a.published < b.published ? -1 : a.published > b.published ? 1 : 0));
  const bySource = Map.groupBy(rows, ({ source_id: sourceId }) => sourceId);
  return new Map([...bySource].map(([id, own]) => [id, own.map(({ published }) => published)]));
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

export async function letThroughEntries(session: Session, sourceId: string): Promise<EntryStanding[]> {
  const rows = await standingRows(session)
    .where('ledger.source_id', '=', sourceId)
    .where(
      'ledger.state',
      'in',
      ENTRY_STATES.filter((state) => state !== 'retracted'),
    )
    .where((query) =>
      query.exists(
        query
          .selectFrom('trail')
          .select('step')
          .whereRef('trail.entry', '=', 'ledger.entry')
          .where('trail.state', 'in', LET_THROUGH),
      ),
    )
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

export async function apartArticles({ db, flavour }: Session, after: number, entries: number): Promise<ApartArticles> {
  const looked = await db
    .selectFrom('ledger')
    .leftJoin('story_articles', (join) =>
      // Said of both, so that neither is read from its beginning.
      join.onRef('story_articles.entry', '=', 'ledger.entry').on('story_articles.entry', '>', after),
    )
    .select(['ledger.entry', 'ledger.state', 'story_articles.story'])
    .where('ledger.entry', '>', after)
    .orderBy('ledger.entry')
    .limit(entries)
    .execute();
  const last = looked.length < entries ? null : looked.at(-1)!.entry;
  const apart = looked.filter(({ state, story }) => story === null && APART.has(state)).map(({ entry }) => entry);
  if (apart.length === 0) return { articles: [], last };
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('articles', 'articles.entry', 'ledger.entry')
    .selectAll('articles')
    .select(['ledger.state', 'ledger.reason'])
    .where(flavour.isOneOf('ledger.entry', apart))
    .execute();
  const articles = rows
    .toSorted((a, b) => a.entry - b.entry)
    .map(({ state, reason, ...row }) => ({ article: articleOf(row), state: state as EntryState, reason }));
  return { articles, last };
}
