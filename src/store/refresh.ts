import { sql } from 'kysely';
import type { Article } from '../model/article.ts';
import type { Alias, KnownEntry, LedgerEntry } from '../model/ledger.ts';
import type { MissedPage } from '../model/missed-page.ts';
import type { SourceState } from '../model/source.ts';
import type { TrailStep } from '../model/trail.ts';
import type { Instant } from '../support/instant.ts';
import { moveChangeMark } from './change-mark.ts';
import { insertNumbered, insertRows, lastOfEach, updateLedger } from './many-rows.ts';
import { aliasMark } from './marks.ts';
import {
  aliasRows,
  articleOf,
  articleRow,
  knownEntriesOf,
  ledgerRow,
  missedPageOf,
  missedPageRow,
  sourceStateOf,
  sourceStateRow,
} from './rows.ts';
import { appendSteps, entryNumbers, numberOf, saveStandings, type EntryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import type { RefreshRecord } from './store.ts';
import type { ArticleRow, SourceStateRow } from './tables.ts';
import { saveSourceWatch } from './watches.ts';

// What the refreshing of a source asks of the store.

export async function sourceStates({ db }: Session): Promise<Map<string, SourceState>> {
  const rows = await db.selectFrom('source_states').selectAll().orderBy('source_id').execute();
  return new Map(rows.map((row) => [row.source_id, sourceStateOf(row)]));
}

export async function knownEntries(
  { db, flavour }: Session,
  sourceId: string,
  aliases: readonly Alias[],
): Promise<KnownEntry[]> {
  if (aliases.length === 0) return [];
  const marks = aliases.map((alias) => aliasMark(alias).mark);
  const { rows } = await sql<Parameters<typeof knownEntriesOf>[0][number]>`
    select ledger.article_id, ledger.source_id, ledger.entry_id, ledger.digest, ledger.first_seen_at, ledger.state,
      aliases.mark, aliases.long_value
    from ledger join aliases on aliases.entry = ledger.entry
    where ledger.entry in (
      select entry from aliases where source_id = ${sourceId} and ${flavour.isOneOf('mark', marks)}
    )
    order by ledger.entry, aliases.mark`.execute(db);
  return knownEntriesOf(rows);
}

export async function articles({ db, flavour }: Session, ids: readonly string[]): Promise<Article[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('articles', 'articles.entry', 'ledger.entry')
    .selectAll('articles')
    .where(flavour.isOneOf('ledger.article_id', ids))
    .orderBy('articles.id')
    .execute();
  return rows.map(articleOf);
}

export async function pagesToAskAgain(
  { db }: Session,
  given: { readonly sourceId: string; readonly now: Instant; readonly limit: number },
): Promise<MissedPage[]> {
  const rows = await db
    .selectFrom('missed_pages')
    .innerJoin('ledger', 'ledger.entry', 'missed_pages.entry')
    .selectAll('missed_pages')
    .select('ledger.article_id')
    .where('missed_pages.source_id', '=', given.sourceId)
    .where('missed_pages.next_at', '<=', given.now)
    .orderBy('missed_pages.next_at')
    .orderBy('missed_pages.entry')
    .limit(given.limit)
    .execute();
  return rows.map(missedPageOf);
}

export async function saveSourceState(session: Session, state: SourceState): Promise<void> {
  const row = sourceStateRow(state);
  const set = (Object.keys(row) as (keyof SourceStateRow)[]).filter((column) => column !== 'source_id');
  await insertRows(session, 'source_states', [row], { key: ['source_id'], set });
}

export async function saveRefresh(session: Session, refresh: RefreshRecord): Promise<void> {
  const { ledger, trail } = refresh;
  const saved = lastOfEach(refresh.articles, ({ id }) => id);
  await saveSourceState(session, refresh.state);
  const numbers = await saveLedger(session, refresh, new Map(saved.map((article) => [article.id, article])));
  const aliases = ledger.flatMap((entry) => aliasRows(entry, numberOf(numbers, entry.articleId)));
  // A mark belongs to the entry that had it first.
  await insertRows(session, 'aliases', aliases, { key: ['source_id', 'mark'], set: [] });
  await saveArticles(session, saved, numbers);
  await saveMissedPages(session, refresh);
  if (refresh.watch !== null) await saveSourceWatch(session, refresh.state.sourceId, refresh.watch);
  await appendSteps(session, trail, numbers);
  if (saved.length > 0) await moveChangeMark(session);
}

async function saveMissedPages(session: Session, refresh: RefreshRecord): Promise<void> {
  const missed = lastOfEach(refresh.missed, ({ articleId }) => articleId);
  const numbers = await entryNumbers(session, [...missed.map(({ articleId }) => articleId), ...refresh.missedNoLonger]);
  const had = [...new Set(refresh.missedNoLonger)].map((id) => numberOf(numbers, id));
  if (had.length > 0)
    await session.db.deleteFrom('missed_pages').where(session.flavour.isOneOf('entry', had)).execute();
  await insertRows(
    session,
    'missed_pages',
    missed.map((page) => missedPageRow(page, numberOf(numbers, page.articleId))),
    { key: ['entry'], set: ['source_id', 'code', 'retries', 'next_at', 'given'] },
  );
  const { askAgain } = refresh;
  if (askAgain !== null)
    await session.db
      .updateTable('missed_pages')
      .set({ next_at: askAgain.from })
      .where('source_id', '=', refresh.state.sourceId)
      .where('code', '=', askAgain.code)
      .where('given', 'is not', null)
      .execute();
}

/** Articles as they are from now on, whole, whether they were there or not. */
export async function saveArticles(session: Session, saved: readonly Article[], numbers: EntryNumbers): Promise<void> {
  const rows = saved.map((article) => articleRow(article, numberOf(numbers, article.id)));
  const set = (Object.keys(rows[0] ?? {}) as (keyof ArticleRow)[]).filter((column) => column !== 'entry');
  await insertRows(session, 'articles', rows, { key: ['entry'], set });
}

/**
 * The ledger's entries with where they stand now, and the numbers of all that the refresh speaks of. What was minted once
 * (source, first upstream id, first sight) never changes, and an entry keeps the title and link by which people knew it
 * when a later reading brings none.
 */
async function saveLedger(
  session: Session,
  { ledger, trail }: RefreshRecord,
  articlesById: ReadonlyMap<string, Article>,
): Promise<EntryNumbers> {
  const steps = new Map(trail.map((step) => [step.articleId, step]));
  const entries = lastOfEach(ledger, ({ articleId }) => articleId);
  const rows = entries.flatMap((entry) => {
    const step = steps.get(entry.articleId);
    const named = articlesById.get(entry.articleId) ?? { title: null, link: null };
    return step === undefined ? [] : [ledgerRow(entry, step, named)];
  });
  const moved = await insertNumbered(session, { table: 'ledger', number: 'entry', id: 'article_id' }, rows, {
    key: ['article_id'],
    set: ['digest', 'state', 'reason', 'state_at'],
    setIfGiven: ['title', 'link'],
  });
  const rest = {
    entries: entries.filter(({ articleId }) => !moved.has(articleId)),
    steps: trail.filter(({ articleId }) => !moved.has(articleId)),
    articles: [...articlesById.values()].filter(({ id }) => !moved.has(id)),
  };
  return new Map([...moved, ...(await saveUnmoved(session, rest))]);
}

/** What a refresh says of entries that it brings no new ledger entry and step for: they must be known. */
async function saveUnmoved(
  session: Session,
  given: {
    readonly entries: readonly LedgerEntry[];
    readonly steps: readonly TrailStep[];
    readonly articles: readonly Article[];
  },
): Promise<EntryNumbers> {
  const { entries, steps, articles } = given;
  const ids = [...entries, ...steps].map(({ articleId }) => articleId).concat(articles.map(({ id }) => id));
  const numbers = await entryNumbers(session, ids);
  const digests = entries.map(({ articleId, digest }) => ({ entry: numberOf(numbers, articleId), digest }));
  await updateLedger(session, ['digest'], digests);
  await saveStandings(session, steps, numbers);
  const names = articles.map(({ id, title, link }) => ({ entry: numberOf(numbers, id), title, link }));
  await updateLedger(session, ['title', 'link'], names);
  return numbers;
}
