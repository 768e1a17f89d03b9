import type { CycleReport } from '../pipeline/run-cycle.ts';
import type { RefreshReport } from '../pipeline/refresh-report.ts';
import { oneLine, table } from './terminal.ts';

/** One line a source, as it is done. */
export function sourceLine({ title, outcome, reason, added, changed, entries, unreadable }: RefreshReport): string {
  const name = oneLine(title, 40);
  if (outcome === 'failed') return `✗ ${name}: ${reason}`;
  if (outcome === 'waiting') return `· ${name}: ${reason}`;
  if (outcome === 'unchanged') return `· ${name}: unchanged`;
  const odd = unreadable.length === 0 ? '' : `, ${unreadable.length} unreadable`;
  return `✓ ${name}: ${entries} entries, ${added} new, ${changed} changed${odd}`;
}

/** What a refresh came to, for people. */
export function closingTable(report: CycleReport): string[] {
  const { sources, curated, published } = report;
  const of = (outcome: RefreshReport['outcome']): number =>
    sources.filter((source) => source.outcome === outcome).length;
  const sum = (field: 'added' | 'changed'): number => sources.reduce((total, source) => total + source[field], 0);
  const lines = table([
    ['sources asked', sources.length - of('waiting')],
    ['  refreshed', of('refreshed')],
    ['  unchanged', of('unchanged')],
    ['  failed', of('failed')],
    ...(of('waiting') === 0 ? [] : [['sources not asked', of('waiting')]]),
    ['entries new', sum('added')],
    ['entries changed', sum('changed')],
    ['  published', curated.published],
    ['  merged', curated.merged],
    ['  dropped', curated.dropped],
    ['  unreadable', sources.reduce((total, source) => total + source.unreadable.length, 0)],
    ['files written', published.written.length],
    ['files removed', published.removed.length],
    ['files unchanged', published.unchanged],
  ]);
  const reasons = sources.flatMap((source) => [
    ...(source.reason === null ? [] : [`  ${source.sourceId}: ${source.reason}`]),
    ...source.unreadable.map((entry) => `  ${source.sourceId}: ${oneLine(entry, 160)}`),
  ]);
  const refused = published.refused.map(({ path, reason }) => `  ${path}: ${reason}`);
  return [
    ...lines,
    ...(reasons.length === 0 ? [] : ['', 'what did not go well:', ...reasons]),
    ...(refused.length === 0 ? [] : ['', 'refused by the gate; the last good files stay:', ...refused]),
  ];
}

/** The same for scripts. */
export function closingObject({ sources, curated, published }: CycleReport): object {
  return { sources, entries: curated, files: { ...published } };
}
