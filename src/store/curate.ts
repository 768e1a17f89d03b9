import type { Article } from '../model/article.ts';
import type { Story, ToldStory } from '../model/story.ts';
import type { EntryState, TrailStep } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import { moveChangeMark } from './change-mark.ts';
import { forgetComparedTexts, saveComparedTexts } from './compared-texts.ts';
import { insertNumbered, insertRows, lastOfEach } from './many-rows.ts';
import { keyMark } from './marks.ts';
import { noteStoryChanges, storiesShowing } from './published-entries.ts';
import { articleKeyRows, articleOf, storyRow, storyTopicRows } from './rows.ts';
import { appendSteps, entryNumbers, numberOf, saveStandings, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import type { ArticleKeys, CurationRecord, MarkedReport } from './store.ts';
import { toldStories } from './told-stories.ts';
import { wipeExpired } from './wipe-expired.ts';
import { wipeRetracted } from './wipe-retracted.ts';

// What curation asks of the store.

export async function awaitingArticles({ db }: Session): Promise<Article[]> {
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('articles', 'articles.entry', 'ledger.entry')
    .selectAll('articles')
    .where('ledger.state', '=', 'awaiting')
    .orderBy('articles.published')
    .orderBy('articles.id')
    .execute();
  return rows.map(articleOf);
}

export async function awaitingSteps({ db }: Session): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('trail', 'trail.entry', 'ledger.entry')
    .select(({ fn }) => ['ledger.article_id', fn.max<number>('trail.step').as('step')])
    .where('ledger.state', '=', 'awaiting')
    .groupBy('ledger.article_id')
    .execute();
  return new Map(rows.map((row) => [row.article_id, row.step]));
}

export async function reportsWithKeys(
  { db, flavour }: Session,
  keys: readonly string[],
): Promise<Map<string, MarkedReport[]>> {
  if (keys.length === 0) return new Map();
  const marks = new Map(keys.map((key) => [key, keyMark(key)]));
  const rows = await db
    .selectFrom('article_keys')
    .innerJoin('story_articles', 'story_articles.entry', 'article_keys.entry')
    .innerJoin('stories', 'stories.story', 'story_articles.story')
    .innerJoin('ledger', 'ledger.entry', 'article_keys.entry')
    .select(['article_keys.mark', 'stories.id', 'ledger.article_id', 'ledger.source_id'])
    .where(flavour.isOneOf('article_keys.mark', [...marks.values()]))
    .orderBy('stories.first_seen_at')
    .orderBy('stories.id')
    .orderBy('story_articles.position')
    .execute();
  const byMark = Map.groupBy(rows, ({ mark }) => mark);
  const reportsOf = (mark: string): MarkedReport[] =>
    (byMark.get(mark) ?? []).map((row) => ({ storyId: row.id, articleId: row.article_id, sourceId: row.source_id }));
  return new Map([...marks].flatMap(([key, mark]) => (byMark.has(mark) ? [[key, reportsOf(mark)]] : [])));
}

export async function storiesOfArticles(
  { db, flavour }: Session,
  articleIds: readonly string[],
): Promise<Map<string, string>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('story_articles', 'story_articles.entry', 'ledger.entry')
    .innerJoin('stories', 'stories.story', 'story_articles.story')
    .select(['ledger.article_id', 'stories.id'])
    .where(flavour.isOneOf('ledger.article_id', articleIds))
    .orderBy('ledger.article_id')
    .execute();
  return new Map(rows.map((row) => [row.article_id, row.id]));
}

export async function storiesSince(session: Session, instant: Instant): Promise<ToldStory[]> {
  const rows = await session.db
    .selectFrom('stories')
    .selectAll()
    .where('published', '>=', instant)
    .orderBy('published', 'desc')
    .orderBy('id')
    .execute();
  return toldStories(session, rows);
}

