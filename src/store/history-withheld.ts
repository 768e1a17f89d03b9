import { sql } from 'kysely';
import type { SourceLink } from '../model/article.ts';
import type { Alias } from '../model/ledger.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { urlMarkOf } from './history-marks.ts';
import type { HistoryQuestion, KeptAnswer } from './history-store.ts';
import { insertRows } from './many-rows.ts';
import { aliasMark, aliasOf } from './marks.ts';
import type { Session } from './session.ts';

// What the history must not keep: answers that hold the text of an entry which is retracted. A page is withheld by its
// address. Of a feed each answer is looked at, as it tells of others too, and tells of this one only for a while.

/** What whoever keeps answers, and whoever takes something back, have to have for themselves. In SQLite writers are alone anyway. */
async function take({ db, flavour }: Session, mode: 'share' | 'row exclusive'): Promise<void> {
  if (flavour.name === 'postgres') await sql`lock table history_withheld in ${sql.raw(mode)} mode`.execute(db);
}

/**
 * Drops what is kept of the pages that entries were read from and of the feeds that told of them, and sees to it that
 * nothing of that is kept again. Feeds that are no source's any more are dropped with them: nobody knows whose they were.
 */
export async function withholdRetracted(session: Session, entries: readonly number[]): Promise<void> {
  await take(session, 'row exclusive');
  const { db, flavour } = session;
  const pages = [...new Set([...(await pagesOf(session, entries)), ...(await keptPagesOf(session, entries))])];
  const rows = pages.map((url) => ({ url_mark: urlMarkOf({ kind: 'page', url }) }));
  await insertRows(session, 'history_withheld', rows, { key: ['url_mark'], set: [] });
  await dropMarks(
    session,
    rows.map((row) => row.url_mark),
  );
  await sql`
    delete from history where kind = 'feed' and (
      url not in (select url from source_states)
      or url in (
        select url from source_states
        where source_id in (select source_id from ledger where ${flavour.isOneOf('ledger.entry', entries)})
      )
    )`.execute(db);
}

/** Drops the pages that articles were read from. They may be kept again, as may the feeds, which grow old by themselves. */
export async function dropPages(session: Session, entries: readonly number[]): Promise<void> {
  const pages = await pagesOf(session, entries);
  await dropMarks(
    session,
    pages.map((url) => urlMarkOf({ kind: 'page', url })),
  );
}

async function dropMarks({ db, flavour }: Session, marks: readonly string[]): Promise<void> {
  if (marks.length > 0) await db.deleteFrom('history').where(flavour.isOneOf('url_mark', marks)).execute();
}

/** Where entries lead, where their articles do, and where a redirector on the way does. */
async function pagesOf({ db, flavour }: Session, entries: readonly number[]): Promise<string[]> {
  const rows = await db
    .selectFrom('ledger')
    .leftJoin('articles', 'articles.entry', 'ledger.entry')
    .select(['ledger.link as entryLink', 'articles.link', 'articles.source_link as sourceLink'])
    .where(flavour.isOneOf('ledger.entry', entries))
    .execute();
  const named = rows.flatMap(({ entryLink, link, sourceLink }) => [
    entryLink,
    link,
    sourceLink === null ? null : (JSON.parse(sourceLink) as SourceLink).url,
  ]);
  const addresses = [...new Set(named.filter((url) => url !== null))];
  const led = await db.selectFrom('redirects').select('target').where(flavour.isOneOf('url', addresses)).execute();
  return [...addresses, ...led.map(({ target }) => target)];
}

/** Kept pages at addresses that the entries were known by, now or formerly, however they were written. */
async function keptPagesOf({ db, flavour }: Session, entries: readonly number[]): Promise<string[]> {
  const aliases = await db
    .selectFrom('aliases')
    .select(['mark', 'long_value'])
    .where(flavour.isOneOf('entry', entries))
    .where('mark', '>=', 'link')
    .where('mark', '<', 'linl')
    .execute();
  const known = new Set(aliases.map((row) => withoutPart(aliasOf(row.mark, row.long_value).value)));
  if (known.size === 0) return [];
  const kept = await db.selectFrom('history').select('url').distinct().where('kind', '=', 'page').execute();
  return kept.flatMap(({ url }) => (known.has(plainly(url)) ? [url] : []));
}

