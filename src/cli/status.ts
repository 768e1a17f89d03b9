import type { Order } from '../config/sources-file.ts';
import { ENTRY_STATES, type EntryState } from '../model/trail.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { systemClock } from '../support/clock.ts';
import { alertLines, gatherAlertStatus, NO_ALERTS } from './alert-status.ts';
import { driftLine, pageReason } from './closing-table.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import {
  gatherKnown,
  gatherStatus,
  NOTHING_YET,
  sum,
  type FormerSource,
  statusOfOne,
  type SourceStatus,
  type Status,
} from './gather-status.ts';
import { outcomeLines, outcomesOf } from './outcomes.ts';
import { gatherPrivateStatus, privateLines } from './private.ts';
import { gatherPushStatus, pushLines } from './push-status.ts';
import { faultLines, readOrder } from './read-order.ts';
import { oneLine, table } from './terminal.ts';
import { unknownSource } from './unknown-source.ts';
import { gatherUpkeepStatus, upkeepLines } from './upkeep-status.ts';

export const status: Command = {
  name: 'status',
  says: 'tell for every source when it was asked, what it brought, and what is wrong',
  group: 'look',
  about: [
    'Works beside a running service, and also while sources.json is faulty: then it tells the faults, and how the sources stand that the database knows.',
    'Tells too of private topics, of hubs, and of deliveries to webhooks that were given up.',
  ],
  examples: [
    { line: 'tributary status', says: 'One line a source, and what is wrong.' },
    {
      line: 'tributary status --entries --source harbour-news',
      says: 'What became of every entry of one source, and why.',
    },
  ],
  exits: { 1: 'sources.json is faulty, or the database cannot be read' },
  options: [
    { name: 'entries', argument: null, says: 'tell of every entry what became of it, and why' },
    { name: 'source', argument: 'ID', says: 'of this source alone' },
  ],
  positionals: 0,
  async run(context) {
    const { config, terminal, json } = context;
    const reading = await readOrder(config);
    const order = 'order' in reading ? reading.order : null;
    const faulty = 'faults' in reading ? { ok: false, file: config.sources, faults: reading.faults } : {};
    if ('faults' in reading && !json)
      for (const line of [...faultLines(config.sources, reading.faults), '']) terminal.tell(line);
    const code = order === null ? 1 : 0;
    const sourceId = typeof context.options['source'] === 'string' ? context.options['source'] : null;
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    if (!(await storeExists(where))) {
      const unknown = sourceId === null || order === null ? null : unknownSource(sourceId, order.sources);
      if (unknown !== null) {
        terminal.tell(unknown);
        return 2;
      }
      const nothing = { ...faulty, schema: null, ...NOTHING_YET, privateTopics: [], pushes: null, ...NO_ALERTS };
      terminal.print(
        json ? JSON.stringify(nothing, null, 2) : `Nothing was fetched yet: there is no database in ${config.data}.`,
      );
      return code;
    }
    await using store = await openStore(where, { clock: systemClock() });
    if (context.options['entries'] === true) return await tellEntries(context, store, order, faulty);
    const gathered = order === null ? await gatherKnown(store) : await gatherStatus(store, order);
    if (sourceId !== null) return tellOne(context, gathered, { sourceId, faulty, code });
    const alerts = await gatherAlertStatus(store);
    const pushes = await gatherPushStatus(store, systemClock().now());
    const privateTopics = await gatherPrivateStatus(store, order);
    const upkeep = await gatherUpkeepStatus(store);
    const all = { ...faulty, ...gathered, privateTopics, pushes, ...alerts, ...upkeep };
    if (json) terminal.print(JSON.stringify(all, null, 2));
    else
      for (const line of [
        ...(order === null ? [KNOWN_ALONE] : []),
        ...alertLines(alerts),
        ...statusLines(gathered),
        ...privateLines(privateTopics),
        ...pushLines(pushes),
        ...upkeepLines(upkeep),
      ])
        terminal.print(line);
    return code;
  },
};

function tellOne(
  { terminal, json }: CommandContext,
  gathered: Status,
  { sourceId, faulty, code }: { readonly sourceId: string; readonly faulty: object; readonly code: ExitCode },
): ExitCode {
  const one = statusOfOne(gathered, sourceId);
  if (one === null) {
    terminal.tell(unknownSource(sourceId, [...gathered.sources, ...gathered.notListed]) ?? sourceId);
    return 2;
  }
  if (json) terminal.print(JSON.stringify({ ...faulty, ...one }, null, 2));
  else for (const line of statusLines(one)) terminal.print(line);
  return code;
}

const KNOWN_ALONE = 'how the sources stand that the database knows, whether they are listed or not:';

/** @param order null while sources.json is faulty, which `faulty` tells scripts of */
async function tellEntries(
  { options, terminal, json }: CommandContext,
  store: Store,
  order: Order | null,
  faulty: object,
): Promise<ExitCode> {
  const sourceId = typeof options['source'] === 'string' ? options['source'] : null;
  const outcomes = await outcomesOf(store, sourceId);
  if (sourceId !== null && outcomes.length === 0) {
    const fault = unknownSource(sourceId, order?.sources ?? (await gatherKnown(store)).sources);
    if (fault !== null) {
      terminal.tell(fault);
      return 2;
    }
  }
  if (json) terminal.print(JSON.stringify(order === null ? { ...faulty, articles: outcomes } : outcomes, null, 2));
  else for (const line of outcomes.flatMap(outcomeLines)) terminal.print(line);
  return order === null ? 1 : 0;
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
  const whys = sources.map(({ nextCheckWhy }) => nextCheckWhy ?? '');
  // Where all go by their schedules, that says nothing.
  const isTold = whys.some((why) => why !== '' && !why.startsWith(BY_SCHEDULE));
  const whole = [[...HEAD, 'because'], ...rows.map((row, at) => [...row, oneLine(whys[at]!, 120)]), ...former];
  return [
    ...table(isTold ? whole : [HEAD, ...rows, ...former]),
    ...(troubles.length === 0 ? [] : ['', ...troubles]),
    '',
    `entries: ${allWords(entries)}`,
    `database: ${schema}`,
  ];
}

const BY_SCHEDULE = 'its schedule, ';

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
  return `${wait} until you approve or reject: tributary hold list --source ${sourceId}`;
}
