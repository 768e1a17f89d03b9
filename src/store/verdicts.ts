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

/** With each verdict the entry awaits sorting again. */
export async function saveVerdicts(session: Session, given: readonly Verdict[]): Promise<void> {
  const last = lastOfEach(given, ({ articleId }) => articleId);
  const numbers = await entryNumbers(
    session,
    last.map(({ articleId }) => articleId),
  );
  await saveSteps(session, last.map(stepOf));
  const rows = last.map((verdict) => verdictRow(verdict, numberOf(numbers, verdict.articleId)));
  await insertRows(session, 'verdicts', rows, { key: ['entry'], set: ['verdict', 'at', 'note'] });
}

function stepOf({ articleId, verdict, at, note }: Verdict): TrailStep {
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
