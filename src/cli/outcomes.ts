import type { EntryStanding, Store } from '../store/store.ts';
import { oneLine } from './terminal.ts';

/** What became of one entry, and why. */
export type Outcome = Pick<EntryStanding, 'sourceId' | 'state' | 'reason' | 'text' | 'link' | 'at'> & {
  /** By which other commands take it. */
  readonly id: string;
  readonly title: string;
};

/** Of every entry that ever came, or of one source's. */
export async function outcomesOf(store: Store, sourceId: string | null): Promise<Outcome[]> {
  const standings = await store.standings(null);
  return standings.flatMap((standing) => {
    if (sourceId !== null && standing.sourceId !== sourceId) return [];
    const { articleId: id, title, link, state, reason, text, at } = standing;
    return [{ id, sourceId: standing.sourceId, title: title ?? link ?? '(untitled)', link, state, reason, text, at }];
  });
}

export function outcomeLine({ sourceId, title, state, reason }: Outcome): string {
  return `${state.padEnd(9)} ${sourceId}: ${oneLine(title, 70)} — ${oneLine(reason, 200)}`;
}

/** The same with its id, and a line on the article's text; for those who ask about one entry after the other. */
export function outcomeLines(outcome: Outcome): string[] {
  const { id, text } = outcome;
  const more = [id, ...(text === null ? [] : [`its text: ${oneLine(text, 300)}`])];
  return [outcomeLine(outcome), ...more.map((line) => `${' '.repeat(10)}${line}`)];
}
