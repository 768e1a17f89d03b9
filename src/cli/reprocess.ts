import { digestOfReader } from '../app/code-digests.ts';
import type { Source } from '../model/source.ts';
import { reprocessSource, type Reprocessed } from '../pipeline/reprocess.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import { givingWay } from '../support/give-way.ts';
import { sha256 } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { orderOrTell } from './read-order.ts';
import { table } from './terminal.ts';
import { unknownSource } from './unknown-source.ts';

/** How far a run got that did not get to its end, and what it was asked to do. */
const FACT = 'reprocessing';

export const reprocess: Command = {
  name: 'reprocess',
  says: 'read what is stored again, as the program reads it now',
  group: 'upkeep',
  about: [
    'For after an update that reads better, and after an edit of "select", "remove" or "content" of a source. Feeds and pages are taken from the history (14 days by default: TRIBUTARY_HISTORY_DAYS); nothing is asked of anybody. What was read from something that is not kept any more stays as it is, and is counted.',
    'What comes out as another text takes the place of the old one, and its date of change does not move: readers hear no news. Topics, duplicates and closed archives stay as they are. It may run beside the service; stopped, it goes on where it was when it is called the same way again.',
  ],
  examples: [
    { line: 'tributary reprocess --dry-run', says: 'Counts what would come out as something else.' },
    { line: 'tributary reprocess --source harbour-news && tributary publish', says: 'One source, and publishes it.' },
  ],
  options: [
    { name: 'source', argument: 'ID', says: 'this source alone' },
    { name: 'since', argument: 'DATE', says: 'what was published from then on, as 2026-11-01 or 2026-11-01T06:00:00Z' },
    { name: 'dry-run', argument: null, says: 'change nothing, and count what would be changed' },
  ],
  positionals: 0,
  async run(context) {
    const { config, options, terminal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const since = sinceOf(options['since']);
    if (since === undefined) {
      terminal.tell(
        `--since: ${JSON.stringify(options['since'])} is no date such as 2026-11-01 or 2026-11-01T06:00:00Z`,
      );
      return 2;
    }
    const id = typeof options['source'] === 'string' ? options['source'] : null;
    const sources = order.sources.filter((source) => id === null || source.id === id);
    if (id !== null && sources.length === 0) {
      terminal.tell(unknownSource(id, order.sources) ?? `There is no source ${id}`);
      return 2;
    }
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    if (!(await storeExists(where))) {
      terminal.tell(`Nothing was fetched yet: there is no database in ${config.data}.`);
      return 1;
    }
    const clock = config.now === null ? systemClock() : stoppedClock(config.now);
    await using store = await openStore(where, { clock });
    const asked = { since, isRehearsal: options['dry-run'] === true };
    return tell(context, await readAll({ ...context, store, clock, sources, asked }), asked.isRehearsal);
  },
};

type Given = Pick<CommandContext, 'config' | 'terminal' | 'signal'> & {
  readonly store: Store;
  readonly clock: ReturnType<typeof systemClock>;
  readonly sources: readonly Source[];
  readonly asked: { readonly since: Instant | null; readonly isRehearsal: boolean };
};

type Done = { readonly reports: readonly Reprocessed[]; readonly goesOnBehind: string | null };

async function readAll({ config, terminal, signal, store, clock, sources, asked }: Given): Promise<Done> {
  const inOrder = sources.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  // What was done as the sources were set before counts for nothing once they are set otherwise.
  const mark = sha256(JSON.stringify([await digestOfReader(), asked.since, inOrder]));
  const goesOnBehind = asked.isRehearsal ? null : await storedPlace(store, mark);
  const limits = { maxPageBytes: config.maxPageBytes, timeoutMs: config.timeoutSeconds * 1000 };
  const tools = { store, clock, giveWay: givingWay(clock, signal), limits };
  const left = inOrder.filter(({ id }) => goesOnBehind === null || id > goesOnBehind);
  const reports: Reprocessed[] = [];
  for (const [at, source] of left.entries()) {
    terminal.showProgress(`${at} of ${left.length} sources, now ${source.id} …`);
    reports.push(await reprocessSource(tools, source, asked, signal));
    if (!asked.isRehearsal) await store.saveFact(FACT, JSON.stringify({ mark, behind: source.id }));
  }
  if (!asked.isRehearsal) await store.saveFact(FACT, '');
  return { reports, goesOnBehind };
}

/** Behind which source to go on; null: from the start. */
async function storedPlace(store: Store, mark: string): Promise<string | null> {
  const fact = (await store.fact(FACT)) ?? '';
  if (fact === '') return null;
  const stored = JSON.parse(fact) as { readonly mark: string; readonly behind: string };
  return stored.mark === mark ? stored.behind : null;
}

function sinceOf(written: string | boolean | undefined): Instant | null | undefined {
  if (written === undefined) return null;
  if (typeof written !== 'string') return undefined;
  const instant = /^\d{4}-\d\d-\d\d$/.test(written) ? `${written}T00:00:00Z` : written;
  const isRight = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(instant) && !Number.isNaN(Date.parse(instant));
  return isRight ? instant : undefined;
}

function tell({ terminal, json }: CommandContext, { reports, goesOnBehind }: Done, isRehearsal: boolean): ExitCode {
  const total = (of: 'articles' | 'changed' | 'unchanged' | 'notKept' | 'left'): number =>
    reports.reduce((sum, report) => sum + report[of], 0);
  const all = {
    articles: total('articles'),
    changed: total('changed'),
    unchanged: total('unchanged'),
    notKept: total('notKept'),
    left: total('left'),
  };
  if (json) {
    terminal.print(JSON.stringify({ ok: true, isRehearsal, goesOnBehind, ...all, sources: reports }, null, 2));
    return 0;
  }
  if (goesOnBehind !== null) terminal.tell(`Going on behind ${goesOnBehind}, where it was stopped.`);
  const rows = reports
    .filter(({ articles }) => articles > 0)
    .map(({ sourceId, articles, changed, unchanged, notKept, left }) => [
      sourceId,
      articles,
      changed,
      unchanged,
      notKept,
      left,
    ]);
  if (rows.length > 0)
    for (const line of table([['source', 'articles', 'changed', 'unchanged', 'not kept', 'left'], ...rows]))
      terminal.print(line);
  const others = all.changed === 1 ? 'one comes out as something else' : `${all.changed} come out as something else`;
  terminal.print(
    `${all.articles} articles: ${others}, ${all.unchanged} as they were; of ${all.notKept} what they were read from is not kept.`,
  );
  if (isRehearsal) terminal.print('Nothing was changed.');
  else if (all.changed > 0)
    terminal.print('They are published within a minute where "tributary start" runs, else by "tributary publish".');
  return 0;
}
