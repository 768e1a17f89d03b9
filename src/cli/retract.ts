import { ENTRY_STATES } from '../model/trail.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { EntryStanding, Store } from '../store/store.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import { chooseRetracted, proposalLines, type ChosenToRetract } from './choose-retracted.ts';
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
  group: 'change',
  about: [
    'Pages answer 410, feeds and archives lose the entry and tell readers by a tombstone, webhooks and the API tell other sites, and the text is deleted from the database. Once the next refresh has done it, nothing brings it back.',
    'Words of a title name nothing for sure, and a source names much: both are shown first, and done with --yes.',
  ],
  examples: [
    {
      line: 'tributary retract https://www.harbournews.example/2026/bridge --note "asked by its author"',
      says: 'One entry, by its address or id.',
    },
    {
      line: 'tributary retract --source harbour-news',
      says: 'Counts what the source ever published, and does nothing yet.',
    },
  ],
  exits: { 1: 'not known, or shown or counted and not done: nothing was changed' },
  options: [
    { name: 'source', argument: 'ID', says: 'all that this source ever published; counted, and done with --yes' },
    { name: 'yes', argument: null, says: 'with --source, or words of a title: do it' },
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
  const { entries, faults, proposed } = await chosen(store, context, sourceId);
  if (faults.length > 0) return refused(context, faults);
  if (proposed.length > 0) {
    const some = { proposed: proposed.map(({ entry }) => entryObject(entry)) };
    return refused(context, proposalLines(positionals.join(' '), proposed), { code: 1, some });
  }
  if (sourceId !== null) {
    if (entries.length === 0) {
      const code = await tellUnknownSource(context, sourceId);
      return code ?? (await nothingLeft(context, store, sourceId));
    }
    if (options['yes'] !== true)
      return refused(context, [counted(sourceId, entries)], { code: 1, some: { count: entries.length } });
  }
  const pasts = await store.entryPasts(entries.map(({ articleId }) => articleId));
  const note = typeof options['note'] === 'string' ? options['note'].trim() || null : null;
  const at = clock.now();
  for (let done = 0; done < entries.length; done += AT_ONCE)
    await store.saveVerdicts(
      entries
        .slice(done, done + AT_ONCE)
        .map(({ articleId }) => ({ articleId, verdict: 'retracted' as const, at, note })),
    );
  const done = entries.map((entry) => ({ entry, everPublished: pasts.get(entry.articleId) === 'let-through' }));
  const objects = done.map(({ entry, everPublished }) => ({ ...entryObject(entry), everPublished }));
  if (context.json) terminal.print(JSON.stringify({ ok: true, verdict: 'retracted', entries: objects }, null, 2));
  else for (const line of doneLines(done)) terminal.print(line);
  return 0;
}

function wrongUse({ positionals }: CommandContext, sourceId: string | null): string | null {
  const how = 'ids, addresses or words of a title, or --source ID';
  if (positionals.length === 0 && sourceId === null) return `"retract" needs to know which entries: ${how}`;
  if (positionals.length > 0 && sourceId !== null) return `"retract" takes one of these alone: ${how}`;
  return null;
}

async function chosen(
  store: Store,
  { config, positionals, options }: CommandContext,
  sourceId: string | null,
): Promise<ChosenToRetract> {
  if (sourceId !== null) {
    const entries = await store.letThroughEntries(sourceId);
    // Of what is kept no more there is nothing to retract.
    return { entries: entries.filter(({ text }) => text !== null), faults: [], proposed: [] };
  }
  // A fault in the order keeps nobody from a retraction.
  const reading = await readOrder(config);
  const sites = sitesOf('order' in reading ? reading.order : null, config);
  return chooseRetracted(store, positionals, { sites, isSure: options['yes'] === true });
}

function refused(
  { json, terminal }: CommandContext,
  faults: readonly string[],
  { code, some }: { readonly code: ExitCode; readonly some: object } = { code: 1, some: {} },
): ExitCode {
  if (json) terminal.print(JSON.stringify({ ok: false, faults, ...some }, null, 2));
  else for (const line of [...faults, 'Nothing was changed.']) terminal.tell(line);
  return code;
}

async function nothingLeft({ json, terminal }: CommandContext, store: Store, sourceId: string): Promise<ExitCode> {
  const counts = await store.entryCounts();
  const gone = counts.find((one) => one.sourceId === sourceId && one.state === 'retracted')?.count ?? 0;
  const many = gone === 1 ? 'one entry of it is' : `${gone} entries of it are`;
  const says =
    gone === 0 ? 'Nothing of it was ever published.' : `Nothing of it is left to retract: ${many} retracted already.`;
  if (json) terminal.print(JSON.stringify({ ok: true, verdict: 'retracted', entries: [] }, null, 2));
  else terminal.print(says);
  return 1;
}

function counted(sourceId: string, entries: readonly EntryStanding[]): string {
  const many =
    entries.length === 1
      ? 'one entry was published and is not retracted'
      : `${entries.length} entries were published and are not retracted`;
  const byState = Map.groupBy(entries, ({ state }) => state);
  const now =
    entries.length === 1
      ? entries[0]!.state
      : ENTRY_STATES.flatMap((state) => (byState.has(state) ? [`${byState.get(state)!.length} ${state}`] : [])).join(
          ', ',
        );
  return `of ${sourceId} ${many} (now ${now}): to retract ${entries.length === 1 ? 'it' : 'them all'} for good, add --yes`;
}

function entryObject({ articleId, sourceId, title, link, state, reason }: EntryStanding): object {
  return { id: articleId, sourceId, title, link, was: state, because: reason };
}

type Done = { readonly entry: EntryStanding; readonly everPublished: boolean };

const WHEN = 'at the next refresh: soon where "tributary start" runs, else by "tributary once"';

function doneLines(done: readonly Done[]): string[] {
  const rows = done
    .slice(0, MOST_TOLD)
    .map(({ entry: { sourceId, title, link, articleId }, everPublished }) => [
      'retracted',
      `${sourceId}:`,
      oneLine(title ?? link ?? articleId, 100),
      everPublished ? '' : 'never published',
    ]);
  const more = done.length > MOST_TOLD ? [`… and ${done.length - MOST_TOLD} more`] : [];
  const [out, never] = [true, false].map((was) => done.filter(({ everPublished }) => everPublished === was).length);
  return [
    ...table(rows),
    ...more,
    ...(out === 0 ? [] : [takenOut(out!, never!)]),
    ...(never === 0 ? [] : [keptOut(never!, out!)]),
  ];
}

/** @param count of those that were published */
function takenOut(count: number, others: number): string {
  const [one, many] =
    others === 0
      ? ['It is', `These ${count} are`]
      : ['One of these was published: it is', `${count} of these were published: they are`];
  return `${count === 1 ? one : many} taken out of all pages and feeds, and the text out of the database, ${WHEN}. Until then "tributary hold approve" takes it back, and nothing does after it.`;
}

/** @param count of those that never were published */
function keptOut(count: number, others: number): string {
  const [it, they] = others === 0 ? ['It', `These ${count}`] : ['The other', `The other ${count}`];
  return count === 1
    ? `${it} was never published, and never will be: its text is taken out of the database ${WHEN}. Until then "tributary hold approve" lets it in instead, and nothing does after it.`
    : `${they} were never published, and never will be: their texts are taken out of the database ${WHEN}. Until then "tributary hold approve" lets them in instead, and nothing does after it.`;
}
