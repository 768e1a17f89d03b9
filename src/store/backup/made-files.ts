import { sql } from 'kysely';
import type { Session } from '../session.ts';

/** Of what a file is made that no publication makes again: see write-changed.ts, whose word it is. */
const CLOSED = 'closed';
/** The facts of the last publication: see last-publication.ts. */
const PUBLISHED_WITH = 'published-with';

/**
 * Forgets what published files were made of: the next publication makes each anew, and writes those that come out as
 * others. Of the closed documents, which are never made again, only those that are not `kept`.
 */
export async function forgetMade(session: Session, kept: 'all' | readonly string[]): Promise<void> {
  const { db, flavour } = session;
  await sql`update outputs set input_key = '' where input_key <> ${CLOSED}`.execute(db);
  if (kept !== 'all') {
    const { rows } = await sql<{ path: string }>`select path from outputs where input_key = ${CLOSED}`.execute(db);
    const there = new Set(kept);
    const lost = rows.map(({ path }) => path).filter((path) => !there.has(path));
    if (lost.length > 0)
      await db.updateTable('outputs').set({ input_key: '' }).where(flavour.isOneOf('path', lost)).execute();
  }
  const fact = await db.selectFrom('facts').select('value').where('name', '=', PUBLISHED_WITH).executeTakeFirst();
  if (fact === undefined) return;
  const value = JSON.stringify({ ...(JSON.parse(fact.value) as object), key: '' });
  await db.updateTable('facts').set({ value }).where('name', '=', PUBLISHED_WITH).execute();
}
