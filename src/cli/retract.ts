import { openStore, storeExists } from '../store/open-store.ts';
import type { EntryStanding, Store } from '../store/store.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import type { ChosenEntries } from './choose-entries.ts';
import { chooseRetracted } from './choose-retracted.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { sitesOf } from './find-entries.ts';
import { readOrder } from './read-order.ts';
import { oneLine, table } from './terminal.ts';
import { tellUnknownSource } from './unknown-source.ts';

/** So many verdicts are saved in one transaction. */
const AT_ONCE = 500;
/** So many entries of a source are told by their titles. */
const MOST_TOLD = 50;

export const retract: Command = {
  name: 'retract',
  says: 'take back what was published, for good: from all pages and feeds, with word to their readers',
  options: [
    { name: 'source', argument: 'ID', says: 'all that this source ever published; counted, and done with --yes' },
    { name: 'yes', argument: null, says: 'with --source: do it' },
    { name: 'note', argument: 'TEXT', says: 'why; told by the trail of each entry' },
  ],
  positionals: Number.POSITIVE_INFINITY,
  operands: '[ID|ADDRESS|TITLE …]',
  run,
};

async function run(context: CommandContext): Promise<ExitCode> {
  const { config, options, positionals, terminal } = context;
  const sourceId = typeof options['source'] === 'string' ? options['source'] : null;
  const wrong = wrongUse(context, sourceId);
  if (wrong !== null) {
    terminal.tell(wrong);
    return 2;
  }
  const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
  if (!(await storeExists(where))) {
    terminal.tell(`Nothing was fetched yet: there is no database in ${config.data}.`);
    return 1;
  }
  const clock = config.now === null ? systemClock() : stoppedClock(config.now);
  await using store = await openStore(where, { clock });
  const { entries, faults } = await chosen(store, context, sourceId);
  if (faults.length > 0) return refused(context, faults);
  if (sourceId !== null) {
    if (entries.length === 0) {
      const code = await tellUnknownSource(context, sourceId);
      if (code !== null) return code;
    } else if (options['yes'] !== true) return refused(context, [counted(sourceId, entries)], entries.length);
  }
  const note = typeof options['note'] === 'string' ? options['note'].trim() || null : null;
  const at = clock.now();
  for (let done = 0; done < entries.length; done += AT_ONCE)
    await store.saveVerdicts(
      entries
        .slice(done, done + AT_ONCE)
        .map(({ articleId }) => ({ articleId, verdict: 'retracted' as const, at, note })),
    );
  if (context.json)
    terminal.print(JSON.stringify({ ok: true, verdict: 'retracted', entries: entries.map(entryObject) }, null, 2));
  else for (const line of doneLines(entries)) terminal.print(line);
  return positionals.length > 0 || entries.length > 0 ? 0 : 1;
}

function wrongUse({ positionals, options }: CommandContext, sourceId: string | null): string | null {
  const how = 'ids, addresses or words of a title, or --source ID';
  if (positionals.length === 0 && sourceId === null) return `"retract" needs to know which entries: ${how}`;
  if (positionals.length > 0 && sourceId !== null) return `"retract" takes one of these alone: ${how}`;
  return options['yes'] === true && sourceId === null ? 'the option --yes belongs to --source' : null;
}

async function chosen(
  store: Store,
  { config, positionals }: CommandContext,
  sourceId: string | null,
): Promise<ChosenEntries> {
  if (sourceId !== null) return { entries: await store.letThroughEntries(sourceId), faults: [] };
  // A fault in the order keeps nobody from a retraction.
  const reading = await readOrder(config);
  return chooseRetracted(store, positionals, sitesOf('order' in reading ? reading.order : null, config));
}

function refused({ json, terminal }: CommandContext, faults: readonly string[], count: number | null = null): ExitCode {
  const counts = count === null ? {} : { count };
  if (json) terminal.print(JSON.stringify({ ok: false, faults, ...counts }, null, 2));
  else for (const line of [...faults, 'Nothing was changed.']) terminal.tell(line);
  return 1;
}

function counted(sourceId: string, entries: readonly EntryStanding[]): string {
  const now = entries.filter(({ state }) => state === 'published' || state === 'merged').length;
  const many = entries.length === 1 ? 'one entry was' : `${entries.length} entries were`;
  return `of ${sourceId} ${many} ever published, and ${now} now are: to retract all of it for good, add --yes`;
}

function entryObject({ articleId, sourceId, title, link, state, reason }: EntryStanding): object {
  return { id: articleId, sourceId, title, link, was: state, because: reason };
}

function doneLines(entries: readonly EntryStanding[]): string[] {
  if (entries.length === 0) return ['Nothing of it was ever published.'];
  const rows = entries
    .slice(0, MOST_TOLD)
    .map(({ sourceId, title, link, articleId }) => [
      'retracted',
      `${sourceId}:`,
      oneLine(title ?? link ?? articleId, 100),
    ]);
  const more = entries.length > MOST_TOLD ? [`… and ${entries.length - MOST_TOLD} more`] : [];
  const many = entries.length === 1 ? 'It is' : `These ${entries.length} are`;
  return [
    ...table(rows),
    ...more,
    `${many} taken out of all pages and feeds, and the text out of the database, at the next refresh: soon where "tributary start" runs, else by "tributary once". Until then "tributary approve" takes it back, and nothing does after it.`,
  ];
}
