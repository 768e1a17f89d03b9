import { sql } from 'kysely';
import type { PrivateToken } from '../model/private-token.ts';
import { moveChangeMark } from './change-mark.ts';
import { insertRows } from './many-rows.ts';
import { noteStoryChanges } from './published-entries.ts';
import type { Session } from './session.ts';

// Which topics are private, and the tokens that open them.

export async function privateTokens({ db }: Session): Promise<PrivateToken[]> {
  const rows = await db.selectFrom('private_tokens').selectAll().orderBy('topic_id').execute();
  return rows.map((row) => ({ topicId: row.topic_id, token: row.token, madeAt: row.made_at }));
}

export async function savePrivateToken(
  session: Session,
  { topicId, token, madeAt }: PrivateToken,
  inPlaceOfOlder: boolean,
): Promise<void> {
  const row = { topic_id: topicId, token, made_at: madeAt };
  const set = inPlaceOfOlder ? (['token', 'made_at'] as const) : [];
  await insertRows(session, 'private_tokens', [row], { key: ['topic_id'], set });
}

/** The stories with a topic that is not marked as the operator says. */
export async function wronglyMarked(
  { db, flavour }: Session,
  topicIds: readonly string[],
): Promise<{ readonly story: number; readonly storyId: string }[]> {
  const rows = db.selectFrom('story_topics').select(['story', 'story_id as storyId']);
  const isListed = flavour.isOneOf('topic_id', topicIds);
  const marked = await rows
    .where('private', '=', sql.lit(1))
    .where((query) => query.not(isListed))
    .execute();
  if (topicIds.length === 0) return marked;
  return [...marked, ...(await rows.where(isListed).where('private', '=', 0).execute())];
}

/** Marks the topics of all stories as the operator says, where they are marked otherwise: those stories are looked at once more. */
export async function settlePrivateTopics(session: Session, topicIds: readonly string[]): Promise<void> {
  const { db, flavour } = session;
  const wrong = await wronglyMarked(session, topicIds);
  if (wrong.length === 0) return;
  const isOurs = flavour.isOneOf('story', [...new Set(wrong.map(({ story }) => story))]);
  await db
    .updateTable('story_topics')
    .set({ private: sql<number>`case when ${flavour.isOneOf('topic_id', topicIds)} then 1 else 0 end` })
    .where(isOurs)
    .execute();
  const countOf = (mark: number) =>
    sql<number>`(select count(*) from story_topics where story_topics.story = stories.story and private = ${sql.lit(mark)})`;
  await db
    .updateTable('stories')
    .set({ topic_count: countOf(0), private_topic_count: countOf(1) })
    .where(isOurs)
    .execute();
  await noteStoryChanges(
    session,
    wrong.map(({ storyId }) => storyId),
  );
  await moveChangeMark(session);
}
