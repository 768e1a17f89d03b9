import type { Order } from '../config/sources-file.ts';
import { ENTRY_STATES, type EntryState } from '../model/trail.ts';
import type { SourceState } from '../model/source.ts';
import type { Drift } from '../model/source-watch.ts';
import { stateFor } from '../pipeline/source-state.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { MissedPageCount, Store } from '../store/store.ts';
import { systemClock } from '../support/clock.ts';
import { nearestName } from '../support/nearest-name.ts';
import { latest, type Instant } from '../support/instant.ts';
import type { Command } from './command.ts';
import { driftLine, pageReason } from './closing-table.ts';
import { outcomeLines, outcomesOf } from './outcomes.ts';
import { orderOrTell } from './read-order.ts';
import { oneLine, table } from './terminal.ts';

export const status: Command = {
  name: 'status',
  says: 'tell for every source when it was asked, what it brought, and what is wrong',
  options: [
    { name: 'entries', argument: null, says: 'tell of every entry what became of it, and why' },
    { name: 'source', argument: 'ID', says: 'with --entries: of this source alone' },
  ],
  positionals: 0,
  async run(context) {
    const { config, options, terminal, json } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    if (!(await storeExists(where))) {
      if (json) terminal.print(JSON.stringify({ schema: null, sources: [] }, null, 2));
      else terminal.print(`Nothing was fetched yet: there is no database in ${config.data}.`);
      return 0;
    }
    await using store = await openStore(where, { clock: systemClock() });
    if (options['entries'] === true) {
      const sourceId = typeof options['source'] === 'string' ? options['source'] : null;
      const outcomes = await outcomesOf(store, sourceId);
      if (sourceId !== null && outcomes.length === 0) {
        const fault = unknownSource(sourceId, order.sources);
        if (fault !== null) {
          terminal.tell(fault);
          return 2;
        }
      }
      if (json) terminal.print(JSON.stringify(outcomes, null, 2));
      else for (const line of outcomes.flatMap(outcomeLines)) terminal.print(line);
      return 0;
    }
    const gathered = await gatherStatus(store, order);
    if (json) terminal.print(JSON.stringify(gathered, null, 2));
    else for (const line of statusLines(gathered)) terminal.print(line);
    return 0;
  },
};

/** What is wrong with a name that no source has; null for one that only has no entries yet. */
function unknownSource(id: string, sources: Order['sources']): string | null {
  const ids = sources.map((source) => source.id);
  if (ids.includes(id)) return null;
  const meant = nearestName(id, ids);
  return `there is no source "${oneLine(id, 70)}"${meant === null ? '' : `; did you mean "${meant}"?`}`;
}

/** What there is to tell of one source. */
export type SourceStatus = Pick<SourceState, 'checkedAt' | 'failures' | 'lastFailure' | 'repairs' | 'unreadable'> & {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
  /** Not asked before then; null: at the next turn, or (not enabled) never. */
  readonly nextCheckAt: Instant | null;
  readonly entries: Readonly<Record<EntryState, number>>;
  /** By reason, a code of model/errors.ts; `again`: so many of them are asked for again. */
  readonly pagesNotHad: readonly Pick<MissedPageCount, 'code' | 'count' | 'again'>[];
  /** Since when its pages are not believed, and why; null: they are. */
  readonly drift: Drift | null;
};

/** What there is to tell of all sources, as scripts read it. */
export type Status = { readonly schema: string; readonly sources: readonly SourceStatus[] };

export async function gatherStatus(store: Store, { sources }: Pick<Order, 'sources'>): Promise<Status> {
  const states = await store.sourceStates();
  const counts = await store.entryCounts();
  const drifts = await store.drifts();
  const missed = Map.groupBy(await store.missedPageCounts(), ({ sourceId }) => sourceId);
  return {
    schema: await store.schemaVersion(),
    sources: sources.map((source) => {
      const { id, title, enabled } = source;
      const { checkedAt, nextCheckAt, retryAfterUntil, failures, lastFailure, repairs, unreadable } = stateFor(
        source,
        states.get(id),
      );
      const countOf = (state: EntryState): number =>
        counts.find((one) => one.sourceId === id && one.state === state)?.count ?? 0;
      return {
        id,
        title,
        enabled,
        checkedAt,
        nextCheckAt: enabled ? latest([nextCheckAt, retryAfterUntil]) : null,
        failures,
        lastFailure,
        repairs,
        unreadable,
        entries: Object.fromEntries(ENTRY_STATES.map((name) => [name, countOf(name)])) as Record<EntryState, number>,
        pagesNotHad: (missed.get(id) ?? []).map(({ code, count, again }) => ({ code, count, again })),
        drift: source.content === 'feed' ? null : (drifts.get(id) ?? null),
      };
    }),
  };
}

const HEAD = ['source', 'state', 'asked', 'next', 'published', 'merged', 'dropped', 'other', 'unreadable', 'no page'];

/** The same for people: a table, and below it what is wrong. */
export function statusLines({ schema, sources }: Status): string[] {
  const rows = sources.map((source) => [
    source.id,
    stateWord(source),
    source.checkedAt ?? '–',
    source.nextCheckAt ?? '–',
    source.entries.published,
    source.entries.merged,
    source.entries.dropped,
    sum(ENTRY_STATES.filter((state) => !NAMED.has(state)).map((state) => source.entries[state])),
    source.unreadable.length,
    sum(source.pagesNotHad.map(({ count }) => count)),
  ]);
  const troubles = sources.flatMap(troublesOf);
  return [...table([HEAD, ...rows]), ...(troubles.length === 0 ? [] : ['', ...troubles]), '', `database: ${schema}`];
}

const NAMED: ReadonlySet<EntryState> = new Set(['published', 'merged', 'dropped']);

function stateWord({ enabled, checkedAt, failures, drift }: SourceStatus): string {
  if (!enabled) return 'off';
  if (checkedAt === null) return 'never asked';
  if (failures > 0) return `failing (${failures})`;
  return drift === null ? 'well' : 'new shape';
}

function troublesOf(status: SourceStatus): string[] {
  const { id, failures, lastFailure, entries, pagesNotHad, drift, unreadable, repairs } = status;
  const failure =
    failures === 0 ? [] : [`${oneLine(lastFailure?.message ?? 'failed', 300)} (since ${lastFailure?.at ?? 'then'})`];
  const others = ENTRY_STATES.filter((state) => !NAMED.has(state) && entries[state] > 0);
  return [
    ...failure,
    ...(drift === null ? [] : [driftLine(drift)]),
    ...(others.length === 0 ? [] : [`other: ${others.map((state) => `${entries[state]} ${state}`).join(', ')}`]),
    ...pagesNotHad.map(
      ({ code, count, again }) => `pages not had: ${count} (${pageReason(code)}); ${again} of them are asked for again`,
    ),
    ...unreadable.map((entry) => `unreadable: ${oneLine(entry, 200)}`),
    ...repairs.map((repair) => `mended on reading: ${oneLine(repair, 200)}`),
  ].map((line) => `${id}: ${line}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
