import { sql } from 'kysely';
import type { TrailStep } from '../model/trail.ts';
import { dropPages } from './history-withheld.ts';
import { numberOf, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import { cutFromWebhooks } from './webhooks.ts';

/**
 * Of entries that expire by these steps the ledger keeps what they are known by, with title and link; their articles go,
 * with all that was made from them, and of their trails the first step into each state stays, and the last. The archives
 * that show anything of them are noted, to be made again without.
 */
export async function wipeExpired(session: Session, steps: readonly TrailStep[], numbers: EntryNumbers): Promise<void> {
  const expired = steps.filter(({ state }) => state === 'expired');
  if (expired.length === 0) return;
  const { db, flavour } = session;
  const entries = [...new Set(expired.map(({ articleId }) => numberOf(numbers, articleId)))];
  const isOurs = flavour.isOneOf('entry', entries);
  await dropPages(session, entries);
  for (const table of ['article_keys', 'compared_texts', 'missed_pages'] as const)
    await db.deleteFrom(table).where(isOurs).execute();
  await sql`
    delete from articles where ${isOurs} and not exists (
      select 1 from story_articles where story_articles.entry = articles.entry
    )`.execute(db);
  await sql`
    delete from trail where ${isOurs}
      and step not in (select min(step) from trail where ${isOurs} group by entry, state)
      and step not in (select max(step) from trail where ${isOurs} group by entry)`.execute(db);
  const shown = await db
    .selectFrom('shown_articles')
    .select(['topic_id as topicId', 'entry_id as entryId', 'page'])
    .distinct()
    .where(isOurs)
    .execute();
  await cutFromWebhooks(session, shown);
  await sql`
    insert into archives_to_mend (topic_id, page)
    select distinct topic_id, page from shown_articles where page > 0 and ${isOurs}
    on conflict (topic_id, page) do nothing`.execute(db);
}
