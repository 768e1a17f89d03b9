import { plusSeconds, type Instant } from '../support/instant.ts';
import { insertRows } from './many-rows.ts';
import type { Session } from './session.ts';

/** Longer addresses do not fit into PostgreSQL's indexes, and are not worth it. */
const LONGEST = 2000;
/** Half a year: an entry that still comes by then is in the ledger. */
const KEPT_SECONDS = 180 * 86_400;

export async function redirectTarget({ db }: Session, url: string): Promise<string | null> {
  const row = await db.selectFrom('redirects').select('target').where('url', '=', url).executeTakeFirst();
  return row?.target ?? null;
}

export async function saveRedirectTarget(
  session: Session,
  { url, target, at }: { readonly url: string; readonly target: string; readonly at: Instant },
): Promise<void> {
  if (url.length > LONGEST) return;
  const row = { url, target, asked_at: at };
  await insertRows(session, 'redirects', [row], { key: ['url'], set: ['target', 'asked_at'] });
  await session.db.deleteFrom('redirects').where('asked_at', '<', plusSeconds(at, -KEPT_SECONDS)).execute();
}
