import { sql } from 'kysely';
import type { EntryState, TrailStep } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import { insertRows } from './many-rows.ts';
import { standingOf, trailStepOf } from './rows.ts';
import type { Session } from './session.ts';
import type { EntryCount, EntryStanding, MissedPageCount } from './store.ts';

// What operators ask of the store, and what it remembers by name.

export async function entryCounts({ db }: Session): Promise<EntryCount[]> {
  const rows = await db
    .selectFrom('ledger')
    .select((query) => ['source_id', 'state', query.fn.countAll<number>().as('count')])
    .groupBy(['source_id', 'state'])
    .orderBy('source_id')
    .orderBy('state')
    .execute();
  return rows.map(({ source_id: sourceId, state, count }) => ({ sourceId, state: state as EntryState, count }));
}

export async function missedPageCounts({ db }: Session): Promise<MissedPageCount[]> {
  const rows = await db
    .selectFrom('missed_pages')
    .select((query) => [
      'source_id',
      'code',
      query.fn.countAll<number>().as('count'),
      query.fn.count<number>('next_at').as('again'),
    ])
    .groupBy(['source_id', 'code'])
    .orderBy('source_id')
    .orderBy('code')
    .execute();
  return rows.map(({ source_id: sourceId, code, count, again }) => ({ sourceId, code, count, again }));
}

export async function standings({ db }: Session, since: Instant | null): Promise<EntryStanding[]> {
  const rows = await db
    .selectFrom('ledger')
    .leftJoin('articles', 'articles.entry', 'ledger.entry')
    .selectAll('ledger')
    .select('articles.content_reason as text')
    .$if(since !== null, (query) => query.where('state_at', '>=', since!))
    .orderBy('ledger.source_id')
    // The databases disagree on where null comes.
    .orderBy(sql`coalesce(ledger.title, '')`)
    .orderBy('ledger.article_id')
    .execute();
  return rows.map(standingOf);
}

export async function trailOf({ db }: Session, articleId: string): Promise<TrailStep[]> {
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('trail', 'trail.entry', 'ledger.entry')
    .select(['trail.at', 'trail.state', 'trail.reason'])
    .where('ledger.article_id', '=', articleId)
    .orderBy('trail.step')
    .execute();
  return rows.map((row) => trailStepOf(row, articleId));
}

export async function fact({ db }: Session, name: string): Promise<string | null> {
  const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

export async function saveFact(session: Session, name: string, value: string): Promise<void> {
  await insertRows(session, 'facts', [{ name, value }], { key: ['name'], set: ['value'] });
}
