import type { TrailStep } from '../model/trail.ts';
import { insertRows, lastOfEach, updateLedger } from './many-rows.ts';
import { trailRow } from './rows.ts';
import type { Session } from './session.ts';

/** Entries' own numbers by the articles' ids. */
export type EntryNumbers = ReadonlyMap<string, number>;

/** The numbers of the entries that the ledger has among these. */
export async function entryNumbers({ db, flavour }: Session, articleIds: readonly string[]): Promise<EntryNumbers> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('ledger')
    .select(['article_id', 'entry'])
    .where(flavour.isOneOf('article_id', articleIds))
    .execute();
  return new Map(rows.map((row) => [row.article_id, row.entry]));
}

/** The number of an entry that must be in the ledger: what is saved of an unknown one is a fault of the program. */
export function numberOf(numbers: EntryNumbers, articleId: string): number {
  const number = numbers.get(articleId);
  if (number === undefined) throw new TypeError(`the ledger has no entry ${articleId}`);
  return number;
}

/** Appends steps to the trail. The ledger must be made to agree in the same transaction. */
export async function appendSteps(session: Session, steps: readonly TrailStep[], numbers: EntryNumbers): Promise<void> {
  await insertRows(
    session,
    'trail',
    steps.map((step) => trailRow(step, numberOf(numbers, step.articleId))),
  );
}

/** Where entries stand: at the last of their steps. */
export async function saveStandings(
  session: Session,
  steps: readonly TrailStep[],
  numbers: EntryNumbers,
): Promise<void> {
  const last = lastOfEach(steps, ({ articleId }) => articleId).map(({ articleId, state, reason, at }) => ({
    entry: numberOf(numbers, articleId),
    state,
    reason,
    state_at: at,
  }));
  // Always in the same order, so that two programs never wait for each other.
  last.sort((a, b) => a.entry - b.entry);
  await updateLedger(session, ['state', 'reason', 'state_at'], last);
}
