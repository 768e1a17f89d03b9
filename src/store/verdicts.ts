import type { Verdict } from '../model/rule.ts';
import type { TrailStep } from '../model/trail.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import { verdictOf, verdictRow } from './rows.ts';
import { appendSteps, entryNumbers, numberOf, saveStandings } from './save-trail.ts';
import type { Session } from './session.ts';

// What the operator has said of entries.

export async function verdicts({ db, flavour }: Session, articleIds: readonly string[]): Promise<Map<string, Verdict>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('verdicts')
    .innerJoin('ledger', 'ledger.entry', 'verdicts.entry')
    .select(['ledger.article_id', 'verdicts.verdict', 'verdicts.at', 'verdicts.note'])
    .where(flavour.isOneOf('ledger.article_id', articleIds))
    .orderBy('ledger.article_id')
    .execute();
  return new Map(rows.map((row) => [row.article_id, verdictOf(row)]));
}

/** With each verdict the entry awaits sorting again. One of which nothing is kept, as it has expired meanwhile, stays as it is. */
export async function saveVerdicts(session: Session, given: readonly Verdict[]): Promise<void> {
  const named = lastOfEach(given, ({ articleId }) => articleId);
  const numbers = await entryNumbers(
    session,
    named.map(({ articleId }) => articleId),
  );
  const kept = await keptAmong(session, [...numbers.values()]);
  const last = named.filter(({ articleId }) => kept.has(numberOf(numbers, articleId)));
  await saveSteps(session, last.map(stepOf));
  const rows = last.map((verdict) => verdictRow(verdict, numberOf(numbers, verdict.articleId)));
  await insertRows(session, 'verdicts', rows, { key: ['entry'], set: ['verdict', 'at', 'note'] });
}

async function keptAmong({ db, flavour }: Session, entries: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('ledger')
    .leftJoin('articles', 'articles.entry', 'ledger.entry')
    .select('ledger.entry')
    .where(flavour.isOneOf('ledger.entry', entries))
    .where((where) => where.or([where('ledger.state', '<>', 'expired'), where('articles.entry', 'is not', null)]))
    .execute();
  return new Set(rows.map(({ entry }) => entry));
}

function stepOf({ articleId, verdict, at, note }: Verdict): TrailStep {
  if (verdict === 'expired') return { articleId, at, state: 'awaiting', reason: note ?? 'it is older than it is kept' };
  return { articleId, at, state: 'awaiting', reason: `${verdict} by the operator${note === null ? '' : `: ${note}`}` };
}

/** Moves entries to other states, whatever they are in. */
export async function saveSteps(session: Session, steps: readonly TrailStep[]): Promise<void> {
  if (steps.length === 0) return;
  const numbers = await entryNumbers(session, [...new Set(steps.map(({ articleId }) => articleId))]);
  // The ledger first: whoever else changes the same entries waits here.
  await saveStandings(session, steps, numbers);
  await appendSteps(session, steps, numbers);
}