export async function saveCuration(session: Session, curation: CurationRecord): Promise<void> {
  const { dissolved, facts } = curation;
  const stories = lastOfEach(curation.stories, ({ id }) => id);
  const keys = lastOfEach(curation.keys, ({ articleId }) => articleId);
  const numbers = await entryNumbers(session, [
    ...new Set([
      ...curation.trail.map(({ articleId }) => articleId),
      ...stories.flatMap(({ articleIds }) => articleIds),
      ...keys.map(({ articleId }) => articleId),
      ...curation.compared.map(({ articleId }) => articleId),
    ]),
  ]);
  // The ledger first: whoever else changes the same entries waits here, and steps come in the order of the changes.
  const trail = await stepsOfUnchanged(session, curation, numbers);
  await saveStandings(session, trail, numbers);
  await appendSteps(session, trail, numbers);
  await dissolve(session, dissolved);
  await saveStories(session, stories, numbers);
  await replaceKeys(session, keys, numbers);
  await saveComparedTexts(session, curation.compared, numbers);
  await forgetComparedTexts(session, curation.comparedFromMs);
  await wipeRetracted(session, trail, numbers);
  await wipeExpired(session, trail, numbers);
  const factRows = Object.entries(facts).map(([name, value]) => ({ name, value }));
  await insertRows(session, 'facts', factRows, { key: ['name'], set: ['value'] });
  const apart = trail.flatMap(({ articleId, state }) => (APART.has(state) ? [numberOf(numbers, articleId)] : []));
  const changed = [...stories.map(({ id }) => id), ...dissolved, ...(await storiesShowing(session, apart))];
  await noteStoryChanges(session, changed);
  if (changed.length > 0) await moveChangeMark(session);
}

/** What was published of entries in these states may have to be taken back. */
const APART: ReadonlySet<EntryState> = new Set(['retracted', 'refused', 'dropped']);

/** The steps of the entries that nobody has changed since they were read. Locks the entries, so that it stays so. */
async function stepsOfUnchanged(
  session: Session,
  { trail, readAt }: CurationRecord,
  numbers: EntryNumbers,
): Promise<readonly TrailStep[]> {
  const entries = [...new Set(trail.map(({ articleId }) => numberOf(numbers, articleId)))];
  if (entries.length === 0) return trail;
  const { db, flavour } = session;
  const isOurs = flavour.isOneOf('ledger.entry', entries);
  // SQLite's writers wait for each other as a whole.
  if (flavour.name === 'postgres')
    await db.selectFrom('ledger').select('entry').where(isOurs).orderBy('entry').forUpdate().execute();
  const now = await db
    .selectFrom('ledger')
    .innerJoin('trail', 'trail.entry', 'ledger.entry')
    .select(({ fn }) => ['ledger.article_id', 'ledger.state', fn.max<number>('trail.step').as('step')])
    .where(isOurs)
    .groupBy(['ledger.article_id', 'ledger.state'])
    .execute();
  const changed = new Set(
    now.flatMap(({ article_id: id, state, step }) => {
      const read = readAt.get(id);
      return (read === undefined ? state === 'awaiting' : step > read) ? [id] : [];
    }),
  );
  return trail.filter(({ articleId }) => !changed.has(articleId));
}

/** What hangs on the stories goes with them. */
async function dissolve({ db, flavour }: Session, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('stories').where(flavour.isOneOf('id', ids)).execute();
}

async function saveStories(session: Session, stories: readonly Story[], numbers: EntryNumbers): Promise<void> {
  const { db, flavour } = session;
  if (stories.length === 0) return;
  const rows = stories.map(storyRow);
  const storyNumbers = await insertNumbered(session, { table: 'stories', number: 'story', id: 'id' }, rows, {
    key: ['id'],
    set: [
      'path',
      'lead_article_id',
      'first_seen_at',
      'published',
      'updated',
      'score',
      'topic_count',
      'private_topic_count',
      'context',
      'event_id',
    ],
  });
  const all = [...storyNumbers.values()];
  await db.deleteFrom('story_articles').where(flavour.isOneOf('story', all)).execute();
  await db.deleteFrom('story_topics').where(flavour.isOneOf('story', all)).execute();
  const numbered = stories.map((story) => ({ story, number: storyNumbers.get(story.id)! }));
  const members = numbered.flatMap(({ story, number }) =>
    story.articleIds.map((id, position) => ({ entry: numberOf(numbers, id), story: number, position })),
  );
  // An article is in one story: the last that says it has it.
  await insertRows(
    session,
    'story_articles',
    lastOfEach(members, ({ entry }) => String(entry)),
    {
      key: ['entry'],
      set: ['story', 'position'],
    },
  );
  await insertRows(
    session,
    'story_topics',
    numbered.flatMap(({ story, number }) => storyTopicRows(story, number)),
  );
}

async function replaceKeys(session: Session, keys: readonly ArticleKeys[], numbers: EntryNumbers): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.flatMap(({ articleId, keys: own }) => articleKeyRows(numberOf(numbers, articleId), own));
  const entries = keys.map(({ articleId }) => numberOf(numbers, articleId));
  await session.db.deleteFrom('article_keys').where(session.flavour.isOneOf('entry', entries)).execute();
  await insertRows(session, 'article_keys', rows);
}
