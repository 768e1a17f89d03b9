import { sql } from 'kysely';
import type { ToldStory } from '../model/story.ts';
import type { Instant } from '../support/instant.ts';
import { saveFates } from './archive-chains.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import { outputOf, outputRow } from './rows.ts';
import type { Session } from './session.ts';
import type { OutputRecord } from './store.ts';
import { toldStories } from './told-stories.ts';

// What composing and publishing ask of the store.

export async function newestStories(session: Session, topicId: string | null, limit: number): Promise<ToldStory[]> {
  const { db } = session;
  if (limit < 1) return [];
  const rows =
    topicId === null
      ? await db
          .selectFrom('stories')
          .selectAll()
          .where('topic_count', '>', sql.lit(0))
          .orderBy('published', 'desc')
          .orderBy('id')
          .limit(limit)
          .execute()
      : await db
          .selectFrom('story_topics')
          .innerJoin('stories', 'stories.story', 'story_topics.story')
          .selectAll('stories')
          .where('story_topics.topic_id', '=', topicId)
          .orderBy('story_topics.published', 'desc')
          .orderBy('story_topics.story_id')
          .limit(limit)
          .execute();
  return toldStories(session, rows);
}

export async function publishedStories(
  session: Session,
  topicId: string | null,
  { afterId, limit }: { readonly afterId: string | null; readonly limit: number },
): Promise<ToldStory[]> {
  if (limit < 1) return [];
  if (topicId !== null) {
    const rows = await session.db
      .selectFrom('story_topics')
      .innerJoin('stories', 'stories.story', 'story_topics.story')
      .selectAll('stories')
      .where('story_topics.topic_id', '=', topicId)
      .$if(afterId !== null, (query) => query.where('story_topics.story_id', '>', afterId!))
      .orderBy('story_topics.story_id')
      .limit(limit)
      .execute();
    return toldStories(session, rows);
  }
  const rows = await session.db
    .selectFrom('stories')
    .selectAll()
    .where('topic_count', '>', sql.lit(0))
    .$if(afterId !== null, (query) => query.where('id', '>', afterId!))
    .orderBy('id')
    .limit(limit)
    .execute();
  return toldStories(session, rows);
}

export async function publishedPaths({ db }: Session, topicId: string | null): Promise<Set<string>> {
  const rows =
    topicId === null
      ? await db.selectFrom('stories').select('path').where('topic_count', '>', sql.lit(0)).execute()
      : await db
          .selectFrom('story_topics')
          .innerJoin('stories', 'stories.story', 'story_topics.story')
          .select('stories.path')
          .where('story_topics.topic_id', '=', topicId)
          .execute();
  return new Set(rows.map(({ path }) => path));
}

/** Stories in any topic or in none. */
export async function allStories(session: Session, afterId: string | null, limit: number): Promise<ToldStory[]> {
  if (limit < 1) return [];
  const rows = await session.db
    .selectFrom('stories')
    .selectAll()
    .$if(afterId !== null, (query) => query.where('id', '>', afterId!))
    .orderBy('id')
    .limit(limit)
    .execute();
  return toldStories(session, rows);
}

export async function newestChange({ db }: Session, topicId: string | null): Promise<Instant | null> {
  const newest =
    topicId === null
      ? await db
          .selectFrom('stories')
          .select(({ fn }) => fn.max('updated').as('updated'))
          .where('topic_count', '>', sql.lit(0))
          .executeTakeFirst()
      : await db
          .selectFrom('story_topics')
          .select(({ fn }) => fn.max('updated').as('updated'))
          .where('topic_id', '=', topicId)
          .executeTakeFirst();
  return newest?.updated ?? null;
}

export async function outputs({ db }: Session): Promise<Map<string, OutputRecord>> {
  const rows = await db.selectFrom('outputs').selectAll().orderBy('path').execute();
  return new Map(rows.map((row) => [row.path, outputOf(row)]));
}

export async function saveOutputs(
  session: Session,
  { written, removed }: { readonly written: readonly OutputRecord[]; readonly removed: readonly string[] },
): Promise<void> {
  if (removed.length > 0)
    await session.db.deleteFrom('outputs').where(session.flavour.isOneOf('path', removed)).execute();
  await saveFates(session, { there: written.map(({ path }) => path), removed });
  const rows = lastOfEach(written, ({ path }) => path).map(outputRow);
  await insertRows(session, 'outputs', rows, { key: ['path'], set: ['input_key', 'sha256'] });
}
