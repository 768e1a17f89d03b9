import type { Selectable } from 'kysely';
import type { Article } from '../model/article.ts';
import type { ToldStory, TopicReason } from '../model/story.ts';
import { articleOf, storyOf, topicReasonOf } from './rows.ts';
import type { Session } from './session.ts';
import type { StoryRow } from './tables.ts';

/** Whole stories for rows of stories, in the rows' order: two statements, however many there are. */
export async function toldStories(
  { db, flavour }: Session,
  rows: readonly Selectable<StoryRow>[],
): Promise<ToldStory[]> {
  if (rows.length === 0) return [];
  const numbers = rows.map(({ story }) => story);
  const topicRows = await db
    .selectFrom('story_topics')
    .select(['story', 'topic_id', 'reason', 'learnt', 'private'])
    .where(flavour.isOneOf('story', numbers))
    .orderBy('story')
    .orderBy('position')
    .execute();
  const articleRows = await db
    .selectFrom('story_articles')
    .innerJoin('articles', 'articles.entry', 'story_articles.entry')
    .select('story_articles.story')
    .selectAll('articles')
    .where(flavour.isOneOf('story_articles.story', numbers))
    .orderBy('story_articles.story')
    .orderBy('story_articles.position')
    .execute();
  const topics = Map.groupBy(topicRows, ({ story }) => story);
  const articles = Map.groupBy(articleRows, ({ story }) => story);
  return rows.map((row) =>
    toldStory(row, (articles.get(row.story) ?? []).map(articleOf), (topics.get(row.story) ?? []).map(topicReasonOf)),
  );
}

/** Stories by their ids, in order of ids; unknown ids are left out. */
export async function storiesById(session: Session, ids: readonly string[]): Promise<ToldStory[]> {
  if (ids.length === 0) return [];
  const { db, flavour } = session;
  const rows = await db.selectFrom('stories').selectAll().where(flavour.isOneOf('id', ids)).orderBy('id').execute();
  return toldStories(session, rows);
}

function toldStory(
  row: Omit<StoryRow, 'story'>,
  articles: readonly Article[],
  topics: readonly TopicReason[],
): ToldStory {
  const story = storyOf(
    row,
    articles.map(({ id }) => id),
    topics,
  );
  const isLead = ({ id }: Article): boolean => id === row.lead_article_id;
  return { story, articles: [...articles.filter(isLead), ...articles.filter((article) => !isLead(article))] };
}
