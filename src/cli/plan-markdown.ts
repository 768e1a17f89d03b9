import type { Order } from '../config/sources-file.ts';
import type { EntryChange, EntryFate } from '../pipeline/plan/compare-entries.ts';
import type { ChangedSettings, PlainValue } from '../pipeline/plan/compare-lists.ts';
import {
  countFiles,
  FILE_KINDS,
  type FeedChange,
  type FeedEntry,
  type FileCounts,
} from '../pipeline/plan/compare-outputs.ts';
import { changesNothing, type Plan } from '../pipeline/plan/make-plan.ts';
import { oneLine } from './terminal.ts';

type Given = {
  readonly list: string;
  readonly against: string | null;
  readonly order: Order;
  /** So many of each are printed. */
  readonly most: number;
};

/** A plan as Markdown: what the edit says, what becomes of entries, then each output, then what is not known. */
export function planMarkdown(plan: Plan, given: Given): string[] {
  const { list, against } = given;
  const unseen = unseenWords(plan);
  return [
    `# What ${code(list)} would change`,
    '',
    `Compared with ${against === null ? 'what is published' : `what ${code(against)} would give`}. Nothing was changed.`,
    ...section('In short', shortLines(plan, given)),
    ...section('The edit', editLines(plan, given)),
    ...section('Not known', unknownLines(plan, given)),
    ...(changesNothing(plan)
      ? [
          '',
          'No output would change.',
          ...(unseen === null ? [] : ['', `Entries that nobody sees would stand elsewhere: ${unseen}.`]),
        ]
      : [
          ...section('Entries', entryLines(plan, given)),
          ...section('Feeds', feedLines(plan, given)),
          ...section('Files', fileLines(plan, given)),
        ]),
    ...section(
      'Refused by the gate',
      shortened(plan.refused, given.most, ({ path, reason }) => `${code(path)}: ${text(reason)}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

/** What becomes of each feed, on a line each. */
function shortLines({ entries, feeds }: Plan, { order, most }: Given): string[] {
  const merged = entries.filter(({ fate }) => fate === 'merges');
  return shortened(feeds, most, (feed) => {
    const { topicId, isPrivate, appear, vanish, change, documents } = feed;
    const own = merged.filter(({ from, to }) => topicId === null || [...from, ...to].includes(topicId));
    const counts = [
      `${appear.length} appear`,
      `${vanish.length} vanish`,
      `${change.length} change`,
      `${own.length} merge`,
      ...(hasEntries(feed) ? [] : [`documents ${filesOf(documents)}`]),
    ].filter((part) => !part.startsWith('0 '));
    return `${titleOf(feed, order)}${isPrivate ? ' (private)' : ''}: ${counts.join(', ')}`;
  });
}

/** Whether any of its entries comes, goes or changes. */
function hasEntries({ appear, vanish, change }: FeedChange): boolean {
  return appear.length + vanish.length + change.length > 0;
}

function editLines({ lists }: Plan, { order }: Given): string[] {
  if (lists === null) return ['- No list was applied yet that it could be compared with.'];
  const { sources, topics, settings, others } = lists;
  const lines = [
    named('sources added', sources.added),
    named('sources removed', sources.removed, 'that retracts nothing of what they brought'),
    named('sources switched on', sources.enabled),
    named('sources switched off', sources.disabled),
    ...sources.changed.map((source) => settingsLine('source', source)),
    ...sources.forEntriesToCome.map(
      ({ id, settings: names }) =>
        `- source ${code(id)}: ${names.join(', ')} ${names.length === 1 ? 'holds' : 'hold'} for entries to come; ` +
        `${code(`tributary reprocess --source ${id}`)} applies ${names.length === 1 ? 'it' : 'them'} to those that are kept`,
    ),
    named('topics added', topics.added),
    named('topics removed', topics.removed),
    named('topics closed', topics.closed),
    ...topics.renamed.map(({ from, to }) => `- topic ${code(from)} is renamed to ${code(to)}`),
    ...topics.merged.map(({ from, to }) => `- topic ${code(from)} goes on in ${code(to)}`),
    ...topics.changed.map((topic) => settingsLine('topic', topic)),
    ...(settings.length === 0 ? [] : [`- site: ${settings.join(', ')}`]),
    // Whoever plans asks for none: what comes of it is seen when they are there.
    ...(settings.includes('images') && order.site.images === 'cache'
      ? [
          '- pictures are copied in the rounds after it is applied, and their pages and entries change then; that is no part of this plan',
        ]
      : []),
    ...others.map((name) => `- ${name}`),
  ].filter((line) => line !== '');
  return lines.length === 0 ? ['- It says nothing new.'] : lines;
}

function named(what: string, ids: readonly string[], says = ''): string {
  return ids.length === 0 ? '' : `- ${what}: ${ids.map(code).join(', ')}${says === '' ? '' : ` (${says})`}`;
}

function settingsLine(what: string, { id, settings, values = [] }: ChangedSettings): string {
  const told = settings.map((name) => {
    const value = values.find(({ setting }) => setting === name);
    return value === undefined ? name : `${name} ${valueWords(value.from)} → ${valueWords(value.to)}`;
  });
  return `- ${what} ${code(id)}: ${told.join(', ')}`;
}

function valueWords(value: PlainValue): string {
  const words = [value].flat().filter((word) => word !== null);
  return words.length === 0 ? 'none' : words.map((word) => code(String(word))).join(' and ');
}

function unknownLines({ unknown, askedNow }: Plan, { most }: Given): string[] {
  const { sources, takenAsUnchanged, withheld, pages } = unknown;
  return [
    ...shortened(sources, most, ({ id, url, isWithheld }) =>
      isWithheld === true
        ? `what source ${code(id)} would bring is not known: what ${text(url)} answers is not kept since something in it was retracted; --fetch asks it now`
        : `source ${code(id)} was never asked at ${text(url)}: what it would bring is not known; --fetch asks it now`,
    ),
    ...(pages.length === 0
      ? []
      : [
          `- ${count(pages.length, 'page or robots.txt was', 'pages or robots.txt were')} never asked for, and the feeds’ own texts were taken; --fetch asks for them now:`,
          ...shortened(pages, most, text).map((line) => `  ${line}`),
        ]),
    ...(takenAsUnchanged.length === 0
      ? []
      : [`- taken to have nothing new, as their last answers are not kept: ${takenAsUnchanged.map(code).join(', ')}`]),
    ...(withheld.length === 0
      ? []
      : [
          `- taken to have nothing new, as their feeds are not kept while they may tell of what was retracted: ${withheld.map(code).join(', ')}`,
        ]),
    ...(askedNow.length === 0 ? [] : [`- ${count(askedNow.length, 'address was', 'addresses were')} asked just now`]),
  ];
}

const FATES: Readonly<Record<EntryFate, string>> = {
  appears: 'appear',
  vanishes: 'vanish',
  merges: 'are told in another entry',
  separates: 'are told in an entry of their own',
  leads: 'take the lead of the entry that they are in',
  moves: 'move to other topics',
};

function entryLines(plan: Plan, { most }: Given): string[] {
  const { entries } = plan;
  const lines = (Object.keys(FATES) as EntryFate[]).flatMap((fate) => {
    const own = entries.filter((entry) => entry.fate === fate);
    return own.length === 0 ? [] : [`**${own.length} ${FATES[fate]}**`, '', ...shortened(own, most, entryLine), ''];
  });
  const unseen = unseenWords(plan);
  const quiet = unseen === null ? [] : [`Besides, entries that nobody sees stand elsewhere: ${unseen}.`, ''];
  return [...lines, ...quiet].slice(0, -1);
}

/** Null: there are none. */
function unseenWords({ unseen }: Plan): string | null {
  return unseen.length === 0 ? null : unseen.map(({ state, count: many }) => `${many} ${state}`).join(', ');
}

function entryLine({ title, sourceId, from, to, fate, state, reason }: EntryChange): string {
  const name = `${text(title ?? '(no title)')} (${code(sourceId)})`;
  if (fate === 'vanishes') return `${name}: from ${topics(from)}; ${state}: ${text(reason)}`;
  if (fate === 'moves') return `${name}: ${topics(from)} → ${topics(to)}`;
  return `${name}: ${topics(to)}${fate === 'appears' ? `; ${text(reason)}` : ''}`;
}

function topics(ids: readonly string[]): string {
  return ids.map(code).join(', ');
}

function feedLines({ feeds, entries }: Plan, given: Given): string[] {
  if (feeds.length === 0) return ['No feed would change.'];
  const because = reasonsOnce(entries, given);
  const own = feeds.filter((feed) => hasEntries(feed) || feed.is !== 'there' || feed.formerly !== null);
  return own.flatMap((feed) => [...feedLinesOf(feed, given, because), '']).slice(0, -1);
}

type Because = (entry: FeedEntry) => string;

/** The reasons of feeds' entries, each once: not those that are told under "Entries", nor in a feed before. */
function reasonsOnce(entries: readonly EntryChange[], { most }: Given): Because {
  const told = new Set<string>();
  for (const own of Map.groupBy(entries, ({ fate }) => fate).values())
    for (const { articleId, state, reason } of own.slice(0, most))
      for (const says of [reason, `${state}: ${reason}`]) told.add(`${articleId} ${says}`);
  return ({ id, why }) => {
    if (why === null || told.has(`${id} ${why}`)) return '';
    told.add(`${id} ${why}`);
    return `: ${text(why)}`;
  };
}

function feedLinesOf(feed: FeedChange, { order, most }: Given, because: Because): string[] {
  const { appear, vanish, change, documents, is, formerly } = feed;
  const counts = [
    `${appear.length} appear`,
    `${vanish.length} vanish`,
    `${change.length} change`,
    `documents ${filesOf(documents)}`,
  ];
  const state = formerly !== null ? `, formerly ${formerly}` : is === 'there' ? '' : `, ${is}`;
  return [
    `### ${titleOf(feed, order)}${feed.isPrivate ? ' (private)' : ''}${state}: ${counts.join(', ')}`,
    '',
    ...shortened(appear, most, (entry) => `+ ${text(entry.title)}${because(entry)}`),
    ...shortened(vanish, most, (entry) => `− ${text(entry.title)}${because(entry)}`),
    ...shortened(change, most, ({ title, parts }) => `~ ${text(title)}: ${parts.join(', ')}`),
  ];
}

function titleOf({ topicId }: FeedChange, { topics: all }: Order): string {
  if (topicId === null) return 'Everything';
  const title = all.find(({ id }) => id === topicId)?.title;
  return title === undefined ? topicId : `${text(title)} (${topicId})`;
}

function fileLines({ files, fates }: Plan, { most }: Given): string[] {
  const kinds = FILE_KINDS.flatMap((kind) => {
    const own = files.filter((file) => file.kind === kind);
    return own.length === 0 ? [] : [`- ${kind}: ${filesOf(countFiles(own))}`];
  });
  const moved = fates.flatMap(({ path, fate }) => (fate?.kind === 'moved' ? [{ path, to: fate.to }] : []));
  const gone = fates.flatMap(({ path, fate }) => (fate?.kind === 'gone' ? [path] : []));
  return [
    ...kinds,
    ...(moved.length === 0
      ? []
      : [
          `- ${count(moved.length, 'address leads', 'addresses lead')} on (301):`,
          ...inner(shortened(moved, most, ({ path, to }) => `${code(path)} → ${code(to)}`)),
        ]),
    ...(gone.length === 0
      ? []
      : [`- ${count(gone.length, 'address answers', 'addresses answer')} 410:`, ...inner(shortened(gone, most, code))]),
  ];
}

function inner(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function filesOf({ added, changed, removed }: FileCounts): string {
  const parts = [
    ...(added === 0 ? [] : [`${added} added`]),
    ...(changed === 0 ? [] : [`${changed} changed`]),
    ...(removed === 0 ? [] : [`${removed} removed`]),
  ];
  return parts.length === 0 ? 'as they are' : parts.join(', ');
}

/** The first of a list, and how many more there are. */
function shortened<Item>(items: readonly Item[], most: number, lineOf: (item: Item) => string): string[] {
  const lines = items.slice(0, most).map((item) => `- ${lineOf(item)}`);
  return items.length <= most ? lines : [...lines, `- … and ${items.length - most} more (--all prints them)`];
}

function count(many: number, one: string, more: string): string {
  return `${many} ${many === 1 ? one : more}`;
}

/** A stranger's text on one line of Markdown. */
function text(written: string): string {
  return oneLine(written, 160).replace(/[\\`*_[\]<>|#]/g, String.raw`\$&`);
}

function code(written: string): string {
  return `\`${oneLine(written, 160).replaceAll('`', '’')}\``;
}
