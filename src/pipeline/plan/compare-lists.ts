import type { Order } from '../../config/sources-file.ts';
import type { Source } from '../../model/source.ts';
import type { Topic } from '../../model/topic.ts';
import { withoutSecrets } from './applied-list.ts';

/** A source or topic whose settings differ, and which, as sources.json calls them. */
export type ChangedSettings = {
  readonly id: string;
  readonly settings: readonly string[];
  /** What they were and are, of those that are short and no secret; absent: of none. */
  readonly values?: readonly ChangedValue[];
};

export type ChangedValue = { readonly setting: string; readonly from: PlainValue; readonly to: PlainValue };

/** A word, a number, a list of words: objects are ours, and not as they were written. Null: none. */
export type PlainValue = Word | readonly Word[];
type Word = string | number | boolean | null;

/** What is shown of a value is no longer than this, as JSON. */
const SHORT_VALUE = 80;

/** These may hold what not everybody is to read. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['headers', 'auth', 'proxy', 'webhooks']);

/** The names of sources.json, where ours are others. */
const WRITTEN_AS: ReadonlyMap<string, string> = new Map([['topicIds', 'topics']]);

export type ListChanges = {
  readonly sources: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly enabled: readonly string[];
    readonly disabled: readonly string[];
    readonly changed: readonly ChangedSettings[];
    /** Those of the changed settings that hold for entries that are read from then on. */
    readonly forEntriesToCome: readonly ChangedSettings[];
  };
  readonly topics: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly closed: readonly string[];
    readonly renamed: readonly Renaming[];
    /** Their names lead on to topics that go on as they were: what is in them moves there. */
    readonly merged: readonly Renaming[];
    readonly changed: readonly ChangedSettings[];
  };
  /** Of the site. */
  readonly settings: readonly string[];
  /** Of what stands beside site, topics and sources. */
  readonly others: readonly string[];
};

export type Renaming = { readonly from: string; readonly to: string };

/** By what an entry is read: what is stored was read by what held then. */
const HOW_IT_IS_READ: ReadonlySet<keyof Source> = new Set([
  'content',
  'select',
  'remove',
  'follow',
  'identity',
  'language',
]);

/** What an edit of sources.json says, whatever comes of it. */
export function compareLists(before: Order, given: Order): ListChanges {
  const after = withoutSecrets(given);
  const sources = changesBetween(before.sources, after.sources);
  const { renamed, merged } = renamings(after, new Set(before.topics.map(({ id }) => id)));
  const mergedAway = new Set(merged.map(({ from }) => from));
  const closed = after.formerTopics.flatMap(({ id, movedTo }) =>
    movedTo === null && before.topics.some((topic) => topic.id === id) ? [id] : [],
  );
  const oldNames = new Map(renamed.map(({ from, to }) => [from, to]));
  const topics = changesBetween(
    before.topics
      .filter(({ id }) => !mergedAway.has(id))
      .map((topic) => ({ ...topic, id: oldNames.get(topic.id) ?? topic.id })),
    after.topics,
  );
  const turned = (on: boolean): string[] =>
    sources.changed.flatMap(({ was, is }) => (was.enabled !== on && is.enabled === on ? [is.id] : []));
  const settings = (one: Changed<Source>): readonly string[] => one.settings.filter((name) => name !== 'enabled');
  return {
    sources: {
      added: sources.added,
      removed: sources.removed,
      enabled: turned(true),
      disabled: turned(false),
      changed: named(sources.changed, settings),
      forEntriesToCome: named(sources.changed, (one) =>
        settings(one).filter((name) => HOW_IT_IS_READ.has(name as keyof Source)),
      ).map(({ id, settings: names }) => ({ id, settings: names })),
    },
    topics: {
      added: topics.added,
      removed: topics.removed.filter((id) => !closed.includes(id)),
      closed,
      renamed,
      merged,
      changed: named(topics.changed, (one: Changed<Topic>) => one.settings.filter((name) => name !== 'foundedAs')),
    },
    settings: differing(before.site, after.site),
    others: othersBetween(before, after),
  };
}

/**
 * Which topics are called otherwise from now on, and which go on in another one: that was there before, or that is another's
 * new name already. The store goes by the same.
 */
export function renamings(
  { formerTopics }: Pick<Order, 'formerTopics'>,
  before: ReadonlySet<string>,
): { readonly renamed: readonly Renaming[]; readonly merged: readonly Renaming[] } {
  const renamed = new Map<string, Renaming>();
  const merged: Renaming[] = [];
  for (const { id: from, movedTo: to } of formerTopics) {
    if (to === null || !before.has(from)) continue;
    if (before.has(to) || renamed.has(to)) merged.push({ from, to });
    else renamed.set(to, { from, to });
  }
  return { renamed: [...renamed.values()], merged };
}