/** As an alias has it: without scheme and `www.`; and without a fragment, as a page is asked for without. */
function plainly(url: string): string {
  return withoutPart(canonicalAddress(url).replace(/^https?:\/\/(?:www\.)?/, ''));
}

function withoutPart(address: string): string {
  return address.replace(/#(?!!).*$/s, '');
}

/** Which of these feeds are kept only with a word that nothing in them is retracted: see KeptAnswer.tells. */
export async function doubtfulFeeds({ db, flavour }: Session, urls: readonly string[]): Promise<Set<string>> {
  if (urls.length === 0 || !(await isAnythingRetracted({ db, flavour }))) return new Set();
  const { rows } = await sql<{ url: string; takes: number }>`
    select url, max(case when source_id in (select source_id from ledger where state = 'retracted') then 1 else 0 end) as takes
    from source_states where ${flavour.isOneOf('url', urls)} group by url`.execute(db);
  const sure = new Set(rows.flatMap(({ url, takes }) => (takes === 0 ? [url] : [])));
  // What is no source's yet may be the new address of one.
  return new Set(urls.filter((url) => !sure.has(url)));
}

async function isAnythingRetracted({ db }: Session): Promise<boolean> {
  const row = await db
    .selectFrom('ledger')
    .select('entry')
    .where('state', '=', 'retracted')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which of these answers may not be kept. In the transaction that keeps them; what is retracted meanwhile waits for it. */
export async function withheldAmong<Answer extends KeptAnswer>(
  session: Session,
  answers: readonly Answer[],
): Promise<Set<Answer>> {
  await take(session, 'share');
  const { db, flavour } = session;
  const bodies = answers.filter(({ outcome }) => outcome.kind === 'answered');
  const pages = bodies.filter(({ kind }) => kind === 'page');
  const rows = await db
    .selectFrom('history_withheld')
    .select('url_mark')
    .where(flavour.isOneOf('url_mark', pages.map(urlMarkOf)))
    .execute();
  const marks = new Set(rows.map((row) => row.url_mark));
  const withheld = new Set(pages.filter((page) => marks.has(urlMarkOf(page))));
  const feeds = bodies.filter(({ kind }) => kind === 'feed');
  const doubtful = await doubtfulFeeds(
    session,
    feeds.map(({ url }) => url),
  );
  for (const feed of feeds) if (doubtful.has(feed.url) && (await tellsOfRetracted(session, feed))) withheld.add(feed);
  return withheld;
}

async function tellsOfRetracted({ db, flavour }: Session, { url, tells = null }: KeptAnswer): Promise<boolean> {
  if (tells === null) return true;
  const marks = [...new Set(tells.map((alias: Alias) => aliasMark(alias).mark))];
  const isOfOne = sql<boolean>`aliases.source_id in (
    select source_id from ledger where state = 'retracted'
    and (source_id in (select source_id from source_states where url = ${url})
      or not exists (select 1 from source_states where url = ${url})))`;
  const row = await db
    .selectFrom('aliases')
    .innerJoin('ledger', 'ledger.entry', 'aliases.entry')
    .select('ledger.entry')
    .where(isOfOne)
    .where(flavour.isOneOf('aliases.mark', marks))
    .where('ledger.state', '=', 'retracted')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether what is not kept of an address is left out for the sake of what was retracted. */
export async function isWithheld(session: Session, { kind, url }: Omit<HistoryQuestion, 'askedAs'>): Promise<boolean> {
  const { db } = session;
  const mark = urlMarkOf({ kind, url });
  const kept = await db.selectFrom('history').select('number').where('url_mark', '=', mark).executeTakeFirst();
  if (kept !== undefined) return false;
  if (kind === 'page') {
    const row = await db.selectFrom('history_withheld').selectAll().where('url_mark', '=', mark).executeTakeFirst();
    return row !== undefined;
  }
  const source = await db
    .selectFrom('source_states')
    .innerJoin('ledger', 'ledger.source_id', 'source_states.source_id')
    .select('source_states.source_id')
    .where('source_states.url', '=', url)
    .where('ledger.state', '=', 'retracted')
    .limit(1)
    .executeTakeFirst();
  return kind === 'feed' && source !== undefined;
}
