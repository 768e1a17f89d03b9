import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readConfig, SETTINGS } from '../config/config.ts';
import { StageError } from '../model/errors.ts';
import { jsonLog } from '../support/log.ts';
import { nearestName } from '../support/nearest-name.ts';
import { testAlerts } from './alerts-test.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { chooseCommand } from './choose-command.ts';
import type { Command, ExitCode } from './command.ts';
import { completion } from './completion.ts';
import { demo } from './demo.ts';
import { errorLine } from './error-line.ts';
import { holdList } from './hold-list.ts';
import { BRIEF_USAGE, briefUsage, familyUsage, helpCommand, helpFor, usage, version } from './help.ts';
import { migrate } from './migrate.ts';
import { once } from './once.ts';
import { plan } from './plan.ts';
import { privateTopics } from './private.ts';
import { publish } from './publish.ts';
import { reprocess } from './reprocess.ts';
import { restore } from './restore.ts';
import { retract } from './retract.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { addSource } from './sources/add.ts';
import { discoverSources } from './sources/discover.ts';
import { exportSources } from './sources/export.ts';
import { importSources } from './sources/import.ts';
import { listSources } from './sources/list.ts';
import { removeSources } from './sources/remove.ts';
import { setSources } from './sources/set.ts';
import { openTerminal, type Stream } from './terminal.ts';
import { addTopic } from './topics/add.ts';
import { listTopics } from './topics/list.ts';
import { removeTopic } from './topics/remove.ts';
import { setTopic } from './topics/set.ts';
import { approve, reject } from './verdicts.ts';
import { undo } from './undo.ts';
import { webhooks } from './webhooks.ts';
import { why } from './why.ts';

/** The table of commands. */
export const COMMANDS: readonly Command[] = [
  start,
  once,
  publish,
  check,
  plan,
  status,
  why,
  holdList,
  approve,
  reject,
  retract,
  webhooks,
  testAlerts,
  privateTopics,
  backup,
  restore,
  migrate,
  reprocess,
  listSources,
  discoverSources,
  addSource,
  setSources,
  removeSources,
  importSources,
  exportSources,
  listTopics,
  addTopic,
  setTopic,
  removeTopic,
  undo,
  demo,
  completion(() => COMMANDS),
  helpCommand(() => COMMANDS),
  version,
];

/** What a run of the program needs of the world. */
export type World = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly signal: AbortSignal;
};

/** Runs one command line. Never throws what an operator can mend; bugs are not caught. */
export async function runCli(args: readonly string[], world: World): Promise<ExitCode> {
  const terminal = openTerminal(world.stdout, world.stderr);
  const [name] = args;
  const { columns } = terminal;
  if (name === undefined || name === '--help' || name === '-h') {
    for (const line of usage(COMMANDS, columns)) terminal.print(line);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V') return await runCli(['version'], world);
  const wrongUse = (...lines: string[]): 2 => {
    for (const line of lines) terminal.tell(line);
    return 2;
  };
  const chosen = chooseCommand(COMMANDS, args);
  if ('wrong' in chosen)
    return wrongUse(
      chosen.wrong,
      '',
      ...(chosen.family.length > 0 ? familyUsage(chosen.family, columns) : BRIEF_USAGE),
    );
  if ('family' in chosen) {
    for (const line of familyUsage(chosen.family, columns)) terminal.print(line);
    return 0;
  }
  const { command, rest } = chosen;
  if (rest.includes('--help') || rest.includes('-h')) {
    for (const line of helpFor(command, columns)) terminal.print(line);
    return 0;
  }
  const parsed = parse(command, rest);
  if ('wrong' in parsed) return wrongUse(parsed.wrong, '', ...briefUsage(command));
  const reading = readConfig(parsed.flags, command.needsNoSettings ? {} : world.environment);
  if ('faults' in reading) return wrongUse(...reading.faults.map(({ message }) => message));
  const { config } = reading;
  const log = jsonLog(config.logLevel, { write: (text) => void world.stderr.write(text) });
  try {
    const secretOf = (name: string): string | null => world.environment[name] || null;
    return await command.run({ ...parsed, config, terminal, log, secretOf, signal: world.signal });
  } catch (error) {
    if (world.signal.aborted) {
      terminal.tell('Stopped.');
      return 1;
    }
    if (!(error instanceof StageError)) throw error;
    terminal.tell(errorLine(error));
    return 1;
  }
}

type Parsed = {
  readonly flags: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
  readonly json: boolean;
};

function parse(command: Command, args: readonly string[]): Parsed | { readonly wrong: string } {
  const options: NonNullable<ParseArgsConfig['options']> = command.needsNoSettings ? {} : { json: { type: 'boolean' } };
  for (const { flag, repeatable } of command.needsNoSettings ? [] : SETTINGS)
    if (flag !== null) options[flag] = { type: 'string', multiple: repeatable };
  for (const { name, argument } of command.options) options[name] = { type: argument === null ? 'boolean' : 'string' };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
    if (positionals.length > command.positionals)
      return { wrong: `"${command.name}" takes no argument "${positionals[command.positionals]}"` };
    return {
      flags: values as Parsed['flags'],
      options: values as Parsed['options'],
      positionals,
      json: values['json'] === true,
    };
  } catch (error) {
    if (!Error.isError(error)) throw error;
    const unknown = /Unknown option '(?:--?)([^']+)'/.exec(error.message)?.[1];
    if (unknown === undefined) return { wrong: error.message };
    const near = nearestName(unknown, Object.keys(options));
    return { wrong: `There is no option --${unknown}${near === null ? '' : `; did you mean --${near}?`}` };
  }
}
