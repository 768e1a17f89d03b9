import { readFile, stat } from 'node:fs/promises';
import { sourceJudge } from '../../config/edit/source-fault.ts';
import { selectorFault } from '../../extract/body/selector-fault.ts';
import { OPML_LIMITS, readOpml } from '../../parse/opml/read-opml.ts';
import type { OpmlList } from '../../parse/opml/opml-list.ts';
import { scheduleFault } from '../../pipeline/schedule.ts';
import { nearestName } from '../../support/nearest-name.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { DRY_RUN, editList } from '../edit-list.ts';
import { oneLine } from '../terminal.ts';
import { withFeeds, type ImportReport } from './imported-list.ts';
import { fullAddress } from './new-source.ts';

/** So many of a kind are named, unless --json asks for all. */
const MOST_NAMED = 20;
/** As many as sources.json may hold (config/sources-schema.ts). */
const MOST_TOPICS = 200;

export const importSources: Command = {
  name: 'sources import',
  says: 'add the feeds of an OPML list to sources.json',
  group: 'change',
  operands: 'FILE',
  options: [
    { name: 'topic', argument: 'TOPIC', says: 'all go into this topic; without it, folders become topics' },
    DRY_RUN,
  ],
  positionals: 1,
  about: [
    'Every feed reader can export its list as OPML. A folder becomes the topic of its title: one that is there already, by title or id, or a new one. Of folders within folders the innermost counts; where two have one title, as Politics within Germany and within France, the way to it is the title.',
    'Feeds that sources.json has already stay as they are. All others are added in one edit, or none; nothing is fetched. tributary check --probe then asks each once.',
  ],
  exits: { 1: 'failed, or not one feed could be used; nothing was changed' },
  examples: [
    { line: 'tributary sources import feeds.opml --dry-run', says: 'What it would add.' },
    { line: 'tributary sources import feeds.opml --topic reading', says: 'All into one topic.' },
  ],
  async run(context) {
    const { positionals, options, terminal, json } = context;
    const [file] = positionals;
    const topicId = typeof options['topic'] === 'string' ? options['topic'] : null;
    if (file === undefined) {
      terminal.tell('Say which: tributary sources import FILE');
      return 2;
    }
    const list = await readList(file);
    if ('fault' in list) {
      if (json) terminal.print(JSON.stringify({ ok: false, file, fault: list.fault }, null, 2));
      else terminal.tell(`${file} ${oneLine(list.fault, 200)}`);
      return 1;
    }
    const faultOf = sourceJudge({ scheduleFault, selectorFault });
    // Before the list is touched: "nothing is to be changed" would say too little.
    const isUseless = !list.feeds.some(({ url }) => faultOf({ id: 'x', title: 'x', url: fullAddress(url) }) === null);
    if (isUseless) return tellUseless(context, withFeeds({}, list.feeds, { topicId, faultOf }).report, list);
    const found = { report: NOTHING, isTold: false };
    const lines = (): string[] => reportLines(found.report, list);
    const code = await editList(context, {
      change(document, order) {
        const unknown = topicId === null ? null : unknownTopic(topicId, order.topics);
        if (unknown !== null) return { refusal: unknown };
        const { document: after, report } = withFeeds(document, list.feeds, { topicId, faultOf });
        found.report = report;
        const topics = after.topics?.length ?? 0;
        if (topics > MOST_TOPICS)
          return {
            refusal: `its folders would make ${topics} topics; ${MOST_TOPICS} are the most: name one with --topic`,
          };
        return after;
      },
      says() {
        found.isTold = true;
        return lines();
      },
      result: () => told(found.report, list),
    });
    if (code === 0 && !json && !found.isTold) for (const line of lines()) terminal.tell(line);
    return code;
  },
};

function unknownTopic(id: string, topics: readonly { readonly id: string }[]): string | null {
  const ids = topics.map((topic) => topic.id);
  if (ids.includes(id)) return null;
  const meant = nearestName(id, ids);
  const help = meant === null ? `make it with tributary topics add ${id}` : `did you mean "${meant}"?`;
  return `there is no topic "${oneLine(id, 70)}"; ${help}`;
}

