import type { Order } from '../config/sources-file.ts';
import { ENTRY_STATES, type EntryState } from '../model/trail.ts';
import type { SourceState } from '../model/source.ts';
import type { Drift } from '../model/source-watch.ts';
import { stateFor } from '../pipeline/source-state.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { EntryCount, MissedPageCount, Store } from '../store/store.ts';
import { systemClock } from '../support/clock.ts';
import { latest, type Instant } from '../support/instant.ts';
import type { Command } from './command.ts';
import { driftLine, pageReason } from './closing-table.ts';
import { outcomeLines, outcomesOf } from './outcomes.ts';
import { gatherPushStatus, pushLines } from './push-status.ts';
import { gatherPrivateStatus, privateLines } from './private.ts';
import { orderOrTell } from './read-order.ts';
import { oneLine, table } from './terminal.ts';
import { unknownSource } from './unknown-source.ts';

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
      if (json)
        terminal.print(JSON.stringify({ schema: null, ...NOTHING_YET, privateTopics: [], pushes: null }, null, 2));
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
    const pushes = await gatherPushStatus(store, systemClock().now());
    const privateTopics = await gatherPrivateStatus(store, order);
    if (json) terminal.print(JSON.stringify({ ...gathered, privateTopics, pushes }, null, 2));
    else
      for (const line of [...statusLines(gathered), ...privateLines(privateTopics), ...pushLines(pushes)])
        terminal.print(line);
    return 0;
  },
};

const NOTHING_YET: Omit<Status, 'schema'> = { sources: [], notListed: [], entries: countsByState([]) };

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

/** A source that sources.json does not have any more: what it brought is still there. */
export type FormerSource = Pick<SourceStatus, 'id' | 'entries' | 'pagesNotHad'>;

/** What there is to tell of all sources, as scripts read it. */
export type Status = {
  readonly schema: string;
  readonly sources: readonly SourceStatus[];
  readonly notListed: readonly FormerSource[];
  /** Of all sources, listed or not: each entry of the ledger is counted in one state. */
  readonly entries: SourceStatus['entries'];
};

export async function gatherStatus(store: Store, { sources }: Pick<Order, 'sources'>): Promise<Status> {
  const states = await store.sourceStates();
  const counts = await store.entryCounts();
  const drifts = await store.drifts();
  const missed = Map.groupBy(await store.missedPageCounts(), ({ sourceId }) => sourceId);
  const ofEntries = (id: string): Pick<SourceStatus, 'entries' | 'pagesNotHad'> => ({
    entries: countsByState(counts.filter(({ sourceId }) => sourceId === id)),
    pagesNotHad: (missed.get(id) ?? []).map(({ code, count, again }) => ({ code, count, again })),
  });
  const listed = new Set(sources.map(({ id }) => id));
  const former = new Set(counts.map(({ sourceId }) => sourceId).filter((id) => !listed.has(id)));
  return {
    schema: await store.schemaVersion(),
    notListed: [...former].map((id) => ({ id, ...ofEntries(id) })),
    entries: countsByState(counts),
    sources: sources.map((source) => {
      const { id, title, enabled } = source;
      const { checkedAt, nextCheckAt, retryAfterUntil, failures, lastFailure, repairs, unreadable } = stateFor(
        source,
        states.get(id),
      );
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
        ...ofEntries(id),
        drift: source.content === 'feed' ? null : (drifts.get(id) ?? null),
      };
    }),
  };
}

function countsByState(counts: readonly EntryCount[]): SourceStatus['entries'] {
  const countOf = (state: EntryState): number =>
    sum(counts.filter((one) => one.state === state).map(({ count }) => count));
  return Object.fromEntries(ENTRY_STATES.map((state) => [state, countOf(state)])) as Record<EntryState, number>;
}

const HEAD = ['source', 'state', 'asked', 'next', 'published', 'merged', 'dropped', 'other', 'unreadable', 'no page'];

/** The same for people: a table, and below it what is wrong. */
export function statusLines({ schema, sources, notListed, entries }: Status): string[] {
  const rows = sources.map((source) => [
    source.id,
    stateWord(source),
    source.checkedAt ?? '–',
    source.nextCheckAt ?? '–',
    ...entryCells(source),
    source.unreadable.length,
    pagesMissed(source),
  ]);
  const former = notListed.map((source) => [
    source.id,
    'not listed',
    '–',
    '–',
    ...entryCells(source),
    0,
    pagesMissed(source),
  ]);
  const troubles = [
    ...sources.flatMap(troublesOf),
    ...notListed.flatMap((source) => otherStates(source).map((line) => `${source.id}: ${line}`)),
  ];
  return [
    ...table([HEAD, ...rows, ...former]),
    ...(troubles.length === 0 ? [] : ['', ...troubles]),
    '',
    `entries: ${allWords(entries)}`,
    `database: ${schema}`,
  ];
}

function entryCells({ entries }: FormerSource): number[] {
  const others = sum(ENTRY_STATES.filter((state) => !NAMED.has(state)).map((state) => entries[state]));
  return [entries.published, entries.merged, entries.dropped, others];
}

function pagesMissed({ pagesNotHad }: FormerSource): number {
  return sum(pagesNotHad.map(({ count }) => count));
}

/** `5: 3 published, 2 merged`. */
function allWords(entries: SourceStatus['entries']): string {
  const states = ENTRY_STATES.filter((state) => entries[state] > 0).map((state) => `${entries[state]} ${state}`);
  return `${sum(Object.values(entries))}${states.length === 0 ? '' : `: ${states.join(', ')}`}`;
}

const NAMED: ReadonlySet<EntryState> = new Set(['published', 'merged', 'dropped']);

function stateWord({ enabled, checkedAt, failures, drift }: SourceStatus): string {
  if (!enabled) return 'off';
  if (checkedAt === null) return 'never asked';
  if (failures > 0) return `failing (${failures})`;
  return drift === null ? 'well' : 'new shape';
}

/** What the table's column "other" counts, by state. */
function otherStates({ entries }: FormerSource): string[] {
  const others = ENTRY_STATES.filter((state) => !NAMED.has(state) && entries[state] > 0);
  return others.length === 0 ? [] : [`other: ${others.map((state) => `${entries[state]} ${state}`).join(', ')}`];
}

function troublesOf(status: SourceStatus): string[] {
  const { id, failures, lastFailure, pagesNotHad, drift, unreadable, repairs } = status;
  const failure =
    failures === 0 ? [] : [`${oneLine(lastFailure?.message ?? 'failed', 300)} (since ${lastFailure?.at ?? 'then'})`];
  return [
    ...failure,
    ...(drift === null ? [] : [driftLine(drift)]),
    ...otherStates(status),
    ...(status.entries.held === 0 ? [] : [heldLine(id, status.entries.held)]),
    ...pagesNotHad.map(
      ({ code, count, again }) => `pages not had: ${count} (${pageReason(code)}); ${again} of them are asked for again`,
    ),
    ...unreadable.map((entry) => `unreadable: ${oneLine(entry, 200)}`),
    ...repairs.map((repair) => `mended on reading: ${oneLine(repair, 200)}`),
  ].map((line) => `${id}: ${line}`);
}

function heldLine(sourceId: string, count: number): string {
  const wait = count === 1 ? 'one entry waits' : `${count} entries wait`;
  return `${wait} until you approve or reject: tributary held --source ${sourceId}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
