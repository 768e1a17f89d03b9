import type { Verdict } from '../model/rule.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { EntryStanding, Store } from '../store/store.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import { chooseEntries, type ChosenEntries } from './choose-entries.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { sitesOf } from './find-entries.ts';
import { readOrder } from './read-order.ts';
import { oneLine, table } from './terminal.ts';
import { tellUnknownSource } from './unknown-source.ts';

export const approve = verdictCommand({
  name: 'hold approve',
  verdict: 'approved',
  says: 'let entries through that are held, or that a filter or quota has dropped',
  about: [
    'What you say outweighs filters, probation and quotas. An entry still needs a topic that takes it. It takes effect with the next refresh.',
  ],
});

export const reject = verdictCommand({
  name: 'hold reject',
  verdict: 'rejected',
  says: 'drop entries that are held',
  about: [
    'They are told nowhere, and stay dropped when their source brings them again. It takes effect with the next refresh; "hold approve" takes it back. What is published already is taken back by "retract".',
  ],
});

type Kind = {
  readonly name: string;
  readonly verdict: Verdict['verdict'];
  readonly says: string;
  readonly about: readonly string[];
};

function verdictCommand(kind: Kind): Command {
  return {
    name: kind.name,
    says: kind.says,
    group: 'change',
    about: kind.about,
    examples: [
      {
        line: `tributary ${kind.name} https://www.harbournews.example/2026/bridge`,
        says: 'One entry, by its address or id.',
      },
      {
        line: `tributary ${kind.name} --source harbour-news --note "looked at them"`,
        says: 'All that waits of one source.',
      },
    ],
    exits: { 1: 'one of them is not known, or it is too late: nothing was changed' },
    options: [
      { name: 'source', argument: 'ID', says: 'all that is held of this source' },
      { name: 'all', argument: null, says: 'all that is held' },
      { name: 'note', argument: 'TEXT', says: 'why; told by the trail of each entry' },
    ],
    positionals: Number.POSITIVE_INFINITY,
    operands: '[ID|ADDRESS …]',
    run: (context) => run(kind, context),
  };
}

async function run(kind: Kind, context: CommandContext): Promise<ExitCode> {
  const { config, options, positionals, terminal, json } = context;
  const wrong = wrongUse(kind, context);
  if (wrong !== null) {
    terminal.tell(wrong);
    return 2;
  }
  const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
  if (!(await storeExists(where))) {
    terminal.tell(`Nothing was fetched yet: there is no database in ${config.data}.`);
    return positionals.length > 0 ? 1 : 0;
  }
  const clock = config.now === null ? systemClock() : stoppedClock(config.now);
  await using store = await openStore(where, { clock });
  const { entries, faults } = await chosen(store, kind, context);
  if (faults.length > 0) {
    if (json) terminal.print(JSON.stringify({ ok: false, faults }, null, 2));
    else for (const line of [...faults, 'Nothing was changed.']) terminal.tell(line);
    return 1;
  }
  const sourceId = options['source'];
  if (entries.length === 0 && typeof sourceId === 'string') {
    const code = await tellUnknownSource(context, sourceId);
    if (code !== null) return code;
  }
  const [at, note] = [clock.now(), typeof options['note'] === 'string' ? options['note'].trim() || null : null];
  await store.saveVerdicts(entries.map(({ articleId }) => ({ articleId, verdict: kind.verdict, at, note })));
  if (json)
    terminal.print(JSON.stringify({ ok: true, verdict: kind.verdict, entries: entries.map(entryObject) }, null, 2));
  else for (const line of verdictLines(kind, entries)) terminal.print(line);
  return 0;
}

function wrongUse({ name }: Kind, { positionals, options }: CommandContext): string | null {
  const ways = [positionals.length > 0, options['source'] !== undefined, options['all'] === true];
  const count = ways.filter((way) => way).length;
  if (count === 1) return null;
  const how = 'ids or addresses, --source ID, or --all';
  return count === 0 ? `"${name}" needs to know which entries: ${how}` : `"${name}" takes one of these alone: ${how}`;
}

async function chosen(
  store: Store,
  { verdict }: Kind,
  { config, positionals, options }: CommandContext,
): Promise<ChosenEntries> {
  if (positionals.length > 0) {
    // A fault in the order keeps nobody from a verdict.
    const reading = await readOrder(config);
    const sites = sitesOf('order' in reading ? reading.order : null, config);
    return chooseEntries(store, positionals, { verdict, sites });
  }
  const sourceId = typeof options['source'] === 'string' ? options['source'] : null;
  return { entries: await store.heldEntries(sourceId), faults: [] };
}

function entryObject({ articleId, sourceId, title, link, state, reason }: EntryStanding): object {
  return { id: articleId, sourceId, title, link, was: state, because: reason };
}

/** What was said of which entries, and what comes of it. */
function verdictLines({ verdict }: Kind, entries: readonly EntryStanding[]): string[] {
  if (entries.length === 0) return ['Nothing is held.'];
  const rows = entries.map(({ sourceId, title, link, articleId }) => [
    verdict,
    `${sourceId}:`,
    oneLine(title ?? link ?? articleId, 100),
  ]);
  const many = entries.length === 1 ? 'It is' : `These ${entries.length} are`;
  const when = 'at the next refresh: soon where "tributary start" runs, else by "tributary once"';
  return [
    ...table(rows),
    verdict === 'approved'
      ? `${many} sorted ${when}. No filter, probation or quota keeps an approved entry back, but it still needs a topic that takes it.`
      : `${many} dropped ${when}. "tributary hold approve" takes it back.`,
  ];
}
