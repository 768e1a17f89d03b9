import type { Config } from '../config/config.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { systemClock } from '../support/clock.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { questionOf, type Question } from './entry-signs.ts';
import { findEntries, servedAt, sitesOf } from './find-entries.ts';
import { gatherKnown } from './gather-status.ts';
import { faultLines, readOrder } from './read-order.ts';
import { whyEntries, type WhyList } from './why-entry.ts';
import { whyEvent } from './why-event.ts';
import { eventLines } from './why-event-lines.ts';
import { choiceLines, entryLines } from './why-lines.ts';
import { nothingLines, whyNothing, type Nothing } from './why-nothing.ts';

/** So many entries are listed. */
const MOST_LISTED = 20;

export const why: Command = {
  name: 'why',
  says: 'tell of an entry, by its address, id or words of its title, what became of it and why',
  group: 'look',
  about: [
    'Tells where its text and its true source are from, in which topics it is and for which reasons, with what it was merged, and every state that it was in. Of several that fit, it lists them. Of an entry that is not there it tells what keeps it out, as far as that can be known: no source has it, or its source has not been asked since.',
    'Works while sources.json is faulty, too: it tells the faults, and of the entry what the database knows.',
  ],
  examples: [
    {
      line: 'tributary why https://www.harbournews.example/2026/bridge',
      says: 'By the address of the article, at its publisher or with us.',
    },
    { line: 'tributary why bridge opens', says: 'By words of its title.' },
  ],
  exits: { 1: 'nothing is known of it, or sources.json is faulty' },
  options: [],
  positionals: Number.POSITIVE_INFINITY,
  operands: 'ADDRESS|ID|WORD …',
  async run(context) {
    const { config, positionals, terminal } = context;
    if (positionals.join('').trim() === '') {
      terminal.tell('name an address, an id, or words of a title: tributary why https://harbour.example/bridge');
      return 2;
    }
    const reading = await readOrder(config);
    const order = 'order' in reading ? reading.order : null;
    const faulty = 'faults' in reading ? { ok: false, file: config.sources, faults: reading.faults } : {};
    if ('faults' in reading && !context.json)
      for (const line of [...faultLines(config.sources, reading.faults), '']) terminal.tell(line);
    const question = questionOf(positionals, sitesOf(order, config));
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    if (!(await storeExists(where)))
      return tellNothing(context, question, { ...(await whyNothing(null, question, order)), faulty });
    await using store = await openStore(where, { clock: systemClock() });
    const list = order ?? (await knownList(store, config));
    const told = await whyEvent(store, question, list);
    // One more than is listed, to know that there are more.
    const found = told?.found ?? (await findEntries(store, question, MOST_LISTED + 1));
    if (found.length === 0)
      return tellNothing(context, question, { ...(await whyNothing(store, question, order)), faulty });
    const entries = await whyEntries(store, found.slice(0, MOST_LISTED), list, order);
    const isMore = found.length > MOST_LISTED;
    const event = told?.event ?? null;
    if (context.json) {
      const answer = { ...faulty, asked: question.asked, event, entries, more: isMore, nothing: null };
      terminal.print(JSON.stringify(answer, null, 2));
    } else {
      const lines =
        event !== null
          ? eventLines(event)
          : entries.length === 1
            ? entryLines(entries[0]!)
            : choiceLines(question.asked, entries, isMore);
      for (const line of lines) terminal.print(line);
    }
    return order === null ? 1 : 0;
  },
};

/** What stands for the list while it is faulty: the database's sources, and our pages where the operator sees them. */
async function knownList(store: Store, config: Config): Promise<WhyList> {
  const { sources } = await gatherKnown(store);
  return { site: { url: servedAt(config) }, topics: null, sources };
}

function tellNothing(
  { terminal, json }: CommandContext,
  { asked }: Question,
  { faulty, ...nothing }: Nothing & { readonly faulty: object },
): ExitCode {
  if (json)
    terminal.print(JSON.stringify({ ...faulty, asked, event: null, entries: [], more: false, nothing }, null, 2));
  else for (const line of nothingLines(asked, nothing)) terminal.tell(line);
  return 1;
}
