import { SETTINGS } from '../../config/config.ts';
import type { Command, ExitCode } from '../command.ts';

/** A term and what is said of it: an option, a setting, an exit code, a file, an example. */
export type Definition = { readonly term: string; readonly says: string };

/** A part of a page: paragraphs, then definitions. Texts are on one line each: whoever shows them breaks them. */
export type Section = {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly definitions?: readonly Definition[];
};

const EXITS: Readonly<Partial<Record<ExitCode, string>>> = { 0: 'done', 1: 'failed', 2: 'wrong use; nothing was done' };

/** What a command is called with: `tributary sources add [OPTION …] URL`. */
export function synopsisOf({ name, operands, options, needsNoSettings }: Command): string {
  const hasOptions = !needsNoSettings || options.length > 0;
  return ['tributary', name, ...(operands === undefined ? [] : [operands]), ...(hasOptions ? ['[OPTION …]'] : [])].join(
    ' ',
  );
}

/** All that is told of one command, but for its synopsis and the settings that every command takes. */
export function sectionsOf(command: Command): Section[] {
  const sections: Section[] = [
    { title: 'description', paragraphs: command.about ?? [] },
    { title: 'options', definitions: optionsOf(command) },
    { title: 'exit codes', definitions: exitsOf(command.exits ?? {}) },
    { title: 'examples', definitions: (command.examples ?? []).map(({ line, says }) => ({ term: line, says })) },
  ];
  return sections.filter(({ paragraphs = [], definitions = [] }) => paragraphs.length + definitions.length > 0);
}

function optionsOf({ options, needsNoSettings }: Command): Definition[] {
  const own = options.map(({ name, argument, says }) => ({
    term: `--${name}${argument === null ? '' : ` ${argument}`}`,
    says,
  }));
  return needsNoSettings ? own : [...own, { term: '--json', says: 'print the result as JSON, for scripts' }];
}

function exitsOf(own: NonNullable<Command['exits']>): Definition[] {
  return ([0, 1, 2, 3] as const).flatMap((code) => {
    const says = own[code] ?? EXITS[code];
    return says === undefined ? [] : [{ term: String(code), says }];
  });
}

/** The settings that every command takes, each with its default and its name in the environment. */
export const SETTINGS_SECTION: Section = { title: 'settings', definitions: SETTINGS.map(definitionOf) };

const SHORT: ReadonlySet<string | null> = new Set(['sources', 'output', 'data']);

/** Those of them that an operator sets by hand, for a command's own help. */
export const SHORT_SETTINGS_SECTION: Section = {
  title: 'settings',
  definitions: SETTINGS.filter(({ flag }) => SHORT.has(flag)).map(definitionOf),
};

function definitionOf(setting: (typeof SETTINGS)[number]): Definition {
  const { flag, argument, environment, byDefault, repeatable, says } = setting;
  const term = flag === null ? environment : `--${flag} ${argument}${repeatable ? ' …' : ''}`;
  const also = flag === null ? '' : ` (${environment})`;
  return { term, says: `${says}${byDefault === null || byDefault === '' ? '' : `; by default ${byDefault}`}${also}` };
}

export const FILES_SECTION: Section = {
  title: 'files',
  definitions: [
    {
      term: 'sources.json',
      says: 'the site, its topics and its sources: yours to edit. A running service takes a valid edit over within a minute; a faulty one changes nothing, and is told.',
    },
    {
      term: 'sources.json.previous',
      says: 'what it was before the last edit by a command; sources.json.previous-2 to -10 are the edits before that. tributary undo puts one back.',
    },
    { term: 'sources.schema.json', says: 'by which editors complete and check it' },
    { term: 'output/', says: 'what is published: a complete static site. Made by the program, never edited.' },
    {
      term: 'data/',
      says: 'what is remembered: the database, unless DATABASE_URL names another, and the feeds of private topics. Whoever loses it has every entry come back as new.',
    },
  ],
};

export const ENVIRONMENT_SECTION: Section = {
  title: 'environment',
  paragraphs: [
    'Each setting can be given in the environment, by the name beside it; what the command line says outweighs it. Secrets are never written into sources.json: there they are named, and read from the environment.',
  ],
  definitions: [
    {
      term: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      says: 'where a collector of OpenTelemetry takes traces, by OTLP over HTTP; without it none are sent',
    },
  ],
};
