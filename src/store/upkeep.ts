import { sql, type RawBuilder } from 'kysely';
import type { Article } from '../model/article.ts';
import type { Instant } from '../support/instant.ts';
import { isSameData } from '../support/same-data.ts';
import { forgetMade } from './backup/made-files.ts';
import { moveChangeMark } from './change-mark.ts';
import type { Runner } from './pushes.ts';
import { articles, saveArticles } from './refresh.ts';
import { entryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import { emptyLog } from './wipe-retracted.ts';
import type { ArchivePage, DatabaseFacts, KeptFrom, OldEntry, UpkeepStore } from './upkeep-store.ts';

/** What keeps the store in order, over either database. */
export function upkeepStore({ ask, askAtOnce, change }: Runner): UpkeepStore {
  return {
    databaseFacts: () => askAtOnce(databaseFacts),
    forgetMade: () => change((session) => forgetMade(session, 'all')),
    oldEntries: (kept, which, limit) => askAtOnce((session) => oldEntries(session, kept, { which, limit })),
    async archivesToMend() {
      if ((await ask(toMend)).length === 0) return [];
      await change(dropLeadingArchives);
      return ask(toMend);
    },
    archivesMended: (pages) => change((session) => mended(session, pages)),
    articlesOf: (sourceId, since) => ask((session) => articlesOf(session, sourceId, since)),
    async replaceArticles(pairs) {
      let replaced = 0;
      if (pairs.length > 0)
        await change(async (session) => {
          replaced = await replaceArticles(session, pairs);
        });
      return replaced;
    },
    trimTrails: (lastSteps) => change((session) => trimTrails(session, lastSteps)),
    giveBackRoom: (mostBytes) => giveBackRoom({ ask, askAtOnce, change }, mostBytes),
  };
}

async function databaseFacts({ db, flavour }: Session): Promise<DatabaseFacts> {
  const size =
    flavour.name === 'sqlite'
      ? sql<{ bytes: number }>`select page_count * page_size as bytes from pragma_page_count, pragma_page_size`
      : sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`;
  const { rows } = await size.execute(db);
  const { oldest, count } = await db
    .selectFrom('articles')
    .select(({ fn }) => [fn.min<string | null>('published').as('oldest'), fn.countAll<number>().as('count')])
    .executeTakeFirstOrThrow();
  return { kind: flavour.name, bytes: rows[0]!.bytes, oldestArticle: oldest, articles: count };
}

type Asked = { readonly which: 'all' | 'awaiting'; readonly limit: number };

async function oldEntries(session: Session, kept: KeptFrom, asked: Asked): Promise<OldEntry[]> {
  const found = new Map<string, OldEntry>();
  const note = (some: readonly OldEntry[]): void => {
    for (const one of some) if (found.size < asked.limit && !found.has(one.articleId)) found.set(one.articleId, one);
  };
  // Thousands of sources have a handful of dates.
  for (const [from, own] of Map.groupBy(kept.sources, ([, instant]) => instant))
    note(await oldOfSources(session, { ...asked, from, ids: own.map(([id]) => id) }));
  // What nobody lists brings nothing new.
  if (asked.which === 'all' && kept.others !== null)
    note(
      await oldOfSources(session, {
        ...asked,
        from: kept.others.from,
        ids: await othersThan(session, kept.others.than),
      }),
    );
  if (asked.which === 'all')
    for (const [id, from] of kept.topics) note(await oldOfTopic(session, { id, from }, kept.topics, asked.limit));
  return [...found.values()];
}

/** States in which nothing more expires: nothing of it is kept, or it is taken back for good. */
const OVER = sql`('expired', 'retracted')`;

async function oldOfSources(
  { db, flavour }: Session,
  { which, from, ids, limit }: Asked & { readonly from: string; readonly ids: readonly string[] },
): Promise<OldEntry[]> {
  const isOfThese = flavour.isOneOf('articles.source_id', ids);
  const isAwaiting = which === 'awaiting' ? sql`ledger.state = 'awaiting'` : sql`ledger.state not in ${OVER}`;
  const { rows } = await sql<{ id: string; source: string }>`
    select ledger.article_id as id, ledger.source_id as source
    from articles join ledger on ledger.entry = articles.entry
    where ${isOfThese} and articles.published < ${from} and ${isAwaiting}
    order by articles.published, articles.entry limit ${limit}`.execute(db);
  return rows.map(({ id, source }) => ({ articleId: id, by: { kind: 'source', id: source } }));
}

/** The sources that anything is kept of, but for those named. */
async function othersThan({ db }: Session, listed: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('articles').select('source_id').distinct().execute();
  return rows.map(({ source_id: id }) => id).filter((id) => !new Set(listed).has(id));
}

/** Entries of a topic's stories that no other topic keeps longer. */
async function oldOfTopic(
  { db }: Session,
  topic: { readonly id: string; readonly from: string },
  all: KeptFrom['topics'],
  limit: number,
): Promise<OldEntry[]> {
  const isLetGo: RawBuilder<unknown>[] = [...all].map(
    ([id, from]) => sql`(other.topic_id = ${id} and other.published < ${from})`,
  );
  const { rows } = await sql<{ id: string }>`
    select ledger.article_id as id
    from story_topics
    join story_articles on story_articles.story = story_topics.story
    join ledger on ledger.entry = story_articles.entry
    where story_topics.topic_id = ${topic.id} and story_topics.published < ${topic.from}
      and ledger.state not in ${OVER}
      and not exists (
        select 1 from story_topics other
        where other.story = story_topics.story and not (${sql.join(isLetGo, sql` or `)})
      )
    order by story_topics.published, story_articles.entry limit ${limit}`.execute(db);
  return rows.map(({ id }) => ({ articleId: id, by: { kind: 'topic', id: topic.id } }));
}

async function toMend({ db }: Session): Promise<ArchivePage[]> {
  const rows = await db.selectFrom('archives_to_mend').selectAll().orderBy('topic_id').orderBy('page').execute();
  return rows.map((row) => ({ topicId: row.topic_id, page: row.page }));
}

/**
 * The oldest archives of a topic that hold nothing any more but what has expired are none of its chain from now on: there
 * is no need to make them again.
 */
async function dropLeadingArchives({ db }: Session): Promise<void> {
  await sql`
    update archive_chains set first_page = coalesce(
      (
        select min(shown_articles.page)
        from shown_articles join ledger on ledger.entry = shown_articles.entry
        where shown_articles.topic_id = archive_chains.topic_id and shown_articles.page >= archive_chains.first_page
          and ledger.state <> 'expired'
      ),
      next_page
    )
    where topic_id in (select topic_id from archives_to_mend)`.execute(db);
  for (const table of ['shown_articles', 'published_entries', 'archives_to_mend'] as const)
    await sql`
      delete from ${sql.table(table)} where page > 0 and page < (
        select first_page from archive_chains where archive_chains.topic_id = ${sql.ref(`${table}.topic_id`)}
      ) and topic_id in (select topic_id from archives_to_mend)`.execute(db);
}

async function mended({ db, flavour }: Session, pages: readonly ArchivePage[]): Promise<void> {
  for (const [topicId, own] of Map.groupBy(pages, (page) => page.topicId))
    await db
      .deleteFrom('archives_to_mend')
      .where('topic_id', '=', topicId)
      .where(
        flavour.isOneOf(
          'page',
          own.map(({ page }) => page),
        ),
      )
      .execute();
}

async function articlesOf({ db }: Session, sourceId: string, since: Instant | null): Promise<string[]> {
  const rows = await db
    .selectFrom('articles')
    .innerJoin('ledger', 'ledger.entry', 'articles.entry')
    .select('ledger.article_id as id')
    .where('articles.source_id', '=', sourceId)
    .where('articles.published', '>=', since ?? '')
    .where(sql<boolean>`ledger.state not in ${OVER}`)
    .orderBy('articles.published')
    .orderBy('articles.entry')
    .execute();
  return rows.map(({ id }) => id);
}

async function replaceArticles(
  session: Session,
  pairs: readonly { readonly before: Article; readonly after: Article }[],
): Promise<number> {
  const { db, flavour } = session;
  const ids = pairs.map(({ before }) => before.id);
  // The ledger first, as everywhere: whoever else changes the same entries waits here.
  if (flavour.name === 'postgres')
    await db
      .selectFrom('ledger')
      .select('entry')
      .where(flavour.isOneOf('article_id', ids))
      .orderBy('entry')
      .forUpdate()
      .execute();
  const now = new Map((await articles(session, ids)).map((article) => [article.id, article]));
  const same = pairs.filter(({ before }) => isSameData(now.get(before.id), before)).map(({ after }) => after);
  if (same.length === 0) return 0;
  await saveArticles(session, same, await entryNumbers(session, ids));
  await moveChangeMark(session);
  return same.length;
}

/** So many trails are shortened at once. */
const TRAILS_AT_ONCE = 500;

async function trimTrails({ db, flavour }: Session, lastSteps: number): Promise<void> {
  const rows = await db
    .selectFrom('trail')
    .select('entry')
    .groupBy('entry')
    .having(({ fn }) => fn.countAll<number>(), '>', 2 * lastSteps)
    .limit(TRAILS_AT_ONCE)
    .execute();
  if (rows.length === 0) return;
  const isOurs = flavour.isOneOf(
    'entry',
    rows.map(({ entry }) => entry),
  );
  await sql`
    delete from trail where ${isOurs}
      and step not in (select min(step) from trail where ${isOurs} group by entry, state)
      and (select count(*) from trail later where later.entry = trail.entry and later.step > trail.step) >= ${lastSteps}`.execute(
    db,
  );
}

/** In SQLite, which else keeps it for what comes; a server of PostgreSQL sees to it by itself. */
async function giveBackRoom({ ask, change }: Runner, mostBytes: number): Promise<number> {
  const { free, size, isSparing } = await ask(freeRoom);
  const pages = isSparing ? Math.min(free, Math.floor(mostBytes / size)) : 0;
  for (let done = 0; done < pages; done += PAGES_AT_ONCE)
    await change(async ({ db }) => {
      // One step of the statement gives one page back, and no more than one is taken of it.
      for (let page = done; page < Math.min(pages, done + PAGES_AT_ONCE); page++)
        await sql`pragma incremental_vacuum(1)`.execute(db);
    });
  // Of what was wiped while another program was reading.
  await ask(emptyLog);
  return pages * size;
}

/** So many are given back while others wait. */
const PAGES_AT_ONCE = 250;

async function freeRoom({ db, flavour }: Session): Promise<{ free: number; size: number; isSparing: boolean }> {
  if (flavour.name !== 'sqlite') return { free: 0, size: 1, isSparing: false };
  const { rows } = await sql<{ free: number; size: number; mode: number }>`
    select freelist_count as free, page_size as size, auto_vacuum as mode
    from pragma_freelist_count, pragma_page_size, pragma_auto_vacuum`.execute(db);
  const { free, size, mode } = rows[0]!;
  // A file of an older version does not know which of its pages is whose: what is free in it is used again.
  return { free, size, isSparing: mode === INCREMENTAL };
}

const INCREMENTAL = 2;