function othersBetween(before: Order, after: Order): string[] {
  const parts = [
    ['alerts', before.alerts, after.alerts],
    ['defaults.retentionDays', before.retentionDays, after.retentionDays],
  ] as const;
  return parts.flatMap(([name, was, is]) => (JSON.stringify(was) === JSON.stringify(is) ? [] : [name]));
}

/** Whether it says anything else than before. */
export function saysNothingNew({ sources, topics, settings, others }: ListChanges): boolean {
  const all = [...Object.values(sources), ...Object.values(topics), settings, others];
  return all.every((changes) => changes.length === 0);
}

type Changed<Item> = { readonly was: Item; readonly is: Item; readonly settings: readonly string[] };

function changesBetween<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
): { readonly added: string[]; readonly removed: string[]; readonly changed: readonly Changed<Item>[] } {
  const [old, now] = [new Map(before.map((one) => [one.id, one])), new Map(after.map((one) => [one.id, one]))];
  return {
    added: after.flatMap(({ id }) => (old.has(id) ? [] : [id])),
    removed: before.flatMap(({ id }) => (now.has(id) ? [] : [id])),
    changed: after.flatMap((is) => {
      const was = old.get(is.id);
      const settings = was === undefined ? [] : differing(was, is);
      return was === undefined || settings.length === 0 ? [] : [{ was, is, settings }];
    }),
  };
}

/**
 * A setting that one of the two does not have is one that another version of the program knows, and no edit; unless it says
 * nothing but what was written.
 */
function differing(was: object, is: object): string[] {
  const [old, now] = [new Map<string, unknown>(Object.entries(was)), new Map<string, unknown>(Object.entries(is))];
  const names = [...now.keys()].filter((name) => old.has(name) || ONLY_IF_WRITTEN.has(name));
  return names.filter((name) => asWritten(old.get(name)) !== asWritten(now.get(name)));
}

/** Of these there is nothing where nobody has written anything. */
const ONLY_IF_WRITTEN: ReadonlySet<string> = new Set(['adaptive', 'auth', 'proxy', 'limits', 'headers', 'quota']);

function asWritten(value: unknown): string {
  const isEmpty = isPart(value) && Object.values(value).every((part) => part === null);
  return JSON.stringify(isEmpty ? null : (value ?? null));
}

function isPart(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of these the parts are told, which are called as in sources.json. */
const TOLD_BY_PARTS: ReadonlySet<string> = new Set(['limits', 'quota']);

/** `limits.timeoutSeconds` of settings that hold something before and after, else the name of the whole. */
function partsOf({ was, is }: Pick<Changed<{ readonly id: string }>, 'was' | 'is'>, name: string): string[] {
  const [from, to] = [valueOf(was, name), valueOf(is, name)];
  if (!TOLD_BY_PARTS.has(name) || !isPart(from) || !isPart(to)) return [name];
  return Object.keys(to)
    .filter((part) => from[part] !== to[part])
    .map((part) => `${name}.${part}`);
}

/** Of a setting, or of its part: `limits.timeoutSeconds`. */
function valueOf(item: object, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>((value, step) => (isPart(value) && Object.hasOwn(value, step) ? value[step] : undefined), item);
}

function named<Item extends { readonly id: string }>(
  changed: readonly Changed<Item>[],
  settingsOf: (one: Changed<Item>) => readonly string[],
): ChangedSettings[] {
  return changed.flatMap((one) => {
    const settings = settingsOf(one).flatMap((name) => partsOf(one, name));
    if (settings.length === 0) return [];
    const values = settings.flatMap((name) => changedValue(one, name));
    const named = settings.map(writtenName);
    return [{ id: one.is.id, settings: named, ...(values.length === 0 ? {} : { values }) }];
  });
}

function changedValue({ was, is }: Pick<Changed<{ readonly id: string }>, 'was' | 'is'>, name: string): ChangedValue[] {
  if (NOT_SHOWN.has(name)) return [];
  const [from, to] = [was, is].map((one) => valueOf(one, name));
  return isPlain(from) && isPlain(to) ? [{ setting: writtenName(name), from, to }] : [];
}

function isPlain(value: unknown): value is PlainValue {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const areWords = parts.every((part) => part === null || ['string', 'number', 'boolean'].includes(typeof part));
  return areWords && JSON.stringify(value).length <= SHORT_VALUE;
}

function writtenName(name: string): string {
  return WRITTEN_AS.get(name) ?? name;
}
