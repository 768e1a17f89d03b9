import { VERSION } from '../app/version.ts';
import { chooseCommand } from './choose-command.ts';
import type { Command, CommandGroup } from './command.ts';
import { definitionLines, exampleLines, helpWidth, sectionLines, wrap } from './help/lay-out.ts';
import {
  ENVIRONMENT_SECTION,
  FILES_SECTION,
  sectionsOf,
  SETTINGS_SECTION,
  SHORT_SETTINGS_SECTION,
  synopsisOf,
  type Section,
} from './help/manual.ts';
import { manPage } from './help/man-page.ts';

const GROUPS: readonly (readonly [CommandGroup | undefined, string])[] = [
  ['run', 'run the service'],
  ['look', 'look into it'],
  ['change', 'change what is published'],
  ['upkeep', 'upkeep'],
  [undefined, 'more'],
];

/** What the program can do, on one screen. */
export function usage(commands: readonly Command[], columns?: number): string[] {
  const width = helpWidth(columns);
  const widest = Math.max(...commands.map(({ name }) => name.length));
  const groups = GROUPS.flatMap(([group, title]) => {
    const own = commands.filter((command) => command.group === group);
    return own.length === 0 ? [] : ['', `${title}:`, ...listed(own, width, widest)];
  });
  return ['usage: tributary COMMAND [OPTION …]', ...groups, '', ...ending(width)];
}

/** The commands that begin with the same word. */
export function familyUsage(family: readonly Command[], columns?: number): string[] {
  const width = helpWidth(columns);
  const [word] = family[0]!.name.split(' ');
  return [
    `usage: tributary ${word} COMMAND [OPTION …]`,
    '',
    'commands:',
    ...listed(family, width),
    '',
    ...ending(width),
  ];
}

function listed(commands: readonly Command[], width: number, widest = 0): string[] {
  return definitionLines(
    commands.map(({ name, says }) => ({ term: name.padEnd(widest), says })),
    width,
  );
}

function ending(width: number): string[] {
  return [
    ...wrap('tributary help COMMAND tells all of one: its options, with examples.', width),
    ...wrap('tributary help settings tells the settings that every command takes.', width),
    'exit codes: 0 done, 1 failed, 2 wrong use',
  ];
}

/** For who got it wrong: more than a few lines would push what is wrong off the screen. */
export const BRIEF_USAGE: readonly string[] = [
  'usage: tributary COMMAND [OPTION …]',
  'tributary help lists the commands.',
];

/** The same of one command. */
export function briefUsage(command: Command): string[] {
  return [`usage: ${synopsisOf(command)}`, `tributary help ${command.name} tells its options, with examples.`];
}

/** All that there is to know of a command. */
export function helpFor(command: Command, columns?: number): string[] {
  const width = helpWidth(columns);
  // The examples come last: who reads a help on a screen sees its end.
  const [examples, others] = parted(sectionsOf(command), ({ title }) => title === 'examples');
  return withoutEnd([
    `usage: ${synopsisOf(command)}`,
    '',
    ...wrap(sentence(command.says), width),
    '',
    ...others.flatMap((section) =>
      section.title === 'description'
        ? (section.paragraphs ?? []).flatMap((text) => [...wrap(text, width), ''])
        : sectionLines(section, width),
    ),
    ...(command.needsNoSettings ? [] : shortSettings(width)),
    ...examples.flatMap(({ definitions = [] }) => exampleLines(definitions, width)),
  ]);
}

/** `tributary help settings`: what holds of all commands. */
export function settingsHelp(columns?: number): string[] {
  const width = helpWidth(columns);
  return withoutEnd(
    [SETTINGS_SECTION, ENVIRONMENT_SECTION, FILES_SECTION].flatMap((section) => sectionLines(section, width)),
  );
}

function shortSettings(width: number): string[] {
  const lines = sectionLines(SHORT_SETTINGS_SECTION, width);
  return [
    ...lines.slice(0, -1),
    ...wrap('all others, and the files: tributary help settings', width - 2).map((line) => `  ${line}`),
    '',
  ];
}

function parted(sections: readonly Section[], isFirst: (section: Section) => boolean): [Section[], Section[]] {
  return [sections.filter(isFirst), sections.filter((section) => !isFirst(section))];
}

function withoutEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

function sentence(says: string): string {
  return `${says[0]!.toUpperCase()}${says.slice(1)}.`;
}

/** `tributary help`. @param commands the table that it is a part of */
export function helpCommand(commands: () => readonly Command[]): Command {
  return {
    name: 'help',
    says: 'tell what the commands are, or all of one',
    group: 'look',
    options: [{ name: 'man', argument: null, says: 'print a manual page of all commands, for man' }],
    positionals: 2,
    operands: '[COMMAND|settings]',
    needsNoSettings: true,
    about: [
      'The same as COMMAND --help, which every command takes. With "settings": the settings of all commands, what is read from the environment, and the files.',
    ],
    examples: [
      { line: 'tributary help status', says: 'Tells what "status" shows, and by which options.' },
      { line: 'tributary help settings', says: 'Tells every setting, its default and its name in the environment.' },
      {
        line: 'tributary help --man > /usr/local/share/man/man1/tributary.1',
        says: 'Installs the manual page: from then on "man tributary" shows it.',
      },
    ],
    async run({ options, positionals, terminal }) {
      const print = (lines: readonly string[]): 0 => {
        for (const line of lines) terminal.print(line);
        return 0;
      };
      if (options['man'] === true) {
        if (positionals.length === 0) return print(manPage(commands(), VERSION));
        terminal.tell('The manual page is one of all commands: tributary help --man');
        return 2;
      }
      if (positionals.length === 0) return print(usage(commands(), terminal.columns));
      if (positionals.join(' ') === SETTINGS_SECTION.title) return print(settingsHelp(terminal.columns));
      const chosen = chooseCommand(commands(), positionals);
      if ('command' in chosen && chosen.rest.length === 0) return print(helpFor(chosen.command, terminal.columns));
      if ('family' in chosen && !('wrong' in chosen)) return print(familyUsage(chosen.family, terminal.columns));
      const wrong = 'wrong' in chosen ? chosen.wrong : `There is no command "${positionals.join(' ')}"`;
      for (const line of [wrong, '', ...BRIEF_USAGE]) terminal.tell(line);
      return 2;
    },
  };
}

export const version: Command = {
  name: 'version',
  says: 'tell the version of the program',
  group: 'look',
  options: [],
  positionals: 0,
  needsNoSettings: true,
  about: ['The same as --version. "tributary status" tells the version of the database too.'],
  examples: [{ line: 'tributary version', says: `Prints "tributary ${VERSION}".` }],
  async run({ terminal }) {
    terminal.print(`tributary ${VERSION}`);
    return 0;
  },
};
