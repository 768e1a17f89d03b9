import { SETTINGS } from '../../config/config.ts';
import { settableIn } from '../../config/settable.ts';
import { LOG_LEVELS } from '../../support/log.ts';
import type { Command } from '../command.ts';

/** What stands in sources.json, on the disk, or nowhere but in the head of whoever types. */
export type Kind = 'sources' | 'topics' | 'files' | 'folders';

/** What a word on the command line may be completed to. */
export type Offer = { readonly words: readonly string[]; readonly kinds: readonly Kind[] };

export type CompletedOption = {
  readonly flag: string;
  readonly says: string;
  /** Of its value; null: it takes none. */
  readonly value: Offer | null;
};

/** A command as a shell sees it. */
export type CompletedCommand = {
  readonly name: string;
  readonly says: string;
  /** Its own first, then those that all commands take. */
  readonly options: readonly CompletedOption[];
  readonly operands: Offer;
  /** The list of sources.json whose settings it takes as KEY=VALUE; null: none. */
  readonly sets: SetList | null;
};

export type SetList = 'sources' | 'topics';

/** A setting as it is written on a command line: up to its `=`, and what may stand behind. */
export type CompletedSetting = {
  readonly key: string;
  /** `topics=`, `topics+=`, `topics-=` */
  readonly written: readonly string[];
  readonly value: Offer;
};

/** Names of arguments that say what would fit: `--input FILE`, `renew TOPIC`. */
const KINDS: Readonly<Record<string, Kind>> = {
  FILE: 'files',
  DIR: 'folders',
  FOLDER: 'folders',
  SOURCE: 'sources',
  SOURCES: 'sources',
  TOPIC: 'topics',
  TOPICS: 'topics',
};
const IDS: Readonly<Record<string, Kind>> = { source: 'sources', topic: 'topics' };
const WORDS: Readonly<Record<string, readonly string[]>> = { LEVEL: LOG_LEVELS };

/** The commands with all that can follow them. What an argument is, is told by its name in the help. */
export function completedCommands(commands: readonly Command[]): CompletedCommand[] {
  const settings = SETTINGS.flatMap(({ flag, argument, says }) =>
    flag === null ? [] : [{ flag: `--${flag}`, says, value: offerOf(argument) }],
  );
  return commands.map(({ name, says, options, operands = '', needsNoSettings }) => {
    const own = options.map((option) => ({ flag: `--${option.name}`, says: option.says, value: valueOf(option) }));
    const common = needsNoSettings
      ? []
      : [{ flag: '--json', says: 'print the result as JSON, for scripts', value: null }, ...settings];
    const help = { flag: '--help', says: 'tell all of the command', value: null };
    const taken = new Set(own.map(({ flag }) => flag));
    const all = [...own, ...common.filter(({ flag }) => !taken.has(flag)), help];
    return { name, says, options: all, operands: offerOf(operands), sets: setBy(name, operands) };
  });
}

function valueOf({ name, argument }: Command['options'][number]): Offer | null {
  if (argument === null) return null;
  const kind = argument === 'ID' ? IDS[name] : undefined;
  return kind === undefined ? offerOf(argument) : { words: [], kinds: [kind] };
}

function setBy(name: string, operands: string): SetList | null {
  if (!operands.includes('KEY=VALUE')) return null;
  return SET_LISTS.find((list) => name.startsWith(`${list} `)) ?? null;
}

export const SET_LISTS: readonly SetList[] = ['sources', 'topics'];

/** The settings of a list's elements, in the order of the schema. */
export function completedSettings(list: SetList): CompletedSetting[] {
  return settableIn(list).map(({ key, isList, words }) => {
    const last = key.split('.').at(-1)!;
    const kinds = SET_LISTS.filter((name) => name === last);
    return { key, written: (isList ? ['=', '+=', '-='] : ['=']).map((sign) => key + sign), value: { words, kinds } };
  });
}

/** Those of them of whose values something is known. */
export function knownValues(): readonly { readonly list: SetList; readonly key: string; readonly value: Offer }[] {
  return SET_LISTS.flatMap((list) =>
    completedSettings(list).flatMap(({ key, value }) =>
      value.words.length + value.kinds.length === 0 ? [] : [{ list, key, value }],
    ),
  );
}

/** `[list|renew TOPIC]`: words in small letters as they stand, and what the names in capitals stand for. */
function offerOf(written: string): Offer {
  const names = written.match(/[A-Za-z][\w-]*/g) ?? [];
  const words = names.flatMap((name) => (name === name.toLowerCase() ? [name] : (WORDS[name] ?? [])));
  return { words, kinds: [...new Set(names.flatMap((name) => KINDS[name] ?? []))] };
}

/** The first words of all commands, each once, and what is said of it; and those that may follow one of them. */
export function namesOf(commands: readonly CompletedCommand[]): {
  readonly first: readonly { readonly word: string; readonly says: string }[];
  readonly families: ReadonlyMap<string, readonly { readonly word: string; readonly says: string }[]>;
} {
  const families = new Map<string, { word: string; says: string }[]>();
  const first = new Map<string, string>();
  for (const { name, says } of commands) {
    const [head = '', second] = name.split(' ');
    if (second === undefined) first.set(head, says);
    else {
      const family = families.get(head) ?? [];
      families.set(head, [...family, { word: second, says }]);
      first.set(head, [...family.map(({ word }) => word), second].join(', '));
    }
  }
  return { first: [...first].map(([word, says]) => ({ word, says })), families };
}

/**
 * The options that take a value, each once where it means the same in all commands that have it (`of` is null then),
 * else once for each of its commands. Where `--output` of one command names a file and that of the others a folder, the
 * latter is the one for all and stands last.
 */
export function valuedOptions(
  commands: readonly CompletedCommand[],
): readonly { readonly flag: string; readonly of: string | null; readonly value: Offer }[] {
  const kinds = Map.groupBy(
    commands.flatMap(({ name, options }) =>
      options.flatMap(({ flag, value }) => (value === null ? [] : [{ flag, of: name, value }])),
    ),
    ({ flag, value }) => `${flag} ${JSON.stringify(value)}`,
  );
  const usual = new Map<string, number>();
  for (const [first, ...others] of kinds.values())
    usual.set(first!.flag, Math.max(usual.get(first!.flag) ?? 0, 1 + others.length));
  type Line = { readonly flag: string; readonly of: string | null; readonly value: Offer };
  const lines = [...kinds.values()].flatMap((alike): readonly Line[] => {
    const isUsual = alike.length === usual.get(alike[0]!.flag);
    return isUsual ? [{ ...alike[0]!, of: null }] : alike;
  });
  return lines.toSorted((a, b) => Number(a.of === null) - Number(b.of === null));
}