const NOTHING: ImportReport = { added: [], topics: [], unnamed: [], already: [], repeated: [], unusable: [] };

async function readList(file: string): Promise<OpmlList | { readonly fault: string }> {
  try {
    // Before it is read: what is too large is not to be held.
    const { size } = await stat(file);
    if (size > OPML_LIMITS.maxBytes) return { fault: `is larger than ${OPML_LIMITS.maxBytes / 2 ** 20} MB; split it` };
    return readOpml(await readFile(file));
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    const why: Readonly<Record<string, string>> = {
      ENOENT: 'does not exist',
      ENOTDIR: 'does not exist',
      EISDIR: 'is a folder; name the file',
      EACCES: 'may not be read; check its rights',
      EPERM: 'may not be read; check its rights',
    };
    if (why[code] === undefined) throw error;
    return { fault: why[code] };
  }
}

function tellUseless({ terminal, json }: CommandContext, report: ImportReport, list: OpmlList): ExitCode {
  if (json) terminal.print(JSON.stringify({ ok: false, ...told(report, list) }, null, 2));
  else for (const line of ['Not one of its feeds can be used.', ...reportLines(report, list)]) terminal.tell(line);
  return 1;
}

function told(
  { added, topics, unnamed, already, repeated, unusable }: ImportReport,
  list: OpmlList,
): Record<string, unknown> {
  return {
    counts: {
      added: added.length,
      topics: topics.length,
      already: already.length,
      repeated: repeated.length,
      unusable: unusable.length + list.unusableCount,
    },
    added: added.map(({ id, title, url, topics: own }) => ({ id, title, url, topics: own ?? [] })),
    topics,
    unnamed,
    already,
    repeated,
    unusable: [...list.unusable, ...unusable].toSorted(byLine),
  };
}

function reportLines({ added, topics, unnamed, already, repeated, unusable }: ImportReport, list: OpmlList): string[] {
  const faulty = [...list.unusable, ...unusable].toSorted(byLine);
  return [
    `Sources added: ${added.length}`,
    ...named(topics.length, 'Topics made', [oneLine(topics.map(({ title }) => title).join(', '), 300)]),
    ...named(
      already.length,
      'There already',
      already.map(({ line, url, id }) => `line ${line}: ${oneLine(url, 200)}, as "${id}"`),
    ),
    ...named(
      repeated.length,
      'Listed again',
      repeated.map(({ line, url, firstLine }) => `line ${line}: ${oneLine(url, 200)}, as in line ${firstLine}`),
    ),
    ...named(
      list.unusableCount + unusable.length,
      'Cannot be used',
      faulty.map(
        ({ line, name, why }) => `line ${line}: ${name === null ? '' : `${oneLine(name, 80)}: `}${oneLine(why, 300)}`,
      ),
    ),
    ...named(
      unnamed.length,
      'Without letters that an id may have, so the id is made of the address, or counted',
      unnamed.map(({ id, title }) => `${id}: ${oneLine(title, 80)}`),
    ),
    ...(unnamed.length === 0 ? [] : [ID_HINT]),
    ...(added.length === 0
      ? []
      : ['tributary check --probe asks each once; tributary plan shows what they will bring.']),
  ];
}

const ID_HINT =
  '  Others can be written into the file: a topic’s also where sources name it, a source’s before it is first asked.';

function named(count: number, title: string, lines: readonly string[]): string[] {
  if (count === 0) return [];
  const shown = lines.slice(0, MOST_NAMED).map((line) => `  ${line}`);
  const more = lines.length > MOST_NAMED ? [`  and ${count - MOST_NAMED} more; --json tells them`] : [];
  return [`${title}: ${count}`, ...shown, ...more];
}

function byLine(a: { readonly line: number }, b: { readonly line: number }): number {
  return a.line - b.line;
}
