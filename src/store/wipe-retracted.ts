import type { TrailStep } from '../model/trail.ts';
import type { SourceLink } from '../model/article.ts';
import { pageMark } from './history.ts';
import { numberOf, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
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
 * Of entries that are retracted by these steps nothing is kept but title, link and dates, by which the operator knows
 * them: not their text, nor what was made from it to compare it with others, nor the pages that it was read from, nor what waits to be sent of it.
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
  await dropPages(session, entries);
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

/** Drops the pages that articles were read from. Of feeds nothing is dropped: they tell of others too, and grow old by themselves. */
export async function dropPages({ db, flavour }: Session, entries: readonly number[]): Promise<void> {
  const rows = await db
    .selectFrom('articles')
    .select(['link', 'source_link'])
    .where(flavour.isOneOf('entry', entries))
    .execute();
  const addresses = rows.flatMap(({ link, source_link: source }) => [
    ...(link === null ? [] : [link]),
    ...(source === null ? [] : [(JSON.parse(source) as SourceLink).url]),
  ]);
  if (addresses.length === 0) return;
  await db
    .deleteFrom('history')
    .where(flavour.isOneOf('url_mark', addresses.map(pageMark)))
    .execute();
}
