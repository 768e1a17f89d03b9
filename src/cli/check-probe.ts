import { openAsking } from '../app/open-asking.ts';
import type { Order } from '../config/sources-file.ts';
import type { Source } from '../model/source.ts';
import type { ProbeMemory, ProbeReport } from '../pipeline/probe-source.ts';
import { stateFor } from '../pipeline/source-state.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import { systemClock } from '../support/clock.ts';
import type { CommandContext } from './command.ts';
import { adviceNow } from './error-line.ts';
import { BODIES, FORMATS } from './sources/described-feed.ts';
import { shellWord } from './sources/shell-word.ts';
import { oneLine, table } from './terminal.ts';

/** The enabled sources of the list, or those of the ids: an operator may ask one that is not enabled. */
export function probedSources({ sources }: Order, ids: readonly string[]): readonly Source[] {
  return sources.filter(({ id, enabled }) => (ids.length === 0 ? enabled : ids.includes(id)));
}

/** Asks each source once, tells how far it is, and gives the reports in the list's order. */
export async function probeListed(
  { config, terminal, secretOf, signal }: CommandContext,
  order: Order,
  sources: readonly Source[],
): Promise<readonly ProbeReport[]> {
  await using parts = new AsyncDisposableStack();
  const memory = await openMemory(config, parts);
  const asking = parts.use(openAsking(config, order.site, secretOf));
  const reports = new Map<string, ProbeReport>();
  terminal.showProgress(`0 of ${sources.length} sources …`);
  for await (const report of asking.probe(sources, memory, signal)) {
    const isFailed = report.outcome === 'failed';
    reports.set(report.sourceId, isFailed ? { ...report, advice: adviceNow(report.advice) } : report);
    terminal.showProgress(`${reports.size} of ${sources.length} sources …`);
  }
  terminal.showProgress('');
  return sources.map(({ id }) => reports.get(id)!);
}

async function openMemory(
  { databaseUrl, data }: CommandContext['config'],
  parts: AsyncDisposableStack,
): Promise<ProbeMemory | null> {
  const where = { databaseUrl, dataDir: data };
  if (!(await storeExists(where))) return null;
  const store = parts.use(await openStore(where, { clock: systemClock() }));
  const states = await store.sourceStates();
  return {
    stateOf: (source) => stateFor(source, states.get(source.id)),
    knownEntries: (sourceId, aliases) => store.knownEntries(sourceId, aliases),
  };
}

/** What was found, as a table, and below it what failed and what would suit better. */
export function probeLines(reports: readonly ProbeReport[], { hub }: Order['site']): string[] {
  const failed = reports.flatMap((report) =>
    report.outcome === 'well' ? [] : [`  ${report.sourceId}: ${reasonOf(report)}`],
  );
  const mended = reports.flatMap((report) =>
    report.outcome === 'well'
      ? report.feed.repairs.map((repair) => `  ${report.sourceId}: ${oneLine(repair, 200)}`)
      : [],
  );
  const hubs = reports.filter((report) => report.outcome === 'well' && report.feed.hub !== null).length;
  return [
    ...(reports.length === 0 ? ['No source was asked: none is enabled.'] : table([HEAD, ...reports.map(rowOf)])),
    ...section('not well:', failed),
    ...section('mended while reading:', mended),
    ...section('what would suit better:', reports.flatMap(suggestionLines)),
    ...(hubs === 0 || hub?.isOwn === true
      ? []
      : [
          '',
          `${hubs === 1 ? 'One has a hub' : `${hubs} have hubs`} that would push news at once: put "hub": true under "site" (docs/notes/push.md).`,
        ]),
  ];
}

const HEAD = ['source', 'answers', 'format', 'entries', 'newest', 'texts', 'mended'];

function rowOf(report: ProbeReport): (string | number)[] {
  if (report.outcome !== 'well') return [report.sourceId, report.outcome === 'failed' ? 'fails' : 'not asked'];
  const { format, entries, newest, bodies, repairs, unreadable } = report.feed;
  return [
    report.sourceId,
    report.movedTo === null ? 'well' : 'moved',
    FORMATS[format],
    unreadable === 0 ? String(entries) : `${entries} (${unreadable} unreadable)`,
    newest?.slice(0, 10) ?? 'no dates',
    BODIES[bodies],
    repairs.length === 0 ? 'nothing' : `${repairs.length} ${repairs.length === 1 ? 'kind' : 'kinds'}`,
  ];
}

function reasonOf(report: Exclude<ProbeReport, { readonly outcome: 'well' }>): string {
  const advice = report.outcome === 'failed' && report.advice !== '' ? `; ${report.advice}` : '';
  return oneLine(`${report.reason}${advice}`, 400);
}

function suggestionLines(report: ProbeReport): string[] {
  if (report.outcome !== 'well') return [];
  return report.suggestions.map(
    ({ setting, why }) => `  tributary sources set ${report.sourceId} ${shellWord(setting)}  # ${why}`,
  );
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
