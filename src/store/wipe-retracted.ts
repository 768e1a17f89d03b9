import { sql } from 'kysely';
import type { TrailStep } from '../model/trail.ts';
import { withholdRetracted } from './history-withheld.ts';
import { numberOf, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import { forgetMadeFrom } from './watches.ts';
import { cutFromWebhooks } from './webhooks.ts';

const WIPED = {
  source_link: null,
  authors: '[]',
  categories: '[]',
  section: null,
  image: null,
  enclosures: '[]',
  summary: '',
  content_html: '',
  content_from: 'summary',
  content_reason: 'it was retracted, and its text is kept no more',
  word_count: 0,
  episode: null,
  corrections: '[]',
} as const;

/**
 * SQLite's log holds pages as they were before they were wiped: brings all of it home and cuts it to nothing. Where another
 * program is reading just then it stays as it is, until it is written over or this succeeds the next time.
 */
export async function emptyLog({ db, flavour }: Session): Promise<void> {
  if (flavour.name === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

/**
 * Of entries that are retracted by these steps nothing is kept but title, link and dates, by which the operator knows
 * them: not their text, nor what was made from it to compare it with others, nor the pages that it was read from and the feeds
 * that told it, nor what waits to be sent of it.
 */
export async function wipeRetracted(
  session: Session,
  steps: readonly TrailStep[],
  numbers: EntryNumbers,
): Promise<void> {
  const entries = steps.flatMap(({ state, articleId }) =>
    state === 'retracted' ? [numberOf(numbers, articleId)] : [],
  );
  if (entries.length === 0) return;
  const { db, flavour } = session;
  const isOurs = flavour.isOneOf('entry', entries);
  await withholdRetracted(session, entries);
  await forgetMadeFrom(session, entries);
  await db.updateTable('articles').set(WIPED).where(isOurs).execute();
  for (const table of ['article_keys', 'compared_texts', 'missed_pages', 'article_images'] as const)
    await db.deleteFrom(table).where(isOurs).execute();
  const shown = await db
    .selectFrom('shown_articles')
    .select(['topic_id as topicId', 'entry_id as entryId'])
    .distinct()
    .where(isOurs)
    .execute();
  await cutFromWebhooks(session, shown);
}
