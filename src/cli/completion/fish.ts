import {
  completedSettings,
  knownValues,
  namesOf,
  SET_LISTS,
  type CompletedCommand,
  type CompletedOption,
  type Kind,
  type Offer,
} from './completed.ts';

/** A script that completes command lines in fish: to be kept as `tributary.fish` among its completions. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const { first, families } = namesOf(commands);
  const all = commonOptions(commands);
  const isCommon = (option: CompletedOption): boolean => all.includes(keyOf(option));
  const plain = commands.filter(({ options }) => !all.every((key) => options.some((option) => keyOf(option) === key)));
  const common = commands.flatMap(({ options }) => options).filter(isCommon);
  const lines = [
    ...first.map(({ word, says }) => named('__tributary_next', word, says)),
    ...[...families].flatMap(([head, family]) =>
      family.map(({ word, says }) => named(`__tributary_next ${head}`, word, says)),
    ),
    ...[...new Map(common.map((option) => [keyOf(option), option])).values()].map((option) =>
      optionLine('__tributary_usual', option),
    ),
    ...commands.flatMap((command) => {
      const isPlain = plain.includes(command);
      const own = command.options.filter((option) => isPlain || !isCommon(option));
      return [...own.map((option) => optionLine(`__tributary_in ${command.name}`, option)), ...operandLines(command)];
    }),
  ];
  return `# Completes tributary in fish. Made by "tributary completion fish".

# Whether these words, and no more, stand before the one that is typed; "help" may stand before them.
function __tributary_next
    set -l words (commandline -opc)
    set -e words[1]
    test "$words[1]" = help; and set -e words[1]
    test "$words" = "$argv"
end

# Whether the command line begins with these words.
function __tributary_in
    set -l words (commandline -opc)
    set -e words[1]
    set -l many (count $argv)
    test (count $words) -ge $many; and test "$words[1..$many]" = "$argv"
end

# Whether it is a command that takes the usual options.
function __tributary_usual
    test (count (commandline -opc)) -gt 1; or return 1
${plain.map(({ name }) => `    __tributary_in ${name}; and return 1`).join('\n')}
    return 0
end

# The ids that are in sources.json.
function __tributary_ids
    set -l words (commandline -opc)
    set -l list
    if set -l at (contains -i -- --sources $words)
        set list --sources $words[(math $at + 1)]
    end
    $words[1] complete $argv $list 2>/dev/null
end

# The settings of sources or of topics; behind the sign of one, what it may be.
function __tributary_settings
    set -l token (commandline -ct)
    if not string match -q '*=*' -- $token
        switch $argv[1]
${SET_LISTS.map(
  (list) => `            case ${list}
                printf '%s\\n' ${completedSettings(list)
                  .flatMap(({ written }) => written)
                  .join(' ')}`,
).join('\n')}
        end
        return
    end
    set -l begun (string match -r '^[^=]*=' -- $token)
    switch "$argv[1] "(string replace -r '[+-]?=$' '' -- $begun)
${knownValues()
  .map(({ list, key, value: { words, kinds } }) => {
    const offered = [
      ...words.map((word) => `"$begun"${word}`),
      ...kinds.map((kind) => `$begun(__tributary_ids ${kind})`),
    ];
    return `        case '${list} ${key}'\n            printf '%s\\n' ${offered.join(' ')}`;
  })
  .join('\n')}
    end
end

complete -c tributary -f
${lines.join('\n')}
`;
}

/** The options that most commands take, and in the same way. */
function commonOptions(commands: readonly CompletedCommand[]): string[] {
  const counts = Map.groupBy(
    commands.flatMap(({ options }) => options.map(keyOf)),
    (key) => key,
  );
  return [...counts].flatMap(([key, found]) => (found.length > commands.length / 2 ? [key] : []));
}

const keyOf = (option: CompletedOption): string => JSON.stringify(option);

function named(condition: string, word: string, says: string): string {
  return `complete -c tributary -n ${quoted(condition)} -a ${word} -d ${quoted(says)}`;
}

function optionLine(condition: string, { flag, says, value }: CompletedOption): string {
  return `complete -c tributary -n ${quoted(condition)} -l ${flag.slice(2)}${value === null ? '' : ` ${taken(value)}`} -d ${quoted(says)}`;
}

function operandLines({ name, operands, sets }: CompletedCommand): string[] {
  if (operands.words.length + operands.kinds.length === 0 && sets === null) return [];
  const files = operands.kinds.includes('files') ? '-F ' : '';
  const offered = [offers(operands), ...(sets === null ? [] : [`(__tributary_settings ${sets})`])].join(' ').trim();
  const what = offered === '' ? '' : `-a ${quoted(offered)}`;
  return [`complete -c tributary -n ${quoted(`__tributary_in ${name}`)} ${files}${what}`.trimEnd()];
}

function taken(value: Offer): string {
  if (value.kinds.includes('files')) return '-r -F';
  const offered = offers(value);
  return offered === '' ? '-x' : `-x -a ${quoted(offered)}`;
}

const OFFERS: Readonly<Record<Kind, readonly string[]>> = {
  sources: ['(__tributary_ids sources)'],
  topics: ['(__tributary_ids topics)'],
  folders: ['(__fish_complete_directories (commandline -ct))'],
  files: [],
};

function offers({ words, kinds }: Offer): string {
  return [...words, ...kinds.flatMap((kind) => OFFERS[kind])].join(' ');
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
