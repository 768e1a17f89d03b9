import type { Feed } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import type { Drift } from '../model/source-watch.ts';

/** What became of one source in one refresh. `entries` counts those of the document. */
export type RefreshReport = {
  readonly sourceId: string;
  readonly title: string;
  readonly outcome: 'unchanged' | 'refreshed' | 'failed' | 'waiting';
  /** Why it failed or waits, and what to do; null otherwise. */
  readonly reason: string | null;
  readonly code: string | null;
  readonly entries: number;
  readonly added: number;
  readonly changed: number;
  /** Entries that could not be read, one sentence each. */
  readonly unreadable: readonly string[];
  readonly repairs: readonly string[];
  /** Pages that were asked for and not had: how many for which reason (a code of model/errors.ts). */
  readonly pagesNotHad: Readonly<Record<string, number>>;
  /** Articles whose page had failed before and was had now. */
  readonly pagesHadAtLast: number;
  /** Since when its pages are not believed, and why; null: they are, or none was read in this refresh. */
  readonly drift: Drift | null;
  /** Whether they are believed again from this refresh on. */
  readonly driftEnded: boolean;
};

/** A report with nothing in it yet. */
export function emptyReport(source: Source, outcome: RefreshReport['outcome']): RefreshReport {
  return {
    sourceId: source.id,
    title: source.title,
    outcome,
    reason: null,
    code: null,
    entries: 0,
    added: 0,
    changed: 0,
    unreadable: [],
    repairs: [],
    pagesNotHad: {},
    pagesHadAtLast: 0,
    drift: null,
    driftEnded: false,
  };
}

/** How many pages were not had for each reason, in order of the codes. */
export function countByCode(missed: readonly { readonly code: string }[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of missed.toSorted((a, b) => (a.code < b.code ? -1 : 1)))
    counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** The entries of a document that nobody can read, one sentence each. */
export function unreadableIn({ skipped }: Feed, without: number): string[] {
  const parsed = skipped.map(
    ({ position, name, reason }) => `entry ${position + 1}${name === null ? '' : ` ("${name}")`}: ${reason}`,
  );
  const empty =
    without === 0
      ? []
      : [`${without === 1 ? 'one entry has' : `${without} entries have`} no id, no link, no title and no text`];
  return [...parsed, ...empty];
}
