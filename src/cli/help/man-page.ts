import type { Command } from '../command.ts';
import {
  ENVIRONMENT_SECTION,
  FILES_SECTION,
  sectionsOf,
  SETTINGS_SECTION,
  synopsisOf,
  type Section,
} from './manual.ts';

/** A manual page (roff, man macros) of all commands. It names no date, so that the same program prints the same page. */
export function manPage(commands: readonly Command[], version: string): string[] {
  return [
    `.\\" -*- coding: utf-8 -*-`,
    `.TH TRIBUTARY 1 "" "tributary ${version}" "User Commands"`,
    ...heading('name'),
    `tributary \\- gather feeds, find each article's true source, and publish curated feeds`,
    ...heading('synopsis'),
    '.B tributary',
    '.I COMMAND',
    '[OPTION …]',
    ...heading('description'),
    ...DESCRIPTION.flatMap((text) => ['.PP', escaped(text)]),
    ...heading('commands'),
    ...commands.flatMap(commandPart),
    ...body(SETTINGS_SECTION),
    ...heading('exit status'),
    ...definitions([
      { term: '0', says: 'done' },
      { term: '1', says: 'failed' },
      { term: '2', says: 'wrong use; nothing was done' },
    ]),
    ...body(FILES_SECTION),
    ...body(ENVIRONMENT_SECTION),
  ];
}

const DESCRIPTION = [
  'Tributary pulls RSS, Atom and JSON feeds on a schedule, extracts each article and the link to its true source, removes duplicates, and publishes what remains by topic: as feeds in three formats, and as a site.',
  'Results are printed to the standard output, progress and complaints to the standard error. Every command takes --json, for scripts, and --help.',
];

function commandPart(command: Command): string[] {
  return [
    `.SS "${quoted(command.name)}"`,
    '.B ' + escaped(synopsisOf(command)),
    '.PP',
    escaped(`${command.says[0]!.toUpperCase()}${command.says.slice(1)}.`),
    ...sectionsOf(command).flatMap((section) => {
      if (section.title === 'exit codes' && command.exits === undefined) return [];
      // What every command takes is told once.
      return inner({ ...section, definitions: (section.definitions ?? []).filter(({ term }) => term !== '--json') });
    }),
  ];
}

/** A section within a command's: its title is a line of its own. */
function inner({ title, paragraphs = [], definitions: terms = [] }: Section): string[] {
  const said = paragraphs.flatMap((text) => ['.PP', escaped(text)]);
  return terms.length === 0 ? said : [...said, '.PP', `.I ${escaped(title)}`, ...definitions(terms)];
}

function body({ title, paragraphs = [], definitions: terms = [] }: Section): string[] {
  return [...heading(title), ...paragraphs.flatMap((text) => ['.PP', escaped(text)]), ...definitions(terms)];
}

function definitions(terms: readonly { readonly term: string; readonly says: string }[]): string[] {
  return terms.flatMap(({ term, says }) => ['.TP', `.B ${escaped(term)}`, escaped(says)]);
}

const heading = (title: string): string[] => [`.SH ${title.toUpperCase()}`];

/** What roff shows as another character where it stands by itself, though a command line with it is to be copied. */
const SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  '"': '\\(dq',
  "'": '\\(aq',
  '`': '\\(ga',
  '~': '\\(ti',
  '^': '\\(ha',
};

/** A text that roff takes as it stands: no escapes of its own, no request at its beginning, and signs that can be copied. */
function escaped(text: string): string {
  const plain = text.replace(/[\\\-"'`~^]/g, (sign) => SIGNS[sign]!);
  return plain.startsWith('.') ? `\\&${plain}` : plain;
}

const quoted = (text: string): string => text.replaceAll('"', '""');
